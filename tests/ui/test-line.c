/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "dub-account-private.h"
#include "dub-home-page.h"
#include "dub-line-menu.h"
#include "dub-queue-filter.h"
#include "dub-state-pill.h"
#include "dub-queue-item.h"
#include "dub-ui-find.h"
#include "dub-workflow-fixture.h"

/* The page of the queue over a real queue: what a person does with the line, and with what was sent. */
typedef struct
{
  DubWorkflowFixture service;
  DubQueue *queue; /* borrowed */
  GPtrArray *tasks;
  DubPictures *pictures;
  DubHomePage *page;
  GtkWidget *window;
} Fixture;

/* {What there is} */

static void
set_paused (Fixture  *fixture,
            gboolean  paused)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_queue_set_paused_async (fixture->queue, paused, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_true (dub_queue_set_paused_finish (fixture->queue, result, NULL));
  dub_ui_settle ();
}

static void
show (Fixture *fixture)
{
  GtkWidget *overlay = adw_toast_overlay_new (), *view = adw_navigation_view_new ();

  fixture->pictures = dub_pictures_new ();
  fixture->page = g_object_new (DUB_TYPE_HOME_PAGE, NULL);
  dub_home_page_set_workflow (fixture->page, fixture->service.workflow, fixture->pictures);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (fixture->page));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), view);
  fixture->window = dub_ui_show (overlay, 1000, 900);
}

/* Three dubs of one video, of which nothing is sent, as sending is paused. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  dub_workflow_fixture_set_up (&fixture->service, NULL);
  fixture->queue = dub_workflow_get_queue (fixture->service.workflow);
  set_paused (fixture, TRUE);
  fixture->tasks = dub_workflow_fixture_generate (&fixture->service, 1, "fr,de,es");
  show (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  dub_ui_settle ();
  g_clear_object (&fixture->pictures);
  g_ptr_array_unref (fixture->tasks);
  dub_workflow_fixture_tear_down (&fixture->service, NULL);
}

static DubTask *
task_at (Fixture *fixture,
         guint    index)
{
  return fixture->tasks->pdata[index];
}

static gboolean
shows_task (GtkWidget     *row,
            gconstpointer  task)
{
  return dub_task_row_get_task (DUB_TASK_ROW (row)) == task;
}

static GtkWidget *
get_row (Fixture *fixture,
         DubTask *task)
{
  GtkWidget *row = dub_ui_find (fixture->window, DUB_TYPE_TASK_ROW, shows_task, task);

  g_assert_nonnull (row);
  return row;
}

static const char *
get_pill (Fixture *fixture,
          DubTask *task)
{
  return dub_state_pill_get_label (DUB_STATE_PILL (dub_ui_find (get_row (fixture, task), DUB_TYPE_STATE_PILL, NULL, NULL)));
}

static gboolean
begins_with (GtkWidget     *label,
             gconstpointer  text)
{
  return g_str_has_prefix (gtk_label_get_label (GTK_LABEL (label)), text);
}

static void
assert_row_says (Fixture    *fixture,
                 DubTask    *task,
                 const char *text)
{
  if (dub_ui_find (get_row (fixture, task), GTK_TYPE_LABEL, begins_with, text) == NULL)
    g_error ("the row does not say “%s”", text);
}

/* The languages of the list, from the top. */
static void
assert_order (Fixture    *fixture,
              const char *wanted)
{
  GListModel *list = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (dub_ui_find (fixture->window, GTK_TYPE_LIST_VIEW, NULL, NULL))));
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (list, i);
      g_string_append_printf (order, "%s%s", i > 0 ? "," : "", dub_task_get_language_code (task));
    }
  g_assert_cmpstr (order->str, ==, wanted);
}

/* {What a person does} */

static void
choose (Fixture    *fixture,
        const char *action,
        DubTask    *task)
{
  g_assert_true (gtk_widget_activate_action (get_row (fixture, task), action, "x", dub_task_get_id (task)));
  dub_ui_settle ();
}

static GtkWidget *
get_alert (Fixture *fixture)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));

  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  return GTK_WIDGET (dialog);
}

