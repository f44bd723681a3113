/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "dub-account-private.h"
#include "dub-format.h"
#include "dub-queue-summary.h"
#include "dub-task-private.h"
#include "dub-task-words.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"

static gint64
now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static DubTask *
make (DubTaskState state,
      gint64       submitted,
      gint64       from,
      gint64       to)
{
  return dub_ui_make_task (&(DubUiTask) { .id = 1, .video = 1, .title = "Coat", .uri = "file:///coat.mp4", .duration_s = 53, .language = "de",
                                          .state = state, .submitted = submitted, .expected_from = from, .expected_to = to });
}

static void
test_every_state (void)
{
  for (int state = DUB_TASK_WAITING; state <= DUB_TASK_DROPPED; state++)
    {
      g_autoptr (DubTask) task = make (state, -600, 0, 0);
      g_autofree char *when = dub_task_words_dup_when (task, NULL, NULL, now_s ());
      gboolean final = dub_task_state_is_final (state) || state == DUB_TASK_UNCONFIRMED;

      g_assert_true (*dub_task_words_get_label (state) != '\0');
      g_assert_true (g_str_has_suffix (dub_task_words_get_icon (state), "-symbolic"));
      g_assert_true (*when != '\0');
      /* What may still work is never red. */
      g_assert_cmpint (g_str_equal (dub_task_words_get_tone (state), "error"), ==, state == DUB_TASK_FAILED || state == DUB_TASK_REJECTED);
      g_assert_cmpint (dub_task_words_get_group (state) != DUB_TASK_GROUP_UNDER_WAY, ==, final);
    }
}

static void
test_elapsed (void)
{
  g_autoptr (DubTask) half = make (DUB_TASK_PROCESSING, -600, 300, 600);
  g_autoptr (DubTask) late = make (DUB_TASK_PROCESSING, -600, -300, -60);
  g_autoptr (DubTask) unknown = make (DUB_TASK_PROCESSING, -600, 0, 0);
  g_autoptr (DubTask) waiting = make (DUB_TASK_WAITING, 0, 300, 600);
  g_autoptr (DubAccount) account = dub_ui_make_account ("Linden", FALSE);
  g_autofree char *words = NULL;
  gint64 now = now_s ();

  g_assert_cmpfloat_with_epsilon (dub_task_words_get_elapsed (half, NULL, now), 0.5, 0.01);
  g_assert_cmpfloat (dub_task_words_get_elapsed (late, NULL, now), ==, 1.0);
  g_assert_cmpfloat (dub_task_words_get_elapsed (unknown, NULL, now), <, 0);
  g_assert_cmpfloat (dub_task_words_get_elapsed (waiting, NULL, now), <, 0);
  g_assert_false (dub_task_words_is_late (half, now));
  g_assert_true (dub_task_words_is_late (late, now));
  words = dub_task_words_dup_when (late, NULL, NULL, now);
  g_assert_cmpstr (words, ==, "Taking longer than expected");

  /* While nobody is asked, nothing is known. */
  dub_account_set_status (account, DUB_ACCOUNT_STATUS_NEEDS_TOKEN, "a new token is needed");
  g_assert_cmpfloat (dub_task_words_get_elapsed (half, account, now), <, 0);
  g_clear_pointer (&words, g_free);
  words = dub_task_words_dup_when (half, account, NULL, now);
  g_assert_cmpstr (words, ==, "Goes on at the service; progress unknown");
}

/* What the studio tells counts more than what was expected. */
static void
test_progress (void)
{
  g_autoptr (DubTask) late = make (DUB_TASK_PROCESSING, -600, -300, -60);
  g_autofree char *words = NULL;
  gint64 now = now_s ();

  dub_task_set_progress (late, "translate", 0.25);
  words = dub_task_words_dup_when (late, NULL, NULL, now);
  g_assert_cmpstr (words, ==, "Translating");
  g_assert_cmpfloat (dub_task_words_get_elapsed (late, NULL, now), ==, 0.25);
  g_assert_false (dub_task_words_is_late (late, now));
}

static void
test_whose_words (void)
{
  DubUiTask wanted = { .id = 1, .video = 1, .title = "Coat", .uri = "file:///coat.mp4", .language = "de", .state = DUB_TASK_FAILED,
                       .submitted = -600, .message = "The <b>music</b> is too loud." };
  g_autoptr (DubTask) task = dub_ui_make_task (&wanted);
  g_autofree char *detail = dub_task_words_dup_detail (task, NULL, now_s ());
  g_autoptr (DubAccount) studio = dub_ui_make_account ("Built-in studio", TRUE);
  g_autofree char *own = dub_task_words_dup_detail (task, studio, now_s ());
  g_autoptr (DubTask) fine = make (DUB_TASK_PROCESSING, -600, 300, 600);

  g_assert_cmpstr (detail, ==, dub_task_is_service_message (task) ? "The service says: “The <b>music</b> is too loud.”"
                                                                    : "The <b>music</b> is too loud.");
  g_assert_cmpstr (own, ==, "The <b>music</b> is too loud.");
  g_assert_null (dub_task_words_dup_detail (fine, NULL, now_s ()));
}

