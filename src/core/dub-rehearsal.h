/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Characters of a text, milliseconds (a video's greatest length) and hertz: more is refused. */
#define DUB_REHEARSAL_MAX_CHARS 2000
#define DUB_REHEARSAL_MAX_MS    (600 * 1000.0)
#define DUB_REHEARSAL_MAX_PITCH 2000.0

/**
 * DubRehearsalWish:
 * @text: what is to be spoken
 * @language: code of its language
 * @slot_ms: how long the segment is; 0: as long as it takes at the voice's natural rate
 * @room_ms: how long it may sound from its start, with the pause that follows; less than @slot_ms is @slot_ms
 * @pitch_hz: how high the original speaker's voice is; 0: not known
 *
 * One segment that is to be heard.
 */
typedef struct
{
  char  *text;
  char  *language;
  double slot_ms;
  double room_ms;
  double pitch_hz;
} DubRehearsalWish;

DubRehearsalWish *dub_rehearsal_wish_new          (void);
DubRehearsalWish *dub_rehearsal_wish_copy         (const DubRehearsalWish *self);
void              dub_rehearsal_wish_free         (DubRehearsalWish       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubRehearsalWish, dub_rehearsal_wish_free)

/**
 * DubRehearsal:
 * @wav: the sound, a WAV file: one channel, 16 bit
 * @natural_ms: how long the text takes at the voice's natural rate
 * @spoken_ms: how long it is here
 * @overrun_ms: for how long it is spoken beyond the slot; 0: it fits
 * @unspoken: how many characters at its end are not spoken, because there was no time
 * @speed: how many times faster than at its natural rate the voice speaks
 * @stretch: how many times shorter the sound was made after that
 * @poor: whether much of it may not be understood
 * @why: a sentence for a person on what is poor about it, or NULL
 *
 * One segment as it sounds in a dub.
 */
typedef struct
{
  GBytes  *wav;
  double   natural_ms;
  double   spoken_ms;
  double   overrun_ms;
  guint    unspoken;
  double   speed;
  double   stretch;
  gboolean poor;
  char    *why;
} DubRehearsal;

#define DUB_TYPE_REHEARSAL (dub_rehearsal_get_type ())
GType         dub_rehearsal_get_type      (void);
DubRehearsal *dub_rehearsal_new           (void);
/* The sound is shared. */
DubRehearsal *dub_rehearsal_copy          (const DubRehearsal     *self);
void          dub_rehearsal_free          (DubRehearsal           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubRehearsal, dub_rehearsal_free)

/* Whether one from outside can be: a WAV file, and amounts within their limits. */
gboolean      dub_rehearsal_is_sound      (const DubRehearsal     *self);

/* As they go through the pipes; what is read may be anything, and is %NULL where it is none. */
#define DUB_REHEARSAL_WISH_VARIANT_TYPE "(ssddd)"
#define DUB_REHEARSAL_VARIANT_TYPE      "(aydddudds)"
/* transfer full */
GVariant         *dub_rehearsal_wish_to_variant   (const DubRehearsalWish *self);
DubRehearsalWish *dub_rehearsal_wish_from_variant (GVariant               *variant);
/* transfer full */
GVariant         *dub_rehearsal_to_variant        (const DubRehearsal     *self);
DubRehearsal     *dub_rehearsal_from_variant      (GVariant               *variant);

G_END_DECLS
