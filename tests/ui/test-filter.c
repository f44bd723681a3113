/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-format.h"
#include "dub-home-fixture.h"
#include "dub-task-private.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"

/* What stands above the list of the queue: which dubs are shown, and when all are ready. */

/* The window's breakpoints. */
#define LEAST_WIDE 860
#define LEAST_STACKED 600

typedef DubHomeFixture Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  dub_home_fixture_set_up (fixture, 1100, dub_ui_make_tasks ("file:///nothing/a.mp4", "file:///nothing/b.mp4"));
}

static void
test_filter (Fixture       *fixture,
             gconstpointer  data)
{
  static const guint wanted[] = { [DUB_QUEUE_FILTER_ALL] = 13, [DUB_QUEUE_FILTER_NEEDS_YOU] = 3, [DUB_QUEUE_FILTER_UNDER_WAY] = 6,
                                  [DUB_QUEUE_FILTER_FAILED] = 2, [DUB_QUEUE_FILTER_DONE] = 4 };

  for (guint kind = 0; kind < G_N_ELEMENTS (wanted); kind++)
    {
      g_autofree char *number = g_strdup_printf ("%u", wanted[kind]);

      dub_queue_filter_set_kind (dub_home_fixture_get_filter (fixture), kind);
      g_assert_cmpuint (dub_home_fixture_count (fixture), ==, wanted[kind]);
      g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dub_home_fixture_get_filter (fixture)), dub_queue_filter_get_label (kind)));
      g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dub_home_fixture_get_filter (fixture)), number));
    }
}

/* Above the list: when all is ready, as long as that is known of all. */
static void
test_forecast (Fixture       *fixture,
               gconstpointer  data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *range = dub_format_unbroken_range (now + 7000, now + 9000, now);
  g_autofree char *text = g_strdup_printf ("6 dubs under way, all ready about %s", range);
  DubTask *task = dub_task_row_get_task (dub_home_fixture_find_row (fixture, 4));

  dub_task_set_expected (task, now + 7000, now + 9000);
  dub_ui_settle ();
  g_assert_nonnull (dub_ui_find_text (fixture->window, text));
  dub_task_set_expected (task, 0, 0);
  dub_ui_settle ();
  g_assert_nonnull (dub_ui_find_text (fixture->window, "6 dubs under way"));
}

/* By title, language, its own name and the dub's, together with a filter; and there is a way back. */
static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct { const char *text; guint n; } wanted[] = {
    { "japan", 1 }, { "日本", 1 }, { "everyday", 2 }, { "reasons tr", 1 }, { "no such words", 0 },
  };
  GObject *view = G_OBJECT (dub_home_page_get_queue_view (fixture->page));

  dub_queue_filter_set_kind (dub_home_fixture_get_filter (fixture), DUB_QUEUE_FILTER_NEEDS_YOU);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_object_set (view, "search", wanted[i].text, NULL);
      g_assert_cmpuint (dub_home_fixture_count (fixture), ==, wanted[i].n);
    }
  g_assert_nonnull (dub_ui_find_text (fixture->window, "No Dubs Found"));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "Of the dubs in “Needs you”, none has “no such words” in its title, language or name."));
  dub_ui_get_button (fixture->window, "Clear Search");
  dub_ui_click (fixture->window, "Show All");
  g_assert_cmpuint (dub_queue_filter_get_kind (dub_home_fixture_get_filter (fixture)), ==, DUB_QUEUE_FILTER_ALL);

  g_object_set (view, "search", NULL, NULL);
  g_assert_cmpuint (dub_home_fixture_count (fixture), ==, 13);
}

/* The search of the page, as it is typed. */
static void
test_search_is_cleared (Fixture       *fixture,
                        gconstpointer  data)
{
  GtkWidget *entry;

  dub_home_page_search (fixture->page);
  entry = dub_ui_find (fixture->window, GTK_TYPE_SEARCH_ENTRY, NULL, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "no such words");
  g_signal_emit_by_name (entry, "search-changed");
  g_assert_cmpuint (dub_home_fixture_count (fixture), ==, 0);
  dub_ui_click (fixture->window, "Clear Search");
  g_signal_emit_by_name (entry, "search-changed");
  g_assert_cmpuint (dub_home_fixture_count (fixture), ==, 13);
}

static void
assert_fits (Fixture *fixture,
             int      width)
{
  int least;

  for (guint kind = DUB_QUEUE_FILTER_ALL; kind <= DUB_QUEUE_FILTER_DONE; kind++)
    {
      dub_queue_filter_set_kind (dub_home_fixture_get_filter (fixture), kind);
      dub_ui_settle ();
      gtk_widget_measure (GTK_WIDGET (fixture->page), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      g_assert_cmpint (least, <=, width);
    }
}

/* In the least window of each form everything fits. */
static void
test_least_width (Fixture       *fixture,
                  gconstpointer  data)
{
  assert_fits (fixture, LEAST_WIDE);
  g_object_set (fixture->page, "stacked", TRUE, NULL);
  assert_fits (fixture, LEAST_STACKED);
}

int
main (int    argc,
      char **argv)
{
  dub_ui_init (&argc, &argv);
  g_test_add ("/ui/filter/kinds", Fixture, NULL, set_up, test_filter, dub_home_fixture_tear_down);
  g_test_add ("/ui/filter/forecast", Fixture, NULL, set_up, test_forecast, dub_home_fixture_tear_down);
  g_test_add ("/ui/filter/search", Fixture, NULL, set_up, test_search, dub_home_fixture_tear_down);
  g_test_add ("/ui/filter/search-is-cleared", Fixture, NULL, set_up, test_search_is_cleared, dub_home_fixture_tear_down);
  g_test_add ("/ui/filter/least-width", Fixture, NULL, set_up, test_least_width, dub_home_fixture_tear_down);
  return g_test_run ();
}
