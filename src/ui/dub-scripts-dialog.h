/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-draft.h"

G_BEGIN_DECLS

#define DUB_TYPE_SCRIPTS_DIALOG (dub_scripts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DubScriptsDialog, dub_scripts_dialog, DUB, SCRIPTS_DIALOG, AdwDialog)

AdwDialog *dub_scripts_dialog_new (DubDraft *draft);

G_END_DECLS
