/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-accounts-private.h"
#include "dub-workflow-fixture.h"

/* The window and the command line on one account: together they ask no faster than the service allows, one of them works, and
 * the other one sees it. */

#define INTERVAL_MS 200
/* What comes closer together is refused. */
#define REFUSED_MS 100
#define ROUNDS 4

typedef struct
{
  DubStore *store;
  DubWorkflow *workflow;
} Program;

static void
program_start (Program            *program,
               DubWorkflowFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  program->store = dub_store_new (dub_paths_get_database (fixture->paths));
  program->workflow = dub_workflow_new (fixture->paths, program->store, fixture->keyring, "/nonexistent/dubroom-studio");
  dub_workflow_set_pace (program->workflow, INTERVAL_MS, 500);
  dub_workflow_open_async (program->workflow, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  dub_workflow_open_finish (program->workflow, result, &error);
  g_assert_no_error (error);
}

static void
program_end (Program *program)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_workflow_close_async (program->workflow, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  dub_workflow_close_finish (program->workflow, result);
  dub_store_close (program->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&program->workflow);
  g_clear_object (&program->store);
}

static void
start_both (DubWorkflowFixture *fixture,
            Program            *programs)
{
  dub_workflow_fixture_close (fixture);
  dub_fake_service_set_interval (fixture->service, REFUSED_MS);
  for (guint i = 0; i < 2; i++)
    program_start (&programs[i], fixture);
}

static void
test_pace (DubWorkflowFixture *fixture,
           gconstpointer       data)
{
  Program programs[2];
  guint before;

  start_both (fixture, programs);
  before = dub_fake_service_count_requests (fixture->service, DUB_FAKE_VIDEO_LIST);
  for (guint i = 0; i < ROUNDS; i++)
    {
      GAsyncResult *slots[2] = { NULL, NULL };

      for (guint j = 0; j < 2; j++)
        dub_library_refresh_async (dub_workflow_get_library (programs[j].workflow), NULL, dub_test_keep_result, &slots[j]);
      for (guint j = 0; j < 2; j++)
        {
          g_autoptr (GAsyncResult) result = slots[j] != NULL ? g_steal_pointer (&slots[j]) : dub_test_await (&slots[j]);
          g_autoptr (GError) error = NULL;

          dub_library_refresh_finish (dub_workflow_get_library (programs[j].workflow), result, &error);
          g_assert_no_error (error);
        }
    }
  /* One that was refused would have been asked again. */
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_VIDEO_LIST) - before, ==, 2 * ROUNDS);
  for (guint i = 0; i < 2; i++)
    program_end (&programs[i]);
}

static gboolean
works (gpointer workflow)
{
  return dub_queue_get_working (dub_workflow_get_queue (workflow));
}

static void
test_one_works (DubWorkflowFixture *fixture,
                gconstpointer       data)
{
  Program programs[2];

  start_both (fixture, programs);
  dub_test_wait_for (works, programs[0].workflow, "the first one to work");
  g_assert_false (works (programs[1].workflow));
  program_end (&programs[0]);
  dub_test_wait_for (works, programs[1].workflow, "the second one to take over");
  program_end (&programs[1]);
}

#define ADD(path, function) \
  g_test_add ("/workflow/two-programs/" path, DubWorkflowFixture, NULL, dub_workflow_fixture_set_up, function, dub_workflow_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();

  ADD ("pace", test_pace);
  ADD ("one-works", test_one_works);

  return dub_workflow_fixture_run ();
}
