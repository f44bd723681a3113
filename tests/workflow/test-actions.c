/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include "dub-queue-private.h"
#include "dub-workflow-error.h"

/* What the person asks is done once, and told as it is. */

static void
cancel (GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* The dubs are stored, then the person cancels: told as a failure, they would be made twice. */
static void
test_cancelled_generate (DubWorkflowFixture *fixture,
                         gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 1, "de");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  gulong handler;

  dub_draft_set_agreed (draft, TRUE);
  handler = g_signal_connect_swapped (queue, "items-changed", G_CALLBACK (cancel), cancellable);
  dub_draft_generate_async (draft, cancellable, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  tasks = dub_draft_generate_finish (draft, result, &error);
  g_signal_handler_disconnect (queue, handler);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 1);
}

/* Cancelled before anything is stored, nothing is. */
static void
test_generate_cancelled_before (DubWorkflowFixture *fixture,
                                gconstpointer       data)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 1, "de");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_draft_set_agreed (draft, TRUE);
  g_cancellable_cancel (cancellable);
  dub_draft_generate_async (draft, cancellable, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_null (dub_draft_generate_finish (draft, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (dub_workflow_get_queue (fixture->workflow))), ==, 0);
}

static DubTaskRecord *
copy_as_new (DubTask *task)
{
  const DubTaskRecord *record = dub_task_get_record (task);
  DubTaskRecord *copy = dub_task_record_new ();

  copy->account_id = g_strdup (record->account_id);
  copy->video = record->video;
  copy->language = g_strdup ("fr");
  copy->name = g_strdup ("Another");
  copy->round = 1;
  return copy;
}

static gboolean
has_two (gpointer queue)
{
  return g_list_model_get_n_items (queue) == 2;
}

/* The dub is stored, and the list cannot be read just then: it was added, and is shown when it can be read. */
static void
test_unreadable_after_adding (DubWorkflowFixture *fixture,
                              gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubTask) task = dub_workflow_fixture_dub (fixture, "de", NULL);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  g_autoptr (GPtrArray) scripts = g_ptr_array_new ();
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  dub_workflow_fixture_sql (fixture, "ALTER TABLE videos RENAME COLUMN duration_ms TO away");
  g_ptr_array_add (records, copy_as_new (task));
  g_ptr_array_add (scripts, NULL);
  dub_queue_add_async (queue, records, scripts, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  tasks = dub_queue_add_finish (queue, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (tasks);
  dub_workflow_fixture_sql (fixture, "ALTER TABLE videos RENAME COLUMN away TO duration_ms");
  dub_test_wait_for (has_two, queue, "the second dub to be shown");
}

static DubTask *
make_unconfirmed (DubWorkflowFixture *fixture)
{
  DubTask *task;

  dub_fake_service_script_drop (fixture->service, DUB_FAKE_TASK_CREATE, 1, DUB_FAKE_DROP_AFTER_READING);
  task = dub_workflow_fixture_dub (fixture, "de", NULL);
  dub_workflow_fixture_wait_state (task, DUB_TASK_UNCONFIRMED);
  return task;
}

static DubTask *
only_other (DubQueue *queue,
            DubTask  *task)
{
  g_autoptr (DubTask) other = g_list_model_get_item (G_LIST_MODEL (queue), 1);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 2);
  g_assert_true (other != task);
  return other;
}

/* A double click on "Try Again". */
static void
test_retry_twice (DubWorkflowFixture *fixture,
                  gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubTask) task = make_unconfirmed (fixture);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *first_slot = NULL;
  GAsyncResult *second_slot = NULL;
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();
  g_autoptr (GPtrArray) made = NULL;

  g_ptr_array_add (tasks, task);
  dub_queue_retry_async (queue, tasks, NULL, dub_test_keep_result, &first_slot);
  dub_queue_retry_async (queue, tasks, NULL, dub_test_keep_result, &second_slot);
  first = dub_test_await (&first_slot);
  second = second_slot != NULL ? g_steal_pointer (&second_slot) : dub_test_await (&second_slot);
  made = dub_queue_retry_finish (queue, first, &error);
  g_assert_no_error (error);
  g_assert_null (dub_queue_retry_finish (queue, second, &error));
  g_assert_error (error, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW);
  g_assert_cmpint (dub_task_get_state (task), ==, DUB_TASK_DROPPED);
  dub_workflow_fixture_wait_state (only_other (queue, task), DUB_TASK_SUBMITTED);
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 2);
}

/* Both of two windows ask for it: another process has dropped it and made a new one already. */
static void
test_retry_after_another (DubWorkflowFixture *fixture,
                          gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubTask) task = make_unconfirmed (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();
  GAsyncResult *slot = NULL;

  g_ptr_array_add (tasks, task);
  dub_workflow_fixture_sql (fixture, "UPDATE tasks SET state = 'dropped'");
  dub_queue_retry_async (queue, tasks, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_null (dub_queue_retry_finish (queue, result, &error));
  g_assert_error (error, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW);
  dub_workflow_fixture_pause (200);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();
#define ADD(path, function) \
  g_test_add ("/workflow/actions/" path, DubWorkflowFixture, NULL, dub_workflow_fixture_set_up, function, \
              dub_workflow_fixture_tear_down)
  ADD ("cancelled-generate", test_cancelled_generate);
  ADD ("generate-cancelled-before", test_generate_cancelled_before);
  ADD ("unreadable-after-adding", test_unreadable_after_adding);
  ADD ("retry-twice", test_retry_twice);
  ADD ("retry-after-another", test_retry_after_another);
  return dub_workflow_fixture_run ();
}
