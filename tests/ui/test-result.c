/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <string.h>

#include "dub-notices.h"
#include "dub-result-models.h"
#include "dub-result-page-private.h"
#include "dub-save-dialog.h"
#include "dub-segment-list.h"
#include "dub-segment-pair.h"
#include "dub-segment-row.h"
#include "dub-test-support.h"
#include "dub-test-video.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"

typedef struct
{
  DubUiWorkflow workflow;
  DubResultWanted wanted;
  char *video;
  GtkWidget *window;
  GtkWidget *navigation;
  DubResultPage *page;
  DubPlayer *player;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  dub_ui_workflow_set_up (&fixture->workflow);
  fixture->video = dub_test_make_video (fixture->workflow.dir, "dub.webm", 6);
  fixture->wanted.language = "es";
  fixture->wanted.original_uri = fixture->wanted.dub_uri = fixture->video;
}

static void
show (Fixture *fixture,
      int      width)
{
  g_autoptr (DubLibraryItem) item = dub_result_make_item (&fixture->wanted);

  fixture->navigation = adw_navigation_view_new ();
  fixture->page = DUB_RESULT_PAGE (dub_result_page_new (fixture->workflow.workflow, item));
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (fixture->navigation), adw_navigation_page_new (gtk_label_new ("Home"), "Home"));
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (fixture->navigation), ADW_NAVIGATION_PAGE (fixture->page));
  fixture->window = dub_ui_show (fixture->navigation, width, 700);
  fixture->player = g_object_ref (dub_result_page_get_player (fixture->page));
  dub_ui_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  dub_ui_settle ();
  g_clear_object (&fixture->player);
  g_free (fixture->video);
  dub_ui_workflow_tear_down (&fixture->workflow);
}

static gint64
get_number (Fixture    *fixture,
            const char *name)
{
  gint64 value = 0;

  g_object_get (fixture->player, name, &value, NULL);
  return value;
}

static gboolean
has_picture (gpointer fixture)
{
  g_autofree char *error = NULL;

  g_object_get (((Fixture *) fixture)->player, "error", &error, NULL);
  g_assert_cmpstr (error, ==, NULL);
  return get_number (fixture, "duration") > 0 && dub_player_view_get_ratio (((Fixture *) fixture)->page->view) > 0;
}

static gboolean
has_error (gpointer fixture)
{
  g_autofree char *error = NULL;

  g_object_get (((Fixture *) fixture)->player, "error", &error, NULL);
  return error != NULL;
}

static gboolean
has_duration (gpointer fixture)
{
  return get_number (fixture, "duration") > 0;
}

static gboolean
has_moved (gpointer fixture)
{
  return get_number (fixture, "position") > 200;
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), action, NULL));
  dub_ui_settle ();
}

static gboolean
is_row_lit (GtkWidget     *widget,
            gconstpointer  unused)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_CHECKED) != 0;
}

static void
test_plays (Fixture       *fixture,
            gconstpointer  unused)
{
  DubTrack track;

  show (fixture, 1000);
  dub_test_wait_for (has_picture, fixture, "the picture");
  g_assert_cmpfloat (ABS (dub_player_view_get_ratio (fixture->page->view) - 4.0 / 3), <, 0.01);
  dub_ui_assert_named (fixture->window);
  g_assert_false (dub_result_page_is_playing (fixture->page));
  act (fixture, "result.play");
  g_assert_true (dub_result_page_is_playing (fixture->page));
  dub_test_wait_for (has_moved, fixture, "the position to go on");
  act (fixture, "result.original");
  g_object_get (fixture->player, "track", &track, NULL);
  g_assert_cmpint (track, ==, DUB_TRACK_ORIGINAL);
  g_assert_true (dub_result_page_is_playing (fixture->page));
  act (fixture, "result.play");
  g_assert_false (dub_result_page_is_playing (fixture->page));

  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "result.end", "b", FALSE);
  g_assert_cmpint (get_number (fixture, "position"), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "result.step", "i", 5000);
  g_assert_cmpint (get_number (fixture, "position"), ==, 5000);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "result.step", "i", -7000);
  g_assert_cmpint (get_number (fixture, "position"), ==, 0);
}

