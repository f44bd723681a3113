/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include "dub-queue-expect.h"
#include "dub-queue-private.h"

/* When dubs are said to be ready. The videos take a minute, so that a dub is expected to take about an hour. */

#define MINUTE_S 60
#define HOUR_S 3600

static void
store (DubWorkflowFixture *fixture,
       const char         *state,
       guint               n,
       gint64              sent_s_ago)
{
  g_autofree char *id = g_strdup (dub_account_get_id (fixture->account));
  gint64 sent = sent_s_ago != G_MAXINT64 ? g_get_real_time () / 1000 - sent_s_ago * 1000 : 0;
  g_autofree char *sql = NULL;

  dub_workflow_fixture_close (fixture);
  /* Nothing is asked for or sent meanwhile. */
  dub_fake_service_set_offline (fixture->service, TRUE);
  sql = g_strdup_printf ("BEGIN; INSERT OR IGNORE INTO consents VALUES ('x', 'n', 1);"
                         "INSERT OR IGNORE INTO videos (id, uri, identity, title, duration_ms)"
                         " VALUES (1, 'https://x.example/a.mp4', 'x', 't', 60000);"
                         "INSERT INTO tasks (account, video, identity, notice_version, language, round, name, subtitles, lipsync,"
                         " state, remote_task, return_code, created, changed, submitted, finished)"
                         " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
                         " SELECT '%s', 1, 'x', 'n', 'de', 1, 'n' || i, 0, 0, '%s', 'r' || i, 0, 1, 1, %" G_GINT64_FORMAT ", 0"
                         " FROM n; COMMIT",
                         n, id, state, sent);
  dub_workflow_fixture_sql (fixture, sql);
  dub_workflow_fixture_restart (fixture);
}

static DubTask *
task_at (DubWorkflowFixture *fixture,
         guint               position)
{
  return g_list_model_get_item (G_LIST_MODEL (dub_workflow_get_queue (fixture->workflow)), position);
}

static gint64
now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* It is older than most get: what it is expected in lies ahead. */
static void
test_outlived (DubWorkflowFixture *fixture,
               gconstpointer       data)
{
  g_autoptr (DubTask) task = NULL;

  store (fixture, "processing", 1, 70 * MINUTE_S);
  task = task_at (fixture, 0);
  g_assert_cmpint (dub_task_get_expected_from (task), >, now_s () - MINUTE_S);
  g_assert_cmpint (dub_task_get_expected_to (task), >, now_s () + 10 * MINUTE_S);
  g_assert_cmpint (dub_task_get_expected_to (task), <, now_s () + 2 * HOUR_S);
}

static void
test_late (DubWorkflowFixture *fixture,
           gconstpointer       data)
{
  g_autoptr (DubTask) task = NULL;

  store (fixture, "processing", 1, 12 * HOUR_S);
  task = task_at (fixture, 0);
  g_assert_cmpint (dub_task_get_expected_to (task), >, 0);
  g_assert_cmpint (dub_task_get_expected_to (task), <, now_s ());
}

/* Its clock was set back by a day since it was sent: it is as if it was sent now. */
static void
test_clock_set_back (DubWorkflowFixture *fixture,
                     gconstpointer       data)
{
  g_autoptr (DubTask) task = NULL;

  store (fixture, "processing", 1, -24 * HOUR_S);
  task = task_at (fixture, 0);
  g_assert_cmpint (dub_task_get_expected_from (task), >, now_s () + 25 * MINUTE_S);
  g_assert_cmpint (dub_task_get_expected_to (task), <, now_s () + 3 * HOUR_S);
}

/* Five are sent a second. */
static void
test_place (DubWorkflowFixture *fixture,
            gconstpointer       data)
{
  g_autoptr (DubTask) first = NULL;
  g_autoptr (DubTask) last = NULL;

  store (fixture, "waiting", 3000, G_MAXINT64);
  first = task_at (fixture, 0);
  last = task_at (fixture, 2999);
  g_assert_cmpint (ABS (dub_task_get_expected_from (last) - dub_task_get_expected_from (first) - 600), <=, 30);
  g_assert_cmpint (ABS (dub_task_get_expected_to (last) - dub_task_get_expected_to (first) - 600), <=, 30);
}

/* All of many are ready later than one; behind others they are sent later. */
static void
test_batch (DubWorkflowFixture *fixture,
            gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  const char *account = dub_account_get_id (fixture->account);
  gint64 durations[20];
  gint64 one[2];
  gint64 all[2];
  gint64 behind[2];

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    durations[i] = 60000;
  dub_queue_forecast (queue, account, durations, 0, FALSE, &one[0], &one[1]);
  g_assert_cmpint (one[1], ==, 0);
  dub_queue_forecast (queue, account, durations, 1, FALSE, &one[0], &one[1]);
  dub_queue_forecast (queue, account, durations, G_N_ELEMENTS (durations), FALSE, &all[0], &all[1]);
  g_assert_cmpint (all[0], >, one[0] + 10 * MINUTE_S);
  g_assert_cmpint (all[1], >, one[1] + 5 * MINUTE_S);

  store (fixture, "waiting", 3000, G_MAXINT64);
  queue = dub_workflow_get_queue (fixture->workflow);
  dub_queue_forecast (queue, dub_account_get_id (fixture->account), durations, G_N_ELEMENTS (durations), FALSE, &behind[0],
                      &behind[1]);
  g_assert_cmpint (ABS (behind[0] - all[0] - 600), <, 60);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();
#define ADD(path, function) \
  g_test_add ("/workflow/expect/" path, DubWorkflowFixture, NULL, dub_workflow_fixture_set_up, function, \
              dub_workflow_fixture_tear_down)
  ADD ("outlived", test_outlived);
  ADD ("late", test_late);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("place", test_place);
  ADD ("batch", test_batch);
  return dub_workflow_fixture_run ();
}
