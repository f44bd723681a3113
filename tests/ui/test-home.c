/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-account-private.h"
#include "dub-format.h"
#include "dub-home-fixture.h"
#include "dub-library-item-private.h"
#include "dub-library-tile.h"
#include "dub-state-pill.h"
#include "dub-task-private.h"
#include "dub-task-section.h"
#include "dub-test-support.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"

/* More than the first frame has, of videos that do not end where it ends. */
#define MANY 100
#define DAY_S (24 * 60 * 60)
#define OF_A_VIDEO 5

typedef DubHomeFixture Fixture;

static GListStore *
make_many (void)
{
  GListStore *tasks = g_list_store_new (DUB_TYPE_TASK);

  for (guint i = 0; i < MANY; i++)
    {
      DubUiTask wanted = { .id = i + 1, .video = MANY - i / OF_A_VIDEO, .title = "Coat", .uri = "file:///nothing/a.mp4",
                           .language = "de", .state = DUB_TASK_WAITING };
      g_autoptr (DubTask) task = dub_ui_make_task (&wanted);

      g_list_store_append (tasks, task);
    }
  return tasks;
}

/* Of two batches; a video that was dubbed before is the last one of the newer. */
static GListStore *
make_batches (void)
{
  static const struct { gint64 video; const char *title, *batch; } wanted[] = {
    { 1, "Before", "first" }, { 2, "Coat", "first" }, { 7, "A", "second" }, { 8, "B", "second" }, { 3, "C", "second" }, { 2, "Coat", "second" },
  };
  GListStore *tasks = g_list_store_new (DUB_TYPE_TASK);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      DubUiTask made = { .id = i + 1, .video = wanted[i].video, .title = wanted[i].title, .uri = "file:///nothing/a.mp4",
                         .language = "de", .state = DUB_TASK_WAITING, .batch = wanted[i].batch };
      g_autoptr (DubTask) task = dub_ui_make_task (&made);

      g_list_store_append (tasks, task);
    }
  return tasks;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  dub_home_fixture_set_up (fixture, 1100, dub_ui_make_tasks ("file:///nothing/a.mp4", "file:///nothing/b.mp4"));
}

static void
set_up_narrow (Fixture       *fixture,
               gconstpointer  data)
{
  dub_home_fixture_set_up (fixture, 370, dub_ui_make_tasks ("file:///nothing/a.mp4", "file:///nothing/b.mp4"));
}

static void
set_up_empty (Fixture       *fixture,
              gconstpointer  data)
{
  dub_home_fixture_set_up (fixture, 1100, g_list_store_new (DUB_TYPE_TASK));
}

static void
set_up_batches (Fixture       *fixture,
                gconstpointer  data)
{
  dub_home_fixture_set_up (fixture, 1100, make_batches ());
}

static void
set_up_many (Fixture       *fixture,
             gconstpointer  data)
{
  dub_home_fixture_set_up (fixture, 1100, make_many ());
}

static const char *
get_pill (DubTaskRow *row)
{
  return dub_state_pill_get_label (DUB_STATE_PILL (dub_ui_find (GTK_WIDGET (row), DUB_TYPE_STATE_PILL, NULL, NULL)));
}

static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct { gint64 id; const char *pill, *button, *action; } wanted[] = {
    { 1, "Ready to review", "Review", "queue.review" }, { 3, "Dubbing", NULL, NULL }, { 4, "Sent", NULL, NULL },
    { 5, "Failed", "Try Again…", "queue.retry" }, { 6, "Unconfirmed", "Details", "queue.details" }, { 8, "Uploading", NULL, NULL },
    { 9, "Waiting", NULL, NULL }, { 10, "Sending", NULL, NULL }, { 11, "Refused", "Try Again…", "queue.retry" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      DubTaskRow *row = dub_home_fixture_find_row (fixture, wanted[i].id);

      g_assert_cmpstr (get_pill (row), ==, wanted[i].pill);
      g_assert_cmpstr (dub_task_row_get_action (row), ==, wanted[i].action);
      if (wanted[i].button != NULL)
        g_assert_true (gtk_widget_is_sensitive (dub_ui_get_button (GTK_WIDGET (row), wanted[i].button)));
    }
  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dub_home_fixture_find_row (fixture, 5)), "202411190905271A0F3C77B2"));
  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dub_home_fixture_find_row (fixture, 7)), "Taking longer than expected"));
  dub_ui_assert_named (fixture->window);
}

