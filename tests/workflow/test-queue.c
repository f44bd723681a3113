/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include "dub-accounts-private.h"
#include "dub-workflow-error.h"

#define NAME_1 "Coat1 · German"
#define NAME_2 "Coat2 · German"
#define NAME_3 "Coat3 · German"

static void
finish (DubWorkflowFixture *fixture,
        const char         *name,
        const char         *status,
        const char         *error_msg)
{
  dub_fake_service_finish_task (fixture->service, dub_fake_service_get_task_id (fixture->service, name), status, error_msg);
}

static void
save (DubLibrary *library,
      DubTask    *task,
      GFile      *destination)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (DubLibraryItem) item = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_library_open_async (library, task, NULL, dub_test_keep_result, &slot);
  opened = dub_test_await (&slot);
  item = dub_library_open_finish (library, opened, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dub_library_item_get_title (item), ==, "Coat1");
  g_assert_cmpint (dub_library_item_get_expires (item) - dub_library_item_get_created (item), ==, 30 * 24 * 60 * 60);

  dub_library_save_async (library, item, destination, TRUE, NULL, NULL, NULL, dub_test_keep_result, &slot);
  saved = dub_test_await (&slot);
  dub_library_save_finish (library, saved, &error);
  g_assert_no_error (error);
}

static void
test_main_path (DubWorkflowFixture *fixture,
                gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 1, "de");
  DubTask *task = tasks->pdata[0];
  g_autofree char *path = g_build_filename (fixture->dir, "saved.mp4", NULL);
  g_autoptr (GFile) destination = g_file_new_for_path (path);
  g_autofree char *bytes = NULL;

  g_assert_cmpuint (tasks->len, ==, 1);
  g_assert_cmpstr (dub_task_get_video_title (task), ==, "Coat1");
  g_assert_cmpstr (dub_task_get_name (task), ==, NAME_1);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  g_assert_cmpint (dub_task_get_expected_from (task), >, dub_task_get_submitted (task));
  g_assert_cmpint (dub_task_get_expected_to (task), >, dub_task_get_expected_from (task));

  finish (fixture, NAME_1, "PROCESSING", NULL);
  dub_workflow_fixture_wait_state (task, DUB_TASK_PROCESSING);
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUCCEEDED);
  g_assert_cmpuint (dub_queue_get_n_under_way (dub_workflow_get_queue (fixture->workflow)), ==, 0);
  g_assert_null (dub_task_get_message (task));

  save (dub_workflow_get_library (fixture->workflow), task, destination);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "the bytes of a dubbed video");
}

static void
test_batches (DubWorkflowFixture *fixture,
              gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 4, "de,fr");
  GPtrArray *requests = dub_fake_service_get_requests (fixture->service);
  guint sizes[2] = { 0 };
  guint n = 0;

  g_assert_cmpuint (tasks->len, ==, 8);
  for (guint i = 0; i < tasks->len; i++)
    dub_workflow_fixture_wait_state (tasks->pdata[i], DUB_TASK_SUBMITTED);
  for (guint i = 0; i < requests->len; i++)
    {
      const DubFakeRequest *request = requests->pdata[i];

      if (request->endpoint == DUB_FAKE_TASK_CREATE && n < G_N_ELEMENTS (sizes))
        sizes[n++] = g_strv_length (request->video_names);
    }
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 2);
  g_assert_cmpuint (sizes[0], ==, 5);
  g_assert_cmpuint (sizes[1], ==, 3);

  dub_fake_service_finish_all (fixture->service);
  for (guint i = 0; i < tasks->len; i++)
    dub_workflow_fixture_wait_state (tasks->pdata[i], DUB_TASK_SUCCEEDED);
}

static void
test_refused_batch (DubWorkflowFixture *fixture,
                    gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = NULL;

  dub_fake_service_refuse_name (fixture->service, NAME_3, 40002, "dubbing_video_info[2].video_url: too large");
  tasks = dub_workflow_fixture_generate (fixture, 5, "de");
  for (guint i = 0; i < tasks->len; i++)
    {
      DubTask *task = tasks->pdata[i];
      gboolean bad = g_str_equal (dub_task_get_name (task), NAME_3);

      dub_workflow_fixture_wait_state (task, bad ? DUB_TASK_REJECTED : DUB_TASK_SUBMITTED);
      g_assert_cmpuint (dub_fake_service_count_tasks (fixture->service, dub_task_get_name (task)), ==, bad ? 0 : 1);
      if (!bad)
        continue;
      g_assert_cmpint (dub_task_get_return_code (task), ==, 40002);
      g_assert_cmpstr (dub_task_get_message (task), ==, "dubbing_video_info[2].video_url: too large");
      g_assert_true (dub_task_is_service_message (task));
      g_assert_nonnull (dub_task_get_request_id (task));
      g_assert_true (dub_task_can_retry (task));
    }
}

