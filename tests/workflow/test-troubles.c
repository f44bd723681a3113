/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include <sqlite3.h>

#include "dub-accounts-private.h"
#include "dub-queue-private.h"

/* What goes wrong on this machine: the store, the keyring, a window that is closed at a bad moment. */

#define NAME "Coat1 · German"

static gboolean
has_problem (gpointer account)
{
  return dub_account_get_problem (account) != NULL;
}

static gboolean
is_ready (gpointer account)
{
  return dub_account_get_status (account) == DUB_ACCOUNT_STATUS_READY;
}

static gboolean
is_holding (gpointer service)
{
  return dub_fake_service_is_holding (service);
}

/* A dub whose script cannot be read is tried again after a pause, the person is told, and nothing is sent without it. */
static void
test_unreadable_scripts (DubWorkflowFixture *fixture,
                         gconstpointer       data)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 1, "de");
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;
  guint n_before;

  dub_workflow_fixture_sql (fixture, "ALTER TABLE scripts RENAME TO away");
  dub_draft_set_agreed (draft, TRUE);
  tasks = dub_workflow_fixture_finish (draft, &error);
  g_assert_no_error (error);
  dub_workflow_fixture_pause (500);
  g_assert_true (has_problem (fixture->account));
  g_assert_false (dub_queue_get_offline (dub_workflow_get_queue (fixture->workflow)));
  n_before = dub_fake_service_count_requests (fixture->service, DUB_FAKE_PREVIEW);
  dub_workflow_fixture_pause (1000);
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_PREVIEW) - n_before, <, 20);
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 0);

  dub_workflow_fixture_sql (fixture, "ALTER TABLE away RENAME TO scripts");
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUBMITTED);
  dub_test_wait_for (is_ready, fixture->account, "the account to be ready");
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME), ==, 1);
}

/* The service has made a dub, and the store refuses for good to take that in: it is told, and the dub is found by its name. */
static void
test_outcome_refused_by_the_store (DubWorkflowFixture *fixture,
                                   gconstpointer       data)
{
  g_autoptr (DubTask) task = NULL;

  dub_workflow_fixture_sql (fixture, "CREATE TRIGGER refuse BEFORE UPDATE ON tasks WHEN NEW.state = 'submitted'"
                                     " BEGIN SELECT RAISE (ABORT, 'never'); END");
  task = dub_workflow_fixture_dub (fixture, "de", NULL);
  dub_test_wait_for (has_problem, fixture->account, "the person to be told");
  dub_workflow_fixture_wait_state (task, DUB_TASK_UNCONFIRMED);
  dub_workflow_fixture_sql (fixture, "DROP TRIGGER refuse");
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUCCEEDED);
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME), ==, 1);
}

/* It is only busy for long: that is told, and waited for. */
static void
test_outcome_waits_for_the_store (DubWorkflowFixture *fixture,
                                  gconstpointer       data)
{
  g_autoptr (DubTask) task = NULL;
  sqlite3 *db = NULL;

  dub_fake_service_script_hold (fixture->service, DUB_FAKE_TASK_CREATE, 1);
  task = dub_workflow_fixture_dub (fixture, "de", NULL);
  dub_test_wait_for (is_holding, fixture->service, "the dub to be sent");
  g_assert_cmpint (sqlite3_open (dub_paths_get_database (fixture->paths), &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  dub_fake_service_release (fixture->service);
  dub_test_wait_for (has_problem, fixture->account, "the person to be told");
  g_assert_cmpint (dub_task_get_state (task), ==, DUB_TASK_SUBMITTING);
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  dub_test_wait_for (is_ready, fixture->account, "the account to be ready");
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME), ==, 1);
}

static DubTask *
task_at (DubWorkflowFixture *fixture,
         guint               position)
{
  g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (dub_workflow_get_queue (fixture->workflow)), position);

  return task;
}

