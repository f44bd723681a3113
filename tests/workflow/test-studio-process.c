/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include "dub-accounts-private.h"
#include "dub-task-private.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
set_up (DubWorkflowFixture *fixture,
        gconstpointer       data)
{
  dub_workflow_fixture_prepare (fixture);
  dub_workflow_fixture_write_studio (fixture, data);
  dub_workflow_fixture_open (fixture);
  fixture->account = dub_accounts_get_current (dub_workflow_get_accounts (fixture->workflow));
  g_assert_true (dub_account_is_studio (fixture->account));
}

/* The processes that were started, the last one last. */
static GStrv
read_pids (DubWorkflowFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "pids", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdupv ((char *[]) { NULL });
  return g_strsplit (g_strchomp (text), "\n", -1);
}

/* A file of the studio's own directory. */
static char *
make_dub (DubWorkflowFixture *fixture)
{
  g_autofree char *path = g_build_filename (dub_paths_get_studio_dir (fixture->paths), "dub.mp4", NULL);

  g_assert_cmpint (g_mkdir_with_parents (dub_paths_get_studio_dir (fixture->paths), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "a dub", -1, NULL));
  return g_filename_to_uri (path, NULL, NULL);
}

static void
test_dub (DubWorkflowFixture *fixture,
          gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 1, "es");
  g_autofree char *uri = make_dub (fixture);
  g_autofree char *path = g_build_filename (fixture->dir, "arguments", NULL);
  g_autofree char *arguments = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DubLibraryItem) item = NULL;
  GAsyncResult *slot = NULL;

  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUBMITTED);
  dub_fake_service_set_preview_url (fixture->service, uri);
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUCCEEDED);
  g_assert_cmpstr (dub_task_get_preview_uri (tasks->pdata[0]), ==, uri);
  g_assert_cmpint (dub_account_get_status (fixture->account), ==, DUB_ACCOUNT_STATUS_READY);

  /* What the studio makes does not expire. */
  dub_library_open_async (dub_workflow_get_library (fixture->workflow), tasks->pdata[0], NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  item = dub_library_open_finish (dub_workflow_get_library (fixture->workflow), result, NULL);
  g_assert_cmpint (dub_library_item_get_expires (item), ==, 0);

  g_assert_true (g_file_get_contents (path, &arguments, NULL, NULL));
  g_assert_nonnull (strstr (arguments, "--exit-with-parent"));
  g_assert_nonnull (strstr (arguments, dub_paths_get_studio_dir (fixture->paths)));
  g_assert_null (strstr (arguments, DUB_FAKE_TOKEN));
}

/* A file is only taken from below the studio's own directory, whatever the studio says. */
static void
test_foreign_files (DubWorkflowFixture *fixture,
                    gconstpointer       data)
{
  g_autofree char *inside = make_dub (fixture);
  g_autofree char *secret = g_build_filename (fixture->dir, "secret.mp4", NULL);
  g_autofree char *link = g_build_filename (dub_paths_get_studio_dir (fixture->paths), "link.mp4", NULL);
  g_autofree char *outside = g_filename_to_uri (secret, NULL, NULL);
  g_autofree char *linked = g_filename_to_uri (link, NULL, NULL);
  g_autofree char *upwards = g_strconcat (inside, "/../../secret.mp4", NULL);
  const char *const uris[] = { outside, linked, upwards, "file:///etc/passwd" };

  g_assert_true (g_file_set_contents (secret, "mine", -1, NULL));
  g_assert_cmpint (symlink (secret, link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 1, "es");

      dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUBMITTED);
      dub_fake_service_set_preview_url (fixture->service, uris[i]);
      dub_fake_service_finish_all (fixture->service);
      dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUCCEEDED);
      g_assert_null (dub_task_get_preview_uri (tasks->pdata[0]));
    }
}

static gboolean
was_started_twice (gpointer fixture)
{
  g_auto (GStrv) pids = read_pids (fixture);

  return g_strv_length (pids) >= 2;
}

/* It dies: it is started again, and the dub goes on. */
static void
test_restart (DubWorkflowFixture *fixture,
              gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 1, "es");
  g_autofree char *uri = make_dub (fixture);
  g_auto (GStrv) pids = NULL;

  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUBMITTED);
  pids = read_pids (fixture);
  g_assert_cmpuint (g_strv_length (pids), ==, 1);
  kill ((pid_t) atoi (pids[0]), SIGKILL);
  dub_test_wait_for (was_started_twice, fixture, "the studio to be started again");
  dub_fake_service_set_preview_url (fixture->service, uri);
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUCCEEDED);
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, "Coat1 · Spanish"), ==, 1);
}

static void
on_problem (DubAccount *account,
            GParamSpec *pspec,
            char      **problem)
{
  if (dub_account_get_problem (account) != NULL)
    g_set_str (problem, dub_account_get_problem (account));
}

/* It runs and does not answer: the sentence speaks of the studio, not of a service that was never asked. It is asked again,
 * and has made the dub once. */