/* A refusal that is not in the documentation is one all the same: shown as it came, and not sent again. */
static void
test_refusal_not_listed (DubWorkflowFixture *fixture,
                         gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = NULL;

  dub_fake_service_script_code (fixture->service, DUB_FAKE_TASK_CREATE, 1, 40777, "Not on a Sunday");
  tasks = dub_workflow_fixture_generate (fixture, 2, "de");
  for (guint i = 0; i < tasks->len; i++)
    {
      dub_workflow_fixture_wait_state (tasks->pdata[i], DUB_TASK_REJECTED);
      g_assert_cmpint (dub_task_get_return_code (tasks->pdata[i]), ==, 40777);
      g_assert_cmpstr (dub_task_get_message (tasks->pdata[i]), ==, "Not on a Sunday");
      g_assert_nonnull (dub_task_get_request_id (tasks->pdata[i]));
    }
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 1);
}

static void
test_failure_keeps_words (DubWorkflowFixture *fixture,
                          gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 1, "de");

  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUBMITTED);
  finish (fixture, NAME_1, "FAILED", "No speech was found.");
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_FAILED);
  g_assert_cmpstr (dub_task_get_message (tasks->pdata[0]), ==, "No speech was found.");
  g_assert_true (dub_task_is_service_message (tasks->pdata[0]));
}

/* What a create meets whose outcome is then not known. */
typedef struct
{
  const char *name;
  int drop; /* DubFakeDrop, or -1 */
  guint http_status;
  const char *content_type;
  const char *body;
  gboolean acted; /* the service has made the dub */
} Fault;

static const Fault faults[] = {
  { "drop-before-reading", DUB_FAKE_DROP_BEFORE_READING, 0, NULL, NULL, FALSE },
  { "drop-after-reading", DUB_FAKE_DROP_AFTER_READING, 0, NULL, NULL, FALSE },
  { "drop-after-acting", DUB_FAKE_DROP_AFTER_ACTING, 0, NULL, NULL, TRUE },
  { "half-an-answer", DUB_FAKE_DROP_HALF_ANSWER, 0, NULL, NULL, TRUE },
  { "http-500", -1, 500, NULL, "{\"code\":50000,\"message\":\"oops\",\"request_id\":\"r1\",\"data\":{}}", FALSE },
  { "http-502-html", -1, 502, "text/html", "<html>Bad gateway</html>", FALSE },
  { "code-50002", -1, 200, NULL, "{\"code\":50002,\"message\":\"oops\",\"request_id\":\"r1\",\"data\":{}}", FALSE },
  { "code-not-listed", -1, 200, NULL, "{\"code\":70001,\"message\":\"oops\",\"request_id\":\"r1\",\"data\":{}}", FALSE },
  { "html", -1, 200, "text/html", "<html>Maintenance</html>", FALSE },
  { "no-ids", -1, 200, NULL, "{\"code\":0,\"message\":\"OK\",\"request_id\":\"r1\",\"data\":{\"task_ids\":[]}}", FALSE },
  { "ids-missing", -1, 200, NULL, "{\"code\":0,\"message\":\"OK\",\"request_id\":\"r1\",\"data\":{\"task_ids\":[\"1\"]}}", FALSE },
};

static gboolean
has_looked_thrice (gpointer service)
{
  return dub_fake_service_count_requests (service, DUB_FAKE_VIDEO_LIST) >= 3;
}

