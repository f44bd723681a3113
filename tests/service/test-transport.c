/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-raw-server.h"
#include "dub-service-fixture.h"

/* What can happen between the client and the service, and what is known afterwards of a create. */

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define LIST "{\"code\":0,\"request_id\":\"r\",\"data\":{\"list\":[]}}"
#define LIST_LENGTH "46"

G_STATIC_ASSERT (sizeof LIST - 1 == 46);

/* Answers. */

static void
serve_endless (DubRawServer *server,
               GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);
  g_autofree char *chunk = g_strnfill (0x10000, ' ');

  dub_raw_server_write_text (server, stream, HEAD "Transfer-Encoding: chunked\r\n\r\n");
  while (dub_raw_server_write_text (server, stream, "10000\r\n") &&
         dub_raw_server_write (server, stream, chunk, 0x10000) && dub_raw_server_write_text (server, stream, "\r\n"))
    continue;
}

static void
serve_declared_100_mb (DubRawServer *server,
                       GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);
  g_autofree char *chunk = g_strnfill (0x100000, ' ');

  dub_raw_server_write_text (server, stream, HEAD "Content-Length: 104857600\r\n\r\n");
  for (guint i = 0; i < 100; i++)
    {
      if (!dub_raw_server_write (server, stream, chunk, 0x100000))
        break;
    }
}

/* 256 MiB of zeros as gzip, a quarter of a MiB. */
static GBytes *
make_bomb (void)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  g_autofree char *zeros = g_malloc0 (0x100000);

  for (guint i = 0; i < 256; i++)
    g_output_stream_write_all (stream, zeros, 0x100000, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
serve_bomb (DubRawServer *server,
            GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);
  g_autoptr (GBytes) bomb = make_bomb ();
  g_autofree char *head = g_strdup_printf (HEAD "Content-Encoding: gzip\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           g_bytes_get_size (bomb));

  g_assert_cmpuint (g_bytes_get_size (bomb), <, 4 * 1024 * 1024);
  dub_raw_server_write_text (server, stream, head);
  dub_raw_server_write (server, stream, g_bytes_get_data (bomb, NULL), g_bytes_get_size (bomb));
}

static gboolean
drip (DubRawServer *server,
      GIOStream    *stream,
      const char   *text)
{
  /* The slowness of the server is what is tested. */
  g_usleep (2000);
  return dub_raw_server_write_text (server, stream, text);
}

static void
serve_dripping_body (DubRawServer *server,
                     GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);

  dub_raw_server_write_text (server, stream, HEAD "Content-Length: 1000000\r\n\r\n");
  while (drip (server, stream, " "))
    continue;
}

static void
serve_dripping_head (DubRawServer *server,
                     GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);

  dub_raw_server_write_text (server, stream, HEAD "X-Long: ");
  while (drip (server, stream, "x"))
    continue;
}

static void
serve_silence (DubRawServer *server,
               GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);
  g_autofree char *more = dub_raw_server_read_request (server, stream);
}

/* Answers a question, says that the connection stays open, and closes it. */
static void
serve_once (DubRawServer *server,
            GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);

  if (request != NULL && g_str_has_prefix (request, "GET"))
    dub_raw_server_write_text (server, stream,
                               HEAD "Connection: keep-alive\r\nContent-Length: " LIST_LENGTH "\r\n\r\n" LIST);
}

/* Keeps the connection for questions, and closes it on whatever comes after one. */
static void
serve_kept_alive (DubRawServer *server,
                  GIOStream    *stream)
{
  g_autofree char *first = dub_raw_server_read_request (server, stream);
  g_autofree char *second = NULL;

  if (first == NULL || !g_str_has_prefix (first, "GET"))
    return;
  dub_raw_server_write_text (server, stream,
                             HEAD "Connection: keep-alive\r\nContent-Length: " LIST_LENGTH "\r\n\r\n" LIST);
  second = dub_raw_server_read_request (server, stream);
}

static void
serve_misdirected (DubRawServer *server,
                   GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);

  dub_raw_server_write_text (server, stream, "HTTP/1.1 421 Misdirected Request\r\nContent-Length: 0\r\n\r\n");
}

static void
serve_unauthorized (DubRawServer *server,
                    GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);

  dub_raw_server_write_text (server, stream,
                             "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                             "Content-Length: 0\r\n\r\n");
}

