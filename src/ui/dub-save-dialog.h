/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-library.h"

G_BEGIN_DECLS

#define DUB_TYPE_SAVE_DIALOG (dub_save_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DubSaveDialog, dub_save_dialog, DUB, SAVE_DIALOG, AdwDialog)

/* Shows the download notice, then asks where to, then saves. @still: a picture of the dub, or NULL. */
AdwDialog *dub_save_dialog_new  (DubLibrary     *library,
                                 DubLibraryItem *item,
                                 GdkPaintable   *still);
/* What follows when a place was chosen. */
void       dub_save_dialog_save (DubSaveDialog  *self,
                                 GFile          *destination);
void       dub_save_dialog_save_subtitles (DubSaveDialog *self, DubCaptionsFormat format, GFile *destination);

G_END_DECLS
