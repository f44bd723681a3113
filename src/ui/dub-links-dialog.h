/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-draft.h"

G_BEGIN_DECLS

#define DUB_TYPE_LINKS_DIALOG (dub_links_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DubLinksDialog, dub_links_dialog, DUB, LINKS_DIALOG, AdwDialog)

AdwDialog *dub_links_dialog_new (DubDraft *draft);

G_END_DECLS
