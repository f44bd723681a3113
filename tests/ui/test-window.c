/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-application.h"
#include "dub-connect-dialog.h"
#include "dub-home-page.h"
#include "dub-new-dub-page.h"
#include "dub-preferences-dialog.h"
#include "dub-test-support.h"
#include "dub-test-video.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"
#include "dub-welcome-page.h"
#include "dub-window.h"

typedef struct
{
  DubUiWorkflow workflow;
  DubPictures *pictures;
  GSettings *settings;
  GtkWidget *window;
} Fixture;

/* One for all tests: a process has one. */
static GtkApplication *
get_application (void)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      application = G_APPLICATION (adw_application_new (NULL, G_APPLICATION_NON_UNIQUE));
      g_application_register (application, NULL, &error);
      g_assert_no_error (error);
    }
  return GTK_APPLICATION (application);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  width)
{
  g_autofree char *sample = NULL;

  dub_ui_workflow_set_up (&fixture->workflow);
  g_free (dub_test_make_video (fixture->workflow.dir, "sample.webm", 2));
  sample = g_build_filename (fixture->workflow.dir, "sample.webm", NULL);
  fixture->pictures = dub_pictures_new ();
  fixture->settings = g_settings_new ("io.github.dubroom.Dubroom");
  g_settings_reset (fixture->settings, "welcomed");
  g_settings_set_int (fixture->settings, "window-width", GPOINTER_TO_INT (width));
  g_settings_set_int (fixture->settings, "window-height", 740);
  fixture->window = GTK_WIDGET (dub_window_new (get_application (), fixture->workflow.workflow,
                                                fixture->pictures, fixture->settings, sample));
  gtk_window_present (GTK_WINDOW (fixture->window));
  dub_ui_settle ();
}

static gboolean
is_gone (gpointer window)
{
  return *(GtkWidget **) window == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  width)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  dub_test_wait_for (is_gone, &fixture->window, "the window to be freed");
  g_clear_object (&fixture->pictures);
  g_clear_object (&fixture->settings);
  dub_ui_workflow_tear_down (&fixture->workflow);
}

static GtkWidget *
get_page (Fixture *fixture)
{
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (dub_ui_find (fixture->window, ADW_TYPE_NAVIGATION_VIEW, NULL, NULL));

  return GTK_WIDGET (adw_navigation_view_get_visible_page (view));
}

static void
press (Fixture    *fixture,
       const char *action)
{
  g_assert_true (gtk_widget_activate_action (fixture->window, action, NULL));
  dub_ui_settle ();
}

static void
test_first_start (Fixture       *fixture,
                  gconstpointer  width)
{
  GtkWidget *page = get_page (fixture);
  DubDraft *draft;

  g_assert_true (DUB_IS_WELCOME_PAGE (page));
  dub_ui_assert_named (fixture->window);
  dub_ui_click (page, "Dub the Sample…");
  dub_ui_settle ();

  page = get_page (fixture);
  g_assert_true (DUB_IS_NEW_DUB_PAGE (page));
  draft = dub_new_dub_page_get_draft (DUB_NEW_DUB_PAGE (page));
  dub_ui_wait_for_draft (draft);
  g_assert_cmpuint (dub_draft_get_n_accepted (draft), ==, 1);
  g_assert_cmpuint (dub_draft_get_n_languages (draft), ==, 2);
  /* The consent of the sample is asked like any other. */
  g_assert_false (dub_draft_get_agreed (draft));
  g_assert_false (dub_draft_get_can_generate (draft));
  dub_ui_assert_named (fixture->window);
}

static gboolean
is_home (gpointer fixture)
{
  return DUB_IS_HOME_PAGE (get_page (fixture));
}

static void
test_way_through (Fixture       *fixture,
                  gconstpointer  width)
{
  DubDraft *draft;

  press (fixture, "win.new-dub-sample");
  draft = dub_new_dub_page_get_draft (DUB_NEW_DUB_PAGE (get_page (fixture)));
  dub_ui_wait_for_draft (draft);
  dub_draft_set_agreed (draft, TRUE);
  dub_ui_settle ();
  dub_ui_click (fixture->window, "Generate");
  dub_test_wait_for (is_home, fixture, "the queue to be shown");
  dub_ui_settle ();
  g_assert_true (g_settings_get_boolean (fixture->settings, "welcomed"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (dub_workflow_get_queue (fixture->workflow.workflow))), ==, 2);
  g_assert_nonnull (dub_ui_find_text (fixture->window, "sample"));
  /* The keyboard goes on here. */
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), get_page (fixture)));
  dub_ui_assert_named (fixture->window);
}

/* As the list of windows has it. */
static void
test_title (Fixture       *fixture,
            gconstpointer  width)
{
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Dubroom");
  press (fixture, "win.new-dub");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "New Dub – Dubroom");
}

