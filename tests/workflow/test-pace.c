/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include <time.h>

#include "dub-queue-expect.h"
#include "dub-queue-private.h"

/* What long lists cost the window's thread. The clock of another machine says nothing: each is held against what the same
 * run took for something that cannot be spared. */

#define N_TASKS 4000

static gint64
spent_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
fill (DubWorkflowFixture *fixture)
{
  g_autofree char *id = g_strdup (dub_account_get_id (fixture->account));
  g_autofree char *sql = NULL;

  dub_workflow_fixture_close (fixture);
  sql = g_strdup_printf ("BEGIN; INSERT INTO consents VALUES ('x', 'n', 1);"
                         "INSERT INTO videos (id, uri, identity, title, duration_ms)"
                         " VALUES (1, 'https://x.example/a.mp4', 'x', 't', 30000);"
                         "INSERT INTO tasks (account, video, identity, notice_version, language, round, name, subtitles, lipsync,"
                         " state, remote_task, remote_video, return_code, created, changed, submitted, finished)"
                         " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                         " SELECT '%s', 1, 'x', 'n', 'de', 1, 'n' || i, 0, 0, 'succeeded', 'r' || i, 'v' || i, 0, 1, 1, 1, 2 FROM n;"
                         "COMMIT",
                         N_TASKS, id);
  dub_workflow_fixture_sql (fixture, sql);
}

static gint64
reload (DubWorkflowFixture *fixture)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  gint64 before = spent_us ();

  dub_queue_reload_async (queue, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_true (dub_queue_reload_finish (queue, result, NULL));
  return spent_us () - before;
}

/* Another process changes something: what is the same is not told anew. */
static void
test_nothing_new (DubWorkflowFixture *fixture,
                  gconstpointer       data)
{
  gint64 first;
  gint64 again;

  fill (fixture);
  first = spent_us ();
  dub_workflow_fixture_restart (fixture);
  first = spent_us () - first;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (dub_workflow_get_queue (fixture->workflow))), ==, N_TASKS);
  again = MIN (reload (fixture), reload (fixture));
  g_test_message ("reading them all: %" G_GINT64_FORMAT " µs; again: %" G_GINT64_FORMAT " µs", first, again);
  g_assert_cmpint (again, <, first / 2);
}

/* What was learnt of an account is known until something is stored. */
static void
test_expecting_many (DubWorkflowFixture *fixture,
                     gconstpointer       data)
{
  DubQueueTasks *tasks;
  gint64 once;
  gint64 often;

  fill (fixture);
  dub_workflow_fixture_restart (fixture);
  tasks = dub_workflow_get_queue (fixture->workflow)->tasks;
  once = spent_us ();
  dub_queue_update_expected (tasks);
  once = spent_us () - once;
  often = spent_us ();
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (tasks->list), i);

      g_assert_cmpint (dub_queue_expected_ms (tasks, task), >, 0);
    }
  often = spent_us () - often;
  g_test_message ("once: %" G_GINT64_FORMAT " µs; 200 times: %" G_GINT64_FORMAT " µs", once, often);
  g_assert_cmpint (often, <, 10 * once);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();
#define ADD(path, function) \
  g_test_add ("/workflow/pace/" path, DubWorkflowFixture, NULL, dub_workflow_fixture_set_up, function, \
              dub_workflow_fixture_tear_down)
  ADD ("nothing-new", test_nothing_new);
  ADD ("expecting-many", test_expecting_many);
  return dub_workflow_fixture_run ();
}