static void
test_fault (DubWorkflowFixture *fixture,
            gconstpointer       data)
{
  const Fault *fault = data;
  g_autoptr (GPtrArray) tasks = NULL;

  if (fault->drop >= 0)
    dub_fake_service_script_drop (fixture->service, DUB_FAKE_TASK_CREATE, 1, (DubFakeDrop) fault->drop);
  else
    dub_fake_service_script_answer (fixture->service, DUB_FAKE_TASK_CREATE, 1, fault->http_status, fault->content_type,
                                    fault->body);
  tasks = dub_workflow_fixture_generate (fixture, 2, "de");
  for (guint i = 0; i < tasks->len; i++)
    {
      dub_workflow_fixture_wait_state (tasks->pdata[i], DUB_TASK_UNCONFIRMED);
      g_assert_nonnull (dub_task_get_message (tasks->pdata[i]));
    }

  if (fault->acted)
    {
      dub_fake_service_finish_all (fixture->service);
      dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUCCEEDED);
      dub_workflow_fixture_wait_state (tasks->pdata[1], DUB_TASK_SUCCEEDED);
      g_assert_nonnull (dub_task_get_preview_uri (tasks->pdata[0]));
    }
  else
    {
      dub_test_wait_for (has_looked_thrice, fixture->service, "the list to be looked at");
      g_assert_cmpint (dub_task_get_state (tasks->pdata[0]), ==, DUB_TASK_UNCONFIRMED);
    }
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME_1), <=, 1);
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME_2), <=, 1);
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 1);
}

/* No answer within the deadline. */
static void
test_timeout (DubWorkflowFixture *fixture,
              gconstpointer       data)
{
  DubAccounts *accounts = dub_workflow_get_accounts (fixture->workflow);
  DubSession *session = dub_accounts_get_session (accounts, dub_account_get_id (fixture->account));
  g_autoptr (GPtrArray) tasks = NULL;

  g_object_set (dub_session_get_client (session), "deadline-ms", 300, NULL);
  dub_fake_service_script_hold (fixture->service, DUB_FAKE_TASK_CREATE, 1);
  tasks = dub_workflow_fixture_generate (fixture, 1, "de");
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_UNCONFIRMED);
  dub_fake_service_release (fixture->service);
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUCCEEDED);
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME_1), ==, 1);
}

static gboolean
is_holding (gpointer service)
{
  return dub_fake_service_is_holding (service);
}

static gboolean
on_release (gpointer service)
{
  dub_fake_service_release (service);
  return G_SOURCE_REMOVE;
}

/* The window is closed while a dub is being sent: its answer is waited for. */
static void
test_closed_while_sending (DubWorkflowFixture *fixture,
                           gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = NULL;

  dub_fake_service_script_hold (fixture->service, DUB_FAKE_TASK_CREATE, 1);
  tasks = dub_workflow_fixture_generate (fixture, 1, "de");
  g_clear_pointer (&tasks, g_ptr_array_unref);
  dub_test_wait_for (is_holding, fixture->service, "the dub to be sent");
  g_timeout_add (100, on_release, fixture->service);
  dub_workflow_fixture_restart (fixture);
  {
    g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (dub_workflow_get_queue (fixture->workflow)), 0);

    g_assert_cmpint (dub_task_get_state (task), ==, DUB_TASK_SUBMITTED);
  }
}

static DubTask *
retry (DubWorkflowFixture *fixture,
       DubTask            *task)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();
  g_autoptr (GPtrArray) made = NULL;

  g_ptr_array_add (tasks, task);
  dub_queue_retry_async (queue, tasks, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  made = dub_queue_retry_finish (queue, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (made->len, ==, 1);
  return made->pdata[0];
}

static void
test_unconfirmed_is_sent_again_on_demand (DubWorkflowFixture *fixture,
                                          gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = NULL;
  DubTask *again;

  dub_fake_service_script_drop (fixture->service, DUB_FAKE_TASK_CREATE, 1, DUB_FAKE_DROP_AFTER_READING);
  tasks = dub_workflow_fixture_generate (fixture, 1, "de");
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_UNCONFIRMED);
  again = retry (fixture, tasks->pdata[0]);
  g_assert_true (again != tasks->pdata[0]);
  g_assert_cmpint (dub_task_get_state (tasks->pdata[0]), ==, DUB_TASK_DROPPED);
  /* So that the two can be told apart in the list. */
  g_assert_cmpstr (dub_task_get_name (again), !=, NAME_1);
  dub_workflow_fixture_wait_state (again, DUB_TASK_SUBMITTED);
}

