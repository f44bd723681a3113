/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "dub-engine-dialog.h"
#include "dub-preferences-dialog.h"
#include "dub-test-support.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"

#define NARROWEST 350

typedef struct
{
  DubUiWorkflow workflow;
  DubStudioEngines *engines;
  GSettings *settings;
  GtkWidget *content;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  width)
{
  dub_ui_workflow_set_up (&fixture->workflow);
  fixture->engines = dub_workflow_get_engines (fixture->workflow.workflow);
  fixture->settings = g_settings_new ("io.github.dubroom.Dubroom");
  fixture->content = adw_bin_new ();
  fixture->window = dub_ui_show (fixture->content, GPOINTER_TO_INT (width), 700);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  width)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  dub_ui_settle ();
  g_clear_object (&fixture->settings);
  dub_ui_workflow_tear_down (&fixture->workflow);
}

static AdwDialog *
present (Fixture  *fixture,
         DubStage  stage)
{
  AdwDialog *dialog = dub_engine_dialog_new (fixture->engines, stage);

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

static gboolean
is_titled (GtkWidget     *row,
           gconstpointer  title)
{
  return g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title);
}

static GtkWidget *
find_row (gpointer    root,
          const char *title)
{
  return dub_ui_find (root, ADW_TYPE_PREFERENCES_ROW, is_titled, title);
}

static void
choose_kind (AdwDialog *dialog,
             guint      position)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (dialog, "_Engine")), position);
  dub_ui_settle ();
}

static void
type_into (AdwDialog  *dialog,
           const char *title,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_row (dialog, title)), text);
  dub_ui_settle ();
}

static gboolean
is_problem (GtkWidget     *label,
            gconstpointer  words)
{
  GtkWidget *box = gtk_widget_get_parent (label);

  return gtk_widget_has_css_class (box, "error") && strstr (gtk_label_get_label (GTK_LABEL (label)), words) != NULL;
}

typedef struct
{
  AdwDialog *dialog;
  const char *words;
} Problem;

static gboolean
has_problem (gpointer user_data)
{
  Problem *problem = user_data;

  return dub_ui_find (GTK_WIDGET (problem->dialog), GTK_TYPE_LABEL, is_problem, problem->words) != NULL;
}

static gboolean
is_closed (gpointer window)
{
  return adw_window_get_visible_dialog (window) == NULL;
}

static void
test_is_chosen (Fixture       *fixture,
                gconstpointer  width)
{
  const DubEngineChoice *choice;
  AdwDialog *dialog = present (fixture, DUB_STAGE_TRANSLATE);

  g_assert_null (find_row (dialog, "_Address"));
  choose_kind (dialog, 1);
  g_assert_nonnull (find_row (dialog, "_Address"));
  /* Such a server has no models. */
  g_assert_null (find_row (dialog, "_Model"));
  g_assert_false (gtk_widget_get_sensitive (dub_ui_get_button (GTK_WIDGET (dialog), "Save")));
  type_into (dialog, "_Address", " https://translate.example/ ");
  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dialog), "The text of your videos leaves this computer and goes to translate.example."));
  dub_ui_click (GTK_WIDGET (dialog), "Save");
  dub_test_wait_for (is_closed, fixture->window, "the engine to be stored");
  choice = dub_studio_engines_get_settings (fixture->engines)->stages[DUB_STAGE_TRANSLATE];
  g_assert_cmpint (choice->kind, ==, DUB_ENGINE_LIBRETRANSLATE);
  g_assert_cmpstr (choice->address, ==, "https://translate.example/");
}

static void
test_problem_stays (Fixture       *fixture,
                    gconstpointer  width)
{
  AdwDialog *dialog = present (fixture, DUB_STAGE_SPEAK);
  Problem problem = { dialog, "not the address of a server" };

  choose_kind (dialog, 1);
  g_assert_nonnull (find_row (dialog, "_Voice"));
  type_into (dialog, "_Address", "speech.example");
  dub_ui_click (GTK_WIDGET (dialog), "Save");
  dub_test_wait_for (has_problem, &problem, "the sentence");
  g_assert_true (gtk_widget_has_css_class (find_row (dialog, "_Address"), "error"));
  g_assert_cmpint (dub_studio_engines_get_settings (fixture->engines)->stages[DUB_STAGE_SPEAK]->kind, ==, DUB_ENGINE_BUILT_IN);
  type_into (dialog, "_Address", "https://speech.example");
  g_assert_false (has_problem (&problem));
  g_assert_false (gtk_widget_has_css_class (find_row (dialog, "_Address"), "error"));
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, GPOINTER_TO_INT (width));
  force_close (dialog);
}

