/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-private.h"
#include "dub-workflow-error.h"
#include "dub-workflow-fixture.h"

/* The line of those that wait: pause, order, one that keeps the others waiting; and dubs that are left to themselves. */

typedef gboolean (*Finish) (DubQueue *queue, GAsyncResult *result, GError **error);

static void
assert_done (DubQueue      *queue,
             GAsyncResult **slot,
             Finish         finish)
{
  g_autoptr (GAsyncResult) result = dub_test_await (slot);
  g_autoptr (GError) error = NULL;

  g_assert_true (finish (queue, result, &error));
  g_assert_no_error (error);
}

static void
assert_not_now (DubQueue      *queue,
                GAsyncResult **slot,
                Finish         finish)
{
  g_autoptr (GAsyncResult) result = *slot != NULL ? g_steal_pointer (slot) : dub_test_await (slot);
  g_autoptr (GError) error = NULL;

  g_assert_false (finish (queue, result, &error));
  g_assert_error (error, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW);
}

static void
set_paused (DubQueue *queue,
            gboolean  paused)
{
  GAsyncResult *slot = NULL;

  dub_queue_set_paused_async (queue, paused, NULL, dub_test_keep_result, &slot);
  assert_done (queue, &slot, dub_queue_set_paused_finish);
  g_assert_cmpint (dub_queue_get_paused (queue), ==, paused);
}

static void
move (DubQueue     *queue,
      DubTask      *task,
      DubQueueMove  where)
{
  GAsyncResult *slot = NULL;

  dub_queue_move_async (queue, task, where, NULL, dub_test_keep_result, &slot);
  assert_done (queue, &slot, dub_queue_move_finish);
}

/* Nothing is sent, by this start or the next one, until the person says so; what was sent before is asked for. */
static void
test_pause (DubWorkflowFixture *fixture,
            gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubTask) sent = dub_workflow_fixture_dub (fixture, "de", NULL);
  g_autoptr (GPtrArray) waiting = NULL;
  DubTask *known;

  dub_workflow_fixture_wait_state (sent, DUB_TASK_SUBMITTED);
  set_paused (queue, TRUE);
  waiting = dub_workflow_fixture_generate (fixture, 1, "fr,es");
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (sent, DUB_TASK_SUCCEEDED);
  g_assert_cmpint (dub_task_get_state (waiting->pdata[0]), ==, DUB_TASK_WAITING);
  g_assert_cmpint (dub_task_get_expected_to (waiting->pdata[0]), ==, 0);

  dub_workflow_fixture_restart (fixture);
  queue = dub_workflow_get_queue (fixture->workflow);
  g_assert_true (dub_queue_get_paused (queue));
  dub_workflow_fixture_pause (200);
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 1);
  g_assert_cmpuint (dub_queue_get_n_waiting (queue, NULL), ==, 2);

  known = dub_queue_find (queue, dub_task_get_id (waiting->pdata[0]));
  set_paused (queue, FALSE);
  dub_workflow_fixture_wait_state (known, DUB_TASK_SUBMITTED);
}

static gboolean
is_holding (gpointer service)
{
  return dub_fake_service_is_holding (service);
}

/* They were on their way, but not sent yet. */
static void
test_pause_on_the_way (DubWorkflowFixture *fixture,
                       gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 1, "de");
  guint n = dub_fake_service_count_requests (fixture->service, DUB_FAKE_PREVIEW);
  g_autoptr (GPtrArray) tasks = NULL;

  dub_fake_service_script_hold (fixture->service, DUB_FAKE_PREVIEW, n + 1);
  dub_draft_set_agreed (draft, TRUE);
  tasks = dub_workflow_fixture_finish (draft, NULL);
  dub_test_wait_for (is_holding, fixture->service, "the address to be checked");
  g_assert_cmpint (dub_task_get_state (tasks->pdata[0]), ==, DUB_TASK_PUBLISHING);
  set_paused (queue, TRUE);
  dub_fake_service_release (fixture->service);
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_WAITING);
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 0);
  set_paused (queue, FALSE);
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUBMITTED);
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 1);
}

