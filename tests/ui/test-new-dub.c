/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-language-chips.h"
#include "dub-new-dub-page.h"
#include "dub-notices.h"
#include "dub-script-row.h"
#include "dub-test-support.h"
#include "dub-test-video.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"
#include "dub-video-row.h"

typedef struct
{
  DubUiWorkflow workflow;
  DubDraft *draft;
  AdwNavigationPage *page;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  layout)
{
  GtkWidget *view = adw_navigation_view_new ();
  DubAccounts *accounts;

  dub_ui_workflow_set_up (&fixture->workflow);
  accounts = dub_workflow_get_accounts (fixture->workflow.workflow);
  fixture->draft = dub_workflow_create_draft (fixture->workflow.workflow);
  fixture->page = dub_new_dub_page_new (fixture->draft, dub_accounts_get_current (accounts));
  g_object_set (fixture->page, "layout", layout, NULL);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), fixture->page);
  fixture->window = dub_ui_show (view, g_str_equal (layout, "narrow") ? 370 : 1180, 900);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  layout)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  dub_ui_settle ();
  g_clear_object (&fixture->draft);
  dub_ui_workflow_tear_down (&fixture->workflow);
}

static void
add_video (Fixture    *fixture,
           const char *name)
{
  g_autofree char *uri = dub_test_make_video (fixture->workflow.dir, name, 2);
  g_autoptr (GFile) file = g_file_new_for_uri (uri);

  dub_draft_add_file (fixture->draft, file);
  dub_ui_wait_for_draft (fixture->draft);
  dub_ui_settle ();
}

static void
add_text (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->workflow.dir, "text.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "These are words, not pictures.\n", -1, NULL));
  dub_draft_add_file (fixture->draft, file);
  dub_ui_wait_for_draft (fixture->draft);
  dub_ui_settle ();
}

static GtkCheckButton *
get_box (Fixture *fixture)
{
  GtkWidget *box = dub_ui_find (fixture->window, GTK_TYPE_CHECK_BUTTON, NULL, NULL);

  g_assert_nonnull (box);
  return GTK_CHECK_BUTTON (box);
}

static GtkToggleButton *
get_chip (Fixture    *fixture,
          const char *language)
{
  GtkWidget *chips = dub_ui_find (fixture->window, DUB_TYPE_LANGUAGE_CHIPS, NULL, NULL);

  return GTK_TOGGLE_BUTTON (dub_ui_get_button (chips, language));
}

static gboolean
can_generate (Fixture *fixture)
{
  return gtk_widget_is_sensitive (dub_ui_get_button (fixture->window, "Generate"));
}

static void
test_notices (Fixture       *fixture,
              gconstpointer  layout)
{
  /* To the letter, and both are on the page before anything is handed in. */
  g_assert_nonnull (dub_ui_find_text (fixture->window, dub_notice_get_text (DUB_NOTICE_UPLOAD)));
  g_assert_nonnull (dub_ui_find_text (fixture->window, dub_notice_get_text (DUB_NOTICE_CONSENT)));
  dub_ui_assert_named (fixture->window);
}

static void
test_gate (Fixture       *fixture,
           gconstpointer  layout)
{
  g_assert_false (can_generate (fixture));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (get_box (fixture))));

  add_video (fixture, "first.webm");
  g_assert_false (can_generate (fixture));
  gtk_toggle_button_set_active (get_chip (fixture, "Spanish"), TRUE);
  g_assert_false (gtk_check_button_get_active (get_box (fixture)));
  g_assert_false (can_generate (fixture));

  gtk_check_button_set_active (get_box (fixture), TRUE);
  g_assert_true (dub_draft_get_agreed (fixture->draft));
  g_assert_true (can_generate (fixture));

  /* One more video, and the consent is asked for again. */
  add_video (fixture, "second.webm");
  g_assert_false (gtk_check_button_get_active (get_box (fixture)));
  g_assert_false (can_generate (fixture));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "I agree, for these 2 videos"));

  gtk_check_button_set_active (get_box (fixture), TRUE);
  g_assert_true (can_generate (fixture));
  gtk_check_button_set_active (get_box (fixture), FALSE);
  g_assert_false (can_generate (fixture));
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  layout)
{
  g_autoptr (GPtrArray) rows = NULL;

  add_video (fixture, "good.webm");
  add_text (fixture);
  rows = dub_ui_list (fixture->window, DUB_TYPE_VIDEO_ROW);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_nonnull (dub_ui_find_text (fixture->window, "1 of 2 can be dubbed"));
  g_assert_cmpuint (dub_draft_get_n_accepted (fixture->draft), ==, 1);
  gtk_toggle_button_set_active (get_chip (fixture, "Spanish"), TRUE);
  gtk_check_button_set_active (get_box (fixture), TRUE);
  g_assert_true (can_generate (fixture));
  dub_ui_assert_named (fixture->window);

  dub_ui_click (fixture->window, "Remove “text.mp4”");
  dub_ui_settle ();
  g_assert_null (dub_ui_find_text (fixture->window, "1 of 2 can be dubbed"));
}

