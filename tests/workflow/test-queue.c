/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include <string.h>

static void
test_main_path (DubWorkflowFixture *fixture,
                gconstpointer       data)
{
  DubLibrary *library = dub_workflow_get_library (fixture->workflow);
  g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 1, "de");
  DubTask *task = tasks->pdata[0];
  g_autofree char *path = g_build_filename (fixture->dir, "saved.mp4", NULL);
  g_autoptr (GFile) destination = g_file_new_for_path (path);
  g_autoptr (DubLibraryItem) item = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *saved = NULL;
  GAsyncResult *slot = NULL;

  g_assert_cmpuint (tasks->len, ==, 1);
  g_assert_cmpstr (dub_task_get_video_title (task), ==, "Coat1");
  g_assert_cmpstr (dub_task_get_name (task), ==, "Coat1 · German");
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  g_assert_cmpint (dub_task_get_expected_from (task), >, dub_task_get_submitted (task));
  g_assert_cmpint (dub_task_get_expected_to (task), >, dub_task_get_expected_from (task));

  dub_fake_service_finish_task (fixture->service, dub_fake_service_get_task_id (fixture->service, "Coat1 · German"),
                                "PROCESSING", NULL);
  dub_workflow_fixture_wait_state (task, DUB_TASK_PROCESSING);
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUCCEEDED);
  g_assert_cmpuint (dub_queue_get_n_under_way (dub_workflow_get_queue (fixture->workflow)), ==, 0);
  g_assert_nonnull (dub_task_get_remote_video (task));
  g_assert_null (dub_task_get_message (task));

  dub_library_open_async (library, task, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  item = dub_library_open_finish (library, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dub_library_item_get_title (item), ==, "Coat1");
  g_assert_cmpint (dub_library_item_get_expires (item) - dub_library_item_get_created (item), ==, 30 * 24 * 60 * 60);
  g_clear_object (&result);

  dub_library_save_async (library, item, destination, NULL, NULL, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  dub_library_save_finish (library, result, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &saved, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (saved, ==, "the bytes of a dubbed video");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();
#define ADD(path, function) \
  g_test_add ("/workflow/queue/" path, DubWorkflowFixture, NULL, dub_workflow_fixture_set_up, function, \
              dub_workflow_fixture_tear_down)
  ADD ("main-path", test_main_path);
  return g_test_run ();
}
