/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shots DIRECTORY WIDTH HEIGHT PREFIX [VIDEO…]: a picture of each page, with models that are like the real ones. For whoever
 * works on the window; look at every picture. The looks follow the environment (locale, SHOTS_LOCALE_DIR, ADW_DEBUG_…, text size). */

#include <gst/gst.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

#include "dub-account-private.h"
#include "dub-about.h"
#include "dub-connect-dialog.h"
#include "dub-engine-dialog.h"
#include "dub-history-dialog.h"
#include "dub-home-page.h"
#include "dub-links-dialog.h"
#include "dub-new-dub-page.h"
#include "dub-preferences-dialog.h"
#include "dub-scripts-dialog.h"
#include "dub-shot.h"
#include "dub-task-private.h"
#include "dub-test-support.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"
#include "dub-welcome-page.h"

typedef struct
{
  const char *directory;
  const char *prefix;
  int width;
  int height;
  double sp;   /* pixels, of which the breakpoints of the window are made */
  char *uris[8];
  DubPictures *pictures;
} Studio;

static void
shoot (Studio     *studio,
       GtkWidget  *window,
       const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s/%s-%s.png", studio->directory, studio->prefix, name);

  dub_shot_take (window, NULL, file);
}

static void
on_action (GSimpleAction *action)
{
}

/* Without them the buttons of the pages are insensitive. */
static void
add_actions (GtkWidget *window)
{
  static const char *const names[] = { "new-dub", "new-dub-sample", "connect-account", "fix-account" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (names[i], NULL);
      g_signal_connect (action, "activate", G_CALLBACK (on_action), NULL);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
}

static GtkWidget *
make_window (Studio            *studio,
             AdwNavigationPage *page,
             AdwNavigationPage *under)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *view = adw_navigation_view_new ();

  add_actions (window);
  if (under != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), under);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), page);
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_widget_set_size_request (window, 360, 294);
  gtk_window_set_default_size (GTK_WINDOW (window), studio->width, studio->height);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static DubHomePage *
make_home (Studio *studio)
{
  DubHomePage *page = g_object_new (DUB_TYPE_HOME_PAGE, "narrow", studio->width < 600 * studio->sp, "has-sample", TRUE, NULL);
  g_autoptr (GListStore) accounts = g_list_store_new (DUB_TYPE_ACCOUNT);
  g_autoptr (DubAccount) account = dub_ui_make_account ("Linden & Co", FALSE);

  g_list_store_append (accounts, account);
  dub_home_page_set_accounts (page, G_LIST_MODEL (accounts));
  g_object_set (page, "account", account, NULL);
  return page;
}

static DubTask *
find_task (GListStore   *tasks,
           const char   *language,
           DubTaskState  state)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tasks)); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (tasks), i);

      if (g_str_equal (dub_task_get_language_code (task), language) && dub_task_get_state (task) == state)
        return g_steal_pointer (&task);
    }
  g_assert_not_reached ();
}

