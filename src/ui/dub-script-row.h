/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-draft.h"

G_BEGIN_DECLS

#define DUB_TYPE_SCRIPT_ROW (dub_script_row_get_type ())
G_DECLARE_FINAL_TYPE (DubScriptRow, dub_script_row, DUB, SCRIPT_ROW, AdwActionRow)

GtkWidget *dub_script_row_new  (DubDraft          *draft,
                                DubDraftVideo     *video,
                                const DubLanguage *language);
/* Reads @file and takes it as the script of this dub. */
void       dub_script_row_load (DubScriptRow      *self,
                                GFile             *file);

G_END_DECLS
