/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include "dub-queue-private.h"
#include "dub-task-private.h"
#include "dub-workflow-error.h"

/* How far the built-in studio is, and how it is told to give up. */

static void
set_up (DubWorkflowFixture *fixture,
        gconstpointer       data)
{
  dub_workflow_fixture_prepare (fixture);
  dub_workflow_fixture_write_studio (fixture, NULL);
  dub_workflow_fixture_open (fixture);
  fixture->account = dub_accounts_get_current (dub_workflow_get_accounts (fixture->workflow));
  g_assert_true (dub_account_is_studio (fixture->account));
}

static const char *
remote_id (DubTask *task)
{
  return dub_task_get_record (task)->remote_task;
}

/* One that the studio has. */
static DubTask *
dub_under_way (DubWorkflowFixture *fixture)
{
  DubTask *task = dub_workflow_fixture_dub (fixture, "es", NULL);

  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  return task;
}

static gboolean
recall (DubWorkflowFixture *fixture,
        DubTask            *task,
        GError            **error)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (GAsyncResult) slot = NULL, result = NULL;

  dub_queue_recall_async (queue, task, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_queue_recall_finish (queue, result, error);
}

typedef struct
{
  DubTask *task;
  double   at_least;
} Progress;

static gboolean
has_progress (gpointer user_data)
{
  Progress *progress = user_data;

  return dub_task_get_progress (progress->task) >= progress->at_least;
}

static void
tell_and_wait (DubWorkflowFixture *fixture,
               DubTask            *task,
               const char         *stage,
               double              fraction)
{
  Progress progress = { task, fraction };

  dub_fake_service_set_progress (fixture->service, remote_id (task), stage, fraction);
  dub_test_wait_for (has_progress, &progress, "the progress");
}

static void
test_progress (DubWorkflowFixture *fixture,
               gconstpointer       data)
{
  g_autoptr (DubTask) task = dub_under_way (fixture);

  g_assert_cmpfloat (dub_task_get_progress (task), ==, -1);
  g_assert_null (dub_task_get_progress_words (task));
  tell_and_wait (fixture, task, "transcribe", 0.25);
  g_assert_cmpstr (dub_task_get_progress_words (task), ==, "Listening to the speech");
  dub_workflow_fixture_wait_state (task, DUB_TASK_PROCESSING);
  g_assert_cmpfloat (dub_task_get_progress (task), ==, 0.25);
  tell_and_wait (fixture, task, "translate", 0.5);
  g_assert_cmpstr (dub_task_get_progress_words (task), ==, "Translating");
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUCCEEDED);
  g_assert_cmpfloat (dub_task_get_progress (task), ==, -1);
  g_assert_null (dub_task_get_progress_words (task));
}

static gboolean
has_words (gpointer task)
{
  return g_strcmp0 (dub_task_get_progress_words (task), "Speaking") == 0;
}

/* Begun anew after a crash, it does more before it is further. */
static void
test_progress_never_goes_back (DubWorkflowFixture *fixture,
                               gconstpointer       data)
{
  g_autoptr (DubTask) task = dub_under_way (fixture);

  tell_and_wait (fixture, task, "compose", 0.75);
  dub_fake_service_set_progress (fixture->service, remote_id (task), "speak", 0.5);
  dub_test_wait_for (has_words, task, "the stage");
  g_assert_cmpfloat (dub_task_get_progress (task), ==, 0.75);
}

static void
test_recalled (DubWorkflowFixture *fixture,
               gconstpointer       data)
{
  g_autoptr (DubTask) task = dub_under_way (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (dub_task_can_recall (task));
  tell_and_wait (fixture, task, "speak", 0.5);
  g_assert_true (recall (fixture, task, &error));
  g_assert_no_error (error);
  dub_workflow_fixture_wait_state (task, DUB_TASK_CANCELLED);
  g_assert_null (dub_task_get_message (task));
  g_assert_false (dub_task_can_recall (task));
  g_assert_true (dub_task_can_retry (task));
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_STUDIO_CANCEL), ==, 1);
}

/* It is what it has become: ready. */
static void
test_finished_meanwhile (DubWorkflowFixture *fixture,
                         gconstpointer       data)
{
  g_autoptr (DubTask) task = dub_under_way (fixture);
  g_autoptr (GError) error = NULL;

  dub_fake_service_finish_all (fixture->service);
  g_assert_false (recall (fixture, task, &error));
  g_assert_error (error, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUCCEEDED);
}

/* The studio gave it up, and its answer was lost: the next question tells. */
static void
test_answer_lost (DubWorkflowFixture *fixture,
                  gconstpointer       data)
{
  g_autoptr (DubTask) task = dub_under_way (fixture);
  g_autoptr (GError) error = NULL;

  dub_fake_service_script_drop (fixture->service, DUB_FAKE_STUDIO_CANCEL, 1, DUB_FAKE_DROP_AFTER_ACTING);
  g_assert_false (recall (fixture, task, &error));
  g_assert_nonnull (error);
  dub_workflow_fixture_wait_state (task, DUB_TASK_CANCELLED);
  g_assert_null (dub_task_get_message (task));
}

/* Not cancelled before the studio has said so. */
static void
test_nothing_before_the_answer (DubWorkflowFixture *fixture,
                                gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubTask) task = dub_under_way (fixture);
  g_autoptr (GAsyncResult) slot = NULL, result = NULL;
  g_autoptr (GError) error = NULL;

  dub_fake_service_script_drop (fixture->service, DUB_FAKE_STUDIO_CANCEL, 1, DUB_FAKE_DROP_BEFORE_READING);
  dub_queue_recall_async (queue, task, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_false (dub_queue_recall_finish (queue, result, &error));
  g_assert_true (dub_task_can_recall (task));
  tell_and_wait (fixture, task, "speak", 0.5);
  g_clear_error (&error);
  g_assert_true (recall (fixture, task, &error));
  g_assert_no_error (error);
  dub_workflow_fixture_wait_state (task, DUB_TASK_CANCELLED);
}

/* A service has no call for it. */
static void
test_not_of_a_service (DubWorkflowFixture *fixture,
                       gconstpointer       data)
{
  g_autoptr (DubTask) task = dub_workflow_fixture_dub (fixture, "es", NULL);
  g_autoptr (GError) error = NULL;

  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  g_assert_false (dub_task_can_recall (task));
  g_assert_false (recall (fixture, task, &error));
  g_assert_error (error, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW);
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_STUDIO_CANCEL), ==, 0);
}

#define ADD(path, set_up, function) \
  g_test_add ("/workflow/recall/" path, DubWorkflowFixture, NULL, set_up, function, dub_workflow_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  dub_workflow_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("progress", set_up, test_progress);
  ADD ("progress-never-goes-back", set_up, test_progress_never_goes_back);
  ADD ("recalled", set_up, test_recalled);
  ADD ("finished-meanwhile", set_up, test_finished_meanwhile);
  ADD ("answer-lost", set_up, test_answer_lost);
  ADD ("nothing-before-the-answer", set_up, test_nothing_before_the_answer);
  ADD ("not-of-a-service", dub_workflow_fixture_set_up, test_not_of_a_service);
  return dub_workflow_fixture_run ();
}
