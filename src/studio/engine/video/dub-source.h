/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>
#include "dub-track.h"

G_BEGIN_DECLS

/**
 * DubSource:
 * @size: of the file, in bytes
 * @changed: when the file was changed last, in microseconds of Unix time
 * @video_id: GStreamer's name of the picture's stream
 * @tracks: (element-type DubTrack): the sounds
 * @understands: (nullable): by which languages one of them is chosen
 * @audio_id: the name of the one to dub, or NULL where there is none; after dub_measure()
 * @stated: how long picture and sound last together by the word of the file; 0 where it says nothing
 * @duration: how long they really last; after dub_measure()
 * @origin: the instant of the file's clock at which the video starts, or %GST_CLOCK_TIME_NONE where the file itself says
 *   what is seen when (MP4); likewise
 * @picture_end: when the last picture is over; likewise
 * @sound_end: when the sound to dub is over; likewise
 * @sound_is_aac: how it is coded; likewise
 * @times: (element-type gint64): when the pictures are seen, see dub-times.h; likewise
 * @width: of the picture as it is stored, in pixels
 * @height: likewise
 * @seen_width: of the picture as it is seen: upright, its pixels square
 * @seen_height: likewise
 * @copyable: the picture can go into an MP4 as it is; after dub_measure()
 * @keeps_decoding_times: the file says when pictures are decoded; otherwise that must be worked out
 *
 * What the engine must know of the video that it dubs.
 */
typedef struct
{
  char           *path;
  guint64         size;
  gint64          changed;
  char           *video_id;
  GPtrArray      *tracks;
  DubUnderstands  understands;
  gpointer        understands_data;
  char           *audio_id;
  GstClockTime    stated;
  GstClockTime    duration;
  GstClockTime    origin;
  GstClockTime    picture_end;
  GstClockTime    sound_end;
  gboolean        sound_is_aac;
  GArray         *times;
  int             width;
  int             height;
  int             seen_width;
  int             seen_height;
  gboolean        is_hevc;
  gboolean        copyable;
  gboolean        keeps_decoding_times;
} DubSource;

/* @understands (nullable) must be callable as long as the source is. */
DubSource *dub_source_open (const char     *path,
                            DubUnderstands  understands,
                            gpointer        user_data,
                            GError        **error);
/* Whether the file is as it was when it was opened. */
gboolean   dub_source_check_unchanged (DubSource  *self,
                                       GError    **error);
void       dub_source_free (DubSource      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubSource, dub_source_free)

G_END_DECLS
