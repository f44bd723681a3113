/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include "dub-pictures.h"

G_BEGIN_DECLS

#define DUB_TYPE_VIDEO_PICTURE (dub_video_picture_get_type ())
G_DECLARE_FINAL_TYPE (DubVideoPicture, dub_video_picture, DUB, VIDEO_PICTURE, GtkWidget)

/* Properties: pictures, uri, width, height (int, pixels), can-shrink (boolean: narrower than width where there is no room). */
void dub_video_picture_set_uri       (DubVideoPicture *self,
                                      const char      *uri);
/* A picture that is there already, instead of the one of the address; NULL for none. */
void dub_video_picture_set_paintable (DubVideoPicture *self,
                                      GdkPaintable    *paintable);

G_END_DECLS
