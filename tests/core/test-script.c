/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-error.h"
#include "dub-script.h"

#include <math.h>
#include <string.h>

static void
test_segment (void)
{
  g_autoptr (DubSegment) segment = dub_segment_new ("Hola", 40.5, 1200);
  g_autoptr (DubSegment) same = dub_segment_new ("Hola", 40.5, 1200);
  g_autoptr (DubSegment) later = dub_segment_new ("Hola", 40.6, 1200);
  g_autoptr (DubSegment) longer = dub_segment_new ("Hola", 40.5, 1201);
  g_autoptr (DubSegment) other = dub_segment_new ("hola", 40.5, 1200);
  g_autofree char *text = NULL;
  double start;
  double end;

  g_object_get (segment, "text", &text, "start", &start, "end", &end, NULL);
  g_assert_cmpstr (text, ==, "Hola");
  g_assert_cmpfloat (start, ==, 40.5);
  g_assert_cmpfloat (end, ==, 1200);
  g_assert_true (dub_segment_equal (segment, same));
  g_assert_false (dub_segment_equal (segment, later));
  g_assert_false (dub_segment_equal (segment, longer));
  g_assert_false (dub_segment_equal (segment, other));
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  GString *changes = user_data;

  g_assert_cmpuint (removed, ==, 0);
  g_assert_cmpuint (added, ==, 1);
  g_string_append_printf (changes, "%u ", position);
}

static void
test_order (void)
{
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (GString) changes = g_string_new (NULL);
  const char *expected[] = { "a", "b", "c", "d" };

  g_signal_connect (script, "items-changed", G_CALLBACK (on_items_changed), changes);
  dub_script_append (script, "b", 1000, 2000);
  dub_script_append (script, "d", 3000, 4000);
  dub_script_append (script, "a", 0, 900);
  dub_script_append (script, "c", 1000, 1500);

  g_assert_cmpstr (changes->str, ==, "0 1 0 2 ");
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (script)) == DUB_TYPE_SEGMENT);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (script)), ==, 4);
  g_assert_cmpuint (dub_script_get_length (script), ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (DubSegment) item = g_list_model_get_item (G_LIST_MODEL (script), i);

      g_assert_true (item == dub_script_get_segment (script, i));
      g_assert_cmpstr (dub_segment_get_text (item), ==, expected[i]);
    }
  g_assert_null (dub_script_get_segment (script, 4));
}

static void
test_find (void)
{
  g_autoptr (DubScript) script = dub_script_new ();

  g_assert_cmpint (dub_script_find (script, 0), ==, -1);
  dub_script_append (script, "one", 100, 200);
  dub_script_append (script, "two", 300, 900);
  dub_script_append (script, "amid", 400, 500);
  dub_script_append (script, "three", 1000, 1100);

  g_assert_cmpint (dub_script_find (script, 99.9), ==, -1);
  g_assert_cmpint (dub_script_find (script, 100), ==, 0);
  g_assert_cmpint (dub_script_find (script, 250), ==, 0);
  g_assert_cmpint (dub_script_find (script, 350), ==, 1);
  g_assert_cmpint (dub_script_find (script, 450), ==, 2);
  g_assert_cmpint (dub_script_find (script, 600), ==, 1);
  g_assert_cmpint (dub_script_find (script, 950), ==, 2);
  g_assert_cmpint (dub_script_find (script, 1e9), ==, 3);
}

static void
test_equal (void)
{
  g_autoptr (DubScript) a = dub_script_new ();
  g_autoptr (DubScript) b = dub_script_new ();

  g_assert_true (dub_script_equal (a, b));
  dub_script_append (a, "x", 0, 1);
  g_assert_false (dub_script_equal (a, b));
  dub_script_append (b, "x", 0, 1);
  g_assert_true (dub_script_equal (a, b));
  dub_script_append (a, "y", 1, 2);
  dub_script_append (b, "z", 1, 2);
  g_assert_false (dub_script_equal (a, b));
}

static void
test_check_good (void)
{
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (GError) error = NULL;

  dub_script_append (script, "one", 0, 1000);
  dub_script_append (script, "two", 900, 2000);
  g_assert_true (dub_script_check (script, 2000, &error));
  g_assert_no_error (error);

  dub_script_append (script, "beyond", 1e7, 1e8);
  g_assert_true (dub_script_check (script, 0, &error));
  g_assert_no_error (error);
}

static void
test_check_bad (void)
{
  const struct
  {
    const char *text;
    double start;
    double end;
    const char *says;
  } bad[] = {
    { "", 600, 700, "no text" },
    { " \t\n", 600, 700, "no text" },
    { "\xc2\xa0\xe2\x80\x8b", 600, 700, "no text" },
    { "\xff", 600, 700, "not readable" },
    { "x", 600, 600, "not end after" },
    { "x", 600, 599, "not end after" },
    { "x", 600, 10000.1, "after the end of the video" },
    { "x", INFINITY, INFINITY, "no times" },
    { "x", 600, NAN, "no times" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (DubScript) script = dub_script_new ();
      g_autoptr (GError) error = NULL;

      dub_script_append (script, "fine", 0, 500);
      dub_script_append (script, bad[i].text, bad[i].start, bad[i].end);
      g_assert_false (dub_script_check (script, 10000, &error));
      g_assert_error (error, DUB_ERROR, DUB_ERROR_SCRIPT);
      g_assert_true (g_str_has_prefix (error->message, "Segment 2 "));
      g_assert_nonnull (strstr (error->message, bad[i].says));
    }
}

static void
test_check_edges (void)
{
  g_autoptr (DubScript) empty = dub_script_new ();
  g_autoptr (DubScript) early = dub_script_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (dub_script_check (empty, 1000, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_SCRIPT);
  g_clear_error (&error);

  dub_script_append (early, "x", -0.5, 100);
  g_assert_false (dub_script_check (early, 1000, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_SCRIPT);
  g_assert_nonnull (strstr (error->message, "before the video"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/script/segment", test_segment);
  g_test_add_func ("/core/script/order", test_order);
  g_test_add_func ("/core/script/find", test_find);
  g_test_add_func ("/core/script/equal", test_equal);
  g_test_add_func ("/core/script/check-good", test_check_good);
  g_test_add_func ("/core/script/check-bad", test_check_bad);
  g_test_add_func ("/core/script/check-edges", test_check_edges);
  return g_test_run ();
}
