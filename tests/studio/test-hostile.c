/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever a client sends, the studio goes on, and answers the next one. A warning of its own would end it here. */

#include <string.h>

#include "server-fixture.h"

#define ROUNDS 60
#define SILENCE_S 10

/* Nothing that it names is there, so that no round makes a task. */
#define BODY \
  "{\"aigc_video_type\": \"DUBBING\", \"dubbing_video_info\": [{\"video_url\": \"file:///nowhere/a.mp4\"," \
  " \"target_languages\": [\"es\"], \"lipsync_enabled\": false, \"video_name\": \"A\", \"scripts\": [{\"text\": \"Hola\"," \
  " \"text_start_time\": 0, \"text_end_time\": 900.5}]}]}"

static void
check_alive (Fixture *fixture)
{
  g_autoptr (JsonNode) answer = dub_test_studio_get (fixture->studio, "user/info/");

  g_assert_cmpint (json_object_get_int_member (json_node_get_object (answer), "code"), ==, 0);
}

static GSocketConnection *
connect_to (Fixture *fixture)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, SILENCE_S);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) fixture->studio->port, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

/* Sends the bytes and hears the answer to its end, or is gone before that. (transfer full): what was answered */
static char *
say (Fixture    *fixture,
     const char *bytes,
     gsize       size,
     gboolean    hang_up)
{
  g_autoptr (GSocketConnection) connection = connect_to (fixture);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autofree char *answer = g_malloc0 (4096);
  gsize length;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes, size, NULL, NULL, NULL);
  if (hang_up)
    g_tcp_connection_set_graceful_disconnect (G_TCP_CONNECTION (connection), FALSE);
  else
    g_input_stream_read_all (input, answer, 4095, &length, NULL, NULL);
  return g_steal_pointer (&answer);
}

static char *
make_request (Fixture    *fixture,
              const char *type,
              const char *body)
{
  return g_strdup_printf ("POST /open_api/v1.3/" CREATE " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                          "Access-Token: %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
                          fixture->studio->token, type, strlen (body), body);
}

/* Media types know no case, and may have parameters. */
static void
test_content_type (Fixture      *fixture,
                   gconstpointer unused)
{
  static const struct
  {
    const char *type;
    gboolean known;
  } cases[] = {
    { "application/json", TRUE },
    { "Application/JSON", TRUE },
    { "application/json; charset=UTF-8", TRUE },
    { "text/json", FALSE },
    { "application/jsonp", FALSE },
    { "", FALSE },
    { ";", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *request = make_request (fixture, cases[i].type, "{}");
      g_autofree char *answer = say (fixture, request, strlen (request), FALSE);

      g_test_message ("%s", cases[i].type);
      g_assert_nonnull (strstr (answer, "\"code\":40002"));
      g_assert_true ((strstr (answer, "Content-Type: must be") == NULL) == cases[i].known);
    }
}

static void
test_no_requests (Fixture      *fixture,
                  gconstpointer unused)
{
  static const char *const requests[] = {
    "", "\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "\xff\xfe\xfd\r\n\r\n",
    "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n", "GET //x HTTP/1.1\r\nHost: \r\n\r\n", "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /%00%zz%ff?task_ids=%00&%=%&&=; HTTP/1.1\r\nHost: a\r\n\r\n", "GET /?" "\xc3\x28" " HTTP/1.1\r\nHost: a:b:c\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nx",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nAccess-Token\r\n: \r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=9-1,-,x\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *cut = NULL;

      g_test_message ("request %u", i);
      cut = say (fixture, requests[i], strlen (requests[i]), TRUE);
      check_alive (fixture);
    }
}

/* Bytes are changed, left out, put in and said again. */
static void
mutate (GString *text)
{
  static const char *const pieces[] = {
    "null", "1e999", "-0", "[[[[", "{\"a\":", "\"\\u0000\"", "\"\\ud800\"", "\xc3\x28", "\\", "\r\n", "\r\n\r\n", "\xff",
    "99999999999999999999", "true", ",,", "\"\"", "%00", "file://", "\xe2\x80\xae",
  };
  guint n_changes = (guint) g_test_rand_int_range (1, 5);

  for (guint i = 0; i < n_changes && text->len > 0; i++)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) text->len);
      gsize wanted = (gsize) g_test_rand_int_range (1, 20);
      gsize length = MIN (wanted, text->len - at);
      g_autofree char *piece = g_strndup (text->str + at, length);

      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          text->str[at] = (char) g_test_rand_int_range (1, 256);
          break;
        case 1:
          g_string_erase (text, (gssize) at, (gssize) length);
          break;
        case 2:
          g_string_insert (text, (gssize) at, piece);
          break;
        default:
          g_string_erase (text, (gssize) at, (gssize) length);
          g_string_insert (text, (gssize) at, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
        }
    }
}

/* So that what failed can be sent again. */
static void
tell (const GString *text)
{
  g_autofree char *escaped = g_strescape (text->str, "\"");

  g_test_message ("%s", escaped);
}

/* A body of any kind has its answer, and that is no crash of the one who reads it. */
static void
test_bodies (Fixture      *fixture,
             gconstpointer unused)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GString) body = g_string_new (BODY);
      g_autoptr (JsonNode) answer = NULL;

      mutate (body);
      tell (body);
      answer = dub_test_studio_ask (fixture->studio, "POST", CREATE, fixture->studio->token, body->str);
      dub_test_assert_refusal (answer, 40002, "");
    }
}

static void
test_requests (Fixture      *fixture,
               gconstpointer unused)
{
  g_autofree char *good = make_request (fixture, "application/json", BODY);

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GString) request = g_string_new (good);
      g_autofree char *cut = NULL;

      mutate (request);
      tell (request);
      cut = say (fixture, request->str, request->len, TRUE);
      if (i % 10 == 0)
        check_alive (fixture);
    }
  check_alive (fixture);
}

/* Who asked is gone before the video was looked at. */
static void
test_gone (Fixture      *fixture,
           gconstpointer unused)
{
  g_autofree char *video = fixture_name_video (fixture, "look-hang.webm");
  g_autofree char *hanging = fixture_make_item (video, "");
  g_autofree char *good = fixture_make_item (fixture->video, "");
  const char *items[] = { hanging, good };

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *body =
        g_strdup_printf ("{\"aigc_video_type\": \"DUBBING\", \"dubbing_video_info\": [%s]}", items[i % 2]);
      g_autofree char *request = make_request (fixture, "application/json", body);
      g_autofree char *cut = say (fixture, request, strlen (request), TRUE);
    }
  check_alive (fixture);
}

#define ADD(path, function) \
  g_test_add ("/studio/hostile/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("content-type", test_content_type);
  ADD ("no-requests", test_no_requests);
  ADD ("bodies", test_bodies);
  ADD ("requests", test_requests);
  ADD ("gone", test_gone);
  return g_test_run ();
}
