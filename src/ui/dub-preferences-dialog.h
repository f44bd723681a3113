/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-accounts.h"
#include "dub-studio-engines.h"

G_BEGIN_DECLS

#define DUB_TYPE_PREFERENCES_DIALOG (dub_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DubPreferencesDialog, dub_preferences_dialog, DUB, PREFERENCES_DIALOG, AdwDialog)

AdwDialog *dub_preferences_dialog_new (DubAccounts      *accounts,
                                       DubStudioEngines *engines,
                                       GSettings        *settings);

G_END_DECLS
