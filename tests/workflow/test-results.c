/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

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
  ADD ("failed-without-a-word", test_failed_without_a_word);
  ADD ("refused-without-a-word", test_refused_without_a_word);
  return dub_workflow_fixture_run ();
}