static void
shoot_home (Studio *studio)
{
  g_autoptr (GListStore) tasks = dub_ui_make_tasks (studio->uris[0], studio->uris[1]);
  g_autoptr (DubTask) told = find_task (tasks, "fr", DUB_TASK_PROCESSING);
  g_autoptr (GListStore) items = dub_ui_make_items (studio->uris[0], studio->uris[1]);
  g_autoptr (GListStore) accounts = g_list_store_new (DUB_TYPE_ACCOUNT);
  DubHomePage *page = make_home (studio);
  DubAccount *account;
  GtkWidget *window;

  /* One that the built-in studio makes. */
  dub_task_set_progress (told, "transcribe", 0.43);
  g_object_get (page, "account", &account, NULL);
  g_list_store_append (accounts, account);
  dub_queue_view_set_models (dub_home_page_get_queue_view (page), G_LIST_MODEL (tasks), G_LIST_MODEL (accounts), studio->pictures);
  dub_library_view_set_items (dub_home_page_get_library_view (page), G_LIST_MODEL (items), studio->pictures);
  window = make_window (studio, ADW_NAVIGATION_PAGE (page), NULL);
  dub_shot_let_it_draw (2500);
  shoot (studio, window, "queue");
  dub_account_set_status (account, DUB_ACCOUNT_STATUS_NEEDS_TOKEN, "Linden & Co needs a new token. Nothing is lost: the queue goes on when there is one.");
  dub_shot_let_it_draw (400);
  shoot (studio, window, "queue-token");
  dub_account_set_status (account, DUB_ACCOUNT_STATUS_READY, NULL);
  dub_home_page_show (page, "library");
  dub_shot_let_it_draw (1500);
  shoot (studio, window, "library");
  dub_home_page_search (page);
  g_object_set (dub_home_page_get_library_view (page), "search", "tee", NULL);
  dub_shot_let_it_draw (400);
  shoot (studio, window, "library-search");
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (account);
}

