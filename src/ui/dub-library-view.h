/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-pictures.h"
#include "dub-workflow.h"

G_BEGIN_DECLS

#define DUB_TYPE_LIBRARY_VIEW (dub_library_view_get_type ())
G_DECLARE_FINAL_TYPE (DubLibraryView, dub_library_view, DUB, LIBRARY_VIEW, AdwBin)

typedef struct
{
  gboolean loading;
  gboolean loaded;
  const char *error;
} DubLibraryCondition;

/* Properties: narrow (boolean), search (string). Signal "opened" (DubLibraryItem). */
void dub_library_view_set_library   (DubLibraryView            *self,
                                     DubLibrary                *library,
                                     DubPictures               *pictures);
/* @items: a list of DubLibraryItem */
void dub_library_view_set_items     (DubLibraryView            *self,
                                     GListModel                *items,
                                     DubPictures               *pictures);
void dub_library_view_set_condition (DubLibraryView            *self,
                                     const DubLibraryCondition *condition);

G_END_DECLS
