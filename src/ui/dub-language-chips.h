/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-draft.h"

G_BEGIN_DECLS

#define DUB_TYPE_LANGUAGE_CHIPS (dub_language_chips_get_type ())
G_DECLARE_FINAL_TYPE (DubLanguageChips, dub_language_chips, DUB, LANGUAGE_CHIPS, AdwBin)

void dub_language_chips_set_draft (DubLanguageChips *self,
                                   DubDraft         *draft);

G_END_DECLS
