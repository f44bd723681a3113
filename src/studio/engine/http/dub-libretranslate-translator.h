/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-engine-choice.h"
#include "dub-language-pairs.h"
#include "dub-translator.h"

G_BEGIN_DECLS

#define DUB_TYPE_LIBRETRANSLATE_TRANSLATOR (dub_libretranslate_translator_get_type ())
G_DECLARE_FINAL_TYPE (DubLibretranslateTranslator, dub_libretranslate_translator, DUB, LIBRETRANSLATE_TRANSLATOR, GObject)

/* (transfer full): translates by a server of the LibreTranslate kind; @key (nullable). */
DubTranslator    *dub_libretranslate_translator_new   (const DubEngineChoice       *choice,
                                                       const char                  *key);
/* (transfer none) (nullable): what its server translates, which is asked for once. Blocks. */
DubLanguagePairs *dub_libretranslate_translator_pairs (DubLibretranslateTranslator *self,
                                                       GError                     **error);

G_END_DECLS
