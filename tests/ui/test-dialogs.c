/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "dub-account-private.h"
#include "dub-connect-dialog.h"
#include "dub-links-dialog.h"
#include "dub-messages.h"
#include "dub-preferences-dialog.h"
#include "dub-task-actions.h"
#include "dub-test-support.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"

/* What is left of the narrowest window within its shadow. GTK warns, and a warning fails the test, where something does not fit. */
#define NARROWEST 350
#define HEIGHT 640
/* Longer than a cursor blinks. */
#define BLINK_MS 1500
#define LONG_TITLE "Winter_serum_hook_B_final_final_2_with_captions_1080x1920_30fps_master"

typedef struct
{
  DubUiWorkflow workflow;
  GSocketListener *silent; /* takes connections and says nothing */
  char *address;           /* of it */
  GSettings *settings;
  GtkWidget *content;
  GtkWidget *window;
} Fixture;

static void
listen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint16 port;

  fixture->silent = g_socket_listener_new ();
  port = g_socket_listener_add_any_inet_port (fixture->silent, NULL, &error);
  g_assert_no_error (error);
  fixture->address = g_strdup_printf ("http://127.0.0.1:%u/open_api/v1.3/", port);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  width)
{
  dub_ui_workflow_set_up (&fixture->workflow);
  listen (fixture);
  fixture->settings = g_settings_new ("io.github.dubroom.Dubroom");
  fixture->content = adw_bin_new ();
  fixture->window = dub_ui_show (fixture->content, GPOINTER_TO_INT (width), HEIGHT);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  width)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  dub_ui_settle ();
  g_clear_object (&fixture->silent);
  g_clear_object (&fixture->settings);
  g_free (fixture->address);
  dub_ui_workflow_tear_down (&fixture->workflow);
}

static gboolean
on_time (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_over (gpointer over)
{
  return *(gboolean *) over;
}

static void
wait_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_time, &over);
  dub_test_wait_for (is_over, &over, "the time to pass");
}

static AdwDialog *
present (Fixture   *fixture,
         AdwDialog *dialog)
{
  adw_dialog_present (dialog, fixture->window);
  dub_ui_settle ();
  return dialog;
}

static void
force_close (AdwDialog *dialog)
{
  adw_dialog_force_close (dialog);
  dub_ui_settle ();
}

/* {Connect Account} */

static AdwDialog *
show_connect (Fixture    *fixture,
              const char *address)
{
  DubAccounts *accounts = dub_workflow_get_accounts (fixture->workflow.workflow);
  AdwDialog *dialog = present (fixture, dub_connect_dialog_new (accounts, NULL, address));
  GtkWidget *token = dub_ui_find (GTK_WIDGET (dialog), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL, NULL);

  gtk_editable_set_text (GTK_EDITABLE (token), "a-token");
  gtk_widget_grab_focus (token);
  dub_ui_settle ();
  return dialog;
}

static void
press_return (AdwDialog *dialog)
{
  GtkWidget *focus = adw_dialog_get_focus (dialog);

  g_assert_true (GTK_IS_TEXT (focus));
  g_signal_emit_by_name (focus, "activate");
}

static gboolean
is_problem (GtkWidget     *label,
            gconstpointer  unused)
{
  return gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) == NULL && strstr (gtk_label_get_label (GTK_LABEL (label)), "service") != NULL &&
         !gtk_widget_has_css_class (label, "dim-label");
}

static gboolean
has_problem (gpointer dialog)
{
  return dub_ui_find (dialog, GTK_TYPE_LABEL, is_problem, NULL) != NULL;
}

static void
test_problem_is_seen (Fixture       *fixture,
                      gconstpointer  width)
{
  AdwDialog *dialog = show_connect (fixture, "http://127.0.0.1:1/");
  GtkWidget *sheet = adw_dialog_get_child (dialog);
  graphene_rect_t place;

  press_return (dialog);
  dub_test_wait_for (has_problem, dialog, "the sentence");
  dub_ui_settle ();
  g_assert_true (gtk_widget_compute_bounds (dub_ui_find (sheet, GTK_TYPE_LABEL, is_problem, NULL), sheet, &place));
  g_assert_cmpfloat (place.origin.y, >=, 0);
  g_assert_cmpfloat (place.origin.y + place.size.height, <=, gtk_widget_get_height (sheet));
  force_close (dialog);
}