/* Another process died while it sent two dubs, one of which it could still store; just then the list cannot be read. */
static void
test_taken_over_unread (DubWorkflowFixture *fixture,
                        gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (DubWorkLease) lease = NULL;

  dub_fake_service_set_token (fixture->service, NULL);
  tasks = dub_workflow_fixture_generate (fixture, 2, "de");
  dub_workflow_fixture_wait_resting (fixture);
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_WAITING);
  dub_workflow_fixture_wait_state (tasks->pdata[1], DUB_TASK_WAITING);
  g_clear_pointer (&tasks, g_ptr_array_unref);
  dub_workflow_fixture_close (fixture);
  dub_fake_service_set_token (fixture->service, DUB_FAKE_TOKEN);

  lease = dub_workflow_fixture_hold_lease (fixture);
  dub_workflow_fixture_sql (fixture, "UPDATE tasks SET state = 'submitting', submitted = changed");
  dub_workflow_fixture_restart (fixture);
  g_assert_cmpint (dub_task_get_state (task_at (fixture, 0)), ==, DUB_TASK_SUBMITTING);
  dub_workflow_fixture_sql (fixture, "ALTER TABLE videos RENAME COLUMN duration_ms TO away;"
                                     "UPDATE tasks SET state = 'submitted', remote_task = '1' WHERE name = '" NAME "'");
  dub_work_lease_release (lease);
  dub_workflow_fixture_pause (3000);
  dub_workflow_fixture_sql (fixture, "ALTER TABLE videos RENAME COLUMN away TO duration_ms");
  dub_workflow_fixture_wait_state (task_at (fixture, 1), DUB_TASK_UNCONFIRMED);
  g_assert_cmpint (dub_task_get_state (task_at (fixture, 0)), ==, DUB_TASK_SUBMITTED);
  g_assert_true (dub_queue_get_working (dub_workflow_get_queue (fixture->workflow)));
}

static void
open_and_close (DubWorkflow *workflow)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  GAsyncResult *open_slot = NULL;
  GAsyncResult *close_slot = NULL;

  dub_workflow_open_async (workflow, NULL, dub_test_keep_result, &open_slot);
  dub_workflow_close_async (workflow, dub_test_keep_result, &close_slot);
  closed = dub_test_await (&close_slot);
  dub_workflow_close_finish (workflow, closed);
  opened = open_slot != NULL ? g_steal_pointer (&open_slot) : dub_test_await (&open_slot);
  g_assert_false (dub_workflow_open_finish (workflow, opened, NULL));
}

/* A window that is closed while it opens leaves the queue to others. */
static void
test_closed_while_opening (DubWorkflowFixture *fixture,
                           gconstpointer       data)
{
  g_autoptr (DubStore) store = dub_store_new (dub_paths_get_database (fixture->paths));
  g_autoptr (DubWorkflow) workflow = NULL;
  g_autoptr (DubWorkLease) lease = NULL;

  dub_workflow_fixture_close (fixture);
  workflow = dub_workflow_new (fixture->paths, store, fixture->keyring, "/nonexistent/dubroom-studio");
  open_and_close (workflow);
  lease = dub_workflow_fixture_hold_lease (fixture);
  g_assert_false (dub_queue_get_working (dub_workflow_get_queue (workflow)));
}

static gboolean
on_release (gpointer service)
{
  dub_fake_service_release (service);
  return G_SOURCE_REMOVE;
}

/* Whoever closes it a second time is answered when it is closed, not before. */
static void
test_closed_twice (DubWorkflowFixture *fixture,
                   gconstpointer       data)
{
  g_autoptr (DubTask) task = NULL;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  GAsyncResult *first_slot = NULL;
  GAsyncResult *second_slot = NULL;

  dub_fake_service_script_hold (fixture->service, DUB_FAKE_TASK_CREATE, 1);
  task = dub_workflow_fixture_dub (fixture, "de", NULL);
  dub_test_wait_for (is_holding, fixture->service, "the dub to be sent");
  g_timeout_add (200, on_release, fixture->service);
  dub_workflow_close_async (fixture->workflow, dub_test_keep_result, &first_slot);
  dub_workflow_close_async (fixture->workflow, dub_test_keep_result, &second_slot);
  second = dub_test_await (&second_slot);
  g_assert_cmpint (dub_task_get_state (task), ==, DUB_TASK_SUBMITTED);
  first = first_slot != NULL ? g_steal_pointer (&first_slot) : dub_test_await (&first_slot);
  dub_workflow_close_finish (fixture->workflow, first);
  dub_workflow_close_finish (fixture->workflow, second);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();
#define ADD(path, function) \
  g_test_add ("/workflow/troubles/" path, DubWorkflowFixture, NULL, dub_workflow_fixture_set_up, function, \
              dub_workflow_fixture_tear_down)
  ADD ("unreadable-scripts", test_unreadable_scripts);
  ADD ("outcome-refused-by-the-store", test_outcome_refused_by_the_store);
  ADD ("outcome-waits-for-the-store", test_outcome_waits_for_the_store);
  ADD ("taken-over-unread", test_taken_over_unread);
  ADD ("closed-while-opening", test_closed_while_opening);
  ADD ("closed-twice", test_closed_twice);
  return dub_workflow_fixture_run ();
}
