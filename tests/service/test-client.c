/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-service-fixture.h"

/* The three endpoints and the check of a token, against a service that is strict about their form. */

static void
test_whole_way (DubServiceFixture *fixture,
                gconstpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) videos = NULL;
  g_auto (GStrv) ids = dub_service_fixture_create (fixture->client, 2, &error);
  const DubRemoteTask *task;
  const DubRemoteVideo *video;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
  g_assert_cmpstr (ids[1], ==, dub_fake_service_get_task_id (fixture->service, "Video 2"));

  dub_fake_service_finish_task (fixture->service, ids[1], "SUCCESS", NULL);
  tasks = dub_service_fixture_list (fixture->client, ids[1], &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 1);
  task = g_ptr_array_index (tasks, 0);
  g_assert_cmpint (task->status, ==, DUB_REMOTE_STATUS_SUCCESS);

  videos = dub_service_fixture_videos (fixture->client, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (videos->len, ==, 1);
  video = g_ptr_array_index (videos, 0);
  g_assert_cmpstr (video->video_id, ==, task->video_id);
  g_assert_cmpstr (video->video_name, ==, "Video 2");
  g_assert_cmpstr (video->target_language, ==, "es");
  dub_fake_service_assert_no_violations (fixture->service);
}

static void
test_script (DubServiceFixture *fixture,
             gconstpointer      data)
{
  g_autoptr (GPtrArray) items = dub_service_fixture_items (1);
  DubCreateItem *item = g_ptr_array_index (items, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) videos = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *request_id = NULL;
  g_auto (GStrv) ids = NULL;
  GAsyncResult *slot = NULL;

  item->script = dub_script_new ();
  item->subtitles = TRUE;
  dub_script_append (item->script, "¡Hola, “mundo”!\n", 0, 1234.5);
  dub_script_append (item->script, "\\ adiós", 1234.5, 60000);
  dub_service_client_create_async (fixture->client, items, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  ids = dub_service_client_create_finish (fixture->client, result, &request_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (request_id, ==, "fake-request-1");

  dub_fake_service_finish_all (fixture->service);
  videos = dub_service_fixture_videos (fixture->client, &error);
  g_assert_no_error (error);
  g_assert_true (dub_script_equal (((DubRemoteVideo *) g_ptr_array_index (videos, 0))->translated_script, item->script));
  dub_fake_service_assert_no_violations (fixture->service);
}

static void
test_check (DubServiceFixture *fixture,
            gconstpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dub_service_fixture_check (fixture->client, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "Coat Company");
  dub_fake_service_assert_no_violations (fixture->service);
}

static void
test_wrong_token (DubServiceFixture *fixture,
                  gconstpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  dub_fake_service_set_token (fixture->service, "another one");
  name = dub_service_fixture_check (fixture->client, &error);
  g_assert_null (name);
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_TOKEN);
  g_assert_cmpint (dub_service_error_get_fault (error)->return_code, ==, 40105);
  g_assert_cmpstr (dub_service_error_get_fault (error)->request_id, ==, "fake-request-1");
}

static void
test_unusable_tokens (DubServiceFixture *fixture,
                      gconstpointer      data)
{
  static const char *const unusable[] = { "", "  \n", "two words", "line\r\nX-Evil: 1", "tab\tbed", "schlüssel", "nul\x7f" };
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (unusable); i++)
    {
      g_assert_false (dub_service_client_set_token (fixture->client, unusable[i], &error));
      g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_NO_TOKEN);
      g_clear_error (&error);
    }
  g_assert_false (dub_service_client_set_token (fixture->client, NULL, NULL));

  g_assert_true (dub_service_client_set_token (fixture->client, "\n " DUB_FAKE_TOKEN "\r\n", &error));
  name = dub_service_fixture_check (fixture->client, &error);
  g_assert_no_error (error);
  dub_fake_service_assert_no_violations (fixture->service);
}

static void
test_no_token (DubServiceFixture *fixture,
               gconstpointer      data)
{
  g_autoptr (DubServiceClient) client =
    dub_service_client_new (dub_fake_service_get_base_url (fixture->service), fixture->limiter);
  const DubServiceFault *fault = dub_service_fixture_create_fails (client, DUB_SERVICE_ERROR_NO_TOKEN);

  g_assert_false (fault->maybe_received);
  g_assert_cmpuint (dub_fake_service_get_requests (fixture->service)->len, ==, 0);
}

static void
test_addresses (void)
{
  static const char *const refused[] = {
    "http://example.com/open_api/v1.3/", "http://127.0.0.1.example.com/", "http://localhost.example.com/",
    "http://localhost@example.com/",     "http://10.0.0.1/",              "http://[::ffff:10.0.0.1]/",
    "ftp://127.0.0.1/",                  "file:///tmp/",                  "https:///nohost/",
    "nonsense",                          "",                              "https://user:secret@example.com/",
    "https://example.com/?a=b",          "http://0.0.0.0/",               "http://127.1/",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (DubServiceClient) client = dub_service_fixture_client (refused[i]);
      const DubServiceFault *fault = dub_service_fixture_create_fails (client, DUB_SERVICE_ERROR_INSECURE);

      g_assert_false (fault->maybe_received);
    }
}

static void
test_local_addresses (DubServiceFixture *fixture,
                      gconstpointer      data)
{
  static const char *const hosts[] = { "127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST" };
  const char *port = strrchr (dub_fake_service_get_base_url (fixture->service), ':');

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *url = g_strconcat ("http://", hosts[i], port, NULL);
      g_autoptr (DubServiceClient) client = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *name = NULL;

      client = dub_service_fixture_client (url);
      name = dub_service_fixture_check (client, &error);
      /* The server listens at 127.0.0.1 alone: that something was tried at the others is what counts. */
      if (g_str_equal (hosts[i], "127.1.2.3"))
        g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_NETWORK);
      else
        g_assert_no_error (error);
    }
}

static void
test_list_tells_limiter (DubServiceFixture *fixture,
                         gconstpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  gint64 before = g_get_monotonic_time ();
  gint64 next;

  dub_fake_service_script_code (fixture->service, DUB_FAKE_TASK_LIST, 1, 40100, "Too many requests.");
  dub_fake_service_script_header (fixture->service, DUB_FAKE_TASK_LIST, 1, "Retry-After", "37");
  tasks = dub_service_fixture_list (fixture->client, "t", &error);
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_RATE_LIMITED);
  g_assert_cmpuint (dub_service_error_get_fault (error)->retry_after, ==, 37);

  next = dub_rate_limiter_get_next (fixture->limiter, DUB_ENDPOINT_TASK_LIST);
  g_assert_cmpint (next, >=, before + 37 * G_USEC_PER_SEC);
  g_assert_cmpint (dub_rate_limiter_get_next (fixture->limiter, DUB_ENDPOINT_VIDEO_LIST), <=, g_get_monotonic_time ());
}

static void
add (const char *path,
     void (*test) (DubServiceFixture *fixture, gconstpointer data))
{
  g_test_add (path, DubServiceFixture, NULL, dub_service_fixture_set_up, test, dub_service_fixture_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/service/client/whole-way", test_whole_way);
  add ("/service/client/script", test_script);
  add ("/service/client/check", test_check);
  add ("/service/client/wrong-token", test_wrong_token);
  add ("/service/client/unusable-tokens", test_unusable_tokens);
  add ("/service/client/no-token", test_no_token);
  add ("/service/client/local-addresses", test_local_addresses);
  add ("/service/client/list-tells-limiter", test_list_tells_limiter);
  g_test_add_func ("/service/client/addresses", test_addresses);

  return g_test_run ();
}
