/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DubLanguage:
 *
 * One of the 13 languages of the service (service documentation, `target_languages`). Static and immutable:
 * never freed, compared by address, usable on any thread.
 */
typedef struct _DubLanguage DubLanguage;

#define DUB_N_LANGUAGES 13

const DubLanguage        *dub_language_from_code     (const char *code);
const DubLanguage *const *dub_language_get_all       (void);
const char               *dub_language_get_code      (const DubLanguage *self);
const char               *dub_language_get_name      (const DubLanguage *self);
const char               *dub_language_get_endonym   (const DubLanguage *self);
GPtrArray                *dub_language_parse_list    (const char *codes,
                                                      GError    **error);

G_END_DECLS
