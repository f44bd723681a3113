/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include <signal.h>
#include <unistd.h>

/* A process is killed at each state, and another one goes on: none is lost, none is made twice. */

#define NAME "Coat1 · Spanish"

/* In the child. */

static void
die (void)
{
  kill (getpid (), SIGKILL);
}

static void
on_state (DubTask    *task,
          GParamSpec *pspec,
          gpointer    state)
{
  if (dub_task_get_state (task) == GPOINTER_TO_UINT (state))
    die ();
}

static void
on_tasks_changed (GListModel *queue,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    state)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (queue, i);

      g_signal_connect (task, "notify::state", G_CALLBACK (on_state), state);
      on_state (task, NULL, state);
    }
}

static gboolean
never (gpointer nothing)
{
  return FALSE;
}

static int
live_and_die (const char *dir,
              const char *base_url,
              const char *word,
              const char *studio)
{
  DubWorkflowFixture child = { 0 };
  DubTaskState state = DUB_TASK_WAITING;
  g_autoptr (GPtrArray) tasks = NULL;
  gboolean known = dub_task_state_from_string (word, &state);

  child.dir = g_strdup (dir);
  child.base_url = g_strdup (base_url);
  child.studio = g_strdup (*studio != '\0' ? studio : NULL);
  child.paths = dub_paths_new (dir, dir, dir);
  child.keyring = dub_keyring_new ();
  dub_workflow_fixture_open (&child);
  if (known)
    g_signal_connect (dub_workflow_get_queue (child.workflow), "items-changed", G_CALLBACK (on_tasks_changed),
                      GUINT_TO_POINTER (state));
  tasks = dub_workflow_fixture_generate (&child, 1, "es");
  dub_test_wait_for (never, NULL, "its end");
  return 1;
}

/* In the parent. */

static GSubprocess *
start_child (DubWorkflowFixture *fixture,
             const char         *word)
{
  g_autoptr (GSubprocess) child = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--child", fixture->dir,
                            dub_fake_service_get_base_url (fixture->service), word,
                            fixture->studio != NULL ? fixture->studio : "", NULL);
  g_assert_no_error (error);
  return g_steal_pointer (&child);
}

static void
await_death (GSubprocess *child)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  g_subprocess_wait_async (child, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_subprocess_wait_finish (child, result, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
}

static DubTask *
only_task (DubWorkflowFixture *fixture)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (queue), 0);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 1);
  return task;
}

static void
test_killed_before_sending (DubWorkflowFixture *fixture,
                            gconstpointer       word)
{
  g_autoptr (GSubprocess) child = NULL;

  dub_workflow_fixture_close (fixture);
  child = start_child (fixture, word);
  await_death (child);
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME), ==, 0);

  dub_workflow_fixture_restart (fixture);
  dub_workflow_fixture_wait_state (only_task (fixture), DUB_TASK_SUBMITTED);
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (only_task (fixture), DUB_TASK_SUCCEEDED);
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME), ==, 1);
}

static gboolean
has_looked_thrice (gpointer service)
{
  return dub_fake_service_count_requests (service, DUB_FAKE_VIDEO_LIST) >= 3;
}

/* Nothing left, but that cannot be known: the person decides. */
static void
test_killed_when_about_to_send (DubWorkflowFixture *fixture,
                                gconstpointer       data)
{
  g_autoptr (GSubprocess) child = NULL;

  dub_workflow_fixture_close (fixture);
  child = start_child (fixture, "submitting");
  await_death (child);

  dub_workflow_fixture_restart (fixture);
  dub_workflow_fixture_wait_state (only_task (fixture), DUB_TASK_UNCONFIRMED);
  dub_test_wait_for (has_looked_thrice, fixture->service, "the list to be looked at");
  g_assert_cmpint (dub_task_get_state (only_task (fixture)), ==, DUB_TASK_UNCONFIRMED);
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME), ==, 0);
}

static gboolean
is_holding (gpointer service)
{
  return dub_fake_service_is_holding (service);
}

/* The service has made it, its answer is on the way. */
static void
test_killed_while_sending (DubWorkflowFixture *fixture,
                           gconstpointer       data)
{
  g_autoptr (GSubprocess) child = NULL;

  dub_workflow_fixture_close (fixture);
  dub_fake_service_script_hold (fixture->service, DUB_FAKE_TASK_CREATE, 1);
  child = start_child (fixture, "nothing");
  dub_test_wait_for (is_holding, fixture->service, "the dub to be sent");
  g_subprocess_force_exit (child);
  await_death (child);
  dub_fake_service_release (fixture->service);

  dub_workflow_fixture_restart (fixture);
  dub_workflow_fixture_wait_state (only_task (fixture), DUB_TASK_UNCONFIRMED);
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (only_task (fixture), DUB_TASK_SUCCEEDED);
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME), ==, 1);
  g_assert_cmpuint (dub_fake_service_count_tasks (fixture->service, NAME), ==, 1);
}