static void
test_sections (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) sections = dub_ui_list (fixture->window, DUB_TYPE_TASK_SECTION);

  g_assert_cmpuint (sections->len, ==, 2);
  g_assert_nonnull (dub_ui_find_text (sections->pdata[0], "Autumn coat – founder story"));
  g_assert_nonnull (dub_ui_find_text (sections->pdata[0], "2 of 5 ready"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (dub_home_fixture_find_row (fixture, 1)), "first"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (dub_home_fixture_find_row (fixture, 2)), "first"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (dub_home_fixture_find_row (fixture, 5)), "last"));

  /* The corners follow when the last one goes. */
  g_list_store_remove (fixture->tasks, 4);
  dub_ui_settle ();
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (dub_home_fixture_find_row (fixture, 4)), "last"));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "2 of 4 ready"));
}

/* A forecast does not begin in the past, and one that is over is not told. */
static gboolean
is_whole (gpointer list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (list))) == MANY;
}

/* They are not all there in the first frame, and all of them a moment later, with the corners of their cards. */
static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *list = dub_ui_find (fixture->window, GTK_TYPE_LIST_VIEW, NULL, NULL);
  GtkWidget *scroller = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);
  g_autoptr (GPtrArray) rows = NULL;

  dub_test_wait_for (is_whole, list, "all dubs to be shown");
  dub_ui_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller))), ==, 0);

  /* Where the first rows ended. */
  gtk_list_view_scroll_to (GTK_LIST_VIEW (list), 33, GTK_LIST_SCROLL_NONE, NULL);
  dub_ui_settle ();
  g_assert_nonnull (dub_home_fixture_find_row (fixture, 32));
  g_assert_nonnull (dub_home_fixture_find_row (fixture, 33));
  rows = dub_ui_list (fixture->window, DUB_TYPE_TASK_ROW);
  for (guint i = 0; i < rows->len; i++)
    {
      DubTask *task = dub_task_row_get_task (rows->pdata[i]);
      gint64 place = (dub_task_get_id (task) - 1) % OF_A_VIDEO;

      g_assert_cmpint (gtk_widget_has_css_class (rows->pdata[i], "first"), ==, place == 0);
      g_assert_cmpint (gtk_widget_has_css_class (rows->pdata[i], "last"), ==, place == OF_A_VIDEO - 1);
    }
}

static gboolean
is_title (GtkWidget     *label,
          gconstpointer  unused)
{
  return gtk_widget_has_css_class (label, "heading");
}

/* The newest batch first, its videos in the order in which they were chosen; what comes later stays with its video. */
static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  static const char *const wanted[] = { "D", "A", "B", "C", "Before", "Coat" };
  DubUiTask made = { .id = 7, .video = 9, .title = "D", .uri = "file:///nothing/a.mp4", .language = "de", .batch = "third" };
  g_autoptr (DubTask) task = dub_ui_make_task (&made);
  g_autoptr (GPtrArray) sections = NULL;

  g_list_store_append (fixture->tasks, task);
  dub_ui_settle ();
  sections = dub_ui_list (fixture->window, DUB_TYPE_TASK_SECTION);
  g_assert_cmpuint (sections->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < sections->len; i++)
    g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (dub_ui_find (sections->pdata[i], GTK_TYPE_LABEL, is_title, NULL))), ==, wanted[i]);
}

static void
test_section_times (Fixture       *fixture,
                    gconstpointer  data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *range = dub_format_unbroken_range (now - 1200, now - 60, now);
  g_autoptr (GPtrArray) labels = NULL;

  for (gint64 id = 8; id <= 10; id++)
    dub_task_set_expected (dub_task_row_get_task (dub_home_fixture_find_row (fixture, id)), now - 1200, now - 60);
  dub_ui_settle ();
  labels = dub_ui_list (fixture->window, GTK_TYPE_LABEL);
  for (guint i = 0; i < labels->len; i++)
    g_assert_null (strstr (gtk_label_get_label (labels->pdata[i]), range));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "0:28 · 8 dubs"));
}

static gboolean
begins_with_ready (GtkWidget     *label,
                   gconstpointer  unused)
{
  return strstr (gtk_label_get_label (GTK_LABEL (label)), "5 dubs\nReady ") != NULL;
}

static void
test_narrow_section (Fixture       *fixture,
                     gconstpointer  data)
{
  g_assert_nonnull (dub_ui_find (fixture->window, GTK_TYPE_LABEL, begins_with_ready, NULL));
}

