/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-language-pairs.h"

G_BEGIN_DECLS

/* What servers that translate answer. All are NULL where it is not that; @fault (transfer full): what is wrong, and where. */

/* LibreTranslate's `/languages`. */
DubLanguagePairs *dub_libretranslate_read_languages (GBytes *body,
                                                     char  **fault);
/* LibreTranslate's `/translate`: @n_texts texts. (transfer full) (element-type utf8) */
GPtrArray        *dub_libretranslate_read_texts     (GBytes *body,
                                                     guint   n_texts,
                                                     char  **fault);
/* apertium-apy's `/listPairs`. */
DubLanguagePairs *dub_apy_read_pairs                (GBytes *body,
                                                     char  **fault);
/* apertium-apy's `/translate` and `/translateChain`. (transfer full) */
char             *dub_apy_read_text                 (GBytes *body,
                                                     char  **fault);

G_END_DECLS