static void
test_rate_limited (DubWorkflowFixture *fixture,
                   gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = NULL;

  dub_fake_service_script_code (fixture->service, DUB_FAKE_TASK_CREATE, 1, 40100, "Too many requests");
  tasks = dub_workflow_fixture_generate (fixture, 1, "de");
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUBMITTED);
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME_1), ==, 2);
  g_assert_cmpuint (dub_fake_service_count_tasks (fixture->service, NAME_1), ==, 1);
}

static void
test_token (DubWorkflowFixture *fixture,
            gconstpointer       data)
{
  DubAccounts *accounts = dub_workflow_get_accounts (fixture->workflow);
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 1, "de");
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  guint n_requests;

  dub_fake_service_set_token (fixture->service, "another-token");
  dub_draft_set_agreed (draft, TRUE);
  tasks = dub_workflow_fixture_finish (draft, &error);
  g_assert_no_error (error);
  dub_workflow_fixture_wait_resting (fixture);
  g_assert_nonnull (dub_account_get_problem (fixture->account));
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_WAITING);

  /* It rests: nothing more is asked, even if it is woken. */
  n_requests = dub_workflow_fixture_api_requests (fixture);
  dub_workflow_fixture_restart (fixture);
  g_clear_pointer (&tasks, g_ptr_array_unref);
  accounts = dub_workflow_get_accounts (fixture->workflow);
  dub_workflow_fixture_wait_resting (fixture);
  g_assert_cmpuint (dub_workflow_fixture_api_requests (fixture), <=, n_requests + 2);

  dub_accounts_replace_token_async (accounts, fixture->account, "another-token", NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  dub_accounts_replace_token_finish (accounts, result, &error);
  g_assert_no_error (error);
  {
    g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (dub_workflow_get_queue (fixture->workflow)), 0);

    dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
    g_assert_cmpuint (dub_fake_service_count_tasks (fixture->service, NAME_1), ==, 1);
  }
  g_assert_cmpint (dub_account_get_status (fixture->account), ==, DUB_ACCOUNT_STATUS_READY);
}

static gboolean
is_offline (gpointer queue)
{
  return dub_queue_get_offline (queue);
}

static gboolean
is_online (gpointer queue)
{
  return !dub_queue_get_offline (queue);
}

static void
test_offline (DubWorkflowFixture *fixture,
              gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubDraft) draft = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;

  fixture->host = dub_fake_service_new ();
  draft = dub_workflow_fixture_draft (fixture, 1, "de");
  dub_fake_service_set_offline (fixture->service, TRUE);
  dub_draft_set_agreed (draft, TRUE);
  tasks = dub_workflow_fixture_finish (draft, &error);
  g_assert_no_error (error);
  dub_test_wait_for (is_offline, queue, "the queue to notice that the service is away");
  g_assert_cmpint (dub_account_get_status (fixture->account), ==, DUB_ACCOUNT_STATUS_UNREACHABLE);

  dub_fake_service_set_offline (fixture->service, FALSE);
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUBMITTED);
  dub_test_wait_for (is_online, queue, "the queue to notice that the service is back");
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME_1), ==, 1);
}

static gboolean
has_message (gpointer task)
{
  return dub_task_get_message (task) != NULL;
}

/* The server of the videos is away for a while: their dubs wait for it, and hold up no others. */
static void
test_host_away (DubWorkflowFixture *fixture,
                gconstpointer       data)
{
  g_autoptr (DubDraft) draft = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (GError) error = NULL;
  DubFakeService *host;

  fixture->host = host = dub_fake_service_new ();
  draft = dub_workflow_fixture_draft (fixture, 5, "de");
  dub_fake_service_set_offline (host, TRUE);
  dub_draft_set_agreed (draft, TRUE);
  tasks = dub_workflow_fixture_finish (draft, &error);
  g_assert_no_error (error);
  dub_test_wait_for (has_message, tasks->pdata[0], "the dub to say why it waits");
  g_assert_nonnull (strstr (dub_task_get_message (tasks->pdata[0]), "“127.0.0.1” failed"));

  fixture->host = NULL;
  others = dub_workflow_fixture_generate (fixture, 1, "fr");
  dub_workflow_fixture_wait_state (others->pdata[0], DUB_TASK_SUBMITTED);
  g_assert_cmpint (dub_account_get_status (fixture->account), ==, DUB_ACCOUNT_STATUS_READY);

  fixture->host = host;
  dub_fake_service_set_offline (host, FALSE);
  for (guint i = 0; i < tasks->len; i++)
    {
      dub_workflow_fixture_wait_state (tasks->pdata[i], DUB_TASK_SUBMITTED);
      g_assert_null (dub_task_get_message (tasks->pdata[i]));
    }
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME_1), ==, 1);
}