static void
assert_when (DubTask            *task,
             const DubTaskPlace *place,
             const char         *wanted)
{
  g_autofree char *words = dub_task_words_dup_when (task, NULL, place, now_s ());

  g_assert_cmpstr (words, ==, wanted);
}

static void
test_place_in_line (void)
{
  g_autoptr (DubTask) forecast = make (DUB_TASK_WAITING, 0, 3000, 6000);
  g_autoptr (DubTask) unknown = make (DUB_TASK_WAITING, 0, 0, 0);
  g_autoptr (DubTask) sent = make (DUB_TASK_PROCESSING, -600, 0, 0);
  const DubTaskPlace next = { .turn = 1, .n_waiting = 12 }, third = { .turn = 3, .n_waiting = 12 };
  const DubTaskPlace paused = { .turn = 3, .n_waiting = 12, .paused = TRUE };
  g_autofree char *words = dub_task_words_dup_when (forecast, NULL, &next, now_s ());

  g_assert_true (g_str_has_prefix (words, "Next in line · expected "));
  assert_when (unknown, &next, "Next in line");
  assert_when (unknown, &third, "Place 3 of 12 in line");
  assert_when (unknown, NULL, "Waits for its turn");
  assert_when (forecast, &paused, "Waits until you resume");
  g_assert_cmpstr (dub_task_words_get_look (forecast, &paused).label, ==, "Paused");
  g_assert_cmpstr (dub_task_words_get_look (forecast, &third).label, ==, "Waiting");
  /* What was sent goes on. */
  assert_when (sent, &paused, "Under way");
  g_assert_cmpstr (dub_task_words_get_look (sent, &paused).label, ==, "Dubbing");
}

static void
test_unconfirmed (void)
{
  g_autoptr (DubTask) task = make (DUB_TASK_UNCONFIRMED, -600, 0, 0);
  gint64 now = now_s ();
  g_autofree char *when = dub_format_moment (now + 600, now), *end = g_strdup_printf (" Dubroom looks again at %s.", when);
  g_autofree char *unknown = dub_task_words_dup_detail (task, NULL, now);
  g_autofree char *known = NULL, *over = NULL;

  g_assert_nonnull (strstr (unknown, "may already be under way"));
  g_assert_null (strstr (unknown, "looks again"));
  dub_task_set_next_look (task, now + 600);
  known = dub_task_words_dup_detail (task, NULL, now);
  g_assert_true (g_str_has_suffix (known, end));
  /* A moment that is over says nothing. */
  over = dub_task_words_dup_detail (task, NULL, now + 601);
  g_assert_cmpstr (over, ==, unknown);
}

/* One that was sent again needs nobody, and is not counted among those that failed. */
static void
test_sent_again (void)
{
  g_autoptr (GListStore) tasks = dub_ui_make_tasks ("file:///a.mp4", "file:///b.mp4");
  g_autoptr (DubQueueSummary) summary = dub_queue_summary_new (G_LIST_MODEL (tasks));
  g_autoptr (DubTask) failed = g_list_model_get_item (G_LIST_MODEL (tasks), 4);
  g_autoptr (DubTask) again = dub_ui_make_task (&(DubUiTask) { .id = 20, .video = dub_task_get_video (failed), .title = "Coat", .uri = "file:///a.mp4",
                                                               .language = dub_task_get_language_code (failed), .state = DUB_TASK_WAITING });
  const DubTaskPlace place = { .has_later = TRUE };
  g_autofree char *when = dub_task_words_dup_when (failed, NULL, &place, now_s ());

  g_assert_cmpuint (dub_queue_summary_get_failed (summary), ==, 2);
  g_assert_true (dub_queue_summary_is_failed (summary, failed));
  g_assert_cmpuint (dub_queue_summary_of_video (summary, 2).n_failed, ==, 1);
  g_list_store_append (tasks, again);
  g_assert_cmpuint (dub_queue_summary_get_failed (summary), ==, 1);
  g_assert_false (dub_queue_summary_is_failed (summary, failed));
  g_assert_true (dub_queue_summary_has_later (summary, failed));
  g_assert_cmpuint (dub_queue_summary_get_group (summary, DUB_TASK_GROUP_NEEDS_YOU), ==, 2);
  g_assert_cmpuint (dub_queue_summary_get_waiting (summary), ==, 2);
  g_assert_cmpuint (dub_queue_summary_of_video (summary, 2).n_failed, ==, 0);
  g_assert_true (g_str_has_suffix (when, ", tried again since"));
  g_assert_cmpstr (dub_task_words_get_look (failed, &place).tone, ==, "neutral");
}

