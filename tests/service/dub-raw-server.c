/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-raw-server.h"

#include <string.h>

struct _DubRawServer
{
  GSocketService *service;
  DubRawServe serve;
  char *url;
  GMutex mutex;
  GCond idle;
  guint n_open;
  guint n_connections;
  guint64 written;
  GString *received;
  GPtrArray *requests; /* of char* */
  GPtrArray *streams;  /* of GIOStream, open ones */
};

static gboolean
on_run (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                user_data)
{
  DubRawServer *self = user_data;

  self->serve (self, G_IO_STREAM (connection));
  g_mutex_lock (&self->mutex);
  g_ptr_array_remove (self->streams, connection);
  g_mutex_unlock (&self->mutex);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_mutex_lock (&self->mutex);
  self->n_open--;
  g_cond_signal (&self->idle);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/* On the main thread, before the connection's own begins. */
static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  DubRawServer *self = user_data;

  g_mutex_lock (&self->mutex);
  self->n_open++;
  self->n_connections++;
  g_ptr_array_add (self->streams, g_object_ref (connection));
  g_mutex_unlock (&self->mutex);
  return FALSE;
}

DubRawServer *
dub_raw_server_new (DubRawServe serve)
{
  DubRawServer *self = g_new0 (DubRawServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->idle);
  self->serve = serve;
  self->received = g_string_new (NULL);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->streams = g_ptr_array_new_with_free_func (g_object_unref);
  self->service = g_threaded_socket_service_new (-1);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &given, &error);
  g_assert_no_error (error);
  g_socket_service_start (self->service);
  self->url = g_strdup_printf ("http://127.0.0.1:%u/", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given)));
  return self;
}

void
dub_raw_server_free (DubRawServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->streams->len; i++)
    g_socket_shutdown (g_socket_connection_get_socket (g_ptr_array_index (self->streams, i)), TRUE, TRUE, NULL);
  while (self->n_open > 0)
    g_cond_wait (&self->idle, &self->mutex);
  g_mutex_unlock (&self->mutex);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_object (&self->service);
  g_ptr_array_unref (self->streams);
  g_ptr_array_unref (self->requests);
  g_string_free (self->received, TRUE);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->idle);
  g_free (self->url);
  g_free (self);
}

const char *
dub_raw_server_get_url (DubRawServer *self)
{
  return self->url;
}

static gsize
whole_length (GString *text)
{
  const char *end = strstr (text->str, "\r\n\r\n");
  const char *field = strstr (text->str, "Content-Length: ");
  gsize head;

  if (end == NULL)
    return G_MAXSIZE;
  head = (gsize) (end + 4 - text->str);
  if (field == NULL || field > end)
    return head;
  return head + (gsize) g_ascii_strtoull (field + strlen ("Content-Length: "), NULL, 10);
}

char *
dub_raw_server_read_request (DubRawServer *self,
                             GIOStream    *stream)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];

  while (text->len < whole_length (text))
    {
      gssize n = g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, NULL, NULL);

      if (n <= 0)
        return NULL;
      g_string_append_len (text, buffer, n);
      g_mutex_lock (&self->mutex);
      g_string_append_len (self->received, buffer, n);
      g_mutex_unlock (&self->mutex);
    }
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, g_strdup (text->str));
  g_mutex_unlock (&self->mutex);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

gboolean
dub_raw_server_write (DubRawServer *self,
                      GIOStream    *stream,
                      const void   *data,
                      gsize         length)
{
  gsize n = 0;
  gboolean there =
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), data, length, &n, NULL, NULL);

  g_mutex_lock (&self->mutex);
  self->written += n;
  g_mutex_unlock (&self->mutex);
  return there;
}

gboolean
dub_raw_server_write_text (DubRawServer *self,
                           GIOStream    *stream,
                           const char   *text)
{
  return dub_raw_server_write (self, stream, text, strlen (text));
}

guint
dub_raw_server_count_connections (DubRawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->n_connections;
}

guint
dub_raw_server_count_requests (DubRawServer *self,
                               const char   *method)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    {
      if (g_str_has_prefix (g_ptr_array_index (self->requests, i), method))
        n++;
    }
  return n;
}

guint64
dub_raw_server_get_written (DubRawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->written;
}

char *
dub_raw_server_dup_received (DubRawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (self->received->str);
}