static gboolean
is_suggested (GtkWidget     *button,
              gconstpointer  unused)
{
  return gtk_widget_has_css_class (button, "suggested-action");
}

/* While the service is asked, the cursor blinks on and nothing can be typed. */
static void
test_connects_by_return (Fixture       *fixture,
                         gconstpointer  width)
{
  AdwDialog *dialog = show_connect (fixture, fixture->address);

  press_return (dialog);
  wait_ms (BLINK_MS);
  g_assert_true (GTK_IS_TEXT (adw_dialog_get_focus (dialog)));
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (adw_dialog_get_focus (dialog))));
  g_assert_false (gtk_widget_is_sensitive (dub_ui_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, is_suggested, NULL)));
  force_close (dialog);
}

/* {Paste Links} */

static char *
dup_text (AdwDialog *dialog)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (dub_ui_find (GTK_WIDGET (dialog), GTK_TYPE_TEXT_VIEW, NULL, NULL)));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
paste (AdwDialog  *dialog,
       const char *text)
{
  GtkWidget *view = dub_ui_find (GTK_WIDGET (dialog), GTK_TYPE_TEXT_VIEW, NULL, NULL);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  dub_ui_settle ();
}

static gboolean
is_error (GtkWidget     *label,
          gconstpointer  unused)
{
  return gtk_widget_has_css_class (label, "error");
}

static void
test_refused_lines_stay (Fixture       *fixture,
                         gconstpointer  width)
{
  g_autoptr (DubDraft) draft = dub_workflow_create_draft (fixture->workflow.workflow);
  AdwDialog *dialog = present (fixture, dub_links_dialog_new (draft));
  g_autofree char *left = NULL;
  g_auto (GStrv) sentences = NULL;

  paste (dialog, "https://127.0.0.1:1/a.mp4\nthis is not a link\n\nhttps://127.0.0.1:1/b.mp4\n");
  dub_ui_click (GTK_WIDGET (dialog), "Add");
  g_assert_cmpuint (g_list_model_get_n_items (dub_draft_get_videos (draft)), ==, 2);
  left = dup_text (dialog);
  g_assert_cmpstr (left, ==, "this is not a link");
  sentences = g_strsplit (gtk_label_get_label (GTK_LABEL (dub_ui_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, is_error, NULL))), "\n", -1);
  g_assert_cmpuint (g_strv_length (sentences), ==, 1);
  force_close (dialog);
}

static void
test_added_by_keys (Fixture       *fixture,
                    gconstpointer  width)
{
  g_autoptr (DubDraft) draft = dub_workflow_create_draft (fixture->workflow.workflow);
  AdwDialog *dialog = present (fixture, dub_links_dialog_new (draft));
  GtkWidget *view = dub_ui_find (GTK_WIDGET (dialog), GTK_TYPE_TEXT_VIEW, NULL, NULL);

  dub_ui_press_keys (view, GDK_KEY_Return, GDK_CONTROL_MASK);
  g_assert_nonnull (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  paste (dialog, "https://127.0.0.1:1/a.mp4");
  dub_ui_press_keys (view, GDK_KEY_Return, GDK_CONTROL_MASK);
  dub_ui_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (dub_draft_get_videos (draft)), ==, 1);
  g_assert_null (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
}

/* {Narrow} */

static GListModel *
make_long_tasks (void)
{
  const DubUiTask tasks[] = {
    { 1, 1, LONG_TITLE, "file:///nothing/a.mp4", 53, "zh", DUB_TASK_FAILED, -4000, 0, 0, "Too loud.", 0, "2024" },
    { 2, 1, LONG_TITLE, "file:///nothing/a.mp4", 53, "pt", DUB_TASK_UNCONFIRMED, -4000, 0, 0, NULL, 0, NULL },
  };
  GListStore *store = g_list_store_new (DUB_TYPE_TASK);

  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    {
      g_autoptr (DubTask) task = dub_ui_make_task (&tasks[i]);
      g_list_store_append (store, task);
    }
  return G_LIST_MODEL (store);
}

static void
test_questions_fit (Fixture       *fixture,
                    gconstpointer  width)
{
  static const struct { const char *action; gint64 id; const char *heading; } questions[] = {
    { "queue.retry", 1, "Dub Again?" }, { "queue.details", 2, "Was It Sent?" },
  };
  g_autoptr (GListModel) tasks = make_long_tasks ();
  g_autoptr (DubTaskActions) actions = dub_task_actions_new (fixture->content, tasks, NULL, NULL);

  gtk_widget_insert_action_group (fixture->content, "queue", G_ACTION_GROUP (actions));
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      AdwDialog *dialog;

      g_assert_true (gtk_widget_activate_action (fixture->content, questions[i].action, "x", questions[i].id));
      dub_ui_settle ();
      dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
      g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
      g_assert_cmpstr (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (dialog)), ==, questions[i].heading);
      g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), LONG_TITLE));
      force_close (dialog);
    }
  gtk_widget_insert_action_group (fixture->content, "queue", NULL);
}