static void
assert_turns (DubQueue   *queue,
              GPtrArray  *tasks,
              const char *turns)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  for (guint i = 0; i < tasks->len; i++)
    g_string_append_printf (seen, "%u", dub_queue_get_turn (queue, dub_queue_find (queue, dub_task_get_id (tasks->pdata[i]))));
  g_assert_cmpstr (seen->str, ==, turns);
}

static void
count (guint *n)
{
  ++*n;
}

static void
test_order (DubWorkflowFixture *fixture,
            gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (GPtrArray) tasks = NULL;
  GPtrArray *requests;
  guint n_changes = 0;

  set_paused (queue, TRUE);
  tasks = dub_workflow_fixture_generate (fixture, 2, "de,fr,es");
  g_signal_connect_swapped (queue, "line-changed", G_CALLBACK (count), &n_changes);
  assert_turns (queue, tasks, "123456");
  move (queue, tasks->pdata[5], DUB_QUEUE_MOVE_FIRST);
  assert_turns (queue, tasks, "234561");
  g_assert_cmpuint (n_changes, >, 0);
  move (queue, tasks->pdata[0], DUB_QUEUE_MOVE_LAST);
  assert_turns (queue, tasks, "623451");
  move (queue, tasks->pdata[2], DUB_QUEUE_MOVE_UP);
  assert_turns (queue, tasks, "632451");
  move (queue, tasks->pdata[5], DUB_QUEUE_MOVE_DOWN);
  assert_turns (queue, tasks, "631452");
  move (queue, tasks->pdata[2], DUB_QUEUE_MOVE_UP);
  move (queue, tasks->pdata[2], DUB_QUEUE_MOVE_FIRST);
  move (queue, tasks->pdata[0], DUB_QUEUE_MOVE_DOWN);
  assert_turns (queue, tasks, "631452");

  /* The next start knows it, too, and so does what is sent. */
  dub_workflow_fixture_restart (fixture);
  queue = dub_workflow_get_queue (fixture->workflow);
  assert_turns (queue, tasks, "631452");
  set_paused (queue, FALSE);
  dub_workflow_fixture_wait_state (dub_queue_find (queue, dub_task_get_id (tasks->pdata[0])), DUB_TASK_SUBMITTED);
  requests = dub_fake_service_get_requests (fixture->service);
  for (guint i = 0; i < requests->len; i++)
    {
      const DubFakeRequest *request = requests->pdata[i];

      if (request->endpoint != DUB_FAKE_TASK_CREATE)
        continue;
      g_assert_cmpuint (g_strv_length (request->video_names), ==, 5);
      g_assert_cmpstr (request->video_names[0], ==, dub_task_get_name (tasks->pdata[2]));
      g_assert_cmpstr (request->video_names[4], ==, dub_task_get_name (tasks->pdata[4]));
      break;
    }
}

static void
test_not_in_line (DubWorkflowFixture *fixture,
                  gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubTask) task = dub_workflow_fixture_dub (fixture, "de", NULL);
  GAsyncResult *slot = NULL;

  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  g_assert_cmpuint (dub_queue_get_turn (queue, task), ==, 0);
  dub_queue_move_async (queue, task, DUB_QUEUE_MOVE_FIRST, NULL, dub_test_keep_result, &slot);
  assert_not_now (queue, &slot, dub_queue_move_finish);
}

static gboolean
has_one_gone (gpointer tasks)
{
  GPtrArray *both = tasks;

  return dub_task_get_state (both->pdata[0]) == DUB_TASK_SUBMITTED || dub_task_get_state (both->pdata[1]) == DUB_TASK_SUBMITTED;
}

/* Returns the one of two that did not go, because its server holds its answer back. */
static DubTask *
wait_for_slow_one (DubWorkflowFixture *fixture,
                   GPtrArray          *tasks)
{
  DubTask *slow;

  dub_test_wait_for (has_one_gone, tasks, "one of two to be sent");
  slow = tasks->pdata[dub_task_get_state (tasks->pdata[0]) == DUB_TASK_SUBMITTED ? 1 : 0];
  g_assert_cmpint (dub_task_get_state (slow), ==, DUB_TASK_PUBLISHING);
  g_assert_true (dub_fake_service_is_holding (fixture->service));
  return slow;
}

