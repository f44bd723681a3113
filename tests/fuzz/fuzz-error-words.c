/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an engine says of its own faults, as people are shown it. */

#include "fuzz.h"

#include "dub-http-words.h"

#define MOST_CHARS 301

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autofree char *words = dub_http_words_from_error (body);

  if (words == NULL)
    return 0;
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_cmpint (*words, !=, '\0');
  g_assert_cmpint (g_utf8_strlen (words, -1), <=, MOST_CHARS);
  for (const char *c = words; *c != '\0'; c = g_utf8_next_char (c))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (c)));
  return 0;
}
