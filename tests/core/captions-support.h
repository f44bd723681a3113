/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "dub-captions.h"
#include "dub-error.h"

/* The segments as "start-end text|…", line breaks as "/". */
static inline char *
describe_script (DubScript *script)
{
  GString *described = g_string_new (NULL);

  for (guint i = 0; i < dub_script_get_length (script); i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);

      g_string_append_printf (described, "%s%.6g-%.6g %s", i > 0 ? "|" : "", dub_segment_get_start (segment),
                              dub_segment_get_end (segment), dub_segment_get_text (segment));
    }
  g_strdelimit (described->str, "\n", '/');
  return g_string_free_and_steal (described);
}

static inline void
assert_parsed_bytes (const char *bytes,
                     gsize       size,
                     const char *expected)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubScript) script = dub_captions_parse (file, &error);
  g_autofree char *described = NULL;

  g_assert_no_error (error);
  described = describe_script (script);
  g_assert_cmpstr (described, ==, expected);
}

static inline void
assert_parsed (const char *text,
               const char *expected)
{
  assert_parsed_bytes (text, strlen (text), expected);
}

static inline void
assert_refused_bytes (const char *bytes,
                      gsize       size,
                      const char *says)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (dub_captions_parse (file, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (strstr (error->message, says) == NULL)
    g_test_fail_printf ("“%s” does not say “%s”", error->message, says);
}

static inline void
assert_refused (const char *text,
                const char *says)
{
  assert_refused_bytes (text, strlen (text), says);
}
