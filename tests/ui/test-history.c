/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "dub-about.h"
#include "dub-history-dialog.h"
#include "dub-history-row.h"
#include "dub-task-actions.h"
#include "dub-test-support.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"

/* What is left of the narrowest window within its shadow. */
#define NARROWEST 350
#define HEIGHT 640
#define TOKEN "act.5ec3e7TOKEN"

static const DubUiTask coat = { 7, 2, "Winter_serum_hook_B_final_final_2_with_captions_1080x1920", "file:///nothing/a.mp4", 53, "de",
                                DUB_TASK_FAILED, -4000, 0, 0, NULL, 0, NULL };

typedef struct
{
  DubTask *task;
  DubAccount *account;
  DubLog *log;
  char *dir;
  GPtrArray *steps;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  width)
{
  g_autofree char *path = NULL;

  fixture->task = dub_ui_make_task (&coat);
  fixture->account = dub_ui_make_account ("Linden & Co", FALSE);
  fixture->dir = dub_test_make_dir ();
  path = g_build_filename (fixture->dir, "dubroom.log", NULL);
  fixture->log = dub_log_new (path);
  fixture->steps = dub_ui_make_steps ();
  fixture->window = dub_ui_show (adw_bin_new (), GPOINTER_TO_INT (width), HEIGHT);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  width)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  dub_ui_settle ();
  g_clear_object (&fixture->account);
  g_clear_pointer (&fixture->steps, g_ptr_array_unref);
  g_assert_finalize_object (fixture->task);
  g_assert_finalize_object (fixture->log);
  dub_test_remove_dir (fixture->dir);
}

static DubHistoryDialog *
present (Fixture   *fixture,
         AdwDialog *dialog)
{
  adw_dialog_present (dialog, fixture->window);
  dub_ui_settle ();
  return DUB_HISTORY_DIALOG (dialog);
}

static DubHistoryDialog *
show (Fixture *fixture)
{
  DubHistoryDialog *dialog = present (fixture, dub_history_dialog_new (NULL, fixture->task, fixture->account, fixture->log));

  dub_history_dialog_set_steps (dialog, fixture->steps, NULL);
  dub_ui_settle ();
  return dialog;
}

static void
hide (DubHistoryDialog *dialog)
{
  adw_dialog_force_close (ADW_DIALOG (dialog));
  dub_ui_settle ();
}

static char *
read_clipboard (Fixture *fixture)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->window);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  gdk_clipboard_read_text_async (clipboard, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return gdk_clipboard_read_text_finish (clipboard, result, NULL);
}

static void
test_shows (Fixture       *fixture,
            gconstpointer  width)
{
  static const char *const texts[] = {
    "German · Linden & Co", "Dub ID remote", "Today", "Failed", "Request ID 20241119090527010100000000000003C2F5E99D4",
    /* Of others, and never markup. */
    "The service says: “<b>The background music</b> & the noise are louder than the voice. Use a video with clearer speech.”",
    "Code 51010", "Being dubbed", "Sent to the service", "Sent, no answer", "Waits again", "Made ready to send", "Put in the queue",
  };
  DubHistoryDialog *dialog = present (fixture, dub_history_dialog_new (NULL, fixture->task, fixture->account, fixture->log));
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "The disk is full.");
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dialog), "Reading the History"));
  /* The focus comes from its button. */
  dub_history_dialog_set_steps (dialog, NULL, error);
  dub_ui_settle ();
  dub_history_dialog_set_steps (dialog, fixture->steps, NULL);
  dub_ui_settle ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (dub_ui_find_text (GTK_WIDGET (dialog), texts[i]) == NULL)
      g_error ("“%s” is not shown", texts[i]);
  rows = dub_ui_list (GTK_WIDGET (dialog), DUB_TYPE_HISTORY_ROW);
  g_assert_cmpuint (rows->len, ==, fixture->steps->len);
  /* The newest is the first. */
  g_assert_nonnull (dub_ui_find_text (rows->pdata[0], "Failed"));
  g_assert_true (gtk_label_get_selectable (GTK_LABEL (dub_ui_find_text (rows->pdata[0], texts[4]))));
  g_assert_true (gtk_label_get_selectable (GTK_LABEL (dub_ui_find_text (rows->pdata[0], texts[5]))));
  g_assert_false (gtk_label_get_selection_bounds (GTK_LABEL (dub_ui_find_text (GTK_WIDGET (dialog), "Dub ID remote")), NULL, NULL));
  dub_ui_assert_named (GTK_WIDGET (dialog));
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, GPOINTER_TO_INT (width));
  hide (dialog);
}

static gboolean
has_toast (gpointer dialog)
{
  return dub_ui_find_text (dialog, "Copied") != NULL;
}