static void
shoot_empty (Studio *studio)
{
  g_autoptr (GListStore) tasks = g_list_store_new (DUB_TYPE_TASK), items = g_list_store_new (DUB_TYPE_LIBRARY_ITEM);
  DubHomePage *page = make_home (studio);
  DubLibraryCondition failed = { .error = "The dubbing service does not answer. Check the connection, then try again." };
  DubLibraryCondition loading = { .loading = TRUE };
  GtkWidget *window;

  dub_queue_view_set_models (dub_home_page_get_queue_view (page), G_LIST_MODEL (tasks), NULL, studio->pictures);
  dub_library_view_set_items (dub_home_page_get_library_view (page), G_LIST_MODEL (items), studio->pictures);
  window = make_window (studio, ADW_NAVIGATION_PAGE (page), NULL);
  g_object_set (page, "offline", TRUE, NULL);
  dub_shot_let_it_draw (500);
  shoot (studio, window, "queue-empty");
  g_object_set (page, "offline", FALSE, NULL);
  dub_home_page_show (page, "library");
  dub_shot_let_it_draw (300);
  shoot (studio, window, "library-empty");
  dub_library_view_set_condition (dub_home_page_get_library_view (page), &failed);
  dub_shot_let_it_draw (300);
  shoot (studio, window, "library-error");
  dub_library_view_set_condition (dub_home_page_get_library_view (page), &loading);
  dub_shot_let_it_draw (300);
  shoot (studio, window, "library-loading");
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkAdjustment *
find_scroll (GtkWidget *widget)
{
  if (GTK_IS_SCROLLED_WINDOW (widget) && gtk_widget_get_mapped (widget))
    return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkAdjustment *found = find_scroll (child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
shoot_new_dub (Studio        *studio,
               DubUiWorkflow *workflow)
{
  g_autoptr (DubDraft) draft = dub_workflow_create_draft (workflow->workflow);
  AdwNavigationPage *page = dub_new_dub_page_new (draft, dub_accounts_get_current (dub_workflow_get_accounts (workflow->workflow)));
  GtkWidget *window;
  AdwDialog *dialog;

  g_object_set (page, "layout", studio->width < 860 * studio->sp ? "narrow" : "wide", NULL);
  window = make_window (studio, page, adw_navigation_page_new (adw_status_page_new (), "Home"));
  dub_shot_let_it_draw (500);
  shoot (studio, window, "new-dub-empty");

  for (guint i = 0; studio->uris[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (studio->uris[i]);
      dub_draft_add_file (draft, file);
    }
  dub_draft_set_language (draft, dub_language_from_code ("fr"), TRUE);
  dub_draft_set_language (draft, dub_language_from_code ("de"), TRUE);
  dub_draft_set_language (draft, dub_language_from_code ("ja"), TRUE);
  dub_draft_set_language (draft, dub_language_from_code ("es"), TRUE);
  g_object_set (draft, "subtitles", TRUE, NULL);
  dub_ui_wait_for_draft (draft);
  dub_shot_let_it_draw (1500);
  shoot (studio, window, "new-dub");
  dub_draft_set_agreed (draft, TRUE);
  dub_shot_let_it_draw (300);
  shoot (studio, window, "new-dub-agreed");
  dub_draft_set_name (draft, "A name that is too long, with the language", NULL);
  gtk_adjustment_set_value (find_scroll (window), studio->width < 860 * studio->sp ? 560 : 100000);
  dub_shot_let_it_draw (300);
  shoot (studio, window, "new-dub-middle");
  dub_draft_set_name (draft, NULL, NULL);
  gtk_adjustment_set_value (find_scroll (window), 100000);
  dub_shot_let_it_draw (300);
  shoot (studio, window, "new-dub-end");

  dialog = dub_scripts_dialog_new (draft);
  adw_dialog_present (dialog, window);
  dub_shot_let_it_draw (500);
  shoot (studio, window, "scripts");
  adw_dialog_force_close (dialog);
  dialog = dub_links_dialog_new (draft);
  adw_dialog_present (dialog, window);
  dub_shot_let_it_draw (500);
  shoot (studio, window, "links");
  adw_dialog_force_close (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
choose_engine (DubUiWorkflow *workflow)
{
  DubStudioEngines *engines = dub_workflow_get_engines (workflow->workflow);
  g_autoptr (DubEngineChoice) choice = dub_engine_choice_new ();
  g_autoptr (GAsyncResult) kept = NULL, result = NULL;
  g_autoptr (GError) error = NULL;

  choice->kind = DUB_ENGINE_OPENAI;
  choice->address = g_strdup ("https://speech.example.com/v1");
  choice->model = g_strdup ("large-v3");
  dub_studio_engines_choose_async (engines, DUB_STAGE_SPEAK, choice, NULL, NULL, dub_test_keep_result, &kept);
  result = dub_test_await (&kept);
  dub_studio_engines_choose_finish (engines, result, &error);
  g_assert_no_error (error);
}

static void
shoot_engine (Studio        *studio,
              DubUiWorkflow *workflow,
              GtkWidget     *window,
              DubStage       stage,
              const char    *name)
{
  AdwDialog *dialog = dub_engine_dialog_new (dub_workflow_get_engines (workflow->workflow), stage);

  adw_dialog_present (dialog, window);
  dub_shot_let_it_draw (500);
  if (stage == DUB_STAGE_SPEAK)
    {
      shoot (studio, window, "engine-server");
      g_signal_emit_by_name (dub_ui_find (GTK_WIDGET (dialog), ADW_TYPE_BUTTON_ROW, NULL, NULL), "activated");
      dub_shot_let_it_draw (1500);
    }
  shoot (studio, window, name);
  adw_dialog_force_close (dialog);
  dub_shot_let_it_draw (500);
}

static void
shoot_start (Studio        *studio,
             DubUiWorkflow *workflow)
{
  DubAccounts *accounts = dub_workflow_get_accounts (workflow->workflow);
  g_autoptr (GSettings) settings = g_settings_new ("io.github.dubroom.Dubroom");
  AdwNavigationPage *page = g_object_new (DUB_TYPE_WELCOME_PAGE, "narrow", studio->width < 600 * studio->sp, "has-sample", TRUE, NULL);
  GtkWidget *window = make_window (studio, page, NULL);
  AdwDialog *dialog;

  dub_shot_let_it_draw (500);
  shoot (studio, window, "welcome");
  choose_engine (workflow);
  dialog = dub_preferences_dialog_new (accounts, dub_workflow_get_engines (workflow->workflow), settings);
  adw_dialog_present (dialog, window);
  dub_shot_let_it_draw (500);
  shoot (studio, window, "preferences");
  adw_dialog_force_close (dialog);
  dialog = dub_connect_dialog_new (accounts, NULL, NULL);
  adw_dialog_present (dialog, window);
  dub_shot_let_it_draw (500);
  shoot (studio, window, "connect");
  adw_dialog_force_close (dialog);
  dub_shot_let_it_draw (500);
  shoot_engine (studio, workflow, window, DUB_STAGE_TRANSLATE, "engine-built-in");
  shoot_engine (studio, workflow, window, DUB_STAGE_SPEAK, "engine-tested");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
shoot_history (Studio *studio)
{
  const DubUiTask wanted = { 1, 2, "Autumn coat – founder story", studio->uris[0] != NULL ? studio->uris[0] : "file:///a.mp4", 53, "de",
                             DUB_TASK_FAILED, -4000, 0, 0, NULL, 0, NULL };
  g_autoptr (DubTask) task = dub_ui_make_task (&wanted);
  g_autoptr (DubAccount) account = dub_ui_make_account ("Linden & Co", FALSE);
  g_autoptr (GPtrArray) steps = dub_ui_make_steps (), none = g_ptr_array_new ();
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "The dubs cannot be read: the disk is full. Make room, then try again.");
  GtkWidget *window = make_window (studio, adw_navigation_page_new (adw_status_page_new (), "Home"), NULL);
  AdwDialog *dialog = dub_history_dialog_new (NULL, task, account, NULL);

  adw_dialog_present (dialog, window);
  dub_shot_let_it_draw (500);
  shoot (studio, window, "history-loading");
  dub_history_dialog_set_steps (DUB_HISTORY_DIALOG (dialog), none, NULL);
  dub_shot_let_it_draw (400);
  shoot (studio, window, "history-empty");
  dub_history_dialog_set_steps (DUB_HISTORY_DIALOG (dialog), NULL, error);
  dub_shot_let_it_draw (400);
  shoot (studio, window, "history-error");
  dub_history_dialog_set_steps (DUB_HISTORY_DIALOG (dialog), steps, NULL);
  dub_shot_let_it_draw (400);
  shoot (studio, window, "history");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "history.copy", NULL);
  gtk_adjustment_set_value (find_scroll (GTK_WIDGET (dialog)), 100000);
  dub_shot_let_it_draw (400);
  shoot (studio, window, "history-end");
  adw_dialog_force_close (dialog);
  adw_dialog_present (dub_about_new (NULL), window);
  dub_shot_let_it_draw (500);
  shoot (studio, window, "about");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/dubroom/Dubroom/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int    argc,
      char **argv)
{
  Studio studio = { 0 };
  DubUiWorkflow workflow = { 0 };
  int dpi;

  if (argc < 5)
    {
      g_printerr ("shots DIRECTORY WIDTH HEIGHT PREFIX [VIDEO…]\n");
      return 2;
    }

  setlocale (LC_ALL, "");
  if (g_getenv ("SHOTS_LOCALE_DIR") != NULL)
    bindtextdomain (GETTEXT_PACKAGE, g_getenv ("SHOTS_LOCALE_DIR"));
  textdomain (GETTEXT_PACKAGE);
  gst_init (NULL, NULL);
  adw_init ();
  load_style ();
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  studio.sp = dpi / 1024.0 / 96;
  studio.directory = argv[1];
  studio.width = atoi (argv[2]);
  studio.height = atoi (argv[3]);
  studio.prefix = argv[4];
  studio.pictures = dub_pictures_new ();
  for (int i = 5; i < argc && i < 12; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[i]);
      studio.uris[i - 5] = g_file_get_uri (file);
    }

  dub_ui_workflow_set_up (&workflow);
  shoot_home (&studio);
  shoot_empty (&studio);
  shoot_new_dub (&studio, &workflow);
  shoot_start (&studio, &workflow);
  shoot_history (&studio);
  dub_shot_let_it_draw (100);
  dub_ui_workflow_tear_down (&workflow);
  g_object_unref (studio.pictures);
  return 0;
}