static void
test_section_follows_the_clock (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr (GPtrArray) sections = dub_ui_list (fixture->window, DUB_TYPE_TASK_SECTION);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpuint (sections->len, ==, 2);
  g_assert_null (dub_ui_find_text (sections->pdata[0], "0:53 · 5 dubs"));
  g_object_set (sections->pdata[0], "now", now + 24 * 60 * 60, NULL);
  g_assert_nonnull (dub_ui_find_text (sections->pdata[0], "0:53 · 5 dubs"));
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_forecasts_are_counted_once (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (DubQueueSummary) summary = dub_queue_summary_new (G_LIST_MODEL (fixture->tasks));
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  guint changed = 0;

  g_signal_connect_swapped (summary, "changed", G_CALLBACK (count), &changed);
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (fixture->tasks), i);
      dub_task_set_expected (task, now + i, now + i + 60);
    }
  g_assert_cmpuint (changed, ==, 0);
  dub_ui_settle ();
  g_assert_cmpuint (changed, ==, 1);
}

static void
test_state_changes (Fixture       *fixture,
                    gconstpointer  data)
{
  DubTask *task = dub_task_row_get_task (dub_home_fixture_find_row (fixture, 3));
  g_autoptr (DubTaskRecord) record = dub_task_record_copy (dub_task_get_record (task));
  g_autofree char *summary = NULL;

  record->state = DUB_TASK_FAILED;
  g_set_str (&record->message, "A sentence with <markup> & more");
  dub_task_update (task, record);
  dub_ui_settle ();
  g_assert_cmpstr (get_pill (dub_home_fixture_find_row (fixture, 3)), ==, "Failed");
  g_object_get (dub_home_fixture_find_row (fixture, 3), "summary", &summary, NULL);
  g_assert_true (g_str_has_prefix (summary, "French, Failed, Failed "));
  gtk_test_accessible_assert_property (gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (dub_home_fixture_find_row (fixture, 3)))), GTK_ACCESSIBLE_PROPERTY_LABEL, summary);
  dub_ui_get_button (GTK_WIDGET (dub_home_fixture_find_row (fixture, 3)), "Try Again…");
  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dub_home_fixture_find_row (fixture, 3)), "The service says: “A sentence with <markup> & more”"));
}

static void
test_banner (Fixture       *fixture,
             gconstpointer  data)
{
  AdwBanner *banner = ADW_BANNER (dub_ui_find (fixture->window, ADW_TYPE_BANNER, NULL, NULL));

  g_assert_false (adw_banner_get_revealed (banner));
  dub_account_set_status (fixture->account, DUB_ACCOUNT_STATUS_NEEDS_TOKEN, "Linden & Co needs a <new> token.");
  dub_ui_settle ();
  g_assert_true (adw_banner_get_revealed (banner));
  g_assert_cmpstr (adw_banner_get_title (banner), ==, "Linden & Co needs a <new> token.");
  g_assert_cmpstr (adw_banner_get_button_label (banner), ==, "_Fix…");
  /* One thing is emphasised, and nothing is tried again in vain. */
  g_assert_false (gtk_widget_has_css_class (dub_ui_get_button (fixture->window, "Dub a Video"), "suggested-action"));
  g_assert_false (gtk_widget_is_sensitive (dub_ui_get_button (GTK_WIDGET (dub_home_fixture_find_row (fixture, 5)), "Try Again…")));

  /* Nothing is to be pasted again where the token may be as good as before. */
  dub_account_set_status (fixture->account, DUB_ACCOUNT_STATUS_NO_PERMISSION, "Linden & Co may not dub.");
  g_assert_cmpstr (adw_banner_get_button_label (banner), ==, "_Try Again");
  dub_account_set_status (fixture->account, DUB_ACCOUNT_STATUS_LOCKED, "The keyring is locked.");
  g_assert_cmpstr (adw_banner_get_button_label (banner), ==, "_Try Again");

  dub_account_set_status (fixture->account, DUB_ACCOUNT_STATUS_READY, NULL);
  g_object_set (fixture->page, "offline", TRUE, NULL);
  g_assert_true (adw_banner_get_revealed (banner));
  g_assert_cmpstr (adw_banner_get_button_label (banner) != NULL ? adw_banner_get_button_label (banner) : "", ==, "");
  g_object_set (fixture->page, "offline", FALSE, NULL);
  g_assert_false (adw_banner_get_revealed (banner));
  g_assert_true (gtk_widget_has_css_class (dub_ui_get_button (fixture->window, "Dub a Video"), "suggested-action"));
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  DubLibraryView *library = dub_home_page_get_library_view (fixture->page);
  DubLibraryCondition failed = { .error = "Nothing <answers>." }, loading = { .loading = TRUE };
  g_autoptr (DubTask) task = dub_ui_make_task (&(DubUiTask) { .id = 1, .video = 1, .title = "Coat", .uri = "file:///nothing/a.mp4", .language = "de" });

  g_assert_nonnull (dub_ui_find_text (fixture->window, "No Dubs Under Way"));
  g_list_store_append (fixture->tasks, task);
  dub_ui_settle ();
  g_assert_null (dub_ui_find_text (fixture->window, "No Dubs Under Way"));
  g_assert_cmpstr (get_pill (dub_home_fixture_find_row (fixture, 1)), ==, "Waiting");

  dub_home_page_show (fixture->page, "library");
  dub_ui_settle ();
  g_assert_nonnull (dub_ui_find_text (fixture->window, "No Dubbed Videos Yet"));
  dub_library_view_set_condition (library, &loading);
  dub_ui_settle ();
  g_assert_nonnull (dub_ui_find_text (fixture->window, "Reading the Library…"));
  dub_library_view_set_condition (library, &failed);
  dub_ui_settle ();
  g_assert_nonnull (dub_ui_find_text (fixture->window, "Nothing <answers>."));
  dub_ui_assert_named (fixture->window);
}