static void
serve_no_tls (DubRawServer *server,
              GIOStream    *stream)
{
  char buffer[512];

  g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, NULL, NULL);
  dub_raw_server_write_text (server, stream, "220 this is not what you think\r\n");
}

/* Redirects. */

static void
test_redirects (DubServiceFixture *fixture,
                gconstpointer      data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr (DubFakeService) other = dub_fake_service_new ();
  const char *url = dub_fake_service_get_base_url (other);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *create = g_strconcat (url, "creative/aigc/video/task/create/", NULL);
      g_autofree char *user = g_strconcat (url, "user/info/", NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *name = NULL;

      dub_fake_service_script_answer (fixture->service, DUB_FAKE_TASK_CREATE, i + 1, statuses[i], "text/html", "moved");
      dub_fake_service_script_header (fixture->service, DUB_FAKE_TASK_CREATE, i + 1, "Location", create);
      dub_fake_service_script_answer (fixture->service, DUB_FAKE_USER_INFO, i + 1, statuses[i], "text/html", "moved");
      dub_fake_service_script_header (fixture->service, DUB_FAKE_USER_INFO, i + 1, "Location", user);

      g_assert_true (dub_service_fixture_create_fails (fixture->client, DUB_SERVICE_ERROR_REDIRECTED)->maybe_received);
      name = dub_service_fixture_check (fixture->client, &error);
      g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_REDIRECTED);
      g_assert_cmpuint (dub_service_error_get_fault (error)->http_status, ==, statuses[i]);
    }
  g_assert_cmpuint (dub_fake_service_get_requests (other)->len, ==, 0);
  dub_fake_service_assert_no_violations (fixture->service);
}

/* Sizes. */

static void
assert_capped (DubRawServe serve)
{
  g_autoptr (DubRawServer) server = dub_raw_server_new (serve);
  g_autoptr (DubServiceClient) client = dub_service_fixture_client (dub_raw_server_get_url (server));
  const DubServiceFault *fault;

  g_object_set (client, "max-body", (guint64) 1024 * 1024, NULL);
  fault = dub_service_fixture_create_fails (client, DUB_SERVICE_ERROR_TOO_LARGE);
  g_assert_true (fault->maybe_received);
  /* The buffers of two sockets hold some MiB. */
  g_assert_cmpuint (dub_raw_server_get_written (server), <, 48 * 1024 * 1024);
}

static void
test_endless (void)
{
  assert_capped (serve_endless);
}

static void
test_declared_100_mb (void)
{
  assert_capped (serve_declared_100_mb);
}

static guint64
peak_memory_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10);
}

static void
test_bomb (void)
{
  guint64 before = peak_memory_kib ();

  assert_capped (serve_bomb);
  g_assert_cmpuint (peak_memory_kib () - before, <, 48 * 1024);
}

static void
test_within_cap (DubServiceFixture *fixture,
                 gconstpointer      data)
{
  g_autofree char *blanks = g_strnfill (5 * 1024 * 1024, ' ');
  g_autofree char *body = g_strconcat (LIST, blanks, NULL);
  g_autoptr (GPtrArray) videos = NULL;
  g_autoptr (GError) error = NULL;

  dub_fake_service_script_answer (fixture->service, DUB_FAKE_VIDEO_LIST, 1, 200, NULL, body);
  videos = dub_service_fixture_videos (fixture->client, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (videos->len, ==, 0);
}

/* Time. */

static void
assert_ends (DubRawServe serve)
{
  g_autoptr (DubRawServer) server = dub_raw_server_new (serve);
  g_autoptr (DubServiceClient) client = dub_service_fixture_client (dub_raw_server_get_url (server));
  g_autoptr (GPtrArray) videos = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (client, "deadline-ms", 200u, NULL);
  g_assert_true (dub_service_fixture_create_fails (client, DUB_SERVICE_ERROR_TIMED_OUT)->maybe_received);
  videos = dub_service_fixture_videos (client, &error);
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_TIMED_OUT);
  g_assert_true (g_str_has_prefix (error->message, "The dubbing service did not answer in time."));
}