static void
test_errors_fit (Fixture       *fixture,
                 gconstpointer  width)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, LONG_TITLE " cannot be read.");

  dub_messages_error (fixture->content, "Library Not Read", error);
  dub_ui_settle ();
  force_close (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
}

static void
test_dialogs_fit (Fixture       *fixture,
                  gconstpointer  width)
{
  DubAccounts *accounts = dub_workflow_get_accounts (fixture->workflow.workflow);
  g_autoptr (DubDraft) draft = dub_workflow_create_draft (fixture->workflow.workflow);
  AdwDialog *dialogs[] = {
    dub_preferences_dialog_new (accounts, dub_workflow_get_engines (fixture->workflow.workflow), fixture->settings),
    dub_connect_dialog_new (accounts, NULL, NULL),
    dub_links_dialog_new (draft),
  };

  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      present (fixture, dialogs[i]);
      g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, GPOINTER_TO_INT (width));
      force_close (dialogs[i]);
    }
}

static void
test_removal_fits (Fixture       *fixture,
                   gconstpointer  width)
{
  DubAccounts *accounts = dub_workflow_get_accounts (fixture->workflow.workflow);
  g_autoptr (DubAccount) studio = g_list_model_get_item (G_LIST_MODEL (accounts), 0);
  AdwDialog *preferences = present (fixture, dub_preferences_dialog_new (accounts, dub_workflow_get_engines (fixture->workflow.workflow), fixture->settings)), *question;

  gtk_widget_activate_action (GTK_WIDGET (preferences), "accounts.remove", "s", dub_account_get_id (studio));
  dub_ui_settle ();
  question = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
  g_assert_true (ADW_IS_ALERT_DIALOG (question));
  g_assert_cmpstr (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (question)), ==, "Remove Account?");
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (question)), dub_account_get_name (studio)));
  force_close (question);
  force_close (preferences);
}

int
main (int    argc,
      char **argv)
{
  dub_ui_init (&argc, &argv);
  g_test_add ("/ui/dialogs/problem-is-seen", Fixture, GINT_TO_POINTER (1000), set_up, test_problem_is_seen, tear_down);
  g_test_add ("/ui/dialogs/problem-is-seen-narrow", Fixture, GINT_TO_POINTER (NARROWEST), set_up, test_problem_is_seen, tear_down);
  g_test_add ("/ui/dialogs/connects-by-return", Fixture, GINT_TO_POINTER (1000), set_up, test_connects_by_return, tear_down);
  g_test_add ("/ui/dialogs/refused-lines-stay", Fixture, GINT_TO_POINTER (1000), set_up, test_refused_lines_stay, tear_down);
  g_test_add ("/ui/dialogs/added-by-keys", Fixture, GINT_TO_POINTER (1000), set_up, test_added_by_keys, tear_down);
  g_test_add ("/ui/dialogs/questions-fit", Fixture, GINT_TO_POINTER (NARROWEST), set_up, test_questions_fit, tear_down);
  g_test_add ("/ui/dialogs/errors-fit", Fixture, GINT_TO_POINTER (NARROWEST), set_up, test_errors_fit, tear_down);
  g_test_add ("/ui/dialogs/dialogs-fit", Fixture, GINT_TO_POINTER (NARROWEST), set_up, test_dialogs_fit, tear_down);
  g_test_add ("/ui/dialogs/removal-fits", Fixture, GINT_TO_POINTER (NARROWEST), set_up, test_removal_fits, tear_down);
  return g_test_run ();
}
