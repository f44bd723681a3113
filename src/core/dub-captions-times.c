/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-captions-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dub-error.h"

#define ARROW "-->"
#define MAX_HOUR_DIGITS 4

gboolean
dub_captions_is_blank (const char *line)
{
  return line[strspn (line, " \t")] == '\0';
}

gboolean
dub_captions_has_arrow (GPtrArray *lines,
                        guint      index)
{
  return index < lines->len && strstr (g_ptr_array_index (lines, index), ARROW) != NULL;
}

/* Reads one to @max digits; the number of them is told, 0 where there are none or more. */
static guint
read_digits (const char **cursor,
             guint        max,
             guint       *value)
{
  gsize digits = strspn (*cursor, "0123456789");

  if (digits == 0 || digits > max)
    return 0;

  *value = (guint) g_ascii_strtoull (*cursor, NULL, 10);
  *cursor += digits;
  return (guint) digits;
}

static gboolean
read_fraction (const char **cursor,
               double      *ms)
{
  const char *c = *cursor;
  double weight = 100;

  if (*c != '.' && *c != ',')
    return TRUE;
  if (!g_ascii_isdigit (*++c))
    return FALSE;

  for (; g_ascii_isdigit (*c); c++, weight /= 10)
    *ms += (*c - '0') * weight;
  *cursor = c;
  return TRUE;
}

gboolean
dub_captions_read_time (const char **cursor,
                        double      *ms)
{
  const char *c = *cursor;
  guint parts[3] = { 0, 0, 0 };
  guint n_parts = 0;
  double fraction = 0;

  do
    {
      if (n_parts > 0)
        c++;
      if (n_parts == G_N_ELEMENTS (parts) || read_digits (&c, n_parts == 0 ? MAX_HOUR_DIGITS : 2, &parts[n_parts]) == 0)
        return FALSE;
      n_parts++;
    }
  while (*c == ':');

  if (n_parts < 2 || !read_fraction (&c, &fraction))
    return FALSE;
  if (parts[n_parts - 1] > 59 || (n_parts == 3 && parts[1] > 59))
    return FALSE;

  *ms = fraction + 1000.0 * parts[n_parts - 1] + 60000.0 * parts[n_parts - 2];
  if (n_parts == 3)
    *ms += 3600000.0 * parts[0];
  *cursor = c;
  return TRUE;
}

static void
skip_blanks (const char **cursor)
{
  *cursor += strspn (*cursor, " \t");
}

gboolean
dub_captions_check_times (double   start,
                          double   end,
                          guint    line_number,
                          GError **error)
{
  if (end > start)
    return TRUE;

  g_set_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
               _("The subtitle on line %u does not end after its start. "
                 "Correct its times and choose the file again."),
               line_number);
  return FALSE;
}

gboolean
dub_captions_read_times (GPtrArray  *lines,
                         guint       index,
                         double     *start,
                         double     *end,
                         GError    **error)
{
  const char *cursor = g_ptr_array_index (lines, index);
  gboolean found;

  skip_blanks (&cursor);
  found = dub_captions_read_time (&cursor, start);
  skip_blanks (&cursor);
  found = found && g_str_has_prefix (cursor, ARROW);
  if (found)
    {
      cursor += strlen (ARROW);
      skip_blanks (&cursor);
      found = dub_captions_read_time (&cursor, end) && (*cursor == '\0' || *cursor == ' ' || *cursor == '\t');
    }

  if (!found)
    {
      g_set_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
                   _("Line %u should have times like 00:00:01,000 --> 00:00:02,500. "
                     "Correct it and choose the file again."),
                   index + 1);
      return FALSE;
    }
  return dub_captions_check_times (*start, *end, index + 1, error);
}