static void
on_opened (DubLibraryView  *view,
           DubLibraryItem  *item,
           DubLibraryItem **opened)
{
  *opened = item;
}

static void
test_library (Fixture       *fixture,
              gconstpointer  data)
{
  DubLibraryView *library = dub_home_page_get_library_view (fixture->page);
  GtkWidget *grid;
  g_autoptr (GPtrArray) tiles = NULL;
  DubLibraryItem *opened = NULL;
  gint64 created;

  dub_home_page_show (fixture->page, "library");
  dub_ui_settle ();
  tiles = dub_ui_list (fixture->window, DUB_TYPE_LIBRARY_TILE);
  g_assert_cmpuint (tiles->len, ==, 12);
  g_assert_nonnull (dub_ui_find_text (fixture->window, "12 dubbed videos"));
  /* The newest first; the link of an old one has ended, that of a new one is not spoken of. */
  g_assert_nonnull (dub_ui_find_text (tiles->pdata[0], "2 hours ago"));
  g_assert_null (dub_ui_find_text (tiles->pdata[0], "Link expired"));
  g_assert_nonnull (dub_ui_find_text (tiles->pdata[11], "Link expired"));
  dub_ui_assert_named (fixture->window);

  created = g_get_real_time () / G_USEC_PER_SEC - 2 * 60 * 60;
  g_object_set (tiles->pdata[0], "now", created + 27 * DAY_S, NULL);
  g_assert_nonnull (dub_ui_find_text (tiles->pdata[0], "27 days ago"));
  g_assert_nonnull (dub_ui_find_text (tiles->pdata[0], "Link 3 days left"));
  g_object_set (tiles->pdata[0], "now", created + 31 * DAY_S, NULL);
  g_assert_nonnull (dub_ui_find_text (tiles->pdata[0], "Link expired"));

  g_signal_connect (library, "opened", G_CALLBACK (on_opened), &opened);
  grid = dub_ui_find (fixture->window, GTK_TYPE_GRID_VIEW, NULL, NULL);
  g_signal_emit_by_name (grid, "activate", 0);
  g_assert_nonnull (opened);
  g_assert_cmpstr (dub_library_item_get_language_code (opened), ==, "de");

  g_object_set (library, "search", "tee", NULL);
  dub_ui_settle ();
  g_clear_pointer (&tiles, g_ptr_array_unref);
  tiles = dub_ui_list (fixture->window, DUB_TYPE_LIBRARY_TILE);
  g_assert_cmpuint (tiles->len, ==, 4);
}

static gboolean
is_of_fixed_words (GtkWidget *label)
{
  return !gtk_widget_has_css_class (label, "numeric") && (gtk_widget_get_ancestor (label, ADW_TYPE_TOGGLE_GROUP) != NULL ||
                                                          gtk_widget_get_ancestor (label, GTK_TYPE_DROP_DOWN) != NULL ||
                                                          gtk_widget_get_ancestor (label, DUB_TYPE_STATE_PILL) != NULL);
}