static void
test_all_ready (void)
{
  g_autoptr (GListStore) tasks = dub_ui_make_tasks ("file:///a.mp4", "file:///b.mp4");
  g_autoptr (DubQueueSummary) summary = dub_queue_summary_new (G_LIST_MODEL (tasks));
  g_autoptr (DubTask) waiting = g_list_model_get_item (G_LIST_MODEL (tasks), 8);
  gint64 now = now_s ();
  DubReadySummary ready;

  dub_task_set_expected (waiting, now + 5000, now + 7000);
  dub_ui_settle ();
  ready = dub_queue_summary_when_ready (summary, FALSE);
  g_assert_cmpuint (ready.n_dubs, ==, 6);
  g_assert_cmpuint (ready.n_unknown, ==, 0);
  g_assert_cmpint (ready.from, ==, now + 5000);
  g_assert_cmpint (ready.to, ==, now + 7000);
  ready = dub_queue_summary_when_ready (summary, TRUE);
  g_assert_cmpuint (ready.n_dubs, ==, 5);
  g_assert_cmpint (ready.to, <, now + 5000);
  dub_task_set_expected (waiting, 0, 0);
  dub_ui_settle ();
  g_assert_cmpuint (dub_queue_summary_when_ready (summary, FALSE).n_unknown, ==, 1);
}

static void
on_changed (guint *times)
{
  (*times)++;
}

static void
test_summary (void)
{
  g_autoptr (GListStore) tasks = dub_ui_make_tasks ("file:///a.mp4", "file:///b.mp4");
  g_autoptr (DubQueueSummary) summary = dub_queue_summary_new (G_LIST_MODEL (tasks));
  g_autoptr (DubTask) french = g_list_model_get_item (G_LIST_MODEL (tasks), 2);
  g_autoptr (DubTaskRecord) record = dub_task_record_copy (dub_task_get_record (french));
  DubVideoSummary coat = dub_queue_summary_of_video (summary, 2);
  guint times = 0;

  g_assert_cmpuint (dub_queue_summary_get_all (summary), ==, 13);
  g_assert_cmpuint (dub_queue_summary_get_group (summary, DUB_TASK_GROUP_NEEDS_YOU), ==, 3);
  g_assert_cmpuint (dub_queue_summary_get_group (summary, DUB_TASK_GROUP_UNDER_WAY), ==, 6);
  g_assert_cmpuint (dub_queue_summary_get_group (summary, DUB_TASK_GROUP_DONE), ==, 4);
  g_assert_cmpuint (coat.n_dubs, ==, 5);
  g_assert_cmpuint (coat.n_ready, ==, 2);
  g_assert_cmpint (coat.expected_from, <, coat.expected_to);

  /* A state that changes in place is no change of the list. */
  g_signal_connect_swapped (summary, "changed", G_CALLBACK (on_changed), &times);
  record->state = DUB_TASK_SUCCEEDED;
  dub_task_update (french, record);
  dub_ui_settle ();
  g_assert_cmpuint (times, ==, 1);
  g_assert_cmpuint (dub_queue_summary_get_group (summary, DUB_TASK_GROUP_UNDER_WAY), ==, 5);
  g_assert_cmpuint (dub_queue_summary_of_video (summary, 2).n_ready, ==, 3);

  g_list_store_remove_all (tasks);
  g_assert_cmpuint (dub_queue_summary_get_all (summary), ==, 0);
  dub_ui_settle ();
  times = 0;
  dub_task_update (french, record);
  record->state = DUB_TASK_FAILED;
  dub_task_update (french, record);
  dub_ui_settle ();
  g_assert_cmpuint (times, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  dub_ui_init (&argc, &argv);
  g_test_add_func ("/ui/words/every-state", test_every_state);
  g_test_add_func ("/ui/words/elapsed", test_elapsed);
  g_test_add_func ("/ui/words/progress", test_progress);
  g_test_add_func ("/ui/words/whose-words", test_whose_words);
  g_test_add_func ("/ui/words/place-in-line", test_place_in_line);
  g_test_add_func ("/ui/words/unconfirmed", test_unconfirmed);
  g_test_add_func ("/ui/words/sent-again", test_sent_again);
  g_test_add_func ("/ui/words/all-ready", test_all_ready);
  g_test_add_func ("/ui/words/summary", test_summary);
  return g_test_run ();
}