static void
test_silent_studio (void)
{
  g_autoptr (DubRawServer) server = dub_raw_server_new (serve_silence);
  g_autoptr (DubServiceClient) client = dub_service_fixture_client (dub_raw_server_get_url (server));
  g_autoptr (GPtrArray) videos = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (client, "deadline-ms", 200u, "is-studio", TRUE, NULL);
  videos = dub_service_fixture_videos (client, &error);
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_TIMED_OUT);
  g_assert_true (g_str_has_prefix (error->message, "The built-in studio did not answer in time."));
}

static void
test_dripping_body (void)
{
  assert_ends (serve_dripping_body);
}

static void
test_dripping_head (void)
{
  assert_ends (serve_dripping_head);
}

static void
test_silence (void)
{
  assert_ends (serve_silence);
}

/* Answers that are none. */

static void
test_unreadable (DubServiceFixture *fixture,
                 gconstpointer      data)
{
  static const struct
  {
    guint status;
    const char *type;
    const char *body;
    DubServiceError code;
    gboolean maybe;
  } answers[] = {
    { 200, "application/json", "{\"code\":0,\"data\":{\"task_ids\":[\"1", DUB_SERVICE_ERROR_MALFORMED, TRUE },
    { 200, "text/html", "<html>Sign in to the hotel</html>", DUB_SERVICE_ERROR_MALFORMED, TRUE },
    { 200, "application/json", "", DUB_SERVICE_ERROR_MALFORMED, TRUE },
    { 200, "application/json", "{\"code\":0,\"data\":{\"task_ids\":[]}}", DUB_SERVICE_ERROR_MALFORMED, TRUE },
    { 200, "application/json", "{\"code\":0,\"data\":{\"task_ids\":[\"1\"]}}", DUB_SERVICE_ERROR_MALFORMED, TRUE },
    { 200, "application/json", "{\"code\":0,\"data\":{\"task_ids\":[\"1\",\"2\",\"3\"]}}", DUB_SERVICE_ERROR_MALFORMED, TRUE },
    { 404, "text/html", "<html>404</html>", DUB_SERVICE_ERROR_MALFORMED, TRUE },
    { 400, "application/json", "{\"code\":0,\"data\":{\"task_ids\":[\"1\",\"2\"]}}", DUB_SERVICE_ERROR_MALFORMED, TRUE },
    { 400, "application/json", "{\"code\":40002}", DUB_SERVICE_ERROR_PARAMETERS, FALSE },
    { 401, "application/json", "{\"code\":40105}", DUB_SERVICE_ERROR_TOKEN, FALSE },
    { 429, "text/html", "<html>slow down</html>", DUB_SERVICE_ERROR_RATE_LIMITED, FALSE },
    { 429, "application/json", "{\"code\":50000}", DUB_SERVICE_ERROR_RATE_LIMITED, FALSE },
    { 500, "text/html", "<html>oh</html>", DUB_SERVICE_ERROR_SERVER, TRUE },
    { 502, "application/json", "{\"code\":40002}", DUB_SERVICE_ERROR_SERVER, TRUE },
    { 503, "application/json", "{\"code\":0,\"data\":{\"task_ids\":[\"1\",\"2\"]}}", DUB_SERVICE_ERROR_SERVER, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const DubServiceFault *fault;

      dub_fake_service_script_answer (fixture->service, DUB_FAKE_TASK_CREATE, i + 1, answers[i].status, answers[i].type,
                                      answers[i].body);
      fault = dub_service_fixture_create_fails (fixture->client, answers[i].code);
      g_assert_cmpint (fault->maybe_received, ==, answers[i].maybe);
      g_assert_cmpuint (fault->http_status, ==, answers[i].status);
    }
  g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, "Video 1"), ==, G_N_ELEMENTS (answers));
}