/* In a language of long words nothing makes the window wider. */
static void
test_long_words (Fixture       *fixture,
                 gconstpointer  data)
{
  const char *const pages[] = { "queue", "library" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GPtrArray) labels = NULL;
      int least;

      dub_home_page_show (fixture->page, pages[i]);
      dub_ui_settle ();
      labels = dub_ui_list (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL);
      for (guint j = 0; j < labels->len; j++)
        if (is_of_fixed_words (labels->pdata[j]))
          gtk_label_set_label (labels->pdata[j], "Donaudampfschifffahrtsgesellschaft");
      gtk_widget_measure (GTK_WIDGET (fixture->page), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      g_assert_cmpint (least, <=, 350);
    }
}

static gboolean
has_action (GMenuModel *menu,
            const char *wanted)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *action = NULL;

      if (section != NULL && has_action (section, wanted))
        return TRUE;
      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action) && g_str_equal (action, wanted))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_main_menu (GtkWidget     *button,
              gconstpointer  unused)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (button), "Main Menu") == 0;
}

/* Where there is no room for its button, it is in the menu. */
static void
test_reload (Fixture       *fixture,
             gconstpointer  data)
{
  GtkMenuButton *menu = GTK_MENU_BUTTON (dub_ui_find (fixture->window, GTK_TYPE_MENU_BUTTON, is_main_menu, NULL));

  g_assert_false (has_action (gtk_menu_button_get_menu_model (menu), "home.reload-library"));
  dub_home_page_show (fixture->page, "library");
  dub_ui_settle ();
  g_assert_true (has_action (gtk_menu_button_get_menu_model (menu), "home.reload-library"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (menu), "home.reload-library", NULL));

  g_object_set (fixture->page, "narrow", FALSE, NULL);
  dub_ui_settle ();
  g_assert_false (has_action (gtk_menu_button_get_menu_model (menu), "home.reload-library"));
  dub_ui_get_button (fixture->window, "Reload Library");
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *menu = dub_ui_find (GTK_WIDGET (dub_home_fixture_get_filter (fixture)), GTK_TYPE_DROP_DOWN, NULL, NULL);

  g_assert_nonnull (dub_ui_find (fixture->window, ADW_TYPE_VIEW_SWITCHER_BAR, NULL, NULL));
  g_assert_nonnull (dub_ui_find_text (menu, "13"));
  dub_ui_assert_named (fixture->window);

  /* All filters are there, in another form. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (menu), DUB_QUEUE_FILTER_FAILED);
  dub_ui_settle ();
  g_assert_cmpuint (dub_queue_filter_get_kind (dub_home_fixture_get_filter (fixture)), ==, DUB_QUEUE_FILTER_FAILED);
  g_assert_nonnull (dub_ui_find_text (menu, "Failed"));
  g_assert_cmpuint (dub_home_fixture_count (fixture), ==, 2);

  dub_home_page_show (fixture->page, "library");
  dub_ui_settle ();
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, 370);
  dub_ui_assert_named (fixture->window);

  g_object_set (fixture->page, "narrow", FALSE, NULL);
  dub_home_page_show (fixture->page, "queue");
  dub_ui_settle ();
  g_assert_nonnull (dub_ui_find_text (fixture->window, "Done"));
  g_assert_cmpuint (adw_toggle_group_get_active (ADW_TOGGLE_GROUP (dub_ui_find (fixture->window, ADW_TYPE_TOGGLE_GROUP, NULL, NULL))), ==,
                    DUB_QUEUE_FILTER_FAILED);
}

int
main (int    argc,
      char **argv)
{
  dub_ui_init (&argc, &argv);
  g_test_add ("/ui/home/rows", Fixture, NULL, set_up, test_rows, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/sections", Fixture, NULL, set_up, test_sections, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/many", Fixture, NULL, set_up_many, test_many, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/order", Fixture, NULL, set_up_batches, test_order, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/section-times", Fixture, NULL, set_up, test_section_times, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/narrow-section", Fixture, NULL, set_up_narrow, test_narrow_section, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/section-follows-the-clock", Fixture, NULL, set_up, test_section_follows_the_clock, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/forecasts-are-counted-once", Fixture, NULL, set_up_many, test_forecasts_are_counted_once, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/state-changes", Fixture, NULL, set_up, test_state_changes, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/banner", Fixture, NULL, set_up, test_banner, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/empty", Fixture, NULL, set_up_empty, test_empty, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/library", Fixture, NULL, set_up, test_library, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/long-words", Fixture, NULL, set_up_narrow, test_long_words, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/reload", Fixture, NULL, set_up_narrow, test_reload, dub_home_fixture_tear_down);
  g_test_add ("/ui/home/narrow", Fixture, NULL, set_up_narrow, test_narrow, dub_home_fixture_tear_down);
  return g_test_run ();
}
