/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-names.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dub-error.h"

#define ELLIPSIS "…"
#define MAX_ENDING 5

/**
 * dub_name_check:
 * @name: (nullable): the name of a dub
 * @error: return location
 *
 * Holds a name against the service documentation (`video_name`): at most 50 characters (Unicode code points). An empty
 * one is refused too, because the service would then invent one, and so is one with line breaks.
 *
 * Returns: whether the name can be used; if not, %DUB_ERROR_NAME
 */
gboolean
dub_name_check (const char  *name,
                GError     **error)
{
  glong length;
  gboolean blank = TRUE;

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    {
      g_set_error_literal (error, DUB_ERROR, DUB_ERROR_NAME, _("The name is not readable text. Type it again."));
      return FALSE;
    }

  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (c)))
        {
          g_set_error_literal (error, DUB_ERROR, DUB_ERROR_NAME,
                               _("The name has a line break or another invisible character. Take it out."));
          return FALSE;
        }
      if (!g_unichar_isspace (g_utf8_get_char (c)))
        blank = FALSE;
    }

  if (blank)
    {
      g_set_error_literal (error, DUB_ERROR, DUB_ERROR_NAME, _("The name is empty. Type one."));
      return FALSE;
    }

  length = g_utf8_strlen (name, -1);
  if (length > DUB_NAME_MAX_CHARS)
    {
      g_set_error (error, DUB_ERROR, DUB_ERROR_NAME,
                   ngettext ("The name has %ld character, but %d is the limit. Shorten it.",
                             "The name has %ld characters, but %d is the limit. Shorten it.", (gulong) length),
                   length, DUB_NAME_MAX_CHARS);
      return FALSE;
    }
  return TRUE;
}

/* White space and control characters become single spaces; what is no UTF-8 is marked. */
static char *
tidy (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *tidied = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_isspace (character) && !g_unichar_iscntrl (character))
        g_string_append_unichar (tidied, character);
      else if (tidied->len > 0 && tidied->str[tidied->len - 1] != ' ')
        g_string_append_c (tidied, ' ');
    }
  g_strchomp (tidied->str);
  return g_string_free_and_steal (tidied);
}

/* Where a text can be cut so that at most @max characters lie before: never between a letter and its marks. */
static glong
cut_before (const char *text,
            glong       max)
{
  while (max > 0 && g_unichar_iszerowidth (g_utf8_get_char (g_utf8_offset_to_pointer (text, max))))
    max--;
  return max;
}

static char *
shorten_end (const char *text,
             glong       max)
{
  g_autofree char *head = NULL;

  if (g_utf8_strlen (text, -1) <= max)
    return g_strdup (text);

  head = g_utf8_substring (text, 0, cut_before (text, max - 1));
  return g_strconcat (g_strchomp (head), ELLIPSIS, NULL);
}

/* The end is kept: it is often the language. */
static char *
shorten_middle (const char *text,
                glong       max)
{
  glong length = g_utf8_strlen (text, -1);
  glong tail = max / 3;
  g_autofree char *head = NULL;

  if (length <= max)
    return g_strdup (text);

  head = g_utf8_substring (text, 0, cut_before (text, max - 1 - tail));
  return g_strconcat (g_strchomp (head), ELLIPSIS, g_utf8_offset_to_pointer (text, length - tail), NULL);
}

/**
 * dub_name_compose:
 * @video_title: the title of the video
 * @language: what it is dubbed into
 * @style: how the two are put together
 *
 * Makes a name that dub_name_check() accepts. Where it would be too long, the title is shortened.
 *
 * Returns: (transfer full): a name
 */
char *
dub_name_compose (const char        *video_title,
                  const DubLanguage *language,
                  DubNameStyle       style)
{
  g_autofree char *tidied = tidy (video_title);
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (language != NULL, NULL);

  if (*tidied == '\0')
    {
      g_free (tidied);
      tidied = g_strdup (_("Video"));
    }

  if (style == DUB_NAME_STYLE_VIDEO_CODE)
    {
      const char *code = dub_language_get_code (language);

      title = shorten_end (tidied, DUB_NAME_MAX_CHARS - 1 - g_utf8_strlen (code, -1));
      return g_strconcat (title, "_", code, NULL);
    }

  name = shorten_end (dub_language_get_name (language), DUB_NAME_MAX_CHARS / 2);
  title = shorten_end (tidied, DUB_NAME_MAX_CHARS - 3 - g_utf8_strlen (name, -1));
  if (style == DUB_NAME_STYLE_LANGUAGE_VIDEO)
    return g_strconcat (name, " · ", title, NULL);
  return g_strconcat (title, " · ", name, NULL);
}

/* How many bytes of "name (2)" the name has: all of them where it ends with no number. */
static gsize
length_without_number (const char *name)
{
  gsize length = strlen (name);
  const char *digits = name + length - 1;

  if (length == 0 || *digits != ')')
    return length;
  do
    digits--;
  while (digits > name && g_ascii_isdigit (*digits));
  if (digits - 2 < name || *digits != '(' || digits[1] == ')' || digits[-1] != ' ')
    return length;
  return (gsize) (digits - 1 - name);
}

/**
 * dub_name_unique:
 * @name: the wished name
 * @taken: (scope call): tells whether a name is in use
 * @user_data: for @taken
 *
 * Returns: (transfer full): @name, or the first of "name (2)", "name (3)", … that is free, shortened in the middle where
 *   it would be longer than 50 characters; where @name ends with such a number, another one takes its place
 */
char *
dub_name_unique (const char   *name,
                 DubNameTaken  taken,
                 gpointer      user_data)
{
  g_autofree char *candidate = NULL;
  g_autofree char *bare = NULL;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (taken != NULL, NULL);

  candidate = shorten_middle (name, DUB_NAME_MAX_CHARS);
  bare = g_strndup (candidate, length_without_number (candidate));
  for (guint number = 2; taken (candidate, user_data); number++)
    {
      g_autofree char *suffix = g_strdup_printf (" (%u)", number);
      g_autofree char *stem = shorten_middle (bare, DUB_NAME_MAX_CHARS - (glong) strlen (suffix));

      g_free (candidate);
      candidate = g_strconcat (stem, suffix, NULL);
    }
  return g_steal_pointer (&candidate);
}

static gboolean
is_ending (const char *ending)
{
  gboolean letter = FALSE;
  gsize length = strlen (ending);

  for (const char *c = ending; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c))
        return FALSE;
      letter |= g_ascii_isalpha (*c);
    }
  return letter && length <= MAX_ENDING;
}

static char *
title_of_path (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base && is_ending (dot + 1))
    *dot = '\0';
  return tidy (base);
}

static char *
title_of_address (GUri *uri)
{
  const char *path = g_uri_get_path (uri);
  g_autofree char *decoded = NULL;

  if (*path == '\0' || g_str_equal (path, "/"))
    return tidy (g_uri_get_host (uri));

  decoded = g_uri_unescape_string (path, NULL);
  return title_of_path (decoded != NULL ? decoded : path);
}

/**
 * dub_name_title:
 * @uri: an address (file, http, https) or a path
 *
 * Returns: (transfer full): the title of a video as its file name tells it: decoded, without folders and ending
 */
char *
dub_name_title (const char *uri)
{
  g_autoptr (GUri) parsed = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  path = g_filename_from_uri (uri, NULL, NULL);
  if (path != NULL)
    return title_of_path (path);

  parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (parsed != NULL && g_uri_get_host (parsed) != NULL)
    return title_of_address (parsed);
  return title_of_path (uri);
}