/* Other bytes than those that were agreed to are not sent. */
static void
test_address_changed (DubWorkflowFixture *fixture,
                      gconstpointer       data)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 1, "de");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("another video", 13);
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;

  dub_fake_service_set_preview (fixture->service, bytes, "video/mp4");
  dub_draft_set_agreed (draft, TRUE);
  tasks = dub_workflow_fixture_finish (draft, &error);
  g_assert_no_error (error);
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_FAILED);
  g_assert_nonnull (strstr (dub_task_get_message (tasks->pdata[0]), "was changed after you agreed to it"));
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 0);
}

static void
test_cancel_and_remove (DubWorkflowFixture *fixture,
                        gconstpointer       data)
{
  DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 1, "de");
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  DubTask *again;

  dub_fake_service_set_token (fixture->service, NULL);
  dub_draft_set_agreed (draft, TRUE);
  tasks = dub_workflow_fixture_finish (draft, &error);
  dub_workflow_fixture_wait_resting (fixture);
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_WAITING);

  dub_queue_cancel_async (queue, tasks->pdata[0], NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_true (dub_queue_cancel_finish (queue, result, &error));
  g_assert_cmpint (dub_task_get_state (tasks->pdata[0]), ==, DUB_TASK_CANCELLED);
  g_assert_cmpuint (dub_queue_get_n_under_way (queue), ==, 0);
  g_clear_object (&result);

  again = retry (fixture, tasks->pdata[0]);
  g_assert_cmpint (dub_task_get_state (again), ==, DUB_TASK_WAITING);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 2);

  dub_queue_remove_async (queue, again, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_false (dub_queue_remove_finish (queue, result, &error));
  g_assert_error (error, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW);
  g_clear_error (&error);
  g_clear_object (&result);

  dub_queue_remove_async (queue, tasks->pdata[0], NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_true (dub_queue_remove_finish (queue, result, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 1);
}

/* The ids come in another order than the items. */
static void
test_order_of_ids (DubWorkflowFixture *fixture,
                   gconstpointer       data)
{
  static const char created[] =
    "{\"code\":0,\"message\":\"OK\",\"request_id\":\"r1\",\"data\":{\"task_ids\":[\"1002\",\"1001\"]}}";
  static const char listed[] =
    "{\"code\":0,\"message\":\"OK\",\"request_id\":\"r2\",\"data\":{\"list\":["
    "{\"task_id\":\"1001\",\"aigc_video_type\":\"DUBBING\",\"status\":\"FAILED\",\"video_name\":\"" NAME_1
    "\",\"error_msg\":\"of the first\"},"
    "{\"task_id\":\"1002\",\"aigc_video_type\":\"DUBBING\",\"status\":\"PROCESSING\",\"video_name\":\"" NAME_2 "\"}]}}";
  g_autoptr (GPtrArray) tasks = NULL;

  dub_fake_service_script_answer (fixture->service, DUB_FAKE_TASK_CREATE, 1, 200, NULL, created);
  dub_fake_service_script_answer (fixture->service, DUB_FAKE_TASK_LIST, 0, 200, NULL, listed);
  tasks = dub_workflow_fixture_generate (fixture, 2, "de");
  g_assert_cmpstr (dub_task_get_name (tasks->pdata[0]), ==, NAME_1);
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_FAILED);
  g_assert_cmpstr (dub_task_get_message (tasks->pdata[0]), ==, "of the first");
  dub_workflow_fixture_wait_state (tasks->pdata[1], DUB_TASK_PROCESSING);
}

static void
test_hostile_link (DubWorkflowFixture *fixture,
                   gconstpointer       data)
{
  static const char *const links[] = { "file:///etc/passwd", "http://example.com/a.mp4", "http://127.0.0.1.example.com/a.mp4",
                                       "" };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 1, "de");
      DubTask *task = tasks->pdata[0];

      dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
      dub_fake_service_set_preview_url (fixture->service, links[i]);
      dub_fake_service_finish_all (fixture->service);
      dub_workflow_fixture_wait_state (task, DUB_TASK_SUCCEEDED);
      g_assert_null (dub_task_get_preview_uri (task));
      g_assert_nonnull (dub_task_get_message (task));
      g_assert_false (dub_task_is_service_message (task));
    }
}