/* The server of one video is slow: the other one goes without it, and it goes later, once. */
static void
test_slow_one (DubWorkflowFixture *fixture,
               gconstpointer       data)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 2, "de");
  guint n = dub_fake_service_count_requests (fixture->service, DUB_FAKE_PREVIEW);
  g_autoptr (GPtrArray) tasks = NULL;
  DubTask *slow;

  dub_fake_service_script_hold (fixture->service, DUB_FAKE_PREVIEW, n + 1);
  dub_draft_set_agreed (draft, TRUE);
  tasks = dub_workflow_fixture_finish (draft, NULL);
  slow = wait_for_slow_one (fixture, tasks);
  n = dub_fake_service_count_requests (fixture->service, DUB_FAKE_PREVIEW);
  dub_fake_service_release (fixture->service);
  dub_workflow_fixture_wait_state (slow, DUB_TASK_SUBMITTED);
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 2);
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, dub_task_get_name (slow)), ==, 1);
  /* What was found out of its address is still true. */
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_PREVIEW), ==, n);
}

/* It is slow, and then it is gone: told of it alone. */
static void
test_slow_one_fails (DubWorkflowFixture *fixture,
                     gconstpointer       data)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 2, "de");
  guint n = dub_fake_service_count_requests (fixture->service, DUB_FAKE_PREVIEW);
  g_autoptr (GPtrArray) tasks = NULL;
  DubTask *slow;

  dub_fake_service_script_hold (fixture->service, DUB_FAKE_PREVIEW, n + 1);
  dub_fake_service_script_answer (fixture->service, DUB_FAKE_PREVIEW, n + 1, 404, "text/html", "gone");
  dub_draft_set_agreed (draft, TRUE);
  tasks = dub_workflow_fixture_finish (draft, NULL);
  slow = wait_for_slow_one (fixture, tasks);
  dub_fake_service_release (fixture->service);
  dub_workflow_fixture_wait_state (slow, DUB_TASK_FAILED);
  g_assert_nonnull (dub_task_get_message (slow));
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 1);
}

/* It is made all the same; nobody asks for it, until the person wants to know. */
static void
test_stop_following (DubWorkflowFixture *fixture,
                     gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubTask) task = dub_workflow_fixture_dub (fixture, "de", NULL);
  GAsyncResult *slot = NULL;
  guint n;

  g_assert_false (dub_task_can_stop_following (task));
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  g_assert_true (dub_task_can_stop_following (task));
  dub_queue_stop_following_async (queue, task, NULL, dub_test_keep_result, &slot);
  assert_done (queue, &slot, dub_queue_stop_following_finish);
  g_assert_cmpint (dub_task_get_state (task), ==, DUB_TASK_DROPPED);
  g_assert_true (dub_task_can_follow_again (task) && dub_task_can_remove (task));
  g_assert_false (dub_task_can_retry (task));

  dub_workflow_fixture_pause (50);
  n = dub_workflow_fixture_api_requests (fixture);
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_pause (200);
  g_assert_cmpuint (dub_workflow_fixture_api_requests (fixture), ==, n);

  dub_queue_follow_again_async (queue, task, NULL, dub_test_keep_result, &slot);
  assert_done (queue, &slot, dub_queue_follow_again_finish);
  dub_test_wait_for ((DubTestCondition) dub_task_can_review, task, "the dub");
  g_assert_cmpuint (dub_fake_service_count_tasks (fixture->service, dub_task_get_name (task)), ==, 1);
}