static void
test_script_follows (Fixture       *fixture,
                     gconstpointer  unused)
{
  GtkWidget *list, *row;

  show (fixture, 1000);
  dub_test_wait_for (has_picture, fixture, "the picture");
  g_assert_null (dub_ui_find (fixture->window, DUB_TYPE_SEGMENT_ROW, is_row_lit, NULL));
  list = dub_ui_find (fixture->window, GTK_TYPE_LIST_VIEW, NULL, NULL);
  g_assert_cmpint (gtk_list_view_get_tab_behavior (GTK_LIST_VIEW (list)), ==, GTK_LIST_TAB_ITEM);
  g_signal_emit_by_name (list, "activate", 1u);
  g_assert_cmpint (get_number (fixture, "position"), ==, 4100);
  row = dub_ui_find (fixture->window, DUB_TYPE_SEGMENT_ROW, is_row_lit, NULL);
  g_assert_nonnull (row);
  g_assert_nonnull (dub_ui_find_text (row, "0:04.10"));
  act (fixture, "result.previous");
  g_assert_cmpint (get_number (fixture, "position"), ==, 400);
  act (fixture, "result.next");
  g_assert_cmpint (get_number (fixture, "position"), ==, 4100);
}

static void
test_stops_when_left (Fixture       *fixture,
                      gconstpointer  unused)
{
  show (fixture, 1000);
  dub_test_wait_for (has_picture, fixture, "the picture");
  g_object_ref (fixture->page);
  act (fixture, "result.play");
  adw_navigation_view_pop (ADW_NAVIGATION_VIEW (fixture->navigation));
  dub_ui_settle ();
  g_assert_false (dub_result_page_is_playing (fixture->page));
  g_assert_cmpint (get_number (fixture, "duration"), ==, 0);
  g_object_unref (fixture->page);
}

static void
test_made_elsewhere (Fixture       *fixture,
                     gconstpointer  unused)
{
  DubTrack track;

  fixture->wanted.original_uri = NULL;
  show (fixture, 1000);
  g_assert_null (dub_ui_find (fixture->window, ADW_TYPE_TOGGLE_GROUP, NULL, NULL));
  act (fixture, "result.original");
  g_object_get (fixture->player, "track", &track, NULL);
  g_assert_cmpint (track, ==, DUB_TRACK_DUB);
}

static void
test_expired (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autofree char *gone = g_strconcat ("file://", fixture->workflow.dir, "/gone.mp4", NULL);
  GtkWidget *focus;

  fixture->wanted.dub_uri = gone;
  fixture->wanted.original_uri = NULL;
  fixture->wanted.age_s = 31 * 24 * 60 * 60;
  fixture->wanted.lifetime_s = 30 * 24 * 60 * 60;
  fixture->wanted.no_script = TRUE;
  show (fixture, 400);
  dub_test_wait_for (has_error, fixture, "the error");
  dub_ui_settle ();
  g_assert_true (adw_banner_get_revealed (fixture->page->banner));
  g_assert_false (gtk_widget_get_sensitive (dub_ui_get_button (fixture->window, "Save (Ctrl+S)")));
  g_assert_nonnull (dub_ui_find_text (fixture->window, "No Script"));

  /* There is a way on, and what cannot be played has no buttons to press. */
  g_assert_cmpstr (adw_banner_get_button_label (fixture->page->banner), ==, "_New Dub…");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (fixture->page->banner)), ==, "win.new-dub");
  g_assert_false (gtk_widget_is_sensitive (dub_ui_get_button (fixture->window, "Play (Space)")));
  g_assert_false (gtk_widget_is_sensitive (dub_ui_get_button (fixture->window, "Full Screen (F11)")));
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (fixture->page)));
}