static void
test_copies (Fixture       *fixture,
             gconstpointer  width)
{
  DubTaskStep *last = fixture->steps->pdata[fixture->steps->len - 1];
  DubTaskStep *first = fixture->steps->pdata[0];
  DubHistoryDialog *dialog = NULL;
  g_autofree char *text = NULL;

  dub_log_keep_secret (fixture->log, TOKEN);
  first->moment = G_GINT64_CONSTANT (1767225600007); /* 2026-01-01 00:00:00.007 UTC, by date(1) */
  g_set_str (&last->message, "https://h.example/a.mp4?X-Amz-Signature=5ignature of " TOKEN " is refused");
  dialog = show (fixture);
  /* Keys reach it at once. */
  dub_ui_press_keys (adw_dialog_get_focus (ADW_DIALOG (dialog)), GDK_KEY_Return, 0);
  dub_test_wait_for (has_toast, dialog, "the copy to be told");
  text = read_clipboard (fixture);

  g_assert_nonnull (strstr (text, coat.title));
  g_assert_nonnull (strstr (text, "\nLanguage: de\nAccount: Linden & Co\nTask ID: remote\nVideo ID: -\n"));
  g_assert_nonnull (strstr (text, "\n2026-01-01T00:00:00.007Z  waiting\n"));
  g_assert_nonnull (strstr (text, "  failed  code 51010  request ID 20241119090527010100000000000003C2F5E99D4\n"
                                  "    https://h.example/a.mp4?… of … is refused\n"));
  g_assert_nonnull (strstr (text, "\nDubroom "));
  g_assert_null (strstr (text, TOKEN));
  g_assert_null (strstr (text, "5ignature"));
  hide (dialog);
}

/* Of the built-in studio nothing is said of a service. */
static void
test_studio (Fixture       *fixture,
             gconstpointer  width)
{
  DubHistoryDialog *dialog;

  g_clear_object (&fixture->account);
  fixture->account = dub_ui_make_account ("Built-in studio", TRUE);
  dialog = show (fixture);
  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dialog), "Sent to the built-in studio"));
  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dialog), "<b>The background music</b> & the noise are louder than the voice. "
                                                           "Use a video with clearer speech."));
  hide (dialog);
}

static void
test_states (Fixture       *fixture,
             gconstpointer  width)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "The disk <b> is full.");
  DubHistoryDialog *dialog = present (fixture, dub_history_dialog_new (NULL, fixture->task, NULL, NULL));

  dub_history_dialog_set_steps (dialog, NULL, error);
  dub_ui_settle ();
  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dialog), "The disk <b> is full."));
  g_assert_null (dub_ui_find_text (GTK_WIDGET (dialog), "Copy for Support"));
  dub_ui_click (GTK_WIDGET (dialog), "Try Again");
  dub_ui_settle ();
  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dialog), "Reading the History"));
  dub_history_dialog_set_steps (dialog, none, NULL);
  dub_ui_settle ();
  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dialog), "No History"));
  hide (dialog);
}

static gboolean
has_no_history (gpointer dialog)
{
  return dub_ui_find_text (dialog, "No History") != NULL;
}

/* From the menu of a dub; it is read from the queue. */
static void
test_action (Fixture       *fixture,
             gconstpointer  width)
{
  DubUiWorkflow workflow = { 0 };
  g_autoptr (GListStore) tasks = g_list_store_new (DUB_TYPE_TASK);
  g_autoptr (DubTaskActions) actions = NULL;
  GtkWidget *content = adw_window_get_content (ADW_WINDOW (fixture->window));
  AdwDialog *dialog;

  dub_ui_workflow_set_up (&workflow);
  g_list_store_append (tasks, fixture->task);
  actions = dub_task_actions_new (content, G_LIST_MODEL (tasks), workflow.workflow, NULL);
  gtk_widget_insert_action_group (content, "queue", G_ACTION_GROUP (actions));
  g_assert_true (gtk_widget_activate_action (content, "queue.history", "x", dub_task_get_id (fixture->task)));
  dub_ui_settle ();
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
  g_assert_true (DUB_IS_HISTORY_DIALOG (dialog));
  dub_test_wait_for (has_no_history, dialog, "the history to be read");
  hide (DUB_HISTORY_DIALOG (dialog));
  gtk_widget_insert_action_group (content, "queue", NULL);
  dub_ui_workflow_tear_down (&workflow);
}

static gboolean
has_line (gpointer dialog)
{
  return strstr (adw_about_dialog_get_debug_info (dialog), " the last line\n") != NULL;
}

static void
test_about (Fixture       *fixture,
            gconstpointer  width)
{
  AdwDialog *dialog;

  dub_log_write (fixture->log, "the last line");
  dialog = g_object_ref_sink (dub_about_new (fixture->log));
  g_assert_true (g_str_has_prefix (adw_about_dialog_get_debug_info (ADW_ABOUT_DIALOG (dialog)), "Dubroom "));
  dub_test_wait_for (has_line, dialog, "the log to be read");
  g_assert_nonnull (strstr (adw_about_dialog_get_debug_info (ADW_ABOUT_DIALOG (dialog)), "passwords and access tokens are not."));
  g_assert_cmpstr (adw_about_dialog_get_debug_info_filename (ADW_ABOUT_DIALOG (dialog)), ==, "dubroom-log.txt");
  g_assert_finalize_object (dialog);
}

#define ADD(path, width, function) g_test_add (path, Fixture, GINT_TO_POINTER (width), set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  dub_ui_init (&argc, &argv);
  ADD ("/ui/history/shows", 1000, test_shows);
  ADD ("/ui/history/shows-narrow", NARROWEST, test_shows);
  ADD ("/ui/history/copies", 1000, test_copies);
  ADD ("/ui/history/studio", 1000, test_studio);
  ADD ("/ui/history/states", NARROWEST, test_states);
  ADD ("/ui/history/action", 1000, test_action);
  ADD ("/ui/history/about", 1000, test_about);
  return g_test_run ();
}
