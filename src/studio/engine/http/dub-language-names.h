/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (nullable): the code of a language ("en") of which a server gave the name ("english"), the code ("en", "EN-us") or that of
 * ISO 639-3 ("eng", "por_BR"). */
const char *dub_language_names_to_code (const char *word);
/* (nullable): the code of ISO 639-3. */
const char *dub_language_names_to_long (const char *code);

G_END_DECLS
