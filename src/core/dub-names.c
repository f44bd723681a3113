/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-names.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dub-error.h"

#define ELLIPSIS "…"
#define SEPARATOR " · "
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

static char *
dup_language_part (const DubLanguage *language)
{
  return shorten_end (dub_language_get_name (language), DUB_NAME_MAX_CHARS / 2);
}

/* The end is kept: it is often the language. Where a name was shortened before, it is shortened there. */
static char *
shorten_middle (const char *text,
                glong       max)
{
  glong length = g_utf8_strlen (text, -1);
  const char *dots = g_strrstr (text, ELLIPSIS);
  glong tail = dots != NULL ? length - g_utf8_pointer_to_offset (text, dots) - 1 : max / 3;
  g_autofree char *head = NULL;

  if (length <= max)
    return g_strdup (text);

  tail = MIN (tail, max * 2 / 3);
  head = g_utf8_substring (text, 0, cut_before (text, max - 1 - tail));
  return g_strconcat (g_strchomp (head), ELLIPSIS, g_utf8_offset_to_pointer (text, length - tail), NULL);
}

/**
 * dub_name_get_room:
 * @language: what is dubbed into
 * @style: how title and language are put together
 *
 * Returns: how many characters a title may have that is not shortened in a name
 */
glong
dub_name_get_room (const DubLanguage *language,
                   DubNameStyle       style)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (language != NULL, 0);

  if (style == DUB_NAME_STYLE_VIDEO_CODE)
    return DUB_NAME_MAX_CHARS - 1 - g_utf8_strlen (dub_language_get_code (language), -1);

  name = dup_language_part (language);
  return DUB_NAME_MAX_CHARS - g_utf8_strlen (SEPARATOR, -1) - g_utf8_strlen (name, -1);
}

/**
 * dub_name_shorten:
 * @title: a title, or another part of a name
 * @max: in characters
 *
 * Returns: (transfer full): @title, its end replaced by "…" where it is longer than @max
 */
char *
dub_name_shorten (const char *title,
                  glong       max)
{
  g_autofree char *tidied = tidy (title);

  return shorten_end (tidied, max);
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

  title = shorten_end (tidied, dub_name_get_room (language, style));
  if (style == DUB_NAME_STYLE_VIDEO_CODE)
    return g_strconcat (title, "_", dub_language_get_code (language), NULL);

  name = dup_language_part (language);
  if (style == DUB_NAME_STYLE_LANGUAGE_VIDEO)
    return g_strconcat (name, SEPARATOR, title, NULL);
  return g_strconcat (title, SEPARATOR, name, NULL);
}

/* Takes a name apart that dub_name_compose() made: the title between what stands before and after it. */
static char *
find_title (const char  *name,
            char       **before,
            char       **after)
{
  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    {
      const DubLanguage *language = dub_language_get_all ()[i];
      g_autofree char *part = dup_language_part (language);
      g_autofree char *end = g_strconcat (SEPARATOR, part, NULL);
      g_autofree char *start = g_strconcat (part, SEPARATOR, NULL);
      g_autofree char *code = g_strconcat ("_", dub_language_get_code (language), NULL);
      const char *tail = g_str_has_suffix (name, end) ? end : g_str_has_suffix (name, code) ? code : "";

      if (*tail == '\0' && !g_str_has_prefix (name, start))
        continue;
      *before = g_strdup (*tail == '\0' ? start : "");
      *after = g_strdup (tail);
      return g_strndup (name + strlen (*before), strlen (name) - strlen (*before) - strlen (*after));
    }
  return NULL;
}

static char *
add_number (const char *name,
            guint       number)
{
  g_autofree char *suffix = g_strdup_printf (" (%u)", number);
  glong max = DUB_NAME_MAX_CHARS - (glong) strlen (suffix);
  g_autofree char *before = NULL, *after = NULL, *title = find_title (name, &before, &after), *stem = NULL;

  if (title == NULL || g_utf8_strlen (name, -1) <= max)
    {
      stem = shorten_middle (name, max);
      return g_strconcat (stem, suffix, NULL);
    }

  if (g_str_has_suffix (title, ELLIPSIS))
    title[strlen (title) - strlen (ELLIPSIS)] = '\0';
  max -= g_utf8_strlen (before, -1) + g_utf8_strlen (after, -1);
  stem = g_utf8_substring (title, 0, cut_before (title, MIN (max - 1, g_utf8_strlen (title, -1))));
  return g_strconcat (before, g_strchomp (stem), ELLIPSIS, after, suffix, NULL);
}

/* Without the number that was added to a name before. A year is none. */
static char *
dup_unnumbered (const char *name)
{
  g_autoptr (GRegex) number = g_regex_new ("(?<=.) \\(([2-9]|[1-9][0-9])\\)$", 0, 0, NULL);

  return g_regex_replace_literal (number, name, -1, 0, "", 0, NULL);
}

/**
 * dub_name_unique:
 * @name: the wished name
 * @taken: (scope call): tells whether a name is in use
 * @user_data: for @taken
 *
 * Returns: (transfer full): @name, or the first of "name (2)", "name (3)", … that is free. Where it would be longer than
 *   50 characters, the title in it is shortened; where @name ends with such a number, another one takes its place
 */
char *
dub_name_unique (const char   *name,
                 DubNameTaken  taken,
                 gpointer      user_data)
{
  g_autofree char *candidate = NULL, *unnumbered = NULL;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (taken != NULL, NULL);

  candidate = shorten_middle (name, DUB_NAME_MAX_CHARS);
  unnumbered = dup_unnumbered (candidate);
  for (guint number = 2; taken (candidate, user_data); number++)
    {
      g_free (candidate);
      candidate = add_number (unnumbered, number);
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