/* The original is there still: it can be heard, and dubbed again. */
static void
test_expired_with_original (Fixture       *fixture,
                            gconstpointer  unused)
{
  g_autofree char *gone = g_strconcat ("file://", fixture->workflow.dir, "/gone.mp4", NULL);

  fixture->wanted.dub_uri = gone;
  fixture->wanted.age_s = 31 * 24 * 60 * 60;
  fixture->wanted.lifetime_s = 30 * 24 * 60 * 60;
  show (fixture, 1000);
  dub_test_wait_for (has_error, fixture, "the error");
  dub_ui_settle ();
  g_assert_cmpstr (adw_banner_get_button_label (fixture->page->banner), ==, "Dub _Again…");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (fixture->page->banner)), ==, "win.new-dub-of");
  act (fixture, "result.original");
  dub_test_wait_for (has_duration, fixture, "the original");
  dub_ui_settle ();
  g_assert_true (gtk_widget_is_sensitive (dub_ui_get_button (fixture->window, "Play (Space)")));
}

/* What is left of 360 px within the shadow: GTK warns, and a warning fails the test, where something does not fit. */
static void
test_narrow (Fixture       *fixture,
             gconstpointer  unused)
{
  show (fixture, 350);
  dub_test_wait_for (has_picture, fixture, "the picture");
  dub_ui_settle ();
  g_assert_cmpstr (adw_multi_layout_view_get_layout_name (fixture->page->layouts), ==, "stacked");
  g_assert_cmpint (gtk_widget_get_width (dub_ui_get_button (fixture->window, "Save (Ctrl+S)")), <, 50);
  g_assert_nonnull (dub_ui_find (fixture->window, DUB_TYPE_SEGMENT_ROW, NULL, NULL));
}

static gboolean
is_label_of (GtkWidget     *widget,
             gconstpointer  text)
{
  return g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static gboolean
is_pill (GtkWidget     *widget,
         gconstpointer  unused)
{
  return gtk_widget_has_css_class (widget, "pill");
}

static void
test_notice_before_saving (Fixture       *fixture,
                           gconstpointer  unused)
{
  GtkWidget *dialog;
  g_autoptr (GPtrArray) buttons = NULL;
  guint pills = 0;

  show (fixture, 1000);
  act (fixture, "result.save");
  dialog = GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  g_assert_true (DUB_IS_SAVE_DIALOG (dialog));
  g_assert_nonnull (dub_ui_find (dialog, GTK_TYPE_LABEL, is_label_of, dub_notice_get_text (DUB_NOTICE_DOWNLOAD)));
  buttons = dub_ui_list (dialog, GTK_TYPE_BUTTON);
  for (guint i = 0; i < buttons->len; i++)
    pills += is_pill (buttons->pdata[i], NULL);
  g_assert_cmpuint (pills, ==, 1);
  dub_ui_get_button (dialog, "Choose Where to Save…");
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

static gboolean
has_problem (gpointer dialog)
{
  g_autoptr (GPtrArray) labels = dub_ui_list (dialog, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_has_css_class (labels->pdata[i], "error") && *gtk_label_get_label (labels->pdata[i]) != '\0')
      return TRUE;
  return FALSE;
}

/* The address is none that a dub may be loaded from: a sentence, nothing half saved, and another try is possible. */
static void
test_saving_that_fails (Fixture       *fixture,
                        gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (fixture->workflow.dir, "saved.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *dialog;

  show (fixture, 1000);
  act (fixture, "result.save");
  dialog = GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  dub_save_dialog_save (DUB_SAVE_DIALOG (dialog), file);
  g_assert_false (adw_dialog_get_can_close (ADW_DIALOG (dialog)));
  dub_test_wait_for (has_problem, dialog, "the sentence");
  g_assert_nonnull (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  g_assert_true (adw_dialog_get_can_close (ADW_DIALOG (dialog)));
  g_assert_false (g_file_query_exists (file, NULL));
  dub_ui_get_button (dialog, "Choose Where to Save…");
}

/* {Remarks} */

static gboolean
is_doubted (GtkWidget     *label,
            gconstpointer  tooltip)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (label), tooltip) == 0 && gtk_label_get_attributes (GTK_LABEL (label)) != NULL;
}

/* What is underlined, one after the other. */
static char *
dup_underlined (GtkWidget *label)
{
  g_autoptr (GString) words = g_string_new (NULL);
  PangoAttrIterator *iterator = pango_attr_list_get_iterator (gtk_label_get_attributes (GTK_LABEL (label)));

  do
    {
      PangoAttribute *underline = pango_attr_iterator_get (iterator, PANGO_ATTR_UNDERLINE);
      int start, end;

      pango_attr_iterator_range (iterator, &start, &end);
      if (underline != NULL)
        g_string_append_printf (words, "[%.*s]", end - start, gtk_label_get_label (GTK_LABEL (label)) + start);
    }
  while (pango_attr_iterator_next (iterator));
  pango_attr_iterator_destroy (iterator);
  return g_strdup (words->str);
}

static void
test_remarks (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autofree char *underlined = NULL;
  GtkWidget *label;

  fixture->wanted.remarks = TRUE;
  show (fixture, 1000);
  label = dub_ui_find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, is_doubted, "3 words may be wrong");
  g_assert_nonnull (label);
  underlined = dup_underlined (label);
  g_assert_cmpstr (underlined, ==, "[winters][heavy creams][only]");
  g_assert_nonnull (dub_ui_find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, is_doubted, "1 word may be wrong"));
  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (fixture->page), "Runs 0.4 s into the pause"));
  g_assert_nonnull (dub_ui_find_text (GTK_WIDGET (fixture->page), "The last 12 characters were cut off: shorten the text"));
}