/* What support asks for is kept, also where body and status contradict each other. */
static void
test_request_id_kept (DubServiceFixture *fixture,
                      gconstpointer      data)
{
  static const struct
  {
    guint status;
    DubServiceError code;
  } answers[] = {
    { 400, DUB_SERVICE_ERROR_MALFORMED },
    { 429, DUB_SERVICE_ERROR_RATE_LIMITED },
    { 500, DUB_SERVICE_ERROR_SERVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const DubServiceFault *fault;

      dub_fake_service_script_answer (fixture->service, DUB_FAKE_TASK_CREATE, i + 1, answers[i].status, NULL,
                                      "{\"code\":0,\"request_id\":\"r-7\",\"data\":{\"task_ids\":[\"1\",\"2\"]}}");
      fault = dub_service_fixture_create_fails (fixture->client, answers[i].code);
      g_assert_cmpstr (fault->request_id, ==, "r-7");
    }
}

static void
test_retry_after (DubServiceFixture *fixture,
                  gconstpointer      data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_minutes (now, 30);
  g_autofree char *date = g_date_time_format (later, "%a, %d %b %Y %H:%M:%S GMT");
  const char *values[] = { date, "Wed, 21 Oct 2015 07:28:00 GMT", "soon", "-5", "99999999999999" };
  static const guint least[] = { 1700, 0, 0, 0, 86400 };
  static const guint most[] = { 1800, 0, 0, 0, 86400 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const DubServiceFault *fault;

      dub_fake_service_script_answer (fixture->service, DUB_FAKE_TASK_CREATE, i + 1, 429, NULL, "{}");
      dub_fake_service_script_header (fixture->service, DUB_FAKE_TASK_CREATE, i + 1, "Retry-After", values[i]);
      fault = dub_service_fixture_create_fails (fixture->client, DUB_SERVICE_ERROR_RATE_LIMITED);
      g_assert_cmpuint (fault->retry_after, >=, least[i]);
      g_assert_cmpuint (fault->retry_after, <=, most[i]);
    }
}

/* A service that quotes what it was given. */
static void
test_quoted_token (DubServiceFixture *fixture,
                   gconstpointer      data)
{
  const DubServiceFault *fault;

  dub_fake_service_script_answer (fixture->service, DUB_FAKE_TASK_CREATE, 1, 200, NULL,
                                  "{\"code\":40105,\"message\":\"Token " DUB_FAKE_TOKEN " is bad\","
                                  "\"request_id\":\"" DUB_FAKE_TOKEN "-" DUB_FAKE_TOKEN "\"}");
  fault = dub_service_fixture_create_fails (fixture->client, DUB_SERVICE_ERROR_TOKEN);
  g_assert_null (strstr (fault->service_message, DUB_FAKE_TOKEN));
  g_assert_null (strstr (fault->request_id, DUB_FAKE_TOKEN));
  g_assert_nonnull (strstr (fault->service_message, "is bad"));
}

/* Broken connections. */

static void
test_drops (DubServiceFixture *fixture,
            gconstpointer      data)
{
  static const DubFakeDrop drops[] = { DUB_FAKE_DROP_BEFORE_READING, DUB_FAKE_DROP_AFTER_READING,
                                       DUB_FAKE_DROP_AFTER_ACTING, DUB_FAKE_DROP_HALF_ANSWER };

  for (guint i = 0; i < G_N_ELEMENTS (drops); i++)
    {
      dub_fake_service_script_drop (fixture->service, DUB_FAKE_TASK_CREATE, i + 1, drops[i]);
      g_assert_true (dub_service_fixture_create_fails (fixture->client, DUB_SERVICE_ERROR_NETWORK)->maybe_received);
      g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, i + 1);
    }
  g_assert_cmpuint (dub_fake_service_count_tasks (fixture->service, "Video 1"), ==, 2);
  dub_fake_service_assert_no_violations (fixture->service);
}

static void
test_offline (DubServiceFixture *fixture,
              gconstpointer      data)
{
  g_auto (GStrv) ids = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dub_service_fixture_check (fixture->client, NULL);
  const DubServiceFault *fault;

  dub_fake_service_set_offline (fixture->service, TRUE);
  fault = dub_service_fixture_create_fails (fixture->client, DUB_SERVICE_ERROR_NETWORK);
  g_assert_false (fault->maybe_received);
  dub_fake_service_set_offline (fixture->service, FALSE);
  ids = dub_service_fixture_create (fixture->client, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 1);
}

static void
test_no_tls (void)
{
  g_autoptr (DubRawServer) server = dub_raw_server_new (serve_no_tls);
  g_autofree char *url = g_strconcat ("https", strstr (dub_raw_server_get_url (server), "://"), NULL);
  g_autoptr (DubServiceClient) client = dub_service_fixture_client (url);
  const DubServiceFault *fault = dub_service_fixture_create_fails (client, DUB_SERVICE_ERROR_NETWORK);

  g_assert_false (fault->maybe_received);
  g_assert_cmpuint (dub_raw_server_count_requests (server, "POST"), ==, 0);
}

