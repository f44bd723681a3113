/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>
#include "dub-thumbnail.h"

G_BEGIN_DECLS

#define DUB_TYPE_PICTURES (dub_pictures_get_type ())
G_DECLARE_FINAL_TYPE (DubPictures, dub_pictures, DUB, PICTURES, GObject)

DubPictures *dub_pictures_new         (void);
GdkTexture  *dub_pictures_peek        (DubPictures         *self,
                                       const char          *uri);
void         dub_pictures_load_async  (DubPictures         *self,
                                       const char          *uri,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GdkTexture  *dub_pictures_load_finish (DubPictures         *self,
                                       GAsyncResult        *result,
                                       GError             **error);
void         dub_pictures_insert      (DubPictures         *self,
                                       const char          *uri,
                                       GdkTexture          *texture);
GdkTexture  *dub_pictures_make        (const DubThumbnail  *thumbnail);

G_END_DECLS