static void
test_no_remarks (Fixture       *fixture,
                 gconstpointer  unused)
{
  show (fixture, 1000);
  g_assert_null (dub_ui_find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, is_doubted, "3 words may be wrong"));
  g_assert_null (dub_ui_find_text (GTK_WIDGET (fixture->page), "Runs 0.4 s into the pause"));
}

/* Ranges from outside, in texts of more than one byte a character, joined where several segments make one. */
static void
test_doubts_of_pairs (void)
{
  g_autoptr (DubScript) original = dub_script_new (), translated = dub_script_new ();
  g_autoptr (GListStore) pairs = NULL;
  g_autoptr (DubSegmentPair) pair = NULL;
  g_autofree char *read_out = NULL;
  const struct { const char *text; double start; guint from, until; } parts[] = { { "Ärger für", 0, 6, 9 }, { "Émile", 500, 0, 4000000000u }, { "x", 800, 7, 9 } };
  GArray *doubts;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (DubSegment) segment = dub_segment_new (parts[i].text, parts[i].start, parts[i].start + 100);
      DubRemarks *remarks = dub_remarks_new ();

      dub_remarks_add_doubt (remarks, parts[i].from, parts[i].until);
      dub_segment_set_remarks (segment, remarks);
      dub_script_add_segment (original, segment);
    }
  dub_script_append (translated, "Trouble for Emile", 0, 1000);
  pairs = dub_segment_pairs_new (original, translated);
  pair = g_list_model_get_item (G_LIST_MODEL (pairs), 0);
  doubts = dub_segment_pair_get_doubts (pair);
  g_assert_cmpstr (dub_segment_pair_get_original (pair), ==, "Ärger für Émile x");
  g_assert_cmpuint (doubts->len, ==, 2);
  g_assert_cmpuint (g_array_index (doubts, DubTextRange, 0).from, ==, 6);
  g_assert_cmpuint (g_array_index (doubts, DubTextRange, 0).until, ==, 9);
  g_assert_cmpuint (g_array_index (doubts, DubTextRange, 1).from, ==, 10);
  g_assert_cmpuint (g_array_index (doubts, DubTextRange, 1).until, ==, 15);
  read_out = dub_segment_row_describe (pair);
  g_assert_true (g_str_has_suffix (read_out, "(2 words may be wrong)"));
}

/* {Subtitles} */

static gboolean
is_saved (gpointer file)
{
  return g_file_query_exists (file, NULL);
}

static void
test_saves_subtitles (Fixture       *fixture,
                      gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (fixture->workflow.dir, "saved.srt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;
  GtkWidget *dialog;

  show (fixture, 1000);
  act (fixture, "result.save");
  dialog = GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  dub_save_dialog_save_subtitles (DUB_SAVE_DIALOG (dialog), DUB_CAPTIONS_SRT, file);
  dub_test_wait_for (is_saved, file, "the subtitles");
  dub_ui_settle ();
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "00:00:00,400 --> 00:00:03,600\nDeja de deslizar"));
  g_assert_nonnull (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
}

