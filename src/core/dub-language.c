/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-language.h"

#include <glib/gi18n-lib.h>

#include "dub-error.h"

struct _DubLanguage
{
  const char *code;
  const char *name;
  const char *endonym;
};

/* In order of the English names. */
static const DubLanguage languages[DUB_N_LANGUAGES] = {
  { "ar", N_("Arabic"), "العربية" },
  { "en", N_("English"), "English" },
  { "fr", N_("French"), "Français" },
  { "de", N_("German"), "Deutsch" },
  { "id", N_("Indonesian"), "Bahasa Indonesia" },
  { "it", N_("Italian"), "Italiano" },
  { "ja", N_("Japanese"), "日本語" },
  { "ko", N_("Korean"), "한국어" },
  { "pt", N_("Portuguese"), "Português" },
  { "es", N_("Spanish"), "Español" },
  { "th", N_("Thai"), "ไทย" },
  { "tr", N_("Turkish"), "Türkçe" },
  { "vi", N_("Vietnamese"), "Tiếng Việt" },
};

static const DubLanguage *const all_languages[DUB_N_LANGUAGES + 1] = {
  &languages[0], &languages[1], &languages[2], &languages[3], &languages[4],
  &languages[5], &languages[6], &languages[7], &languages[8], &languages[9],
  &languages[10], &languages[11], &languages[12], NULL,
};

/**
 * dub_language_from_code:
 * @code: (nullable): a code of the service, in lower case ("de")
 *
 * Finds a language by its code.
 *
 * Returns: (transfer none) (nullable): the language, or %NULL where the service has none of that code
 */
const DubLanguage *
dub_language_from_code (const char *code)
{
  for (guint i = 0; code != NULL && i < DUB_N_LANGUAGES; i++)
    if (g_str_equal (languages[i].code, code))
      return &languages[i];

  return NULL;
}

/**
 * dub_language_get_all:
 *
 * Returns: (transfer none) (array zero-terminated=1): the 13 languages in order of their English names
 */
const DubLanguage *const *
dub_language_get_all (void)
{
  return all_languages;
}

/**
 * dub_language_get_code:
 *
 * Returns: (transfer none): the code on the wire, as the service documentation lists it (`target_languages`)
 */
const char *
dub_language_get_code (const DubLanguage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->code;
}

/**
 * dub_language_get_name:
 *
 * Returns: (transfer none): the name in the language of the person
 */
const char *
dub_language_get_name (const DubLanguage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _(self->name);
}

/**
 * dub_language_get_endonym:
 *
 * Returns: (transfer none): the name in the language itself
 */
const char *
dub_language_get_endonym (const DubLanguage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->endonym;
}

static char *
list_codes (void)
{
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? " " : "", languages[i].code);
  return g_string_free_and_steal (codes);
}

/**
 * dub_language_parse_list:
 * @codes: codes separated by commas or white space ("es, FR"); the case does not matter
 * @error: return location
 *
 * Reads what a person typed. A language given twice is taken once.
 *
 * Returns: (transfer container) (element-type DubLanguage): at least one language, in the order given; or %NULL with
 *   %DUB_ERROR_LANGUAGE
 */
GPtrArray *
dub_language_parse_list (const char  *codes,
                         GError     **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *known = list_codes ();
  g_auto (GStrv) words = NULL;

  words = g_strsplit_set (codes != NULL ? codes : "", ", \t\r\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *code = g_ascii_strdown (words[i], -1);
      const DubLanguage *language = dub_language_from_code (code);

      if (*code == '\0')
        continue;
      if (language == NULL)
        {
          g_autofree char *shown = g_utf8_make_valid (words[i], -1);
          g_set_error (error, DUB_ERROR, DUB_ERROR_LANGUAGE,
                       _("“%s” is not a language that a video can be dubbed into. Choose from %s."), shown, known);
          return NULL;
        }
      if (!g_ptr_array_find (found, language, NULL))
        g_ptr_array_add (found, (gpointer) language);
    }

  if (found->len == 0)
    {
      g_set_error (error, DUB_ERROR, DUB_ERROR_LANGUAGE, _("No language was given. Choose from %s."), known);
      return NULL;
    }
  return g_steal_pointer (&found);
}