static void
test_chips (Fixture       *fixture,
            gconstpointer  layout)
{
  gtk_toggle_button_set_active (get_chip (fixture, "German"), TRUE);
  g_assert_true (dub_draft_get_language (fixture->draft, dub_language_from_code ("de")));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "1 of 13"));

  dub_draft_set_language (fixture->draft, dub_language_from_code ("ja"), TRUE);
  g_assert_true (gtk_toggle_button_get_active (get_chip (fixture, "Japanese")));

  /* All that the studio translates; the others stay as they are. */
  dub_ui_click (fixture->window, "Select All Translated");
  g_assert_cmpuint (dub_draft_get_n_languages (fixture->draft), ==, 6);
  g_assert_false (dub_draft_get_language (fixture->draft, dub_language_from_code ("ko")));
  dub_ui_settle ();
  dub_ui_click (fixture->window, "Select None");
  g_assert_cmpuint (dub_draft_get_n_languages (fixture->draft), ==, 0);
}

static gboolean
is_titled (GtkWidget     *row,
           gconstpointer  title)
{
  return g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title) == 0;
}

static void
test_options (Fixture       *fixture,
              gconstpointer  layout)
{
  AdwSwitchRow *subtitles = ADW_SWITCH_ROW (dub_ui_find (fixture->window, ADW_TYPE_SWITCH_ROW, is_titled, "S_ubtitles"));
  AdwComboRow *names = ADW_COMBO_ROW (dub_ui_find (fixture->window, ADW_TYPE_COMBO_ROW, NULL, NULL));
  gboolean wanted;

  adw_switch_row_set_active (subtitles, TRUE);
  g_object_get (fixture->draft, "subtitles", &wanted, NULL);
  g_assert_true (wanted);
  /* The built-in studio has no lip-sync, and says so. */
  g_assert_false (gtk_widget_is_sensitive (dub_ui_find (fixture->window, ADW_TYPE_SWITCH_ROW, is_titled, "_Lip-sync")));

  add_video (fixture, "coat.webm");
  gtk_toggle_button_set_active (get_chip (fixture, "German"), TRUE);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (names)), ==, "coat · German");
  adw_combo_row_set_selected (names, DUB_NAME_STYLE_VIDEO_CODE);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (names)), ==, "coat_de");

}