static DubScript *
make_script (guint  n,
             double length)
{
  DubScript *script = dub_script_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      dub_script_append (script, text, i * length, (i + 1) * length);
    }
  return script;
}

static void
test_pairs (void)
{
  g_autoptr (DubScript) four = make_script (4, 1000), two = make_script (2, 2000);
  g_autoptr (GListStore) pairs = dub_segment_pairs_new (four, two);
  g_autoptr (DubSegmentPair) second = g_list_model_get_item (G_LIST_MODEL (pairs), 1);
  g_autoptr (GListStore) same = dub_segment_pairs_new (four, four);
  g_autoptr (DubSegmentPair) alone = g_list_model_get_item (G_LIST_MODEL (same), 0);
  g_autoptr (GListStore) none = dub_segment_pairs_new (NULL, NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (pairs)), ==, 2);
  g_assert_cmpuint (dub_segment_pair_get_number (second), ==, 2);
  g_assert_cmpstr (dub_segment_pair_get_translation (second), ==, "1");
  g_assert_cmpstr (dub_segment_pair_get_original (second), ==, "2 3");
  g_assert_cmpstr (dub_segment_pair_get_original (alone), ==, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (none)), ==, 0);
}

/* The service's times have fractions of a millisecond, the player's do not: "next" goes on all the same. */
static void
test_next_segment (void)
{
  g_autoptr (DubScript) script = make_script (4, 1234.6);
  DubSegmentList *list = g_object_ref_sink (g_object_new (DUB_TYPE_SEGMENT_LIST, NULL));
  gint64 position = 0;

  dub_segment_list_set_scripts (list, script, script, NULL);
  for (guint i = 1; i < 4; i++)
    {
      gint64 before = position;

      g_assert_true (dub_segment_list_find_start (list, position, TRUE, &position));
      g_assert_cmpint (position, >, before);
      g_assert_cmpint (position, ==, (gint64) ceil (i * 1234.6));
    }
  g_assert_false (dub_segment_list_find_start (list, position, TRUE, &position));
  g_assert_true (dub_segment_list_find_start (list, position, FALSE, &position));
  g_assert_cmpint (position, ==, 2470);
  g_object_unref (list);
}

int
main (int    argc,
      char **argv)
{
  dub_ui_init (&argc, &argv);
  g_test_add ("/ui/result/plays", Fixture, NULL, set_up, test_plays, tear_down);
  g_test_add ("/ui/result/script-follows", Fixture, NULL, set_up, test_script_follows, tear_down);
  g_test_add ("/ui/result/stops-when-left", Fixture, NULL, set_up, test_stops_when_left, tear_down);
  g_test_add ("/ui/result/made-elsewhere", Fixture, NULL, set_up, test_made_elsewhere, tear_down);
  g_test_add ("/ui/result/expired", Fixture, NULL, set_up, test_expired, tear_down);
  g_test_add ("/ui/result/expired-with-original", Fixture, NULL, set_up, test_expired_with_original, tear_down);
  g_test_add ("/ui/result/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  g_test_add_func ("/ui/result/next-segment", test_next_segment);
  g_test_add ("/ui/result/notice-before-saving", Fixture, NULL, set_up, test_notice_before_saving, tear_down);
  g_test_add ("/ui/result/saving-that-fails", Fixture, NULL, set_up, test_saving_that_fails, tear_down);
  g_test_add ("/ui/result/remarks", Fixture, NULL, set_up, test_remarks, tear_down);
  g_test_add ("/ui/result/no-remarks", Fixture, NULL, set_up, test_no_remarks, tear_down);
  g_test_add_func ("/ui/result/doubts-of-pairs", test_doubts_of_pairs);
  g_test_add ("/ui/result/saves-subtitles", Fixture, NULL, set_up, test_saves_subtitles, tear_down);
  g_test_add_func ("/ui/result/pairs", test_pairs);
  return g_test_run ();
}