typedef struct
{
  Fixture *fixture;
  DubTask *task;
  guint turn;
} Turn;

static gboolean
has_turn (gpointer user_data)
{
  const Turn *turn = user_data;

  return dub_queue_get_turn (turn->fixture->queue, turn->task) == turn->turn;
}

static void
wait_for_turn (Fixture *fixture,
               DubTask *task,
               guint    wanted)
{
  Turn turn = { fixture, task, wanted };

  dub_test_wait_for (has_turn, &turn, "the dub to have its turn");
  dub_ui_settle ();
}

static gboolean
is_going_on (gpointer queue)
{
  return !dub_queue_get_paused (queue);
}

static gboolean
is_toast (GtkWidget     *label,
          gconstpointer  text)
{
  return gtk_widget_get_ancestor (label, g_type_from_name ("AdwToastWidget")) != NULL && g_str_equal (gtk_label_get_text (GTK_LABEL (label)), text);
}

typedef struct
{
  GtkWidget *window;
  const char *text;
} Toast;

static gboolean
is_toasted (gpointer user_data)
{
  const Toast *toast = user_data;

  return dub_ui_find (toast->window, GTK_TYPE_LABEL, is_toast, toast->text) != NULL;
}

static void
wait_for_toast (Fixture    *fixture,
                const char *text)
{
  Toast toast = { fixture->window, text };

  dub_test_wait_for (is_toasted, &toast, text);
  dub_ui_settle ();
}

/* {Pause} */

static AdwBanner *
get_banner (Fixture *fixture)
{
  return ADW_BANNER (dub_ui_find (fixture->window, ADW_TYPE_BANNER, NULL, NULL));
}

static void
test_pause (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_true (adw_banner_get_revealed (get_banner (fixture)));
  g_assert_cmpstr (adw_banner_get_title (get_banner (fixture)), ==, "Sending is paused. 3 dubs wait.");
  g_assert_cmpstr (get_pill (fixture, task_at (fixture, 1)), ==, "Paused");
  assert_row_says (fixture, task_at (fixture, 1), "Waits until you resume");
  dub_ui_get_button (fixture->window, "Resume Sending");
  dub_ui_assert_named (fixture->window);

  g_signal_emit_by_name (get_banner (fixture), "button-clicked");
  dub_test_wait_for (is_going_on, fixture->queue, "the line to go on");
  dub_ui_settle ();
  g_assert_false (adw_banner_get_revealed (get_banner (fixture)));
  for (guint i = 0; i < fixture->tasks->len; i++)
    dub_workflow_fixture_wait_state (task_at (fixture, i), DUB_TASK_SUBMITTED);
  dub_ui_settle ();
  /* Nothing is left that could be held. */
  g_assert_null (dub_ui_find_text (fixture->window, "Pause Sending"));
}

static gboolean
is_paused (gpointer queue)
{
  return dub_queue_get_paused (queue);
}

static void
test_pause_by_keys (Fixture       *fixture,
                    gconstpointer  data)
{
  dub_home_page_toggle_sending (fixture->page);
  dub_test_wait_for (is_going_on, fixture->queue, "the line to go on");
  dub_home_page_toggle_sending (fixture->page);
  dub_test_wait_for (is_paused, fixture->queue, "the line to be held");
}

/* First what nobody but the person can mend. */
static void
test_banners (Fixture       *fixture,
              gconstpointer  data)
{
  DubAccount *account = fixture->service.account;

  dub_account_set_status (account, DUB_ACCOUNT_STATUS_NEEDS_TOKEN, "Shop needs a new token.");
  g_object_set (fixture->page, "offline", TRUE, NULL);
  g_assert_cmpstr (adw_banner_get_title (get_banner (fixture)), ==, "Shop needs a new token.");
  g_assert_cmpstr (adw_banner_get_button_label (get_banner (fixture)), ==, "_Fix…");
  dub_account_set_status (account, DUB_ACCOUNT_STATUS_READY, NULL);
  g_assert_true (g_str_has_prefix (adw_banner_get_title (get_banner (fixture)), "You are offline."));
  g_assert_cmpstr (adw_banner_get_button_label (get_banner (fixture)), ==, "");
  g_object_set (fixture->page, "offline", FALSE, NULL);
  g_assert_cmpstr (adw_banner_get_title (get_banner (fixture)), ==, "Sending is paused. 3 dubs wait.");
  g_assert_cmpstr (adw_banner_get_button_label (get_banner (fixture)), ==, "_Resume");
}

