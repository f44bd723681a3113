/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-translation-answer.h"

#include <string.h>
#include "dub-codec-read.h"
#include "dub-http-words.h"

/* Nobody says so much in 10 s, in any language. */
#define MAX_TEXT_BYTES 8000
#define MAX_CODE_BYTES 40
#define MAX_LANGUAGES 500
#define MAX_PAIRS (MAX_LANGUAGES * MAX_LANGUAGES)

static DubRead *
read_body (GBytes *body)
{
  gsize length;
  const char *json = g_bytes_get_data (body, &length);

  return dub_read_new (json, length);
}

static gboolean
is_sound (DubRead *read, char **fault)
{
  if (dub_read_get_fault (read) == NULL)
    return TRUE;
  *fault = g_strdup (dub_read_get_fault (read));
  return FALSE;
}

/* A code goes back to the server in addresses and bodies: nothing else may be in it. */
static gboolean
check_code (DubRead *read, const char *name, const char *code)
{
  if (code == NULL)
    return FALSE;
  for (const char *c = code; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_')
      {
        dub_read_fail (read, name, "is not the code of a language");
        return FALSE;
      }
  if (*code != '\0' && strlen (code) <= MAX_CODE_BYTES)
    return TRUE;
  dub_read_fail (read, name, "is not the code of a language");
  return FALSE;
}

static char *
read_code (DubRead *read, JsonObject *object, const char *name)
{
  g_autofree char *code = dub_read_string (read, object, name, DUB_READ_NOT_EMPTY);

  return check_code (read, name, code) ? g_steal_pointer (&code) : NULL;
}

static gboolean
check_text (DubRead *read, const char *name, const char *text)
{
  if (text == NULL)
    return FALSE;
  if (strlen (text) > MAX_TEXT_BYTES)
    dub_read_fail (read, name, "is longer than anybody can say");
  else if (*text == '\0')
    dub_read_fail (read, name, "is empty");
  else
    return TRUE;
  return FALSE;
}

/* One language with what it goes into; older servers, which go from each into each, do not list that. */
static void
read_language (DubRead *read, JsonArray *languages, guint index, DubLanguagePairs *pairs, GPtrArray *plain)
{
  JsonObject *object = dub_read_item (read, languages, index);
  g_autofree char *code = read_code (read, object, "code");
  JsonArray *targets = dub_read_array (read, object, "targets", DUB_READ_OPTIONAL);

  if (dub_read_length (targets) > MAX_LANGUAGES)
    dub_read_fail (read, "targets", "are too many");
  if (code != NULL && targets == NULL)
    g_ptr_array_add (plain, g_strdup (code));
  dub_read_enter (read, "targets", 0);
  for (guint i = 0; i < dub_read_length (targets) && dub_read_get_fault (read) == NULL; i++)
    {
      g_autofree char *target = NULL;

      dub_read_enter (read, NULL, i);
      target = dub_read_item_string (read, targets, i);
      if (code != NULL && check_code (read, NULL, target) && !g_str_equal (code, target))
        dub_language_pairs_add (pairs, code, target);
      dub_read_leave (read);
    }
  dub_read_leave (read);
}

static void
add_all_pairs (DubLanguagePairs *pairs, GPtrArray *plain)
{
  for (guint i = 0; i < plain->len; i++)
    for (guint j = 0; j < plain->len; j++)
      if (i != j)
        dub_language_pairs_add (pairs, g_ptr_array_index (plain, i), g_ptr_array_index (plain, j));
}

/**
 * dub_libretranslate_read_languages:
 * @body: anything
 * @fault: (out) (transfer full): what is wrong
 *
 * Returns: (transfer full) (nullable): the pairs
 */
DubLanguagePairs *
dub_libretranslate_read_languages (GBytes *body, char **fault)
{
  g_autoptr (DubRead) read = read_body (body);
  g_autoptr (DubLanguagePairs) pairs = dub_language_pairs_new ();
  g_autoptr (GPtrArray) plain = g_ptr_array_new_with_free_func (g_free);
  JsonArray *languages = dub_read_root_array (read);

  if (dub_read_length (languages) > MAX_LANGUAGES)
    dub_read_fail (read, NULL, "has too many languages");
  for (guint i = 0; i < dub_read_length (languages) && dub_read_get_fault (read) == NULL; i++)
    {
      dub_read_enter (read, NULL, i);
      read_language (read, languages, i, pairs, plain);
      dub_read_leave (read);
    }
  if (!is_sound (read, fault))
    return NULL;
  add_all_pairs (pairs, plain);
  return g_steal_pointer (&pairs);
}

static GPtrArray *
read_text_list (DubRead *read, JsonArray *list)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  dub_read_enter (read, "translatedText", 0);
  for (guint i = 0; i < dub_read_length (list) && dub_read_get_fault (read) == NULL; i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *line = NULL;

      dub_read_enter (read, NULL, i);
      text = dub_read_item_string (read, list, i);
      line = text != NULL ? dub_http_words_line (text) : NULL;
      if (check_text (read, NULL, line))
        g_ptr_array_add (texts, g_steal_pointer (&line));
      dub_read_leave (read);
    }
  dub_read_leave (read);
  return g_steal_pointer (&texts);
}