/* A resolver that finds nothing, so that no test asks a real one. */
typedef GResolver LostResolver;
typedef GResolverClass LostResolverClass;
static GType lost_resolver_get_type (void);
G_DEFINE_TYPE (LostResolver, lost_resolver, G_TYPE_RESOLVER)

static void
lookup_by_name_with_flags_async (GResolver               *resolver,
                                 const char              *hostname,
                                 GResolverNameLookupFlags flags,
                                 GCancellable            *cancellable,
                                 GAsyncReadyCallback      callback,
                                 gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no %s", hostname);
}

static GList *
lookup_by_name_with_flags_finish (GResolver    *resolver,
                                  GAsyncResult *result,
                                  GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lost_resolver_class_init (LostResolverClass *klass)
{
  klass->lookup_by_name_with_flags_async = lookup_by_name_with_flags_async;
  klass->lookup_by_name_with_flags_finish = lookup_by_name_with_flags_finish;
}

static void
lost_resolver_init (LostResolver *self)
{
}

static void
test_unknown_host (void)
{
  g_autoptr (GResolver) usual = g_resolver_get_default ();
  g_autoptr (GResolver) lost = g_object_new (lost_resolver_get_type (), NULL);
  g_autoptr (DubServiceClient) client = dub_service_fixture_client ("https://dubbing.invalid/");
  const DubServiceFault *fault;

  g_resolver_set_default (lost);
  fault = dub_service_fixture_create_fails (client, DUB_SERVICE_ERROR_NETWORK);
  g_assert_false (fault->maybe_received);
  g_resolver_set_default (usual);
}

/* Never twice. */

static gboolean
is_holding (gpointer service)
{
  return dub_fake_service_is_holding (service);
}

static void
test_kept_alive (DubRawServe serve)
{
  g_autoptr (DubRawServer) server = dub_raw_server_new (serve);
  g_autoptr (DubServiceClient) client = dub_service_fixture_client (dub_raw_server_get_url (server));
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GError) error = NULL;

  first = dub_service_fixture_videos (client, &error);
  g_assert_no_error (error);
  g_assert_true (dub_service_fixture_create_fails (client, DUB_SERVICE_ERROR_NETWORK)->maybe_received);
  g_assert_cmpuint (dub_raw_server_count_requests (server, "POST"), ==, 1);
  g_assert_cmpuint (dub_raw_server_count_connections (server), >=, 2);

  /* A question may be asked again. */
  second = dub_service_fixture_videos (client, &error);
  g_assert_no_error (error);
}

static void
test_closed_after_answer (void)
{
  test_kept_alive (serve_once);
}

static void
test_closed_on_next (void)
{
  test_kept_alive (serve_kept_alive);
}

static void
test_misdirected (void)
{
  g_autoptr (DubRawServer) server = dub_raw_server_new (serve_misdirected);
  g_autoptr (DubServiceClient) client = dub_service_fixture_client (dub_raw_server_get_url (server));
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = dub_service_fixture_create (client, 1, &error);

  g_assert_nonnull (error);
  g_assert_true (dub_service_error_get_fault (error)->maybe_received);
  g_assert_cmpuint (dub_raw_server_count_requests (server, "POST"), ==, 1);
}

static void
test_unauthorized (void)
{
  g_autoptr (DubRawServer) server = dub_raw_server_new (serve_unauthorized);
  g_autoptr (DubServiceClient) client = dub_service_fixture_client (dub_raw_server_get_url (server));

  g_assert_true (dub_service_fixture_create_fails (client, DUB_SERVICE_ERROR_MALFORMED)->maybe_received);
  g_assert_cmpuint (dub_raw_server_count_requests (server, "POST"), ==, 1);
}

/* Cancelling. */