/* {The line} */

static void
test_move (Fixture       *fixture,
           gconstpointer  data)
{
  assert_order (fixture, "fr,de,es");
  choose (fixture, "line.first", task_at (fixture, 2));
  wait_for_turn (fixture, task_at (fixture, 2), 1);
  assert_order (fixture, "es,fr,de");
  choose (fixture, "line.down", task_at (fixture, 2));
  wait_for_turn (fixture, task_at (fixture, 2), 2);
  assert_order (fixture, "fr,es,de");
  choose (fixture, "line.last", task_at (fixture, 0));
  wait_for_turn (fixture, task_at (fixture, 0), 3);
  assert_order (fixture, "es,de,fr");
  choose (fixture, "line.up", task_at (fixture, 1));
  wait_for_turn (fixture, task_at (fixture, 1), 1);
  assert_order (fixture, "de,es,fr");
}

/* The focus goes with the dub that is moved. */
static void
test_move_by_keys (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkWidget *list = dub_ui_find (fixture->window, GTK_TYPE_LIST_VIEW, NULL, NULL);

  gtk_widget_grab_focus (gtk_widget_get_parent (gtk_widget_get_parent (get_row (fixture, task_at (fixture, 0)))));
  g_assert_true (dub_queue_item_find_focused (list) == task_at (fixture, 0));
  dub_ui_press_keys (list, GDK_KEY_Down, GDK_ALT_MASK);
  wait_for_turn (fixture, task_at (fixture, 0), 2);
  g_assert_true (dub_queue_item_find_focused (list) == task_at (fixture, 0));
  dub_ui_press_keys (list, GDK_KEY_Down, GDK_ALT_MASK);
  wait_for_turn (fixture, task_at (fixture, 0), 3);
  assert_order (fixture, "de,es,fr");
  dub_ui_press_keys (list, GDK_KEY_Up, GDK_ALT_MASK);
  wait_for_turn (fixture, task_at (fixture, 0), 2);
  assert_order (fixture, "de,fr,es");
  g_assert_true (dub_queue_item_find_focused (list) == task_at (fixture, 0));
}

static char *
dup_actions (DubTask            *task,
             const DubTaskPlace *place)
{
  g_autoptr (GMenuModel) menu = dub_line_menu_new (task, place);
  GString *actions = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *action = NULL;

      g_assert_true (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action));
      g_string_append_printf (actions, "%s ", action + strlen ("line."));
    }
  return g_string_free (actions, FALSE);
}

/* What would change nothing cannot be chosen. */
static void
test_menu (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct { guint turn; const char *actions; } wanted[] = {
    { 1, "nowhere nowhere down last " }, { 2, "first up down last " }, { 3, "first up nowhere nowhere " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      DubTaskPlace place = { .turn = wanted[i].turn, .n_waiting = 3 };
      g_autofree char *actions = dup_actions (task_at (fixture, i), &place);

      g_assert_cmpstr (actions, ==, wanted[i].actions);
    }
  g_assert_false (gtk_widget_activate_action (GTK_WIDGET (dub_home_page_get_queue_view (fixture->page)), "line.nowhere", "x", G_GINT64_CONSTANT (1)));
}

/* {What was sent} */

static void
test_stop_following (Fixture       *fixture,
                     gconstpointer  data)
{
  DubTask *task = task_at (fixture, 1);

  set_paused (fixture, FALSE);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  dub_ui_settle ();
  choose (fixture, "line.stop-following", task);
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (get_alert (fixture))), "the service finishes it"));
  dub_ui_click (get_alert (fixture), "Keep Following");
  g_assert_cmpint (dub_task_get_state (task), ==, DUB_TASK_SUBMITTED);

  choose (fixture, "line.stop-following", task);
  dub_ui_click (get_alert (fixture), "Stop Following");
  dub_workflow_fixture_wait_state (task, DUB_TASK_DROPPED);
  dub_ui_settle ();
  g_assert_cmpstr (get_pill (fixture, task), ==, "Not followed");
  assert_row_says (fixture, task, "Not followed since ");
  assert_row_says (fixture, task, "The service goes on making it.");

  choose (fixture, "line.follow-again", task);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  dub_ui_settle ();
  g_assert_cmpstr (get_pill (fixture, task), ==, "Sent");
}