static void
test_frozen (DubWorkflowFixture *fixture,
             gconstpointer       data)
{
  DubAccounts *accounts = dub_workflow_get_accounts (fixture->workflow);
  DubSession *session = dub_accounts_get_session (accounts, dub_account_get_id (fixture->account));
  g_autoptr (GPtrArray) first = dub_workflow_fixture_generate (fixture, 1, "es");
  g_autoptr (GPtrArray) second = NULL;
  g_autofree char *problem = NULL;

  dub_workflow_fixture_wait_state (first->pdata[0], DUB_TASK_SUBMITTED);
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (first->pdata[0], DUB_TASK_SUCCEEDED);
  g_object_set (dub_session_get_client (session), "deadline-ms", 300, NULL);
  dub_fake_service_script_hold (fixture->service, DUB_FAKE_TASK_CREATE, 2);
  g_signal_connect (fixture->account, "notify::problem", G_CALLBACK (on_problem), &problem);
  second = dub_workflow_fixture_generate (fixture, 1, "es");
  dub_workflow_fixture_wait_state (second->pdata[0], DUB_TASK_SUBMITTED);
  g_signal_handlers_disconnect_by_data (fixture->account, &problem);
  g_assert_nonnull (problem);
  g_assert_true (g_str_has_prefix (problem, "The built-in studio did not answer in time."));
  g_assert_null (dub_task_get_message (second->pdata[0]));
  g_assert_cmpuint (dub_fake_service_count_tasks (fixture->service, dub_task_get_name (second->pdata[0])), ==, 1);
  dub_fake_service_release (fixture->service);
}

static void
check_made_once (DubWorkflowFixture *fixture,
                 GPtrArray          *tasks)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      g_autofree char *name = g_strdup (dub_task_get_name (tasks->pdata[i]));

      dub_workflow_fixture_wait_state (tasks->pdata[i], DUB_TASK_SUBMITTED);
      g_assert_cmpstr (dub_task_get_record (tasks->pdata[i])->remote_task, ==,
                       dub_fake_service_get_task_id (fixture->service, name));
      g_assert_cmpuint (dub_fake_service_count_tasks (fixture->service, name), ==, 1);
    }
}

/* It dies over its answer: what it had taken it is asked for again. */
static void
test_lost_answer (DubWorkflowFixture *fixture,
                  gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = NULL;

  dub_fake_service_script_drop (fixture->service, DUB_FAKE_TASK_CREATE, 1, DUB_FAKE_DROP_AFTER_ACTING);
  dub_fake_service_script_drop (fixture->service, DUB_FAKE_TASK_CREATE, 2, DUB_FAKE_DROP_AFTER_READING);
  tasks = dub_workflow_fixture_generate (fixture, 3, "es");
  check_made_once (fixture, tasks);
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 3);
}

static void
test_lost_answer_in_parts (DubWorkflowFixture *fixture,
                           gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = NULL;

  dub_fake_service_script_drop (fixture->service, DUB_FAKE_TASK_CREATE, 1, DUB_FAKE_DROP_HALF_ANSWER);
  dub_fake_service_script_code (fixture->service, DUB_FAKE_TASK_CREATE, 2, 40002, "divide");
  tasks = dub_workflow_fixture_generate (fixture, 3, "es");
  check_made_once (fixture, tasks);
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 4);
}

static gboolean
has_problem (gpointer account)
{
  return dub_account_get_problem (account) != NULL;
}

/* It says something else: one sentence, and the dub waits. */
static void
test_cannot_start (DubWorkflowFixture *fixture,
                   gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 1, "es");

  dub_test_wait_for (has_problem, fixture->account, "the account to have a problem");
  g_assert_cmpint (dub_account_get_status (fixture->account), ==, DUB_ACCOUNT_STATUS_UNREACHABLE);
  g_assert_cmpint (dub_task_get_state (tasks->pdata[0]), ==, DUB_TASK_WAITING);
}

/* The studio does not know it any more: our sentence, not the studio's words. */
static void
test_forgotten (DubWorkflowFixture *fixture,
                gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 1, "es");

  dub_fake_service_script_answer (fixture->service, DUB_FAKE_TASK_LIST, 0, 200, NULL,
                                  "{\"code\":0,\"message\":\"OK\",\"request_id\":\"r\",\"data\":{\"list\":[]}}");
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_FAILED);
  g_assert_nonnull (dub_task_get_message (tasks->pdata[0]));
  g_assert_false (dub_task_is_service_message (tasks->pdata[0]));
}

static gboolean
is_gone (gpointer pid)
{
  return kill ((pid_t) atoi (pid), 0) != 0;
}

/* A workflow that nobody closed takes its studio with it. */
static void
test_dropped (DubWorkflowFixture *fixture,
              gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 1, "es");
  g_auto (GStrv) pids = NULL;

  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUBMITTED);
  pids = read_pids (fixture);
  g_assert_cmpuint (g_strv_length (pids), ==, 1);
  g_assert_false (is_gone (pids[0]));
  g_clear_pointer (&tasks, g_ptr_array_unref);
  g_clear_object (&fixture->workflow);
  dub_test_wait_for (is_gone, pids[0], "the studio to end");
  dub_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();
#define ADD(path, data, function) \
  g_test_add ("/workflow/studio-process/" path, DubWorkflowFixture, data, set_up, function, dub_workflow_fixture_tear_down)
  ADD ("dub", NULL, test_dub);
  ADD ("foreign-files", NULL, test_foreign_files);
  ADD ("restart", NULL, test_restart);
  ADD ("frozen", NULL, test_frozen);
  ADD ("lost-answer", NULL, test_lost_answer);
  ADD ("lost-answer-in-parts", NULL, test_lost_answer_in_parts);
  ADD ("forgotten", NULL, test_forgotten);
  ADD ("dropped", NULL, test_dropped);
  ADD ("not-ready", "hello", test_cannot_start);
  ADD ("no-port", "ready 99999 token", test_cannot_start);
  return dub_workflow_fixture_run ();
}
