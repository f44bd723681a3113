/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-script.h"
#include "dub-speaker.h"

G_BEGIN_DECLS

/**
 * DubFit:
 * @speech: at 48 kHz, one channel; its first sound is at its first frame. No frames where there was no room for a
 * single word
 * @natural_ms: how long the text takes at the voice's natural rate; estimated where it goes on far beyond the room
 * @spoken_ms: how long it takes here
 * @overrun_ms: for how long it goes on after the end of the slot
 * @unspoken: how many characters at the end of the text are not said
 * @speed: at what rate it was said; 1 is natural
 * @stretch: how many times faster it was made after that
 *
 * A text, said in the time that it has.
 */
typedef struct
{
  DubPcm *speech;
  double  natural_ms;
  double  spoken_ms;
  double  overrun_ms;
  guint   unspoken;
  double  speed;
  double  stretch;
} DubFit;

/* How long the segment at @index may sound, from its start. */
double   dub_fit_room  (DubScript   *script,
                        guint        index,
                        double       duration_ms);
/* @fit: (out caller-allocates): set where this succeeds; clear it. */
gboolean dub_fit_say   (DubSpeaker  *speaker,
                        const char  *text,
                        double       slot_ms,
                        double       room_ms,
                        DubFit      *fit,
                        GError     **error);
void     dub_fit_clear (DubFit      *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DubFit, dub_fit_clear)

G_END_DECLS