/* {What the built-in studio makes} */

static void
set_up_studio (Fixture       *fixture,
               gconstpointer  data)
{
  dub_workflow_fixture_prepare (&fixture->service);
  dub_workflow_fixture_write_studio (&fixture->service, NULL);
  dub_workflow_fixture_open (&fixture->service);
  fixture->service.account = dub_accounts_get_current (dub_workflow_get_accounts (fixture->service.workflow));
  fixture->queue = dub_workflow_get_queue (fixture->service.workflow);
  fixture->tasks = dub_workflow_fixture_generate (&fixture->service, 1, "es");
  show (fixture);
}

static gboolean
has_progress (gpointer task)
{
  return dub_task_get_progress (task) > 0;
}

static gboolean
has_come_far (gpointer bar)
{
  return gtk_progress_bar_get_fraction (bar) >= 0.75;
}

static void
test_studio_dub (Fixture       *fixture,
                 gconstpointer  data)
{
  DubTask *task = task_at (fixture, 0);
  DubTaskPlace place = { 0 };
  g_autofree char *actions = NULL;
  const char *id;
  GtkWidget *bar;

  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  id = dub_fake_service_get_task_id (fixture->service.service, dub_task_get_name (task));
  dub_fake_service_set_progress (fixture->service.service, id, "translate", 0.5);
  dub_test_wait_for (has_progress, task, "the progress");
  dub_workflow_fixture_wait_state (task, DUB_TASK_PROCESSING);
  dub_ui_settle ();
  assert_row_says (fixture, task, "Translating");
  bar = dub_ui_find (get_row (fixture, task), GTK_TYPE_PROGRESS_BAR, NULL, NULL);
  g_assert_nonnull (bar);
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), ==, 0.5);
  dub_fake_service_set_progress (fixture->service.service, id, "speak", 0.75);
  dub_test_wait_for (has_come_far, bar, "the bar");
  assert_row_says (fixture, task, "Speaking");

  /* It is not left to itself: it is cancelled. */
  actions = dup_actions (task, &place);
  g_assert_cmpstr (actions, ==, "");
  choose (fixture, "queue.cancel", task);
  dub_workflow_fixture_wait_state (task, DUB_TASK_CANCELLED);
  dub_ui_settle ();
  g_assert_cmpstr (get_pill (fixture, task), ==, "Cancelled");
}

/* {All that failed} */

static void
refuse_all (Fixture *fixture)
{
  dub_fake_service_script_code (fixture->service.service, DUB_FAKE_TASK_CREATE, 0, 40002, "video_url: too large");
  set_paused (fixture, FALSE);
  for (guint i = 0; i < fixture->tasks->len; i++)
    dub_workflow_fixture_wait_state (task_at (fixture, i), DUB_TASK_REJECTED);
  dub_fake_service_clear_scripts (fixture->service.service);
  set_paused (fixture, TRUE);
}

static guint
get_n_failed (Fixture *fixture)
{
  DubQueueSummary *summary = NULL;
  guint n;

  g_object_get (dub_home_page_get_queue_view (fixture->page), "summary", &summary, NULL);
  n = dub_queue_summary_get_failed (summary);
  g_object_unref (summary);
  return n;
}

