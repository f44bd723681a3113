/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What LibreTranslate and apertium-apy answer. */

#include "fuzz.h"

#include "dub-translation-answer.h"

static void
check_text (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (*text, !=, '\0');
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (c)));
}

/* transfer full */
static void
check_pairs (DubLanguagePairs *pairs, char *fault)
{
  const char *from, *over, *to;

  g_assert_true ((pairs == NULL) == (fault != NULL));
  g_free (fault);
  if (pairs == NULL)
    return;
  if (dub_language_pairs_find (pairs, "en", "pt", &from, &to))
    g_assert_true (dub_language_pairs_contains (pairs, from, to));
  if (dub_language_pairs_find_way (pairs, "en", "fr", &from, &over, &to))
    g_assert_true (dub_language_pairs_contains (pairs, from, over) && dub_language_pairs_contains (pairs, over, to));
  dub_language_pairs_free (pairs);
}

static void
check_libretranslate (GBytes *body)
{
  g_autofree char *fault = NULL;
  g_autoptr (GPtrArray) texts = dub_libretranslate_read_texts (body, 2, &fault);

  g_assert_true ((texts == NULL) == (fault != NULL));
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    check_text (g_ptr_array_index (texts, i));
}

static void
check_apy (GBytes *body)
{
  g_autofree char *fault = NULL;
  g_autofree char *text = dub_apy_read_text (body, &fault);

  g_assert_true ((text == NULL) == (fault != NULL));
  if (text != NULL)
    check_text (text);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  DubLanguagePairs *pairs;
  char *fault = NULL;

  check_libretranslate (body);
  check_apy (body);
  pairs = dub_libretranslate_read_languages (body, &fault);
  check_pairs (pairs, fault);
  fault = NULL;
  pairs = dub_apy_read_pairs (body, &fault);
  check_pairs (pairs, fault);
  return 0;
}
