/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-studio-engines.h"

G_BEGIN_DECLS

#define DUB_TYPE_ENGINE_DIALOG (dub_engine_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DubEngineDialog, dub_engine_dialog, DUB, ENGINE_DIALOG, AdwDialog)

/* Which engine does @stage; closes when it is stored. */
AdwDialog *dub_engine_dialog_new (DubStudioEngines *engines,
                                  DubStage          stage);

G_END_DECLS
