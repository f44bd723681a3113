/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-address-check-private.h"
#include "dub-publisher.h"
#include "dub-test-support.h"

#include <string.h>

#define SHORT_DEADLINE_MS 300
#define DRIP_MS 5

/* A server that answers each connection with the same bytes, whatever they are, and then closes, waits or drips. */
typedef enum
{
  THEN_CLOSE,
  THEN_WAIT,
  THEN_DRIP,
} Then;

typedef struct
{
  GSocketService *service;
  GSocketConnection *connection;
  char *url;
  const char *answer;
  Then then;
  guint drip;
  gboolean asked;
  gboolean hung_up;
  char request[4096];
} Fixture;

static gboolean
on_drip (gpointer user_data)
{
  Fixture *fixture = user_data;
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (fixture->connection));

  if (g_output_stream_write (output, "x", 1, NULL, NULL) == 1)
    return G_SOURCE_CONTINUE;

  fixture->hung_up = TRUE;
  fixture->drip = 0;
  return G_SOURCE_REMOVE;
}

static void
on_hang_up (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fixture *fixture = user_data;

  if (g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL) <= 0)
    fixture->hung_up = TRUE;
}

static void
on_request (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fixture *fixture = user_data;
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (fixture->connection));
  gssize got = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  fixture->asked = got > 0;
  if (fixture->answer != NULL)
    g_output_stream_write_all (output, fixture->answer, strlen (fixture->answer), NULL, NULL, NULL);

  if (fixture->then == THEN_CLOSE)
    g_io_stream_close (G_IO_STREAM (fixture->connection), NULL, NULL);
  else if (fixture->then == THEN_DRIP)
    fixture->drip = g_timeout_add (DRIP_MS, on_drip, fixture);
  else
    g_input_stream_read_async (G_INPUT_STREAM (source), fixture->request, sizeof fixture->request, G_PRIORITY_DEFAULT,
                               NULL, on_hang_up, fixture);
}

static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  Fixture *fixture = user_data;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));

  g_set_object (&fixture->connection, connection);
  g_input_stream_read_async (input, fixture->request, sizeof fixture->request, G_PRIORITY_DEFAULT, NULL, on_request,
                             fixture);
  return TRUE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  fixture->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (fixture->service), any, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%u/film.mp4",
                                  g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  g_signal_connect (fixture->service, "incoming", G_CALLBACK (on_incoming), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->drip != 0)
    g_source_remove (fixture->drip);
  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_clear_object (&fixture->service);
  if (fixture->connection != NULL)
    g_io_stream_close (G_IO_STREAM (fixture->connection), NULL, NULL);
  g_clear_object (&fixture->connection);
  g_free (fixture->url);
}

static DubAddress *
check (const char   *url,
       guint         deadline_ms,
       GError      **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  dub_address_check_within_async (url, deadline_ms, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_address_check_finish (result, error);
}

static void
assert_no_answer (const char *url,
                  guint       deadline_ms,
                  const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (check (url, deadline_ms, &error));
  g_assert_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_NO_ANSWER);
  if (strstr (error->message, says) == NULL)
    g_test_fail_printf ("“%s” does not say “%s”", error->message, says);
}

static gboolean
has_hung_up (gpointer user_data)
{
  return ((Fixture *) user_data)->hung_up;
}

static gboolean
was_asked (gpointer user_data)
{
  return ((Fixture *) user_data)->asked;
}

static void
test_closes_early (Fixture       *fixture,
                   gconstpointer  data)
{
  const char *answers[] = { NULL, "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Type: vid", "no such protocol\r\n\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      fixture->answer = answers[i];
      assert_no_answer (fixture->url, DUB_ADDRESS_DEADLINE_MS, "“127.0.0.1” failed");
    }
}

static void
test_drips_headers (Fixture       *fixture,
                    gconstpointer  data)
{
  fixture->answer = "HTTP/1.1 200 OK\r\nX-Long: ";
  fixture->then = THEN_DRIP;
  assert_no_answer (fixture->url, SHORT_DEADLINE_MS, "did not answer in time");
  dub_test_wait_for (has_hung_up, fixture, "the connection to end");
}