/* The ids of two came the other way round, and one of them is let go before an answer has told so. */
static void
test_stop_following_exchanged (DubWorkflowFixture *fixture,
                               gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (GPtrArray) tasks = NULL;
  GAsyncResult *slot = NULL;

  dub_fake_service_script_twist (fixture->service, DUB_FAKE_TASK_CREATE, 1, DUB_FAKE_TWIST_REVERSED);
  dub_fake_service_script_hold (fixture->service, DUB_FAKE_TASK_LIST, 1);
  dub_fake_service_script_drop (fixture->service, DUB_FAKE_TASK_LIST, 1, DUB_FAKE_DROP_AFTER_ACTING);
  tasks = dub_workflow_fixture_generate (fixture, 2, "de");
  dub_test_wait_for (is_holding, fixture->service, "the dubs to be asked for");
  dub_queue_stop_following_async (queue, tasks->pdata[0], NULL, dub_test_keep_result, &slot);
  assert_done (queue, &slot, dub_queue_stop_following_finish);
  dub_fake_service_finish_all (fixture->service);
  dub_fake_service_release (fixture->service);
  dub_workflow_fixture_wait_state (tasks->pdata[1], DUB_TASK_SUCCEEDED);
  g_assert_cmpstr (dub_task_get_remote_video (tasks->pdata[1]), ==, "fake-video-2");

  dub_queue_follow_again_async (queue, tasks->pdata[0], NULL, dub_test_keep_result, &slot);
  assert_done (queue, &slot, dub_queue_follow_again_finish);
  dub_test_wait_for ((DubTestCondition) dub_task_can_review, tasks->pdata[0], "the dub");
  g_assert_cmpstr (dub_task_get_remote_video (tasks->pdata[0]), ==, "fake-video-1");
}

/* One that was given up without an answer has no name to be asked for by. */
static void
test_nothing_to_follow (DubWorkflowFixture *fixture,
                        gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubTask) task = NULL;
  GAsyncResult *slot = NULL;

  dub_fake_service_script_drop (fixture->service, DUB_FAKE_TASK_CREATE, 1, DUB_FAKE_DROP_AFTER_READING);
  task = dub_workflow_fixture_dub (fixture, "de", NULL);
  dub_workflow_fixture_wait_state (task, DUB_TASK_UNCONFIRMED);
  dub_queue_drop_async (queue, task, NULL, dub_test_keep_result, &slot);
  assert_done (queue, &slot, dub_queue_drop_finish);
  g_assert_false (dub_task_can_follow_again (task));
  dub_queue_follow_again_async (queue, task, NULL, dub_test_keep_result, &slot);
  assert_not_now (queue, &slot, dub_queue_follow_again_finish);
}

/* One of those to be tried again was removed meanwhile, and one is under way: the others are not held up. */
static void
test_retry_many (DubWorkflowFixture *fixture,
                 gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) made = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  g_autofree char *sql = NULL;

  set_paused (queue, TRUE);
  tasks = dub_workflow_fixture_generate (fixture, 1, "de,fr,es,it");
  for (guint i = 0; i < 3; i++)
    {
      dub_queue_cancel_async (queue, tasks->pdata[i], NULL, dub_test_keep_result, &slot);
      assert_done (queue, &slot, dub_queue_cancel_finish);
    }
  sql = g_strdup_printf ("PRAGMA foreign_keys = ON; DELETE FROM tasks WHERE id = %" G_GINT64_FORMAT, dub_task_get_id (tasks->pdata[1]));
  dub_workflow_fixture_sql (fixture, sql);
  dub_queue_retry_async (queue, tasks, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  made = dub_queue_retry_finish (queue, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (made->len, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 5);
  set_paused (queue, FALSE);
  dub_workflow_fixture_wait_state (made->pdata[0], DUB_TASK_SUBMITTED);
  dub_workflow_fixture_wait_state (made->pdata[1], DUB_TASK_SUBMITTED);
}

#define ADD(path, function) \
  g_test_add ("/workflow/line/" path, DubWorkflowFixture, NULL, dub_workflow_fixture_set_up, function, dub_workflow_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();

  ADD ("pause", test_pause);
  ADD ("pause-on-the-way", test_pause_on_the_way);
  ADD ("order", test_order);
  ADD ("not-in-line", test_not_in_line);
  ADD ("slow-one", test_slow_one);
  ADD ("slow-one-fails", test_slow_one_fails);
  ADD ("stop-following", test_stop_following);
  ADD ("stop-following-exchanged", test_stop_following_exchanged);
  ADD ("nothing-to-follow", test_nothing_to_follow);
  ADD ("retry-many", test_retry_many);

  return dub_workflow_fixture_run ();
}
