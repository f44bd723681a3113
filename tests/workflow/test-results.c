/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include "dub-queue-private.h"

/* What becomes of the dubs that are ready: whose they are, what was said in them, and whose words are shown. */

#define NAME "Coat1 · German"

static DubScript *
stored_script (DubWorkflowFixture *fixture,
               DubTask            *task,
               DubScriptRole       role)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  DubScript *script;

  dub_store_get_script_async (fixture->store, dub_task_get_id (task), role, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  script = dub_store_get_script_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  return script;
}

static void
finish (DubWorkflowFixture *fixture,
        DubTask            *task)
{
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  dub_fake_service_finish_task (fixture->service, dub_fake_service_get_task_id (fixture->service, dub_task_get_name (task)),
                                "SUCCESS", NULL);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUCCEEDED);
}

static void
refresh_library (DubWorkflowFixture *fixture)
{
  DubLibrary *library = dub_workflow_get_library (fixture->workflow);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_library_refresh_async (library, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  dub_library_refresh_finish (library, result, &error);
  g_assert_no_error (error);
}

static DubLibraryItem *
open_dub (DubWorkflowFixture *fixture,
          DubTask            *task)
{
  DubLibrary *library = dub_workflow_get_library (fixture->workflow);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  DubLibraryItem *item;

  refresh_library (fixture);
  dub_library_open_async (library, task, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  item = dub_library_open_finish (library, result, &error);
  g_assert_no_error (error);
  return item;
}

/* Of a dub from a script of one's own the original is known from another dub of the video, whichever has it. */
static void
test_original_of_another (DubWorkflowFixture *fixture,
                          gconstpointer       data)
{
  g_autoptr (DubScript) own = dub_script_new ();
  g_autoptr (DubTask) spanish = NULL;
  g_autoptr (DubTask) french = NULL;
  g_autoptr (DubTask) german = NULL;
  g_autoptr (DubScript) known = NULL;
  g_autoptr (DubScript) found = NULL;
  g_autoptr (DubLibraryItem) item = NULL;

  dub_script_append (own, "Own words", 0, 1000);
  spanish = dub_workflow_fixture_dub (fixture, "es", NULL);
  dub_workflow_fixture_wait_state (spanish, DUB_TASK_SUBMITTED);
  french = dub_workflow_fixture_dub (fixture, "fr", own);
  finish (fixture, french);
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (spanish, DUB_TASK_SUCCEEDED);
  known = stored_script (fixture, spanish, DUB_SCRIPT_ORIGINAL);
  g_assert_nonnull (known);
  /* Also of one that was ready before. */
  item = open_dub (fixture, french);
  g_assert_true (dub_script_equal (dub_library_item_get_original_script (item), known));

  german = dub_workflow_fixture_dub (fixture, "de", own);
  finish (fixture, german);
  found = stored_script (fixture, german, DUB_SCRIPT_ORIGINAL);
  g_assert_nonnull (found);
  g_assert_true (dub_script_equal (found, known));
  g_assert_false (dub_script_equal (found, own));
}

static gboolean
has_original (gpointer data)
{
  gpointer *both = data;
  g_autoptr (DubScript) script = stored_script (both[0], both[1], DUB_SCRIPT_ORIGINAL);

  return script != NULL;
}

/* The list could not be read when the dub was ready: its scripts are stored when it can be. */
static void
test_scripts_come_later (DubWorkflowFixture *fixture,
                         gconstpointer       data)
{
  g_autoptr (DubTask) task = dub_workflow_fixture_dub (fixture, "de", NULL);
  gpointer both[] = { fixture, task };

  dub_fake_service_script_answer (fixture->service, DUB_FAKE_VIDEO_LIST, 0, 400, "text/html", "<html>");
  finish (fixture, task);
  g_assert_false (has_original (both));
  dub_fake_service_clear_scripts (fixture->service);
  refresh_library (fixture);
  dub_test_wait_for (has_original, both, "the original's script to be stored");
  {
    g_autoptr (DubScript) translated = stored_script (fixture, task, DUB_SCRIPT_TRANSLATED);

    g_assert_nonnull (translated);
  }
}

static gboolean
has_looked_thrice (gpointer service)
{
  return dub_fake_service_count_requests (service, DUB_FAKE_VIDEO_LIST) >= 3;
}

static void
list_one_of_an_hour_ago (DubFakeService *service)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_hours (now, -1);
  g_autofree char *moment = g_date_time_format (then, "%Y-%m-%d %H:%M:%S");
  g_autofree char *answer =
    g_strdup_printf ("{\"code\":0,\"message\":\"OK\",\"request_id\":\"r\",\"data\":{\"list\":[{\"aigc_video_type\":\"DUBBING\","
                     "\"video_id\":\"v1\",\"video_name\":\"" NAME "\",\"create_time\":\"%s\",\"preview_url\":\"https://x.example/a.mp4\","
                     "\"dubbing_info\":{\"target_language\":\"de\",\"original_scripts\":[],\"translated_scripts\":[]}}]}}",
                     moment);

  dub_fake_service_script_answer (service, DUB_FAKE_VIDEO_LIST, 0, 200, NULL, answer);
}

/* Another computer made a dub of the same name this morning: it is not the one whose answer was lost just now. */
static void
test_older_one_of_the_name (DubWorkflowFixture *fixture,
                            gconstpointer       data)
{
  g_autoptr (DubTask) task = NULL;

  list_one_of_an_hour_ago (fixture->service);
  dub_fake_service_script_drop (fixture->service, DUB_FAKE_TASK_CREATE, 0, DUB_FAKE_DROP_AFTER_READING);
  task = dub_workflow_fixture_dub (fixture, "de", NULL);
  dub_workflow_fixture_wait_state (task, DUB_TASK_UNCONFIRMED);
  dub_test_wait_for (has_looked_thrice, fixture->service, "the list to be looked at");
  g_assert_cmpint (dub_task_get_state (task), ==, DUB_TASK_UNCONFIRMED);
}

/* Another computer made it a minute ago, and it was in the list before this one was sent. */
static void
test_seen_before_sending (DubWorkflowFixture *fixture,
                          gconstpointer       data)
{
  g_autoptr (DubTask) theirs = dub_workflow_fixture_dub (fixture, "de", NULL);
  g_autoptr (DubTask) ours = NULL;
  g_autoptr (DubWorkLease) lease = NULL;

  finish (fixture, theirs);
  g_clear_object (&theirs);
  dub_workflow_fixture_close (fixture);
  dub_workflow_fixture_sql (fixture, "PRAGMA foreign_keys = ON; DELETE FROM tasks; DELETE FROM spent_names");

  lease = dub_workflow_fixture_hold_lease (fixture);
  dub_workflow_fixture_restart (fixture);
  ours = dub_workflow_fixture_dub (fixture, "de", NULL);
  g_assert_cmpstr (dub_task_get_name (ours), ==, NAME);
  refresh_library (fixture);
  dub_fake_service_script_drop (fixture->service, DUB_FAKE_TASK_CREATE, 0, DUB_FAKE_DROP_AFTER_READING);
  dub_work_lease_release (lease);
  dub_workflow_fixture_wait_state (ours, DUB_TASK_UNCONFIRMED);
  dub_workflow_fixture_pause (1000);
  g_assert_cmpint (dub_task_get_state (ours), ==, DUB_TASK_UNCONFIRMED);
}

/* A name that the library shows is not given again. */
static void
test_names_of_the_library (DubWorkflowFixture *fixture,
                           gconstpointer       data)
{
  g_autoptr (DubTask) task = NULL;

  list_one_of_an_hour_ago (fixture->service);
  refresh_library (fixture);
  task = dub_workflow_fixture_dub (fixture, "de", NULL);
  g_assert_cmpstr (dub_task_get_name (task), ==, NAME " (2)");
}

/* Our own sentence is not shown as if the service had said it. */
static void
test_failed_without_a_word (DubWorkflowFixture *fixture,
                            gconstpointer       data)
{
  g_autoptr (DubTask) task = dub_workflow_fixture_dub (fixture, "de", NULL);

  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  dub_fake_service_finish_task (fixture->service, dub_fake_service_get_task_id (fixture->service, NAME), "FAILED", NULL);
  dub_workflow_fixture_wait_state (task, DUB_TASK_FAILED);
  g_assert_nonnull (dub_task_get_message (task));
  g_assert_false (dub_task_is_service_message (task));
}

static void
test_refused_without_a_word (DubWorkflowFixture *fixture,
                             gconstpointer       data)
{
  g_autoptr (DubTask) task = NULL;

  dub_fake_service_script_code (fixture->service, DUB_FAKE_TASK_CREATE, 1, 40002, "");
  task = dub_workflow_fixture_dub (fixture, "de", NULL);
  dub_workflow_fixture_wait_state (task, DUB_TASK_REJECTED);
  g_assert_nonnull (dub_task_get_message (task));
  g_assert_false (dub_task_is_service_message (task));
}

static gboolean
is_holding (gpointer service)
{
  return dub_fake_service_is_holding (service);
}

/* The list comes late: the dub is told of without it, and what was said in it is there when the list is. */
static void
test_slow_list (DubWorkflowFixture *fixture,
                gconstpointer       data)
{
  g_autoptr (DubTask) task = NULL;
  gpointer both[] = { fixture, NULL };

  dub_fake_service_script_hold (fixture->service, DUB_FAKE_VIDEO_LIST, 0);
  both[1] = task = dub_workflow_fixture_dub (fixture, "de", NULL);
  finish (fixture, task);
  g_assert_true (dub_fake_service_is_holding (fixture->service));
  g_assert_false (has_original (both));
  dub_fake_service_clear_scripts (fixture->service);
  dub_fake_service_release (fixture->service);
  dub_test_wait_for (has_original, both, "the original's script to be stored");
}

#define MANY_LANGUAGES "ar,fr,de,id,it,ja,ko,pt,es,th,tr,vi"
#define N_MANY 24
#define QUESTIONS_FOR_MANY 5

typedef struct
{
  DubFakeService *service;
  guint n_questions;
} Questions;

static gboolean
has_asked (gpointer data)
{
  Questions *questions = data;

  return dub_fake_service_count_requests (questions->service, DUB_FAKE_TASK_LIST) >= questions->n_questions;
}

/* While the list is being read, others are asked for; what they were ready for is in the next reading. */
static void
test_list_is_read_once_for_many (DubWorkflowFixture *fixture,
                                 gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 2, MANY_LANGUAGES);
  Questions questions = { fixture->service, 0 };
  guint n_lists;

  g_assert_cmpuint (tasks->len, ==, N_MANY);
  for (guint i = 0; i < tasks->len; i++)
    dub_workflow_fixture_wait_state (tasks->pdata[i], DUB_TASK_SUBMITTED);
  n_lists = dub_fake_service_count_requests (fixture->service, DUB_FAKE_VIDEO_LIST);
  dub_fake_service_script_hold (fixture->service, DUB_FAKE_VIDEO_LIST, 0);
  questions.n_questions = dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_LIST) + QUESTIONS_FOR_MANY;
  dub_fake_service_finish_all (fixture->service);
  dub_test_wait_for (has_asked, &questions, "all to be asked for");
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_VIDEO_LIST), ==, n_lists + 1);
  dub_fake_service_clear_scripts (fixture->service);
  dub_fake_service_release (fixture->service);
  for (guint i = 0; i < tasks->len; i++)
    dub_workflow_fixture_wait_state (tasks->pdata[i], DUB_TASK_SUCCEEDED);
  for (guint i = 0; i < tasks->len; i++)
    {
      g_autoptr (DubScript) script = stored_script (fixture, tasks->pdata[i], DUB_SCRIPT_TRANSLATED);

      g_assert_nonnull (script);
    }
}

