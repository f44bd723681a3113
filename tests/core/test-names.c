/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-error.h"
#include "dub-names.h"

#include <string.h>

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN

static void
test_check (void)
{
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < DUB_NAME_MAX_CHARS; i++)
    g_string_append (wide, "語");

  g_assert_true (dub_name_check ("a", &error));
  g_assert_true (dub_name_check (FIFTY, &error));
  g_assert_true (dub_name_check (wide->str, &error));
  g_assert_no_error (error);

  g_string_append (wide, "語");
  g_assert_false (dub_name_check (wide->str, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_NAME);
  g_assert_nonnull (strstr (error->message, "51"));
}

static void
test_check_bad (void)
{
  const char *bad[] = { NULL, "", "   ", "\xc2\xa0", "a\nb", "a\tb", "\xff", FIFTY "x" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (dub_name_check (bad[i], &error));
      g_assert_error (error, DUB_ERROR, DUB_ERROR_NAME);
    }
}

static void
assert_composed (const char   *title,
                 DubNameStyle  style,
                 const char   *expected)
{
  g_autofree char *name = dub_name_compose (title, dub_language_from_code ("de"), style);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (name, ==, expected);
  g_assert_true (dub_name_check (name, &error));
  g_assert_no_error (error);
}

static void
test_compose (void)
{
  assert_composed ("Autumn coat", DUB_NAME_STYLE_VIDEO_LANGUAGE, "Autumn coat · German");
  assert_composed ("Autumn coat", DUB_NAME_STYLE_LANGUAGE_VIDEO, "German · Autumn coat");
  assert_composed ("Autumn coat", DUB_NAME_STYLE_VIDEO_CODE, "Autumn coat_de");
  assert_composed (" a \n\tb ", DUB_NAME_STYLE_VIDEO_CODE, "a b_de");
  assert_composed ("", DUB_NAME_STYLE_VIDEO_LANGUAGE, "Video · German");
  assert_composed (NULL, DUB_NAME_STYLE_VIDEO_LANGUAGE, "Video · German");
  assert_composed ("a\xff", DUB_NAME_STYLE_VIDEO_CODE, "a\xef\xbf\xbd_de");
}

static void
test_compose_long (void)
{
  assert_composed (TEN TEN TEN TEN "A", DUB_NAME_STYLE_VIDEO_LANGUAGE, TEN TEN TEN TEN "A · German");
  assert_composed (TEN TEN TEN TEN "AB", DUB_NAME_STYLE_VIDEO_LANGUAGE, TEN TEN TEN TEN "… · German");
  assert_composed (TEN TEN TEN TEN "AB", DUB_NAME_STYLE_LANGUAGE_VIDEO, "German · " TEN TEN TEN TEN "…");
  assert_composed (FIFTY, DUB_NAME_STYLE_VIDEO_CODE, TEN TEN TEN TEN "012345…_de");
  /* Neither a blank nor half of a letter with its marks stands before the dots. */
  assert_composed (TEN TEN TEN "012345678 and more", DUB_NAME_STYLE_VIDEO_LANGUAGE, TEN TEN TEN "012345678… · German");
  assert_composed (TEN TEN TEN "012345678e\xcc\x81 more", DUB_NAME_STYLE_VIDEO_LANGUAGE,
                   TEN TEN TEN "012345678… · German");
}

static void
test_compose_all (void)
{
  const DubLanguage *const *all = dub_language_get_all ();

  for (guint i = 0; all[i] != NULL; i++)
    for (guint style = DUB_NAME_STYLE_VIDEO_LANGUAGE; style <= DUB_NAME_STYLE_VIDEO_CODE; style++)
      {
        g_autofree char *name = dub_name_compose (FIFTY FIFTY, all[i], style);
        const char *tail = style == DUB_NAME_STYLE_VIDEO_CODE ? dub_language_get_code (all[i])
                                                              : dub_language_get_name (all[i]);

        g_assert_cmpint (g_utf8_strlen (name, -1), ==, DUB_NAME_MAX_CHARS);
        g_assert_nonnull (strstr (name, tail));
      }
}

static gboolean
is_taken (const char *name,
          gpointer    user_data)
{
  return g_strv_contains (user_data, name);
}