static gboolean
has_asked (gpointer service)
{
  return dub_fake_service_count_requests (service, DUB_FAKE_TASK_LIST) > 0;
}

static void
test_killed_after_sending (DubWorkflowFixture *fixture,
                           gconstpointer       word)
{
  g_autoptr (GSubprocess) child = NULL;

  dub_workflow_fixture_close (fixture);
  child = start_child (fixture, word);
  if (g_str_equal (word, "processing"))
    {
      dub_test_wait_for (has_asked, fixture->service, "the service to be asked");
      dub_fake_service_finish_task (fixture->service, dub_fake_service_get_task_id (fixture->service, NAME), "PROCESSING",
                                    NULL);
    }
  await_death (child);

  dub_workflow_fixture_restart (fixture);
  g_assert_cmpstr (dub_task_state_to_string (dub_task_get_state (only_task (fixture))), ==, word);
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (only_task (fixture), DUB_TASK_SUCCEEDED);
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME), ==, 1);
}

/* --- the built-in studio --- */

static void
set_up_studio (DubWorkflowFixture *fixture,
               gconstpointer       data)
{
  dub_workflow_fixture_prepare (fixture);
  dub_workflow_fixture_write_studio (fixture, NULL);
  dub_workflow_fixture_open (fixture);
}

static void
check_dubbed_once (DubWorkflowFixture *fixture,
                   guint               n_creates)
{
  dub_workflow_fixture_wait_state (only_task (fixture), DUB_TASK_SUBMITTED);
  g_assert_null (dub_task_get_message (only_task (fixture)));
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (only_task (fixture), DUB_TASK_SUCCEEDED);
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME), ==, n_creates);
  g_assert_cmpuint (dub_fake_service_count_tasks (fixture->service, NAME), ==, 1);
}

/* @state: what an earlier version made of it, or NULL. */
static void
test_studio_killed_when_about_to_send (DubWorkflowFixture *fixture,
                                       gconstpointer       state)
{
  g_autoptr (GSubprocess) child = NULL;

  dub_workflow_fixture_close (fixture);
  child = start_child (fixture, "submitting");
  await_death (child);
  if (state != NULL)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE tasks SET state = '%s', message = 'Sent?'", (const char *) state);

      dub_workflow_fixture_sql (fixture, sql);
    }

  dub_workflow_fixture_restart (fixture);
  check_dubbed_once (fixture, 1);
}

/* The studio has made it, its answer is on the way. */
static void
test_studio_killed_while_sending (DubWorkflowFixture *fixture,
                                  gconstpointer       data)
{
  g_autoptr (GSubprocess) child = NULL;

  dub_workflow_fixture_close (fixture);
  dub_fake_service_script_hold (fixture->service, DUB_FAKE_TASK_CREATE, 1);
  child = start_child (fixture, "nothing");
  dub_test_wait_for (is_holding, fixture->service, "the dub to be sent");
  g_subprocess_force_exit (child);
  await_death (child);
  dub_fake_service_release (fixture->service);

  dub_workflow_fixture_restart (fixture);
  check_dubbed_once (fixture, 2);
}

int
main (int    argc,
      char **argv)
{
  dub_workflow_fixture_init ();
  if (argc == 6 && g_str_equal (argv[1], "--child"))
    return live_and_die (argv[2], argv[3], argv[4], argv[5]);

  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, function) \
  g_test_add ("/workflow/recovery/" path, DubWorkflowFixture, data, dub_workflow_fixture_set_up, function, \
              dub_workflow_fixture_tear_down)
  ADD ("waiting", "waiting", test_killed_before_sending);
  ADD ("publishing", "publishing", test_killed_before_sending);
  ADD ("about-to-send", NULL, test_killed_when_about_to_send);
  ADD ("sending", NULL, test_killed_while_sending);
  ADD ("submitted", "submitted", test_killed_after_sending);
  ADD ("processing", "processing", test_killed_after_sending);
#define ADD_STUDIO(path, data, function) \
  g_test_add ("/workflow/recovery/studio/" path, DubWorkflowFixture, data, set_up_studio, function, \
              dub_workflow_fixture_tear_down)
  ADD_STUDIO ("about-to-send", NULL, test_studio_killed_when_about_to_send);
  ADD_STUDIO ("unconfirmed", "unconfirmed", test_studio_killed_when_about_to_send);
  ADD_STUDIO ("sending", NULL, test_studio_killed_while_sending);
  return dub_workflow_fixture_run ();
}