static void
test_coming_back (Fixture       *fixture,
                  gconstpointer  width)
{
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (dub_ui_find (fixture->window, ADW_TYPE_NAVIGATION_VIEW, NULL, NULL));
  DubDraft *draft;

  press (fixture, "win.new-dub-sample");
  draft = dub_new_dub_page_get_draft (DUB_NEW_DUB_PAGE (get_page (fixture)));
  dub_ui_wait_for_draft (draft);
  dub_draft_set_agreed (draft, TRUE);
  adw_navigation_view_pop (view);
  dub_ui_settle ();

  /* What was picked is kept; who comes back agrees anew. */
  press (fixture, "win.new-dub");
  g_assert_true (dub_new_dub_page_get_draft (DUB_NEW_DUB_PAGE (get_page (fixture))) == draft);
  g_assert_cmpuint (dub_draft_get_n_accepted (draft), ==, 1);
  g_assert_false (dub_draft_get_agreed (draft));
  press (fixture, "win.new-dub");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (adw_navigation_view_get_navigation_stack (view))), ==, 2);
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  width)
{
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, GPOINTER_TO_INT (width));
  dub_ui_assert_named (fixture->window);
  press (fixture, "win.new-dub-sample");
  dub_ui_wait_for_draft (dub_new_dub_page_get_draft (DUB_NEW_DUB_PAGE (get_page (fixture))));
  dub_ui_settle ();
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, GPOINTER_TO_INT (width));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "Read and agree first"));
  dub_ui_assert_named (fixture->window);
}

static void
test_dialogs (Fixture       *fixture,
              gconstpointer  width)
{
  DubAccounts *accounts = dub_workflow_get_accounts (fixture->workflow.workflow);
  AdwDialog *preferences = dub_preferences_dialog_new (accounts, dub_workflow_get_engines (fixture->workflow.workflow), fixture->settings);
  AdwDialog *connect;

  adw_dialog_present (preferences, fixture->window);
  dub_ui_settle ();
  g_assert_nonnull (dub_ui_find_text (fixture->window, "Built-in studio"));
  dub_ui_assert_named (fixture->window);
  adw_dialog_force_close (preferences);

  connect = dub_connect_dialog_new (accounts, NULL, NULL);
  adw_dialog_present (connect, fixture->window);
  dub_ui_settle ();
  g_assert_false (gtk_widget_is_sensitive (dub_ui_get_button (GTK_WIDGET (connect), "Connect")));
  gtk_editable_set_text (GTK_EDITABLE (dub_ui_find (GTK_WIDGET (connect), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL, NULL)), "  token ");
  g_assert_true (gtk_widget_is_sensitive (dub_ui_get_button (GTK_WIDGET (connect), "Connect")));
  dub_ui_assert_named (fixture->window);
  adw_dialog_force_close (connect);
  dub_ui_settle ();
}

static gboolean
quit_application (gpointer application)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

static void
on_window_added (GtkApplication *application,
                 GtkWindow      *window,
                 guint          *windows)
{
  (*windows)++;
  g_idle_add_full (G_PRIORITY_LOW + 200, quit_application, application, NULL);
}

static void
test_application (void)
{
  DubUiWorkflow workflow = { 0 };
  g_autoptr (DubApplication) application = NULL;
  guint windows = 0;

  dub_ui_workflow_make (&workflow);
  application = dub_application_new (workflow.workflow, NULL);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), &windows);
  /* It opens the workflow, shows a window, and ends when the workflow is closed. */
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 0, NULL), ==, 0);
  g_assert_cmpuint (windows, ==, 1);
  g_assert_finalize_object (g_steal_pointer (&application));
  dub_ui_workflow_forget (&workflow);
}

int
main (int    argc,
      char **argv)
{
  dub_ui_init (&argc, &argv);
  g_test_add ("/ui/window/first-start", Fixture, GINT_TO_POINTER (1100), set_up, test_first_start, tear_down);
  g_test_add ("/ui/window/way-through", Fixture, GINT_TO_POINTER (1100), set_up, test_way_through, tear_down);
  g_test_add ("/ui/window/title", Fixture, GINT_TO_POINTER (1100), set_up, test_title, tear_down);
  g_test_add ("/ui/window/coming-back", Fixture, GINT_TO_POINTER (1100), set_up, test_coming_back, tear_down);
  g_test_add ("/ui/window/narrow", Fixture, GINT_TO_POINTER (370), set_up, test_narrow, tear_down);
  g_test_add ("/ui/window/dialogs", Fixture, GINT_TO_POINTER (1100), set_up, test_dialogs, tear_down);
  g_test_add_func ("/ui/window/application", test_application);
  return g_test_run ();
}
