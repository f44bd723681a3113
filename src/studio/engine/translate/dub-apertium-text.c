/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-apertium-text.h"

#include <string.h>

/* A line break or a control character within a segment would be taken for the division between two. */
static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR
         || g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR;
}

/**
 * dub_apertium_text_line:
 * @text: UTF-8
 *
 * Makes one line of a text: whatever divides it becomes a single blank. Where a word has no counterpart, apertium leaves
 * its blank, so that its answers want this too.
 *
 * Returns: (transfer full): the line, without blanks at its ends
 */
char *
dub_apertium_text_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_sized_new (strlen (valid));
  gboolean blank = FALSE;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_blank (c))
        {
          blank = line->len > 0;
          continue;
        }
      if (blank)
        g_string_append_c (line, ' ');
      blank = FALSE;
      g_string_append_unichar (line, c);
    }
  return g_string_free_and_steal (line);
}

/**
 * dub_apertium_text_join:
 * @lines: (element-type utf8): lines
 * @from: the first one to take
 * @until: the one after the last
 *
 * Returns: (transfer full): the lines, each followed by a blank one
 */
char *
dub_apertium_text_join (const GPtrArray *lines,
                        guint            from,
                        guint            until)
{
  GString *joined = g_string_new (NULL);

  for (guint i = from; i < until; i++)
    g_string_append_printf (joined, "%s\n\n", (const char *) g_ptr_array_index (lines, i));
  return g_string_free_and_steal (joined);
}

/**
 * dub_apertium_text_divide:
 * @answer: what apertium answers
 * @n_lines: how many lines were joined (dub_apertium_text_join()) for the question
 *
 * Takes the lines apart by where they stand, not by how many have words: one that lost its words and one that was divided
 * would make up for each other, and all between them would be at wrong times.
 *
 * Returns: (transfer full) (element-type utf8) (nullable): so many lines, of which some may be empty, or %NULL where the
 * answer is not divided as the question was
 */
GPtrArray *
dub_apertium_text_divide (const char *answer,
                          guint       n_lines)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = g_strsplit (answer, "\n", -1);

  if (g_strv_length (lines) != 2 * n_lines + 1)
    return NULL;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = dub_apertium_text_line (lines[i]);

      if (i % 2 == 0 && i < 2 * n_lines)
        g_ptr_array_add (parts, g_steal_pointer (&line));
      else if (*line != '\0')
        return NULL;
    }
  return g_steal_pointer (&parts);
}

/**
 * dub_apertium_text_speaks:
 * @text: UTF-8
 *
 * Returns: whether it has a letter: numbers, notes and dashes mean the same in all languages
 */
gboolean
dub_apertium_text_speaks (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}