static void
test_cancelled_before (DubServiceFixture *fixture,
                       gconstpointer      data)
{
  g_autoptr (GPtrArray) items = dub_service_fixture_items (1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  g_cancellable_cancel (cancellable);
  dub_service_client_create_async (fixture->client, items, cancellable, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_null (dub_service_client_create_finish (fixture->client, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (dub_fake_service_get_requests (fixture->service)->len, ==, 0);
}

static void
test_cancelled_create (DubServiceFixture *fixture,
                       gconstpointer      data)
{
  g_autoptr (GPtrArray) items = dub_service_fixture_items (1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_fake_service_script_hold (fixture->service, DUB_FAKE_TASK_CREATE, 1);
  dub_service_client_create_async (fixture->client, items, cancellable, dub_test_keep_result, &slot);
  dub_test_wait_for (is_holding, fixture->service, "the create to arrive");
  g_cancellable_cancel (cancellable);
  result = dub_test_await (&slot);
  g_assert_null (dub_service_client_create_finish (fixture->client, result, NULL, &error));
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_NETWORK);
  g_assert_true (dub_service_error_get_fault (error)->maybe_received);
  dub_fake_service_release (fixture->service);
}

static void
test_cancelled_list (DubServiceFixture *fixture,
                     gconstpointer      data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_fake_service_script_hold (fixture->service, DUB_FAKE_VIDEO_LIST, 1);
  dub_service_client_list_videos_async (fixture->client, cancellable, dub_test_keep_result, &slot);
  dub_test_wait_for (is_holding, fixture->service, "the question to arrive");
  g_cancellable_cancel (cancellable);
  result = dub_test_await (&slot);
  g_assert_null (dub_service_client_list_videos_finish (fixture->client, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  dub_fake_service_release (fixture->service);
}

/* Nothing tells the token. */

static void
test_silence_about_token (DubServiceFixture *fixture,
                          gconstpointer      data)
{
  if (!g_test_subprocess ())
    {
      g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "G_MESSAGES_DEBUG", "all", TRUE);

      environment = g_environ_setenv (environment, "SOUP_DEBUG", "all", TRUE);
      g_test_trap_subprocess_with_envp (NULL, (const char *const *) environment, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      g_test_trap_assert_stdout_unmatched ("*4711*");
      g_test_trap_assert_stderr_unmatched ("*4711*");
      /* What the subprocess says of itself: its output is really seen. */
      g_test_trap_assert_stderr ("*the calls are over*");
      return;
    }

  test_quoted_token (fixture, NULL);
  dub_fake_service_clear_scripts (fixture->service);
  dub_fake_service_script_drop (fixture->service, DUB_FAKE_TASK_CREATE, 2, DUB_FAKE_DROP_HALF_ANSWER);
  dub_service_fixture_create_fails (fixture->client, DUB_SERVICE_ERROR_NETWORK);
  g_strfreev (dub_service_fixture_create (fixture->client, 1, NULL));
  g_free (dub_service_fixture_check (fixture->client, NULL));
  g_assert_false (dub_service_client_set_token (fixture->client, DUB_FAKE_TOKEN "\n" DUB_FAKE_TOKEN, NULL));
  g_debug ("%s", "debugging is on");
  g_printerr ("the calls are over\n");
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

  g_test_add_func ("/service/transport/bomb", test_bomb);
  add ("/service/transport/redirects", test_redirects);
  g_test_add_func ("/service/transport/endless", test_endless);
  g_test_add_func ("/service/transport/declared-100-mb", test_declared_100_mb);
  add ("/service/transport/within-cap", test_within_cap);
  g_test_add_func ("/service/transport/dripping-body", test_dripping_body);
  g_test_add_func ("/service/transport/dripping-head", test_dripping_head);
  g_test_add_func ("/service/transport/silence", test_silence);
  g_test_add_func ("/service/transport/silent-studio", test_silent_studio);
  add ("/service/transport/unreadable", test_unreadable);
  add ("/service/transport/request-id-kept", test_request_id_kept);
  add ("/service/transport/retry-after", test_retry_after);
  add ("/service/transport/quoted-token", test_quoted_token);
  add ("/service/transport/drops", test_drops);
  add ("/service/transport/offline", test_offline);
  g_test_add_func ("/service/transport/no-tls", test_no_tls);
  g_test_add_func ("/service/transport/unknown-host", test_unknown_host);
  g_test_add_func ("/service/transport/closed-after-answer", test_closed_after_answer);
  g_test_add_func ("/service/transport/closed-on-next", test_closed_on_next);
  g_test_add_func ("/service/transport/misdirected", test_misdirected);
  g_test_add_func ("/service/transport/unauthorized", test_unauthorized);
  add ("/service/transport/cancelled-before", test_cancelled_before);
  add ("/service/transport/cancelled-create", test_cancelled_create);
  add ("/service/transport/cancelled-list", test_cancelled_list);
  add ("/service/transport/silence-about-token", test_silence_about_token);

  return g_test_run ();
}