/* A name that is too long is said to be, and no other is used in its place. */
static void
test_own_name (Fixture       *fixture,
               gconstpointer  layout)
{
  AdwComboRow *names = ADW_COMBO_ROW (dub_ui_find (fixture->window, ADW_TYPE_COMBO_ROW, NULL, NULL));
  GtkWidget *entry;

  add_video (fixture, "coat.webm");
  gtk_toggle_button_set_active (get_chip (fixture, "Spanish"), TRUE);
  gtk_check_button_set_active (get_box (fixture), TRUE);
  adw_combo_row_set_selected (names, 3);
  dub_ui_settle ();
  entry = dub_ui_find (fixture->window, ADW_TYPE_ENTRY_ROW, NULL, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "My name");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (names)), ==, "My name");
  g_assert_true (is_titled (entry, "Name, at most 50 characters"));
  g_assert_true (can_generate (fixture));

  gtk_editable_set_text (GTK_EDITABLE (entry), "A name that is much longer than the fifty characters it may have");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_false (can_generate (fixture));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "Shorten the name first"));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (names)), ==, "");

  /* The language takes its part: 41 characters fit beside French, 40 beside Spanish too. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "A name that has forty-one characters, yes");
  g_assert_true (can_generate (fixture));
  gtk_toggle_button_set_active (get_chip (fixture, "French"), TRUE);
  g_assert_false (can_generate (fixture));
  gtk_editable_set_text (GTK_EDITABLE (entry), "A name that has forty characters, indeed");
  g_assert_true (can_generate (fixture));
  g_assert_true (is_titled (entry, "Name, at most 40 characters beside the language"));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (names)), ==, "A name that has forty characters, indeed · French");

  adw_combo_row_set_selected (names, DUB_NAME_STYLE_VIDEO_LANGUAGE);
  g_assert_true (can_generate (fixture));
}

/* What the studio cannot do is said before anything is generated, and the others go on. */
static void
test_left_out (Fixture       *fixture,
               gconstpointer  layout)
{
  gtk_toggle_button_set_active (get_chip (fixture, "German"), TRUE);
  g_assert_nonnull (dub_ui_find_text (fixture->window, "A script of your own is needed for: German"));
  add_video (fixture, "coat.webm");
  gtk_check_button_set_active (get_box (fixture), TRUE);
  g_assert_nonnull (dub_ui_find_text (fixture->window, "1 of 1 dubs needs a script of your own, else it is left out: German"));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "0 of 1 dub"));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "Choose the scripts first"));
  g_assert_false (can_generate (fixture));

  gtk_toggle_button_set_active (get_chip (fixture, "Japanese"), TRUE);
  gtk_toggle_button_set_active (get_chip (fixture, "Spanish"), TRUE);
  g_assert_nonnull (dub_ui_find_text (fixture->window, "2 of 3 dubs need a script of your own, else they are left out: German, Japanese"));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "1 of 3 dubs"));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "2 without a script are left out"));
  g_assert_true (can_generate (fixture));
  dub_ui_click (fixture->window, "Own Scripts…");
  dub_ui_settle ();
  g_assert_nonnull (dub_ui_find_text (fixture->window, "Needed: the studio does not translate into German"));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "None: the words are translated"));
}

static gboolean
has_moved_on (gpointer user_data)
{
  Fixture *fixture = user_data;
  gint64 from, before = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (fixture->draft), "before"));

  g_object_get (fixture->draft, "expected-from", &from, NULL);
  return from > before;
}

static void
test_forecast (Fixture       *fixture,
               gconstpointer  layout)
{
  gint64 from;

  add_video (fixture, "coat.webm");
  gtk_toggle_button_set_active (get_chip (fixture, "Spanish"), TRUE);
  g_object_get (fixture->draft, "expected-from", &from, NULL);
  g_assert_cmpint (from, >, 0);
  g_object_set_data (G_OBJECT (fixture->draft), "before", GSIZE_TO_POINTER (from));
  dub_test_wait_for (has_moved_on, fixture, "the forecast to go with the time");
}

static gboolean
is_focused (gpointer widget)
{
  return gtk_root_get_focus (gtk_widget_get_root (widget)) == widget;
}

/* The page is opened to choose videos; its notice stands before that, for the keys too. */
static void
test_focus (Fixture       *fixture,
            gconstpointer  layout)
{
  AdwNavigationPage *page = dub_new_dub_page_new (fixture->draft, NULL);
  GtkWidget *choose, *notice;

  g_object_set (page, "layout", layout, NULL);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (gtk_widget_get_parent (GTK_WIDGET (fixture->page))), page);
  dub_ui_settle ();
  choose = dub_ui_get_button (GTK_WIDGET (page), "Choose Files…");
  notice = dub_ui_find_text (GTK_WIDGET (page), dub_notice_get_text (DUB_NOTICE_UPLOAD));
  dub_test_wait_for (is_focused, choose, "the button to have the focus");
  for (guint i = 0; i < 4 && !is_focused (notice); i++)
    gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (is_focused (notice));
}

static gboolean
is_settled (gpointer row)
{
  return g_strcmp0 (adw_action_row_get_subtitle (row), "Needed: the studio does not translate into German") != 0;
}