static void
test_retry_all (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *filter = dub_ui_find (fixture->window, DUB_TYPE_QUEUE_FILTER, NULL, NULL);

  refuse_all (fixture);
  g_assert_null (dub_ui_find_text (fixture->window, "Try All 3 Again…"));
  dub_queue_filter_set_kind (DUB_QUEUE_FILTER (filter), DUB_QUEUE_FILTER_FAILED);
  dub_ui_settle ();
  dub_ui_click (fixture->window, "Try All 3 Again…");
  g_assert_cmpstr (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (get_alert (fixture))), ==, "Try 3 Dubs Again?");
  dub_ui_click (get_alert (fixture), "Try 3 Again");
  wait_for_toast (fixture, "3 dubs are sent again");

  /* The old ones need nobody any more, and cannot be sent a third time by mistake. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 6);
  g_assert_cmpuint (get_n_failed (fixture), ==, 0);
  g_assert_nonnull (dub_ui_find_text (fixture->window, "Nothing Has Failed"));
  dub_ui_click (fixture->window, "Show All");
  assert_row_says (fixture, task_at (fixture, 0), "Refused ");
  g_assert_null (dub_task_row_get_action (DUB_TASK_ROW (get_row (fixture, task_at (fixture, 0)))));
}

/* One that has gone meanwhile does not take the others down. */
static void
test_retry_some (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *sql = NULL;

  refuse_all (fixture);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dub_home_page_get_queue_view (fixture->page)), "retry.video", "x",
                                             dub_task_get_video (task_at (fixture, 0))));
  dub_ui_settle ();
  sql = g_strdup_printf ("DELETE FROM tasks WHERE id = %" G_GINT64_FORMAT, dub_task_get_id (task_at (fixture, 1)));
  dub_workflow_fixture_sql (&fixture->service, sql);
  dub_ui_click (get_alert (fixture), "Try 3 Again");
  wait_for_toast (fixture, "2 of 3 dubs are sent again; the others had moved on");
}

/* One whose answer was lost may be under way: it is sent again alone, by who was told so. */
static void
test_retry_all_but_unconfirmed (Fixture       *fixture,
                                gconstpointer  data)
{
  dub_fake_service_script_drop (fixture->service.service, DUB_FAKE_TASK_CREATE, 0, DUB_FAKE_DROP_AFTER_READING);
  set_paused (fixture, FALSE);
  for (guint i = 0; i < fixture->tasks->len; i++)
    dub_workflow_fixture_wait_state (task_at (fixture, i), DUB_TASK_UNCONFIRMED);
  dub_ui_settle ();
  g_assert_cmpuint (get_n_failed (fixture), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (dub_home_page_get_queue_view (fixture->page)), "retry.shown", NULL);
  dub_ui_settle ();
  g_assert_null (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  assert_row_says (fixture, task_at (fixture, 0), "Sent ");
  dub_ui_get_button (get_row (fixture, task_at (fixture, 0)), "Details");
}

int
main (int    argc,
      char **argv)
{
  dub_workflow_fixture_init ();
  dub_ui_init (&argc, &argv);
  g_test_add ("/ui/line/pause", Fixture, NULL, set_up, test_pause, tear_down);
  g_test_add ("/ui/line/pause-by-keys", Fixture, NULL, set_up, test_pause_by_keys, tear_down);
  g_test_add ("/ui/line/banners", Fixture, NULL, set_up, test_banners, tear_down);
  g_test_add ("/ui/line/move", Fixture, NULL, set_up, test_move, tear_down);
  g_test_add ("/ui/line/move-by-keys", Fixture, NULL, set_up, test_move_by_keys, tear_down);
  g_test_add ("/ui/line/menu", Fixture, NULL, set_up, test_menu, tear_down);
  g_test_add ("/ui/line/stop-following", Fixture, NULL, set_up, test_stop_following, tear_down);
  g_test_add ("/ui/line/studio-dub", Fixture, NULL, set_up_studio, test_studio_dub, tear_down);
  g_test_add ("/ui/line/retry-all", Fixture, NULL, set_up, test_retry_all, tear_down);
  g_test_add ("/ui/line/retry-some", Fixture, NULL, set_up, test_retry_some, tear_down);
  g_test_add ("/ui/line/retry-all-but-unconfirmed", Fixture, NULL, set_up, test_retry_all_but_unconfirmed, tear_down);
  return dub_workflow_fixture_run ();
}