/* A dub whose link the service does not give any more is there, as one whose link has expired. */
static void
test_no_link (DubWorkflowFixture *fixture,
              gconstpointer       data)
{
  DubLibrary *library = dub_workflow_get_library (fixture->workflow);
  g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 1, "de");
  g_autoptr (GFile) destination = g_file_new_build_filename (fixture->dir, "saved.mp4", NULL);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (DubLibraryItem) item = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUBMITTED);
  dub_fake_service_set_preview_url (fixture->service, "");
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUCCEEDED);

  dub_library_open_async (library, tasks->pdata[0], NULL, dub_test_keep_result, &slot);
  opened = dub_test_await (&slot);
  item = dub_library_open_finish (library, opened, &error);
  g_assert_no_error (error);
  g_assert_null (dub_library_item_get_preview_uri (item));
  g_assert_cmpint (dub_library_item_get_expires (item), >, 0);
  g_assert_cmpint (dub_library_item_get_expires (item), <=, g_get_real_time () / G_USEC_PER_SEC);

  dub_library_save_async (library, item, destination, TRUE, NULL, NULL, NULL, dub_test_keep_result, &slot);
  saved = dub_test_await (&slot);
  g_assert_false (dub_library_save_finish (library, saved, &error));
  g_assert_error (error, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_EXPIRED);
}

/* A second process on the same store: here a second workflow, with a connection and a lock of its own. */
static void
test_two_on_one_store (DubWorkflowFixture *fixture,
                       gconstpointer       data)
{
  DubWorkflowFixture second = *fixture;
  g_autoptr (GPtrArray) tasks = NULL;

  dub_workflow_fixture_open (&second);
  second.account = dub_accounts_get_current (dub_workflow_get_accounts (second.workflow));
  g_assert_true (dub_queue_get_working (dub_workflow_get_queue (fixture->workflow)));
  g_assert_false (dub_queue_get_working (dub_workflow_get_queue (second.workflow)));

  /* Added in the one, worked by the other. */
  tasks = dub_workflow_fixture_generate (&second, 1, "de");
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUBMITTED);

  /* The one ends, the other takes over. */
  dub_workflow_fixture_close (fixture);
  dub_fake_service_finish_all (fixture->service);
  dub_workflow_fixture_wait_state (tasks->pdata[0], DUB_TASK_SUCCEEDED);
  g_assert_true (dub_queue_get_working (dub_workflow_get_queue (second.workflow)));
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, NAME_1), ==, 1);
  g_clear_pointer (&tasks, g_ptr_array_unref);
  dub_workflow_fixture_close (&second);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();
#define ADD(path, data, function) \
  g_test_add ("/workflow/queue/" path, DubWorkflowFixture, data, dub_workflow_fixture_set_up, function, \
              dub_workflow_fixture_tear_down)
  ADD ("main-path", NULL, test_main_path);
  ADD ("batches", NULL, test_batches);
  ADD ("refused-batch", NULL, test_refused_batch);
  ADD ("refusal-not-listed", NULL, test_refusal_not_listed);
  ADD ("failure-keeps-words", NULL, test_failure_keeps_words);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/workflow/queue/fault/%s", faults[i].name);

      g_test_add (path, DubWorkflowFixture, &faults[i], dub_workflow_fixture_set_up, test_fault,
                  dub_workflow_fixture_tear_down);
    }
  ADD ("sent-again-on-demand", NULL, test_unconfirmed_is_sent_again_on_demand);
  ADD ("timeout", NULL, test_timeout);
  ADD ("closed-while-sending", NULL, test_closed_while_sending);
  ADD ("rate-limited", NULL, test_rate_limited);
  ADD ("token", NULL, test_token);
  ADD ("offline", NULL, test_offline);
  ADD ("host-away", NULL, test_host_away);
  ADD ("address-changed", NULL, test_address_changed);
  ADD ("cancel-and-remove", NULL, test_cancel_and_remove);
  ADD ("order-of-ids", NULL, test_order_of_ids);
  ADD ("hostile-link", NULL, test_hostile_link);
  ADD ("no-link", NULL, test_no_link);
  ADD ("two-on-one-store", NULL, test_two_on_one_store);
  return dub_workflow_fixture_run ();
}
