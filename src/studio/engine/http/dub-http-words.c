/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-http-words.h"

#include "dub-codec-read.h"

/* What fits into a dialog. */
#define MAX_CHARS 300

/* Besides control characters: what turns the direction of the text around it, and what cannot be seen. */
static gboolean
is_shown (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT && type != G_UNICODE_PRIVATE_USE &&
         type != G_UNICODE_UNASSIGNED && type != G_UNICODE_SURROGATE;
}

/**
 * dub_http_words_clean:
 * @text: anything, in UTF-8
 * @max_chars: longer ones end in an ellipsis
 *
 * Returns: (transfer full): the same, fit to be shown within a sentence; may be empty
 */
char *
dub_http_words_clean (const char *text, guint max_chars)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  gboolean blank = FALSE;
  guint n_chars = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_isspace (character))
        {
          blank = n_chars > 0;
          continue;
        }
      if (!is_shown (character))
        continue;
      if (n_chars + blank >= max_chars)
        {
          g_string_append (clean, "…");
          break;
        }
      if (blank)
        g_string_append_c (clean, ' ');
      g_string_append_unichar (clean, character);
      n_chars += 1 + blank;
      blank = FALSE;
    }
  return g_string_free_and_steal (g_steal_pointer (&clean));
}

/**
 * dub_http_words_line:
 * @text: anything, in UTF-8
 *
 * Control characters and blanks of any kind become blanks, many of them one.
 *
 * Returns: (transfer full): the same as one line; may be empty
 */
char *
dub_http_words_line (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean blank = FALSE;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_isspace (character) || g_unichar_iscntrl (character))
        {
          blank = line->len > 0;
          continue;
        }
      if (blank)
        g_string_append_c (line, ' ');
      g_string_append_unichar (line, character);
      blank = FALSE;
    }
  return g_string_free_and_steal (g_steal_pointer (&line));
}

/* FastAPI, which most servers of the OpenAI kind are written with, lists what is wrong with a request. */
static char *
words_of_list (DubRead *read, JsonArray *array)
{
  JsonNode *first = json_array_get_length (array) > 0 ? dub_read_element (read, array, 0) : NULL;

  return first != NULL && JSON_NODE_HOLDS_OBJECT (first) ? dub_read_words (read, json_node_get_object (first), "msg")
                                                         : NULL;
}

static char *
words_of_member (DubRead *read, JsonObject *object, const char *name)
{
  JsonNode *node = dub_read_member (read, object, name, DUB_READ_OPTIONAL);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return dub_read_words (read, json_node_get_object (node), "message");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return words_of_list (read, json_node_get_array (node));
  return dub_read_words (read, object, name);
}

/**
 * dub_http_words_from_error:
 * @body: of an answer that is no success
 *
 * Knows `error.message` (OpenAI), `error` (LibreTranslate and others), `detail` (FastAPI), `explanation` and `message`
 * (apertium-apy).
 *
 * Returns: (transfer full) (nullable): the server's words
 */
char *
dub_http_words_from_error (GBytes *body)
{
  static const char *const names[] = { "error", "detail", "explanation", "message" };
  gsize length;
  const char *json = g_bytes_get_data (body, &length);
  g_autoptr (DubRead) read = dub_read_new (json, length);
  JsonObject *object = dub_read_get_fault (read) == NULL ? dub_read_root_object (read) : NULL;

  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *words = words_of_member (read, object, names[i]);
      g_autofree char *clean = words != NULL ? dub_http_words_clean (words, MAX_CHARS) : NULL;

      if (clean != NULL && *clean != '\0')
        return g_steal_pointer (&clean);
    }
  return NULL;
}
