/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-reading.h"

#include <glib/gi18n-lib.h>
#include <mecab.h>
#include "dub-job.h"

/* IPADIC: what is said, not what is written (the particle は is ワ). */
#define PRONUNCIATION_FIELD 8

static void
append_reading (GString *reading, const mecab_node_t *node)
{
  g_auto (GStrv) fields = g_strsplit (node->feature, ",", -1);

  if (g_strv_length (fields) > PRONUNCIATION_FIELD && !g_str_equal (fields[PRONUNCIATION_FIELD], "*"))
    g_string_append (reading, fields[PRONUNCIATION_FIELD]);
  else
    g_string_append_len (reading, node->surface, node->length);
  /* A blank after a mark lets the voice pause there; between words it would break them up. */
  if (g_str_has_prefix (node->feature, "記号"))
    g_string_append_c (reading, ' ');
}

/**
 * dub_reading_of_japanese:
 * @text: Japanese, UTF-8
 *
 * Words that the dictionary does not know stay as they are.
 *
 * Returns: (transfer full) (nullable): the pronunciation, %NULL with %DUB_STUDIO_ERROR_MISSING without a
 * dictionary
 */
char *
dub_reading_of_japanese (const char *text, GError **error)
{
  mecab_t *mecab = mecab_new2 ("");
  const mecab_node_t *node;
  GString *reading;

  node = mecab != NULL ? mecab_sparse_tonode (mecab, text) : NULL;
  if (node == NULL)
    {
      if (mecab != NULL)
        mecab_destroy (mecab);
      g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
                           _("Japanese cannot be read aloud because its dictionary is not installed. "
                              "Install the package mecab-ipadic-utf8, then dub again."));
      return NULL;
    }

  reading = g_string_new (NULL);
  for (; node != NULL; node = node->next)
    if (node->stat == MECAB_NOR_NODE || node->stat == MECAB_UNK_NODE)
      append_reading (reading, node);
  mecab_destroy (mecab);
  return g_string_free_and_steal (reading);
}
