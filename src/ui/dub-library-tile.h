/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include "dub-library-item.h"
#include "dub-pictures.h"

G_BEGIN_DECLS

#define DUB_TYPE_LIBRARY_TILE (dub_library_tile_get_type ())
G_DECLARE_FINAL_TYPE (DubLibraryTile, dub_library_tile, DUB, LIBRARY_TILE, GtkWidget)

/* Properties: now (int64, Unix seconds); summary (string, read-only): the tile in one line, for those who hear it. */
GtkWidget *dub_library_tile_new      (DubPictures    *pictures);
void       dub_library_tile_set_item (DubLibraryTile *self,
                                      DubLibraryItem *item);

G_END_DECLS
