/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DubThumbnail:
 * @pixels: RGBA, 8 bits each, not premultiplied, rows of @stride bytes
 *
 * A picture of a video, upright. The window makes a texture of it.
 */
typedef struct
{
  GBytes *pixels;
  int     width;
  int     height;
  gsize   stride;
} DubThumbnail;

void dub_thumbnail_free (DubThumbnail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubThumbnail, dub_thumbnail_free)

/* A frame at a tenth of the duration (at most 3 s in, so that it is not the black first one), scaled to fit into
 * @max_width × @max_height. Worker thread, at most 17 s, two at a time. */
void          dub_thumbnail_async  (const char          *uri,
                                    int                  max_width,
                                    int                  max_height,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
DubThumbnail *dub_thumbnail_finish (GAsyncResult        *result,
                                    GError             **error);

G_END_DECLS
