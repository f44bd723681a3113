/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-language-pairs.h"

#include <string.h>
#include "dub-language-names.h"

struct _DubLanguagePairs
{
  GHashTable *pairs;   /* of "from|to" */
  GPtrArray *words;    /* of char*, in the order in which they came */
  GHashTable *known;   /* the same */
};

/* Where a language has variants, the one that the studio speaks comes first; then the plain one. */
static const struct
{
  const char *code;
  const char *words[4];
} preferred[] = {
  { "pt", { "pt-br", "pb", "por_br", "por" } },
  { "en", { "en", "eng", "en-us", "eng_us" } },
};

/* LibreTranslate's older models call Brazilian Portuguese so. */
#define BRAZILIAN "pb"

/**
 * dub_language_pairs_new:
 *
 * Returns: (transfer full): no pairs
 */
DubLanguagePairs *
dub_language_pairs_new (void)
{
  DubLanguagePairs *self = g_new0 (DubLanguagePairs, 1);

  self->pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->known = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * dub_language_pairs_free:
 * @self: (nullable) (transfer full): pairs
 */
void
dub_language_pairs_free (DubLanguagePairs *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->pairs);
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->words);
  g_free (self);
}

static void
add_word (DubLanguagePairs *self, const char *word)
{
  char *copy;

  if (g_hash_table_contains (self->known, word))
    return;
  copy = g_strdup (word);
  g_ptr_array_add (self->words, copy);
  g_hash_table_add (self->known, copy);
}

/**
 * dub_language_pairs_add:
 * @from: what the server calls a language
 * @to: another one
 */
void
dub_language_pairs_add (DubLanguagePairs *self, const char *from, const char *to)
{
  g_hash_table_add (self->pairs, g_strdup_printf ("%s|%s", from, to));
  add_word (self, from);
  add_word (self, to);
}

/**
 * dub_language_pairs_contains:
 * @from: the server's word for a language
 * @to: likewise
 *
 * Returns: whether it translates from one into the other
 */
gboolean
dub_language_pairs_contains (DubLanguagePairs *self, const char *from, const char *to)
{
  g_autofree char *pair = g_strdup_printf ("%s|%s", from, to);

  return g_hash_table_contains (self->pairs, pair);
}

/**
 * dub_language_pairs_count:
 *
 * Returns: how many there are
 */
guint
dub_language_pairs_count (DubLanguagePairs *self)
{
  return g_hash_table_size (self->pairs);
}

static gboolean
is_language (const char *word, const char *code)
{
  if (g_str_equal (code, "pt") && g_ascii_strcasecmp (word, BRAZILIAN) == 0)
    return TRUE;
  return g_strcmp0 (dub_language_names_to_code (word), code) == 0;
}

/* Smaller is better. */
static guint
rank_of (const char *word, const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (preferred); i++)
    for (guint j = 0; g_str_equal (preferred[i].code, code) && j < G_N_ELEMENTS (preferred[i].words); j++)
      if (g_ascii_strcasecmp (word, preferred[i].words[j]) == 0)
        return j;
  return strchr (word, '_') == NULL && strchr (word, '-') == NULL ? G_N_ELEMENTS (preferred[0].words)
                                                                  : G_N_ELEMENTS (preferred[0].words) + 1;
}

static int
compare_ranks (gconstpointer a, gconstpointer b, gpointer code)
{
  return (int) rank_of (*(const char *const *) a, code) - (int) rank_of (*(const char *const *) b, code);
}

/* The words for the language of @code, the best one first. */
static GPtrArray *
words_for (DubLanguagePairs *self, const char *code)
{
  GPtrArray *words = g_ptr_array_new ();

  for (guint i = 0; i < self->words->len; i++)
    if (is_language (g_ptr_array_index (self->words, i), code))
      g_ptr_array_add (words, g_ptr_array_index (self->words, i));
  g_ptr_array_sort_with_data (words, compare_ranks, (gpointer) code);
  return words;
}

/**
 * dub_language_pairs_find:
 * @from: the code of a language
 * @to: another one
 * @from_word: (out) (transfer none): what the server calls it
 * @to_word: (out) (transfer none): likewise
 *
 * Returns: whether there is a way
 */
gboolean
dub_language_pairs_find (DubLanguagePairs *self,
                         const char       *from,
                         const char       *to,
                         const char      **from_word,
                         const char      **to_word)
{
  g_autoptr (GPtrArray) sources = words_for (self, from);
  g_autoptr (GPtrArray) targets = words_for (self, to);

  for (guint t = 0; t < targets->len; t++)
    for (guint s = 0; s < sources->len; s++)
      {
        *from_word = g_ptr_array_index (sources, s);
        *to_word = g_ptr_array_index (targets, t);
        if (dub_language_pairs_contains (self, *from_word, *to_word))
          return TRUE;
      }
  return FALSE;
}

/**
 * dub_language_pairs_find_way:
 * @from: the code of a language
 * @to: another one
 * @from_word: (out) (transfer none): what the server calls it
 * @over_word: (out) (transfer none): a language between them
 * @to_word: (out) (transfer none): what the server calls @to
 *
 * By way of Catalan where that can be, which is better than by way of Spanish; else of whatever there is.
 *
 * Returns: whether there is a way
 */
gboolean
dub_language_pairs_find_way (DubLanguagePairs *self,
                             const char       *from,
                             const char       *to,
                             const char      **from_word,
                             const char      **over_word,
                             const char      **to_word)
{
  static const char *const first[] = { "cat", "ca", "spa", "es" };

  g_autoptr (GPtrArray) sources = words_for (self, from);
  g_autoptr (GPtrArray) targets = words_for (self, to);

  for (guint i = 0; i < self->words->len + G_N_ELEMENTS (first); i++)
    {
      *over_word = i < G_N_ELEMENTS (first) ? first[i] : g_ptr_array_index (self->words, i - G_N_ELEMENTS (first));
      for (guint t = 0; t < targets->len; t++)
        for (guint s = 0; s < sources->len; s++)
          {
            *from_word = g_ptr_array_index (sources, s);
            *to_word = g_ptr_array_index (targets, t);
            if (dub_language_pairs_contains (self, *from_word, *over_word) &&
                dub_language_pairs_contains (self, *over_word, *to_word))
              return TRUE;
          }
    }
  return FALSE;
}
