/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-reading.h"

#include <glib/gi18n-lib.h>
#include <mecab.h>
#include "dub-job.h"

/* IPADIC: what is said, not what is written (the particle は is ワ). */
#define PRONUNCIATION_FIELD 8

static gboolean
is_mark (const mecab_node_t *node)
{
  return g_str_has_prefix (node->feature, "記号");
}

static void
append_reading (GString *reading, const mecab_node_t *node)
{
  g_auto (GStrv) fields = g_strsplit (node->feature, ",", -1);

  if (g_strv_length (fields) > PRONUNCIATION_FIELD && !g_str_equal (fields[PRONUNCIATION_FIELD], "*"))
    g_string_append (reading, fields[PRONUNCIATION_FIELD]);
  else
    g_string_append_len (reading, node->surface, node->length);
  /* A blank after a mark lets the voice pause there; between words it would break them up. */
  if (is_mark (node))
    g_string_append_c (reading, ' ');
}

/* A particle or an ending, which nobody says apart from the word before it. */
static gboolean
is_ending (const mecab_node_t *node)
{
  return g_str_has_prefix (node->feature, "助詞") || g_str_has_prefix (node->feature, "助動詞");
}

static void
append_word (DubReading *self, GString *reading, const char *start, const mecab_node_t *node, guint from)
{
  gsize before = reading->len;
  DubReadWord word = { from, from + g_utf8_strlen (start, node->length), 0, 0 };
  DubReadWord *last = self->words->len > 0 ? &g_array_index (self->words, DubReadWord, self->words->len - 1) : NULL;

  append_reading (reading, node);
  if (is_mark (node))
    return;
  word.read_from = g_utf8_strlen (reading->str, before);
  word.read_until = word.read_from + g_utf8_strlen (reading->str + before, -1);
  if (last != NULL && last->until == from && is_ending (node))
    {
      last->until = word.until;
      last->read_until = word.read_until;
    }
  else
    g_array_append_val (self->words, word);
}

/**
 * dub_reading_new:
 * @text: Japanese, UTF-8
 * @error: return location; %DUB_STUDIO_ERROR_MISSING without a dictionary
 *
 * Words that the dictionary does not know stay as they are.
 *
 * Returns: (transfer full) (nullable): the pronunciation
 */
DubReading *
dub_reading_new (const char *text, GError **error)
{
  mecab_t *mecab = mecab_new2 ("");
  const mecab_node_t *node = mecab != NULL ? mecab_sparse_tonode (mecab, text) : NULL;
  g_autoptr (GString) reading = g_string_new (NULL);
  DubReading *self;
  guint at = 0;

  if (node == NULL)
    {
      if (mecab != NULL)
        mecab_destroy (mecab);
      g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
                           _("Japanese cannot be read aloud because its dictionary is not installed. "
                              "Install the package mecab-ipadic-utf8, then dub again."));
      return NULL;
    }

  self = g_new0 (DubReading, 1);
  self->words = g_array_new (FALSE, FALSE, sizeof (DubReadWord));
  for (; node != NULL; node = node->next)
    if (node->stat == MECAB_NOR_NODE || node->stat == MECAB_UNK_NODE)
      {
        gsize blanks = node->rlength - node->length;

        at += g_utf8_strlen (text, blanks);
        append_word (self, reading, text + blanks, node, at);
        at += g_utf8_strlen (text + blanks, node->length);
        text += node->rlength;
      }
  self->text = g_string_free_and_steal (g_steal_pointer (&reading));
  mecab_destroy (mecab);
  return self;
}

/**
 * dub_reading_free:
 * @self: (nullable) (transfer full): a reading
 */
void
dub_reading_free (DubReading *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_array_unref (self->words);
  g_free (self);
}
