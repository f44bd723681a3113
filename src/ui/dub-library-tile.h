/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include "dub-library-item.h"
#include "dub-pictures.h"

G_BEGIN_DECLS

#define DUB_TYPE_LIBRARY_TILE (dub_library_tile_get_type ())
G_DECLARE_FINAL_TYPE (DubLibraryTile, dub_library_tile, DUB, LIBRARY_TILE, GtkWidget)

GtkWidget *dub_library_tile_new         (DubPictures    *pictures);
/* @now: Unix seconds */
void       dub_library_tile_set_item    (DubLibraryTile *self,
                                         DubLibraryItem *item,
                                         gint64          now);
/* (transfer full) */
char      *dub_library_tile_dup_summary (DubLibraryTile *self);

G_END_DECLS