static void
test_silent (Fixture       *fixture,
             gconstpointer  data)
{
  fixture->then = THEN_WAIT;
  assert_no_answer (fixture->url, SHORT_DEADLINE_MS, "did not answer in time");
  g_assert_true (fixture->asked);
  dub_test_wait_for (has_hung_up, fixture, "the connection to end");
}

/* The headers are enough: a server that ignores the range does not get to send a huge film, nor a slow one. */
static void
test_hangs_up (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubAddress) address = NULL;

  fixture->answer = "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 98765432101\r\n\r\nfilm";
  fixture->then = THEN_DRIP;
  address = check (fixture->url, DUB_ADDRESS_DEADLINE_MS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (address->size, ==, G_GUINT64_CONSTANT (98765432101));
  dub_test_wait_for (has_hung_up, fixture, "the connection to end");
}

static void
test_little_told (Fixture       *fixture,
                  gconstpointer  data)
{
  const char *answers[] = {
    "HTTP/1.1 200 OK\r\n\r\nfilm",
    "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-0/*\r\nContent-Length: 1\r\n\r\nf",
    "HTTP/1.1 206 Partial Content\r\nContent-Range: rubbish\r\nContent-Length: 1\r\n\r\nf",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfilm\r\n0\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DubAddress) address = NULL;

      fixture->answer = answers[i];
      address = check (fixture->url, DUB_ADDRESS_DEADLINE_MS, &error);
      g_assert_no_error (error);
      g_assert_null (address->content_type);
      g_assert_cmpuint (address->size, ==, 0);
    }
}

static void
test_not_secure (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *url = g_strconcat ("https", fixture->url + strlen ("http"), NULL);

  fixture->answer = "HTTP/1.1 200 OK\r\n\r\n";
  assert_no_answer (url, DUB_ADDRESS_DEADLINE_MS, "127.0.0.1");
}

static void
test_nobody_listens (Fixture       *fixture,
                     gconstpointer  data)
{
  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  assert_no_answer (fixture->url, DUB_ADDRESS_DEADLINE_MS, "“127.0.0.1” failed");
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->then = THEN_WAIT;
  dub_address_check_async (fixture->url, cancellable, dub_test_keep_result, &slot);
  dub_test_wait_for (was_asked, fixture, "the request");
  g_cancellable_cancel (cancellable);
  result = dub_test_await (&slot);
  g_assert_null (dub_address_check_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  dub_test_wait_for (has_hung_up, fixture, "the connection to end");
}

static void
test_cancelled_before (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  dub_address_check_async (fixture->url, cancellable, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_null (dub_address_check_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (fixture->asked);
}

static void
test_no_address (Fixture       *fixture,
                 gconstpointer  data)
{
  const char *bad[] = { "", "film.mp4", "ftp://127.0.0.1/film.mp4", "http://me:pw@127.0.0.1/film.mp4" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (check (bad[i], DUB_ADDRESS_DEADLINE_MS, &error));
      g_assert_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_ADDRESS);
    }
  g_assert_false (fixture->asked);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/publish/address-faults/closes-early", test_closes_early);
  ADD ("/publish/address-faults/drips-headers", test_drips_headers);
  ADD ("/publish/address-faults/silent", test_silent);
  ADD ("/publish/address-faults/hangs-up", test_hangs_up);
  ADD ("/publish/address-faults/little-told", test_little_told);
  ADD ("/publish/address-faults/not-secure", test_not_secure);
  ADD ("/publish/address-faults/nobody-listens", test_nobody_listens);
  ADD ("/publish/address-faults/cancelled", test_cancelled);
  ADD ("/publish/address-faults/cancelled-before", test_cancelled_before);
  ADD ("/publish/address-faults/no-address", test_no_address);
  return g_test_run ();
}
