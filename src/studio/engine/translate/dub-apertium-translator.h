/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-translator.h"

G_BEGIN_DECLS

#define DUB_TYPE_APERTIUM_TRANSLATOR (dub_apertium_translator_get_type ())
G_DECLARE_FINAL_TYPE (DubApertiumTranslator, dub_apertium_translator, DUB, APERTIUM_TRANSLATOR, GObject)

/* What is built in: Apertium, as it is installed. */
DubTranslator *dub_apertium_translator_new (void);

G_END_DECLS