static void
test_unique (void)
{
  const char *taken[] = { "Coat", "Coat (2)", "Hat (2)", "Take (9)", "(2)", "()", FIFTY, NULL };
  g_autofree char *numbered = dub_name_unique ("Coat (2)", is_taken, taken);
  g_autofree char *nine = dub_name_unique ("Take (9)", is_taken, taken);
  g_autofree char *bare = dub_name_unique ("(2)", is_taken, taken);
  g_autofree char *empty = dub_name_unique ("()", is_taken, taken);
  g_autofree char *coat = dub_name_unique ("Coat", is_taken, taken);
  g_autofree char *hat = dub_name_unique ("Hat", is_taken, taken);
  g_autofree char *full = dub_name_unique (FIFTY, is_taken, taken);

  g_assert_cmpstr (coat, ==, "Coat (3)");
  g_assert_cmpstr (hat, ==, "Hat");
  g_assert_cmpstr (numbered, ==, "Coat (3)");
  g_assert_cmpstr (nine, ==, "Take (2)");
  g_assert_cmpstr (bare, ==, "(2) (2)");
  g_assert_cmpstr (empty, ==, "() (2)");
  g_assert_cmpint (g_utf8_strlen (full, -1), ==, DUB_NAME_MAX_CHARS);
  g_assert_true (g_str_has_suffix (full, "56789 (2)"));
  g_assert_nonnull (strstr (full, "…"));
}

static void
assert_unique (const char        *name,
               const char *const *taken,
               const char        *expected)
{
  g_autofree char *unique = dub_name_unique (name, is_taken, (gpointer) taken);

  g_assert_cmpstr (unique, ==, expected);
  g_assert_cmpint (g_utf8_strlen (unique, -1), <=, DUB_NAME_MAX_CHARS);
}

/* The title is shortened, once, whatever stands beside it. */
static void
test_unique_long (void)
{
  const char *german = TEN TEN TEN TEN "A · German", *cut = TEN TEN TEN TEN "… · German";
  const char *first = "German · " TEN TEN TEN TEN "…", *coded = TEN TEN TEN TEN "0123456_de";
  const char *three = "Sale · " TEN TEN TEN "012… · German";
  const char *taken[] = { german, cut, first, coded, three, NULL };

  assert_unique (german, taken, TEN TEN TEN "012345… · German (2)");
  assert_unique (cut, taken, TEN TEN TEN "012345… · German (2)");
  assert_unique (first, taken, "German · " TEN TEN TEN "012345… (2)");
  assert_unique (coded, taken, TEN TEN TEN TEN "01…_de (2)");
  assert_unique (three, taken, "Sale · " TEN TEN "012345678… · German (2)");
}

/* A dub that is made again counts on. */
static void
test_unique_again (void)
{
  const char *taken[] = { "Coat", "Coat (2)", "Hat (2)", "Summer (2024)", "Cap (1)", " (2)", NULL };

  assert_unique ("Coat (2)", taken, "Coat (3)");
  assert_unique ("Hat (2)", taken, "Hat (3)");
  assert_unique ("Shoe (2)", taken, "Shoe (2)");
  assert_unique ("Summer (2024)", taken, "Summer (2024) (2)");
  assert_unique ("Cap (1)", taken, "Cap (1) (2)");
  assert_unique (" (2)", taken, " (2) (2)");
}

static void
test_room (void)
{
  const DubLanguage *german = dub_language_from_code ("de");

  g_assert_cmpint (dub_name_get_room (german, DUB_NAME_STYLE_VIDEO_LANGUAGE), ==, 41);
  g_assert_cmpint (dub_name_get_room (german, DUB_NAME_STYLE_LANGUAGE_VIDEO), ==, 41);
  g_assert_cmpint (dub_name_get_room (german, DUB_NAME_STYLE_VIDEO_CODE), ==, 47);
}

static void
test_title (void)
{
  const struct
  {
    const char *uri;
    const char *title;
  } titles[] = {
    { "/home/me/Autumn coat.mp4", "Autumn coat" },
    { "file:///home/me/Autumn%20coat.MOV", "Autumn coat" },
    { "file:///home/me/f%C3%BCr%20alle.webm", "für alle" },
    { "https://cdn.example.com/a/Everyday%20tee.mp4?X-Sig=a.b%2Fc", "Everyday tee" },
    { "https://cdn.example.com/", "cdn.example.com" },
    { "https://cdn.example.com", "cdn.example.com" },
    { "https://cdn.example.com/a/b/", "b" },
    { "https://cdn.example.com/bad%zz.mp4", "bad%zz" },
    { "clip", "clip" },
    { "clip.final.mp4", "clip.final" },
    { "Spot 1.5", "Spot 1.5" },
    { ".hidden", ".hidden" },
    { "what a day. really good", "what a day. really good" },
    { "a\nb.mp4", "a b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *title = dub_name_title (titles[i].uri);

      g_assert_cmpstr (title, ==, titles[i].title);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/names/check", test_check);
  g_test_add_func ("/core/names/check-bad", test_check_bad);
  g_test_add_func ("/core/names/compose", test_compose);
  g_test_add_func ("/core/names/compose-long", test_compose_long);
  g_test_add_func ("/core/names/compose-all", test_compose_all);
  g_test_add_func ("/core/names/unique", test_unique);
  g_test_add_func ("/core/names/unique-long", test_unique_long);
  g_test_add_func ("/core/names/unique-again", test_unique_again);
  g_test_add_func ("/core/names/room", test_room);
  g_test_add_func ("/core/names/title", test_title);
  return g_test_run ();
}