static char *
read_text (DubRead *read, JsonObject *object)
{
  g_autofree char *text = dub_read_string (read, object, "translatedText", DUB_READ_REQUIRED);
  g_autofree char *line = text != NULL ? dub_http_words_line (text) : NULL;

  return check_text (read, "translatedText", line) ? g_steal_pointer (&line) : NULL;
}

static GPtrArray *
read_one_text (DubRead *read, JsonObject *root)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  char *text = read_text (read, root);

  if (text != NULL)
    g_ptr_array_add (texts, text);
  return texts;
}

/**
 * dub_libretranslate_read_texts:
 * @body: anything
 * @n_texts: how many were sent: as many must be there, and none empty
 * @fault: (out) (transfer full): what is wrong
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the texts, a line each
 */
GPtrArray *
dub_libretranslate_read_texts (GBytes *body, guint n_texts, char **fault)
{
  g_autoptr (DubRead) read = read_body (body);
  JsonObject *root = dub_read_root_object (read);
  JsonNode *node = dub_read_member (read, root, "translatedText", DUB_READ_REQUIRED);
  g_autoptr (GPtrArray) texts = NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    texts = read_text_list (read, json_node_get_array (node));
  else
    texts = read_one_text (read, root);
  if (texts->len != n_texts)
    dub_read_fail (read, "translatedText", "has another number of texts than were sent");
  return is_sound (read, fault) ? g_steal_pointer (&texts) : NULL;
}

/**
 * dub_apy_read_pairs:
 * @body: anything
 * @fault: (out) (transfer full): what is wrong
 *
 * Returns: (transfer full) (nullable): the pairs
 */
DubLanguagePairs *
dub_apy_read_pairs (GBytes *body, char **fault)
{
  g_autoptr (DubRead) read = read_body (body);
  g_autoptr (DubLanguagePairs) pairs = dub_language_pairs_new ();
  JsonArray *list = dub_read_array (read, dub_read_root_object (read), "responseData", DUB_READ_REQUIRED);

  if (dub_read_length (list) > MAX_PAIRS)
    dub_read_fail (read, "responseData", "has too many pairs");
  dub_read_enter (read, "responseData", 0);
  for (guint i = 0; i < dub_read_length (list) && dub_read_get_fault (read) == NULL; i++)
    {
      g_autofree char *from = NULL;
      g_autofree char *to = NULL;
      JsonObject *item;

      dub_read_enter (read, NULL, i);
      item = dub_read_item (read, list, i);
      from = read_code (read, item, "sourceLanguage");
      to = read_code (read, item, "targetLanguage");
      if (from != NULL && to != NULL)
        dub_language_pairs_add (pairs, from, to);
      dub_read_leave (read);
    }
  dub_read_leave (read);
  return is_sound (read, fault) ? g_steal_pointer (&pairs) : NULL;
}

/* What a server that has lost its way between its requests leaves of its own marks in a text: that of another one is in it. */
#define STRAY_MARK "/NONCE:"

/**
 * dub_apy_read_text:
 * @body: anything
 * @fault: (out) (transfer full): what is wrong
 *
 * Returns: (transfer full) (nullable): the text, as a line
 */
char *
dub_apy_read_text (GBytes *body, char **fault)
{
  g_autoptr (DubRead) read = read_body (body);
  JsonObject *data = dub_read_object (read, dub_read_root_object (read), "responseData", DUB_READ_REQUIRED);
  g_autofree char *text = NULL;

  dub_read_enter (read, "responseData", 0);
  text = read_text (read, data);
  if (text != NULL && strstr (text, STRAY_MARK) != NULL)
    dub_read_fail (read, "translatedText", "has the texts of several requests");
  dub_read_leave (read);
  return is_sound (read, fault) ? g_steal_pointer (&text) : NULL;
}
