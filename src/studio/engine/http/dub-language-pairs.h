/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The languages that a translator goes from and to, by the words that its server has for them ("pt-BR", "por_BR"). */
typedef struct _DubLanguagePairs DubLanguagePairs;

DubLanguagePairs *dub_language_pairs_new      (void);
void              dub_language_pairs_free     (DubLanguagePairs *self);
void              dub_language_pairs_add      (DubLanguagePairs *self,
                                               const char       *from,
                                               const char       *to);
gboolean          dub_language_pairs_contains (DubLanguagePairs *self,
                                               const char       *from,
                                               const char       *to);
guint             dub_language_pairs_count    (DubLanguagePairs *self);
/* (transfer none) (nullable): the server's words for the languages of two codes ("en", "pt"), the likeliest variant of each;
 * FALSE where it does not go from one to the other. */
gboolean          dub_language_pairs_find     (DubLanguagePairs *self,
                                               const char       *from,
                                               const char       *to,
                                               const char      **from_word,
                                               const char      **to_word);
/* The same by way of a third one. */
gboolean          dub_language_pairs_find_way (DubLanguagePairs *self,
                                               const char       *from,
                                               const char       *to,
                                               const char      **from_word,
                                               const char      **over_word,
                                               const char      **to_word);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubLanguagePairs, dub_language_pairs_free)

G_END_DECLS
