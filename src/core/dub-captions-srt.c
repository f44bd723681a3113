/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-captions-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dub-error.h"

#define MAX_NUMBER_DIGITS 9

/* A subtitle's own number, or 0 where the line is none. */
static guint
read_number (GPtrArray *lines,
             guint      index)
{
  const char *line = g_ptr_array_index (lines, index);
  const char *digits = line + strspn (line, " \t");
  gsize n_digits = strspn (digits, "0123456789");

  if (n_digits == 0 || n_digits > MAX_NUMBER_DIGITS || !dub_captions_is_blank (digits + n_digits))
    return 0;

  return (guint) g_ascii_strtoull (digits, NULL, 10);
}

static gboolean
is_blank_at (GPtrArray *lines,
             guint      index)
{
  return dub_captions_is_blank (g_ptr_array_index (lines, index));
}

/* Where the text that starts at @first ends, given that the times of the next subtitle are at @next: before its number.
 * A number right above the times is one, if it stands apart from the text or is the expected one. */
static guint
find_text_end (GPtrArray *lines,
               guint      first,
               guint      next,
               guint      expected)
{
  guint last = next;
  guint number;

  while (last > first && is_blank_at (lines, last - 1))
    last--;
  if (last == first)
    return first;

  number = read_number (lines, last - 1);
  if (number == 0)
    return last;
  if (number == expected)
    return last - 1;
  return last == next && (last - 1 == first || is_blank_at (lines, last - 2)) ? last - 1 : last;
}

/* The next subtitle's number amid a text means that its times are missing: its words must not go to this one. */
static gboolean
check_text (GPtrArray  *lines,
            guint       first,
            guint       past,
            guint       expected,
            GError    **error)
{
  for (guint i = first + 1; i + 1 < past; i++)
    if (is_blank_at (lines, i - 1) && !is_blank_at (lines, i + 1) && read_number (lines, i) == expected)
      {
        g_set_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
                     _("The subtitle on line %u has no times. Add a line like 00:00:01,000 --> 00:00:02,500 "
                       "and choose the file again."),
                     i + 1);
        return FALSE;
      }
  return TRUE;
}

static guint
find_times (GPtrArray *lines,
            guint      from)
{
  while (from < lines->len && !dub_captions_has_arrow (lines, from))
    from++;
  return from;
}

static gboolean
check_beginning (GPtrArray  *lines,
                 guint       first_times,
                 GError    **error)
{
  guint end = first_times;

  while (end > 0 && is_blank_at (lines, end - 1))
    end--;
  if (end > 0 && (read_number (lines, end - 1) != 0 || g_str_equal (g_ptr_array_index (lines, end - 1), "0")))
    end--;

  for (guint i = 0; i < end; i++)
    if (!is_blank_at (lines, i))
      {
        g_set_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
                     _("Line %u is text without times. Take it out, or give it a line like "
                       "00:00:01,000 --> 00:00:02,500, and choose the file again."),
                     i + 1);
        return FALSE;
      }
  return TRUE;
}

gboolean
dub_captions_parse_srt (GPtrArray  *lines,
                        GPtrArray  *cues,
                        GError    **error)
{
  guint times = find_times (lines, 0);
  guint number = 1;

  if (!check_beginning (lines, times, error))
    return FALSE;
  if (times > 0 && times < lines->len && read_number (lines, times - 1) != 0)
    number = read_number (lines, times - 1);

  while (times < lines->len)
    {
      guint first = times + 1;
      guint next = find_times (lines, first);
      guint expected = number + 1;
      guint past = next < lines->len ? find_text_end (lines, first, next, expected) : next;
      double start;
      double end;

      if (!dub_captions_read_times (lines, times, &start, &end, error)
          || !check_text (lines, first, past, expected, error))
        return FALSE;

      dub_captions_add_lines (cues, start, end, lines, first, past);
      number = past < next && read_number (lines, past) != 0 ? read_number (lines, past) : expected;
      times = next;
    }
  return TRUE;
}
