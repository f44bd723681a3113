/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-captions-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dub-captions.h"
#include "dub-error.h"

static void
normalize_line_ends (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    {
      if (*from != '\r')
        *to++ = *from;
      else if (from[1] != '\n')
        *to++ = '\n';
    }
  *to = '\0';
}

static guint
count_lines (const char *text,
             const char *until)
{
  guint lines = 1;

  for (const char *c = text; c < until; c++)
    if (*c == '\n' || (*c == '\r' && c[1] != '\n'))
      lines++;

  return lines;
}

static char *
decode_utf8 (const char  *data,
             gsize        size,
             GError     **error)
{
  g_autofree char *copy = g_strndup (data, size);
  const char *bad = NULL;

  /* The copy ends with a NUL, so that a look at the byte behind the last one is safe. */
  if (g_utf8_validate (copy, size, &bad))
    return g_steal_pointer (&copy);

  g_set_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
               _("Line %u is written in an encoding other than UTF-8. "
                 "Save the file as UTF-8 and choose it again."),
               count_lines (copy, bad));
  return NULL;
}

static char *
decode_utf16 (const char  *data,
              gsize        size,
              const char  *encoding,
              GError     **error)
{
  gsize written = 0;
  g_autofree char *text = g_convert (data, size, "UTF-8", encoding, NULL, &written, NULL);

  if (text != NULL && strlen (text) == written)
    return g_steal_pointer (&text);

  g_set_error_literal (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
                       _("The file starts as UTF-16 text, but is damaged. Save it as UTF-8 and choose it again."));
  return NULL;
}

static char *
decode_any (const char  *data,
            gsize        size,
            GError     **error)
{
  /* The order matters: the mark of UTF-32 begins with that of UTF-16. */
  if (size >= 4 && (memcmp (data, "\xff\xfe\0\0", 4) == 0 || memcmp (data, "\0\0\xfe\xff", 4) == 0))
    {
      g_set_error_literal (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
                           _("The file is UTF-32 text. Save it as UTF-8 and choose it again."));
      return NULL;
    }
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    return decode_utf8 (data + 3, size - 3, error);
  if (size >= 2 && memcmp (data, "\xff\xfe", 2) == 0)
    return decode_utf16 (data + 2, size - 2, "UTF-16LE", error);
  if (size >= 2 && memcmp (data, "\xfe\xff", 2) == 0)
    return decode_utf16 (data + 2, size - 2, "UTF-16BE", error);

  /* Each of the formats starts with a character of ASCII: without a mark its zero tells the order. */
  if (size >= 4 && data[0] != '\0' && data[1] == '\0' && data[2] != '\0')
    return decode_utf16 (data, size, "UTF-16LE", error);
  if (size >= 4 && data[0] == '\0' && data[1] != '\0' && data[2] == '\0')
    return decode_utf16 (data, size, "UTF-16BE", error);
  return decode_utf8 (data, size, error);
}

char *
dub_captions_decode (GBytes  *bytes,
                     GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  char *text;

  if (size > DUB_CAPTIONS_MAX_BYTES)
    {
      g_set_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
                   _("The file is too large for subtitles: %d kB is the limit. Choose another one."),
                   DUB_CAPTIONS_MAX_BYTES / 1000);
      return NULL;
    }
  if (size == 0)
    {
      g_set_error_literal (error, DUB_ERROR, DUB_ERROR_CAPTIONS, _("The file is empty. Choose another one."));
      return NULL;
    }

  text = decode_any (data, size, error);
  if (text != NULL)
    normalize_line_ends (text);
  return text;
}
