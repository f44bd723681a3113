/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DubMediaInfo:
 * @content_type: what the bytes are, as a MIME type ("video/mp4"), or NULL where unknown
 * @video_codec: for people ("H.264"), or NULL
 * @audio_codec: for people ("AAC"), or NULL
 * @duration_ms: in milliseconds; 0 where unknown
 * @size: in bytes; 0 where unknown
 * @width: in pixels, as shown (after rotation)
 * @height: in pixels, as shown (after rotation)
 * @has_video: whether there is a moving picture (a cover image is none)
 * @has_audio: whether there is sound
 *
 * What was found out about a video. Immutable once handed out.
 */
typedef struct
{
  char    *content_type;
  char    *video_codec;
  char    *audio_codec;
  gint64   duration_ms;
  guint64  size;
  int      width;
  int      height;
  gboolean has_video;
  gboolean has_audio;
} DubMediaInfo;

#define DUB_TYPE_MEDIA_INFO (dub_media_info_get_type ())
GType         dub_media_info_get_type (void);
DubMediaInfo *dub_media_info_new      (void);
DubMediaInfo *dub_media_info_copy     (const DubMediaInfo *self);
void          dub_media_info_free     (DubMediaInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubMediaInfo, dub_media_info_free)

G_END_DECLS
