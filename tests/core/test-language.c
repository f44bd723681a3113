/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-error.h"
#include "dub-language.h"

static void
test_all (void)
{
  const char *expected[] = { "ar", "en", "fr", "de", "id", "it", "ja", "ko", "pt", "es", "th", "tr", "vi" };
  const DubLanguage *const *all = dub_language_get_all ();

  g_assert_cmpuint (G_N_ELEMENTS (expected), ==, DUB_N_LANGUAGES);
  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    {
      g_assert_cmpstr (dub_language_get_code (all[i]), ==, expected[i]);
      g_assert_true (dub_language_from_code (expected[i]) == all[i]);
      g_assert_cmpstr (dub_language_get_endonym (all[i]), !=, "");
      if (i > 0)
        g_assert_cmpstr (dub_language_get_name (all[i - 1]), <, dub_language_get_name (all[i]));
    }
  g_assert_null (all[DUB_N_LANGUAGES]);
}

static void
test_unknown (void)
{
  const char *unknown[] = { "", "xx", "DE", "deu", "de ", "e" };

  g_assert_null (dub_language_from_code (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_null (dub_language_from_code (unknown[i]));
}

static void
test_names (void)
{
  const DubLanguage *german = dub_language_from_code ("de");

  g_assert_cmpstr (dub_language_get_name (german), ==, "German");
  g_assert_cmpstr (dub_language_get_endonym (german), ==, "Deutsch");
}

static void
test_parse_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = dub_language_parse_list (" es,FR\tde, ,es", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 3);
  g_assert_true (list->pdata[0] == dub_language_from_code ("es"));
  g_assert_true (list->pdata[1] == dub_language_from_code ("fr"));
  g_assert_true (list->pdata[2] == dub_language_from_code ("de"));
}

static void
test_parse_list_faults (void)
{
  const char *faults[] = { NULL, "", " , ", "es,xx", "\xff\xfe" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dub_language_parse_list (faults[i], &error));
      g_assert_error (error, DUB_ERROR, DUB_ERROR_LANGUAGE);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_nonnull (strstr (error->message, "ar en fr de id it ja ko pt es th tr vi"));
      if (i == 3)
        g_assert_nonnull (strstr (error->message, "“xx”"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/language/all", test_all);
  g_test_add_func ("/core/language/unknown", test_unknown);
  g_test_add_func ("/core/language/names", test_names);
  g_test_add_func ("/core/language/parse-list", test_parse_list);
  g_test_add_func ("/core/language/parse-list-faults", test_parse_list_faults);
  return g_test_run ();
}
