/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * DubTrack:
 * @id: GStreamer's name of the stream
 * @language: the code of its language (ISO 639), or NULL where the file does not say
 * @is_default: the file says that it is the one to be played; after dub_measure()
 * @is_disabled: the file says that it is not to be played; likewise
 * @is_aac: how it is coded
 * @end: when it is over, from the start of the video; likewise
 *
 * One of the sounds of a video.
 */
typedef struct
{
  char         *id;
  char         *language;
  gboolean      is_default;
  gboolean      is_disabled;
  gboolean      is_aac;
  GstClockTime  end;
} DubTrack;

/* Whether speech in @language, the code of a language, is understood. */
typedef gboolean (*DubUnderstands) (const char *language,
                                    gpointer    user_data);

DubTrack *dub_track_new    (const char     *id,
                            const char     *language);
void      dub_track_free   (DubTrack       *self);
/* (transfer none) (nullable): the one to dub. */
DubTrack *dub_track_choose (GPtrArray      *tracks,
                            DubUnderstands  understands,
                            gpointer        user_data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubTrack, dub_track_free)

G_END_DECLS
