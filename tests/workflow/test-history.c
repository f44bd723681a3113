/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-history.h"
#include "dub-workflow-fixture.h"

#include <string.h>

#define SIGNATURE "5ignature"

/* What a person can see and copy of a dub's way, and what the log has of it. */

typedef struct
{
  DubWorkflowFixture base;
  DubLog *log;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  dub_workflow_fixture_prepare (&fixture->base);
  fixture->log = dub_log_new (dub_paths_get_log (fixture->base.paths));
  dub_workflow_fixture_open_with_log (&fixture->base, fixture->log);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  dub_workflow_fixture_tear_down (&fixture->base, data);
  g_assert_finalize_object (fixture->log);
}

static GPtrArray *
list (Fixture      *fixture,
      DubTask      *task,
      GCancellable *cancellable,
      GError      **error)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->base.workflow);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_queue_list_history_async (queue, task, cancellable, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_queue_list_history_finish (queue, result, error);
}

static void
assert_states (GPtrArray          *steps,
               const DubTaskState *states,
               guint               n_states)
{
  gint64 before = 0;

  g_assert_cmpuint (steps->len, ==, n_states);
  for (guint i = 0; i < n_states; i++)
    {
      const DubTaskStep *step = steps->pdata[i];

      g_assert_cmpint (step->to, ==, states[i]);
      g_assert_cmpint (step->from, ==, states[i > 0 ? i - 1 : 0]);
      g_assert_cmpint (step->moment, >=, before);
      before = step->moment;
    }
  /* Milliseconds, not seconds. */
  g_assert_cmpint (ABS (before - g_get_real_time () / 1000), <, 3600 * 1000);
}

static char *
load_log (Fixture *fixture)
{
  char *text = NULL;

  dub_log_close (fixture->log);
  g_assert_true (g_file_get_contents (dub_paths_get_log (fixture->base.paths), &text, NULL, NULL));
  return text;
}

static void
assert_logged (const char *log,
               const char *pattern)
{
  if (!g_regex_match_simple (pattern, log, G_REGEX_MULTILINE, 0))
    g_error ("“%s” is not in the log:\n%s", pattern, log);
}

static void
test_steps (Fixture       *fixture,
            gconstpointer  data)
{
  const DubTaskState states[] = { DUB_TASK_WAITING, DUB_TASK_PUBLISHING, DUB_TASK_SUBMITTING, DUB_TASK_SUBMITTED, DUB_TASK_SUCCEEDED };
  g_autoptr (DubTask) task = dub_workflow_fixture_dub (&fixture->base, "es", NULL);
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;

  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  g_assert_cmpstr (dub_task_get_service_task (task), ==, dub_fake_service_get_task_id (fixture->base.service, dub_task_get_name (task)));
  g_assert_null (dub_task_get_service_video (task));
  dub_fake_service_finish_all (fixture->base.service);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUCCEEDED);
  g_assert_nonnull (dub_task_get_service_video (task));

  steps = list (fixture, task, NULL, &error);
  g_assert_no_error (error);
  assert_states (steps, states, G_N_ELEMENTS (states));
  g_assert_nonnull (((DubTaskStep *) steps->pdata[3])->request_id);
  g_assert_null (((DubTaskStep *) steps->pdata[3])->message);

  log = load_log (fixture);
  assert_logged (log, "queue taken over$");
  assert_logged (log, "account \\S+ ready$");
  assert_logged (log, "dub \\d+ “Coat1[^”]*” new, es, account=");
  assert_logged (log, "“Coat1[^”]*” waiting → publishing code=0 request_id=-$");
  assert_logged (log, "“Coat1[^”]*” submitting → submitted code=0 request_id=fake-request-\\d+$");
  assert_logged (log, "request creative/aigc/video/task/create/ items=1 .* code=0 ");
  g_assert_null (strstr (log, DUB_FAKE_TOKEN));
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DubTask) task = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (DubTaskStep) copy = NULL;
  g_autofree char *log = NULL;

  dub_fake_service_script_code (fixture->base.service, DUB_FAKE_TASK_CREATE, 0, 40002,
                                "https://h.example/a.mp4?odd=" SIGNATURE " of " DUB_FAKE_TOKEN " is too large");
  task = dub_workflow_fixture_dub (&fixture->base, "es", NULL);
  dub_workflow_fixture_wait_state (task, DUB_TASK_REJECTED);
  steps = list (fixture, task, NULL, NULL);
  copy = dub_task_step_copy (steps->pdata[steps->len - 1]);
  g_assert_cmpint (copy->from, ==, DUB_TASK_SUBMITTING);
  g_assert_cmpint (copy->to, ==, DUB_TASK_REJECTED);
  g_assert_cmpint (copy->return_code, ==, 40002);
  g_assert_cmpstr (copy->request_id, ==, dub_task_get_request_id (task));
  g_assert_true (g_str_has_prefix (copy->message, "https://h.example/a.mp4?… of "));
  g_assert_true (g_str_has_suffix (copy->message, " is too large"));
  g_assert_null (strstr (copy->message, DUB_FAKE_TOKEN));

  log = load_log (fixture);
  assert_logged (log, "submitting → rejected code=40002 request_id=fake-request-\\d+ message: https://h.example/a.mp4\\?… of ");
  g_assert_null (strstr (log, DUB_FAKE_TOKEN));
  g_assert_null (strstr (log, SIGNATURE));
}

static void
test_faults (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (DubTask) task = dub_workflow_fixture_dub (&fixture->base, "es", NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) unread = NULL;
  g_autoptr (GError) error = NULL;

  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  g_cancellable_cancel (cancelled);
  unread = list (fixture, task, cancelled, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  dub_workflow_fixture_sql (&fixture->base, "DELETE FROM transitions");
  none = list (fixture, task, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  dub_workflow_fixture_sql (&fixture->base, "ALTER TABLE transitions RENAME TO away");
  unread = list (fixture, task, NULL, &error);
  g_assert_null (unread);
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  dub_workflow_fixture_sql (&fixture->base, "ALTER TABLE away RENAME TO transitions");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();
  ADD ("/workflow/history/steps", test_steps);
  ADD ("/workflow/history/refused", test_refused);
  ADD ("/workflow/history/faults", test_faults);
  return dub_workflow_fixture_run ();
}
