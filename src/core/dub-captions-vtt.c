/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-captions-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dub-error.h"

/* Only an empty line ends a block; a line of blanks does where the next subtitle follows, as careless tools write it. */
static gboolean
is_separator (GPtrArray *lines,
              guint      index)
{
  const char *line = g_ptr_array_index (lines, index);

  if (*line == '\0')
    return TRUE;
  if (!dub_captions_is_blank (line))
    return FALSE;
  return dub_captions_has_arrow (lines, index + 1)
         || (dub_captions_has_arrow (lines, index + 2) && !dub_captions_is_blank (g_ptr_array_index (lines, index + 1)));
}

static guint
skip_block (GPtrArray *lines,
            guint      index)
{
  while (index < lines->len && !is_separator (lines, index))
    index++;
  return index;
}

static guint
find_payload_end (GPtrArray *lines,
                  guint      index)
{
  while (index < lines->len && !is_separator (lines, index) && !dub_captions_has_arrow (lines, index))
    index++;
  return index;
}

static gboolean
is_block (const char *line,
          const char *word)
{
  gsize length = strlen (word);

  return strncmp (line, word, length) == 0 && (line[length] == '\0' || line[length] == ' ' || line[length] == '\t');
}

static gboolean
is_aside (const char *line)
{
  return is_block (line, "NOTE") || is_block (line, "STYLE") || is_block (line, "REGION");
}

gboolean
dub_captions_parse_vtt (GPtrArray  *lines,
                        GPtrArray  *cues,
                        GError    **error)
{
  guint i = 0;

  while (i < lines->len && dub_captions_is_blank (g_ptr_array_index (lines, i)))
    i++;
  i = find_payload_end (lines, i);

  while (i < lines->len)
    {
      const char *line = g_ptr_array_index (lines, i);
      double start;
      double end;
      guint past;

      if (dub_captions_is_blank (line))
        {
          i++;
          continue;
        }
      if (!dub_captions_has_arrow (lines, i) && is_aside (line))
        {
          i = skip_block (lines, i);
          continue;
        }

      /* The line above the times is the subtitle's own name. */
      if (!dub_captions_has_arrow (lines, i) && !dub_captions_has_arrow (lines, ++i))
        {
          g_set_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
                       _("Line %u is text without times. Take it out, or give it a line like "
                         "00:01.000 --> 00:02.500, and choose the file again."),
                       i);
          return FALSE;
        }

      if (!dub_captions_read_times (lines, i, &start, &end, error))
        return FALSE;
      past = find_payload_end (lines, i + 1);
      dub_captions_add_lines (cues, start, end, lines, i + 1, past);
      i = past;
    }
  return TRUE;
}