/* A key for a server that anybody can listen to. */
static void
test_key_is_refused (Fixture       *fixture,
                     gconstpointer  width)
{
  AdwDialog *dialog = present (fixture, DUB_STAGE_TRANSCRIBE);
  Problem problem = { dialog, "over https only" };

  choose_kind (dialog, 1);
  type_into (dialog, "_Address", "http://speech.example");
  type_into (dialog, "_Key", "secret");
  dub_ui_click (GTK_WIDGET (dialog), "Save");
  dub_test_wait_for (has_problem, &problem, "the sentence");
  force_close (dialog);
}

/* What the studio says is shown; here it cannot be started. */
static void
test_is_tried (Fixture       *fixture,
               gconstpointer  width)
{
  AdwDialog *dialog = present (fixture, DUB_STAGE_TRANSLATE);
  Problem problem = { dialog, "studio" };

  choose_kind (dialog, 2);
  type_into (dialog, "_Address", "http://127.0.0.1:2737");
  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (dialog), "All of it stays on this computer."));
  g_signal_emit_by_name (find_row (dialog, "T_est"), "activated");
  dub_test_wait_for (has_problem, &problem, "the sentence");
  g_assert_true (gtk_widget_get_sensitive (find_row (dialog, "T_est")));
  force_close (dialog);
}

static void
test_preferences_follow (Fixture       *fixture,
                         gconstpointer  width)
{
  DubAccounts *accounts = dub_workflow_get_accounts (fixture->workflow.workflow);
  AdwDialog *preferences = dub_preferences_dialog_new (accounts, fixture->engines, fixture->settings);
  g_autoptr (DubEngineChoice) choice = dub_engine_choice_new ();
  g_autoptr (GAsyncResult) kept = NULL, result = NULL;
  g_autoptr (GError) error = NULL;
  AdwActionRow *row;

  adw_dialog_present (preferences, fixture->window);
  dub_ui_settle ();
  row = ADW_ACTION_ROW (find_row (preferences, "Translation"));
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "Built in");
  choice->kind = DUB_ENGINE_APERTIUM;
  choice->address = g_strdup ("https://apertium.example:2737");
  dub_studio_engines_choose_async (fixture->engines, DUB_STAGE_TRANSLATE, choice, NULL, NULL, dub_test_keep_result, &kept);
  result = dub_test_await (&kept);
  g_assert_true (dub_studio_engines_choose_finish (fixture->engines, result, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "apertium.example:2737");
  adw_action_row_activate (row);
  dub_ui_settle ();
  g_assert_true (DUB_IS_ENGINE_DIALOG (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window))));
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, GPOINTER_TO_INT (width));
  dub_ui_assert_named (fixture->window);
  force_close (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  force_close (preferences);
}

int
main (int    argc,
      char **argv)
{
  dub_ui_init (&argc, &argv);
  g_test_add ("/ui/engines/is-chosen", Fixture, GINT_TO_POINTER (1000), set_up, test_is_chosen, tear_down);
  g_test_add ("/ui/engines/problem-stays", Fixture, GINT_TO_POINTER (1000), set_up, test_problem_stays, tear_down);
  g_test_add ("/ui/engines/problem-stays-narrow", Fixture, GINT_TO_POINTER (NARROWEST), set_up, test_problem_stays, tear_down);
  g_test_add ("/ui/engines/key-is-refused", Fixture, GINT_TO_POINTER (1000), set_up, test_key_is_refused, tear_down);
  g_test_add ("/ui/engines/is-tried", Fixture, GINT_TO_POINTER (1000), set_up, test_is_tried, tear_down);
  g_test_add ("/ui/engines/preferences-follow", Fixture, GINT_TO_POINTER (NARROWEST), set_up, test_preferences_follow, tear_down);
  return g_test_run ();
}
