/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * DubSource:
 * @video_id: GStreamer's name of the picture's stream
 * @audio_id: that of the sound to dub, or NULL where there is none
 * @stated: how long picture and sound last together by the word of the file; 0 where it says nothing
 * @duration: how long they really last; 0 before dub_measure()
 * @width: of the picture as it is stored, in pixels
 * @height: likewise
 * @copyable: the picture can go into an MP4 as it is
 * @keeps_decoding_times: the file says in which order pictures are decoded; otherwise that must be worked out
 *
 * What the engine must know of the video that it dubs.
 */
typedef struct
{
  char         *path;
  char         *video_id;
  char         *audio_id;
  GstClockTime  stated;
  GstClockTime  duration;
  int           width;
  int           height;
  gboolean      is_hevc;
  gboolean      copyable;
  gboolean      keeps_decoding_times;
} DubSource;

DubSource *dub_source_open (const char  *path,
                            GError     **error);
void       dub_source_free (DubSource   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubSource, dub_source_free)

G_END_DECLS