static gboolean
is_marked (DubWorkflowFixture *fixture,
           DubTask            *task)
{
  return dub_queue_tasks_remember (dub_workflow_get_queue (fixture->workflow)->tasks, dub_task_get_id (task))->ready;
}

/* Whoever reads the list: those in it are to be asked for at once, and no others. */
static void
test_seen_in_list_is_asked_for (DubWorkflowFixture *fixture,
                                gconstpointer       data)
{
  g_autoptr (DubTask) german = NULL;
  g_autoptr (DubTask) french = NULL;

  dub_fake_service_script_hold (fixture->service, DUB_FAKE_TASK_LIST, 0);
  german = dub_workflow_fixture_dub (fixture, "de", NULL);
  dub_workflow_fixture_wait_state (german, DUB_TASK_SUBMITTED);
  french = dub_workflow_fixture_dub (fixture, "fr", NULL);
  dub_workflow_fixture_wait_state (french, DUB_TASK_SUBMITTED);
  dub_test_wait_for (is_holding, fixture->service, "the question to come");

  list_one_of_an_hour_ago (fixture->service);
  refresh_library (fixture);
  g_assert_false (is_marked (fixture, german));

  dub_fake_service_clear_scripts (fixture->service);
  dub_fake_service_script_hold (fixture->service, DUB_FAKE_TASK_LIST, 0);
  dub_fake_service_finish_task (fixture->service, dub_fake_service_get_task_id (fixture->service, NAME), "SUCCESS", NULL);
  refresh_library (fixture);
  g_assert_true (is_marked (fixture, german));
  g_assert_false (is_marked (fixture, french));
  dub_fake_service_clear_scripts (fixture->service);
  dub_fake_service_release (fixture->service);
  dub_workflow_fixture_wait_state (german, DUB_TASK_SUCCEEDED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();
#define ADD(path, function) \
  g_test_add ("/workflow/results/" path, DubWorkflowFixture, NULL, dub_workflow_fixture_set_up, function, \
              dub_workflow_fixture_tear_down)
  ADD ("original-of-another", test_original_of_another);
  ADD ("scripts-come-later", test_scripts_come_later);
  ADD ("older-one-of-the-name", test_older_one_of_the_name);
  ADD ("seen-before-sending", test_seen_before_sending);
  ADD ("names-of-the-library", test_names_of_the_library);
  ADD ("failed-without-a-word", test_failed_without_a_word);
  ADD ("refused-without-a-word", test_refused_without_a_word);
  ADD ("slow-list", test_slow_list);
  ADD ("list-is-read-once-for-many", test_list_is_read_once_for_many);
  ADD ("seen-in-list-is-asked-for", test_seen_in_list_is_asked_for);
  return dub_workflow_fixture_run ();
}
