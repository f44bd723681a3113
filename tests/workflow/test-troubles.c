/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"


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
  return dub_workflow_fixture_run ();
}
