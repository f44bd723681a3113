/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-captions-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "dub-error.h"

/* A reader of RFC 4180: GLib has none, and the format is small. */

#define MAX_FIELDS 64
#define SEPARATORS ",;\t"

enum
{
  COLUMN_START,
  COLUMN_END,
  COLUMN_TEXT,
  N_COLUMNS,
};

static const char *const column_names[N_COLUMNS] = { "start", "end", "text" };

typedef struct
{
  const char *cursor;
  char separator;
  guint line;      /* of the cursor, from 1 */
  guint row_line;  /* where the last row began */
  GPtrArray *row;  /* element-type utf8 */
  guint columns[N_COLUMNS];
} Reader;

static void
reader_clear (Reader *self)
{
  g_clear_pointer (&self->row, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
read_quoted (Reader   *self,
             GString  *field,
             GError  **error)
{
  guint first = self->line;

  for (self->cursor++; *self->cursor != '\0'; self->cursor++)
    {
      if (*self->cursor == '\n')
        self->line++;
      if (*self->cursor == '"' && *++self->cursor != '"')
        return TRUE;
      g_string_append_c (field, *self->cursor);
    }

  g_set_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
               _("The quotation mark on line %u is never closed. Correct it and choose the file again."), first);
  return FALSE;
}

static gboolean
read_field (Reader   *self,
            GError  **error)
{
  g_autoptr (GString) field = g_string_new (NULL);

  if (*self->cursor == '"')
    {
      if (!read_quoted (self, field, error))
        return FALSE;
      if (*self->cursor != self->separator && *self->cursor != '\n' && *self->cursor != '\0')
        {
          g_set_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
                       _("Line %u has text behind a closing quotation mark. Correct it and choose the file again."),
                       self->line);
          return FALSE;
        }
    }
  else
    {
      const char stops[] = { self->separator, '\n', '\0' };
      gsize length = strcspn (self->cursor, stops);

      g_string_append_len (field, self->cursor, length);
      self->cursor += length;
    }

  g_ptr_array_add (self->row, g_strdup (field->str));
  return TRUE;
}

/* Reads the next row; FALSE without an error at the end. */
static gboolean
read_row (Reader   *self,
          GError  **error)
{
  if (*self->cursor == '\0')
    return FALSE;

  g_clear_pointer (&self->row, g_ptr_array_unref);
  self->row = g_ptr_array_new_with_free_func (g_free);
  self->row_line = self->line;
  while (TRUE)
    {
      if (!read_field (self, error))
        return FALSE;
      if (*self->cursor != self->separator || *self->cursor == '\0')
        break;
      if (self->row->len == MAX_FIELDS)
        {
          g_set_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
                       _("Line %u has more than %d columns. Take out what is not start, end or text."),
                       self->row_line, MAX_FIELDS);
          return FALSE;
        }
      self->cursor++;
    }

  if (*self->cursor == '\n')
    {
      self->cursor++;
      self->line++;
    }
  return TRUE;
}

static gboolean
is_empty_row (GPtrArray *row)
{
  for (guint i = 0; i < row->len; i++)
    if (!dub_captions_is_blank (g_ptr_array_index (row, i)))
      return FALSE;

  return TRUE;
}

static gboolean
find_columns (Reader *self)
{
  gboolean found[N_COLUMNS] = { FALSE, };

  for (guint i = 0; i < self->row->len; i++)
    for (guint column = 0; column < N_COLUMNS; column++)
      {
        g_autofree char *name = g_strstrip (g_strdup (g_ptr_array_index (self->row, i)));

        if (found[column] || g_ascii_strcasecmp (name, column_names[column]) != 0)
          continue;
        found[column] = TRUE;
        self->columns[column] = i;
      }
  return found[COLUMN_START] && found[COLUMN_END] && found[COLUMN_TEXT];
}

/* Reads the header line with the separator that makes sense of it. */
static gboolean
read_header (Reader     *self,
             const char *text)
{
  for (const char *separator = SEPARATORS; *separator != '\0'; separator++)
    {
      reader_clear (self);
      *self = (Reader) { .cursor = text, .separator = *separator, .line = 1 };
      while (read_row (self, NULL))
        if (!is_empty_row (self->row))
          {
            if (find_columns (self))
              return TRUE;
            break;
          }
    }
  return FALSE;
}

gboolean
dub_captions_is_csv (const char *text)
{
  g_auto (Reader) reader = { .cursor = text };

  return read_header (&reader, text);
}

static gboolean
read_instant (Reader     *self,
              guint       column,
              double     *ms,
              GError    **error)
{
  g_autofree char *field = g_strstrip (g_strdup (g_ptr_array_index (self->row, self->columns[column])));
  const char *cursor = field;

  if (dub_captions_read_time (&cursor, ms) && *cursor == '\0')
    return TRUE;

  /* Spreadsheets of half of the world write a decimal comma. */
  g_strdelimit (field, ",", '.');
  if (g_ascii_isdigit (*field) && strspn (field, "0123456789.") == strlen (field))
    {
      char *end = NULL;

      *ms = g_ascii_strtod (field, &end);
      if (*end == '\0' && isfinite (*ms))
        return TRUE;
    }

  g_set_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
               _("Line %u has “%s” where a time is expected: milliseconds, or hours, minutes and seconds like "
                 "00:00:01.500. Correct it and choose the file again."),
               self->row_line, field);
  return FALSE;
}

static gboolean
add_row (Reader     *self,
         GPtrArray  *cues,
         GError    **error)
{
  double start;
  double end;

  for (guint column = 0; column < N_COLUMNS; column++)
    if (self->columns[column] >= self->row->len)
      {
        g_set_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
                     _("Line %u has too few columns: start, end and text are needed. "
                       "Correct it and choose the file again."),
                     self->row_line);
        return FALSE;
      }

  if (!read_instant (self, COLUMN_START, &start, error)
      || !read_instant (self, COLUMN_END, &end, error)
      || !dub_captions_check_times (start, end, self->row_line, error))
    return FALSE;

  dub_captions_add_text (cues, start, end, g_ptr_array_index (self->row, self->columns[COLUMN_TEXT]));
  return TRUE;
}

gboolean
dub_captions_parse_csv (const char  *text,
                        GPtrArray   *cues,
                        GError     **error)
{
  g_auto (Reader) reader = { .cursor = text };
  g_autoptr (GError) fault = NULL;

  g_return_val_if_fail (read_header (&reader, text), FALSE);

  while (read_row (&reader, &fault))
    if (!is_empty_row (reader.row) && !add_row (&reader, cues, error))
      return FALSE;

  if (fault == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/* The shortest number that is read as the same one again. */
static void
append_number (GString *output,
               double   value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.15g", value);
  if (g_ascii_strtod (number, NULL) != value)
    g_ascii_formatd (number, sizeof number, "%.17g", value);
  g_string_append (output, number);
}

static void
append_quoted (GString    *output,
               const char *text)
{
  g_string_append_c (output, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (output, '"');
      g_string_append_c (output, *c);
    }
  g_string_append_c (output, '"');
}

void
dub_captions_write_csv (DubScript *script,
                        GString   *output)
{
  guint length = dub_script_get_length (script);

  g_string_append (output, "start,end,text\r\n");
  for (guint i = 0; i < length; i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);

      append_number (output, dub_segment_get_start (segment));
      g_string_append_c (output, ',');
      append_number (output, dub_segment_get_end (segment));
      g_string_append_c (output, ',');
      append_quoted (output, dub_segment_get_text (segment));
      g_string_append (output, "\r\n");
    }
}