static void
test_scripts (Fixture       *fixture,
              gconstpointer  layout)
{
  const DubLanguage *german = dub_language_from_code ("de");
  g_autofree char *good = g_build_filename (fixture->workflow.dir, "good.srt", NULL);
  g_autofree char *late = g_build_filename (fixture->workflow.dir, "late.srt", NULL);
  g_autoptr (GFile) good_file = g_file_new_for_path (good), late_file = g_file_new_for_path (late);
  g_autoptr (DubDraftVideo) video = NULL;
  GtkWidget *row;

  g_assert_true (g_file_set_contents (good, "1\n00:00:00,000 --> 00:00:01,500\nHallo\n", -1, NULL));
  g_assert_true (g_file_set_contents (late, "1\n00:10:00,000 --> 00:10:01,500\nHallo\n", -1, NULL));
  add_video (fixture, "coat.webm");
  gtk_toggle_button_set_active (get_chip (fixture, "German"), TRUE);
  video = g_list_model_get_item (dub_draft_get_videos (fixture->draft), 0);
  row = g_object_ref_sink (dub_script_row_new (fixture->draft, video, german));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "Needed: the studio does not translate into German");
  g_assert_true (gtk_widget_has_css_class (row, "says-warning"));

  dub_script_row_load (DUB_SCRIPT_ROW (row), late_file);
  dub_test_wait_for (is_settled, row, "the script to be read");
  g_assert_true (gtk_widget_has_css_class (row, "says-error"));
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_null (dub_draft_get_script (fixture->draft, video, german));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), "Needed: the studio does not translate into German");
  dub_script_row_load (DUB_SCRIPT_ROW (row), good_file);
  dub_test_wait_for (is_settled, row, "the script to be read");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "good.srt · 1 segment");
  g_assert_false (gtk_widget_has_css_class (row, "says-error"));
  g_assert_nonnull (dub_draft_get_script (fixture->draft, video, german));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "1 of 1"));
  g_object_unref (row);
}

static void
on_generated (DubNewDubPage *page,
              guint          n,
              guint         *generated)
{
  *generated = n;
}

static gboolean
is_generated (gpointer generated)
{
  return *(guint *) generated > 0;
}

static void
test_generate (Fixture       *fixture,
               gconstpointer  layout)
{
  GListModel *queue = G_LIST_MODEL (dub_workflow_get_queue (fixture->workflow.workflow));
  guint generated = 0;

  add_video (fixture, "coat.webm");
  gtk_toggle_button_set_active (get_chip (fixture, "Spanish"), TRUE);
  gtk_toggle_button_set_active (get_chip (fixture, "French"), TRUE);
  gtk_toggle_button_set_active (get_chip (fixture, "German"), TRUE);
  gtk_check_button_set_active (get_box (fixture), TRUE);
  g_signal_connect (fixture->page, "generated", G_CALLBACK (on_generated), &generated);
  dub_ui_click (fixture->window, "Generate");
  dub_test_wait_for (is_generated, &generated, "the dubs to be in the queue");
  g_assert_cmpuint (generated, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (queue), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  dub_ui_init (&argc, &argv);
  g_test_add ("/ui/new-dub/notices", Fixture, "wide", set_up, test_notices, tear_down);
  g_test_add ("/ui/new-dub/notices-narrow", Fixture, "narrow", set_up, test_notices, tear_down);
  g_test_add ("/ui/new-dub/gate", Fixture, "wide", set_up, test_gate, tear_down);
  g_test_add ("/ui/new-dub/gate-narrow", Fixture, "narrow", set_up, test_gate, tear_down);
  g_test_add ("/ui/new-dub/refused", Fixture, "wide", set_up, test_refused, tear_down);
  g_test_add ("/ui/new-dub/chips", Fixture, "wide", set_up, test_chips, tear_down);
  g_test_add ("/ui/new-dub/options", Fixture, "wide", set_up, test_options, tear_down);
  g_test_add ("/ui/new-dub/own-name", Fixture, "wide", set_up, test_own_name, tear_down);
  g_test_add ("/ui/new-dub/left-out", Fixture, "wide", set_up, test_left_out, tear_down);
  g_test_add ("/ui/new-dub/forecast", Fixture, "wide", set_up, test_forecast, tear_down);
  g_test_add ("/ui/new-dub/focus", Fixture, "wide", set_up, test_focus, tear_down);
  g_test_add ("/ui/new-dub/focus-narrow", Fixture, "narrow", set_up, test_focus, tear_down);
  g_test_add ("/ui/new-dub/scripts", Fixture, "wide", set_up, test_scripts, tear_down);
  g_test_add ("/ui/new-dub/generate", Fixture, "wide", set_up, test_generate, tear_down);
  return g_test_run ();
}
