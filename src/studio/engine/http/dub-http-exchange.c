/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-http-exchange.h"

#include <string.h>
#include "dub-deadline.h"
#include "dub-http-sentence.h"
#include "dub-http-words.h"
#include "dub-redact.h"

#define CHUNK (64 * 1024)
/* Of an answer that is no success only the words are of interest. */
#define MAX_ERROR_BYTES (64 * 1024)
/* A request that is repeated does not come at the same moment as those of others that are. */
#define JITTER 0.25
#define LONGEST_REST_S 3600
/* RFC 6585; libsoup has no name for it. */
#define STATUS_TOO_MANY_REQUESTS 429

typedef struct
{
  DubHttpPeer *peer;
  DubHttpRequest *request;
  DubDeadline *deadline;
  guint n_attempts;
  gint64 end; /* of the deadline, monotonic */
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  gsize max_bytes;
  gboolean sending; /* the connection stands: bytes may have left */
  gboolean is_cut; /* the rest of the answer is thrown away */
  GError *outcome; /* set while it is */
} Exchange;

static void send_request (GTask *task);
static void read_more (GTask *task);

static void
forget_answer (Exchange *self)
{
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  g_clear_object (&self->stream);
  g_byte_array_set_size (self->body, 0);
  self->sending = FALSE;
}

static void
exchange_free (Exchange *self)
{
  forget_answer (self);
  g_clear_error (&self->outcome);
  g_byte_array_unref (self->body);
  dub_deadline_free (self->deadline);
  g_free (self);
}

static void
finish_with (GTask *task, GError *failure)
{
  g_task_return_error (task, failure);
  g_object_unref (task);
}

static GError *
error_of_connection (Exchange *self, const GError *failure)
{
  GError *error = NULL;

  if (dub_deadline_has_passed (self->deadline))
    dub_http_sentence_for_time (self->peer->name, self->peer->choice->timeout_s, &error);
  else
    dub_http_sentence_for_connection (self->peer->name, failure, &error);
  return error;
}

static gboolean
on_rested (gpointer user_data)
{
  send_request (g_object_ref (user_data));
  return G_SOURCE_REMOVE;
}

/* FALSE where it is not worth a try, because time would be up. */
static gboolean
repeat_after (GTask *task, gint64 rest_ms)
{
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GSource) timer = NULL;
  g_autoptr (GSource) stop = NULL;

  rest_ms += (gint64) (g_random_double () * JITTER * self->peer->first_rest_ms);
  if (self->n_attempts >= DUB_HTTP_MAX_ATTEMPTS || g_get_monotonic_time () + rest_ms * G_TIME_SPAN_MILLISECOND >= self->end ||
      dub_deadline_was_cancelled (self->deadline))
    return FALSE;

  g_info ("%s: the request is repeated in %" G_GINT64_FORMAT " ms", self->peer->name, rest_ms);
  forget_answer (self);
  timer = g_timeout_source_new ((guint) rest_ms);
  stop = g_cancellable_source_new (dub_deadline_get_cancellable (self->deadline));
  g_source_set_dummy_callback (stop);
  g_source_add_child_source (timer, stop);
  g_source_set_callback (timer, on_rested, task, g_object_unref);
  g_source_attach (timer, self->peer->context);
  return TRUE;
}

static gint64
usual_rest (Exchange *self)
{
  return (gint64) self->peer->first_rest_ms << (self->n_attempts - 1);
}

/* Negative where the server does not say. */
static gint64
asked_rest (SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) moment = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;

  if (value == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &seconds, NULL))
    return (gint64) MIN (seconds, LONGEST_REST_S) * 1000;
  moment = soup_date_time_new_from_http_string (value);
  if (moment == NULL)
    return -1;
  now = g_date_time_new_now_utc ();
  return CLAMP (g_date_time_difference (moment, now) / G_TIME_SPAN_MILLISECOND, 0, LONGEST_REST_S * 1000);
}

static gboolean
is_busy (guint status)
{
  return status == STATUS_TOO_MANY_REQUESTS || status == SOUP_STATUS_BAD_GATEWAY ||
         status == SOUP_STATUS_SERVICE_UNAVAILABLE || status == SOUP_STATUS_GATEWAY_TIMEOUT;
}

static char *
words_of (Exchange *self, GBytes *body)
{
  const char *const secrets[] = { self->peer->key, NULL };
  g_autofree char *words = dub_http_words_from_error (body);

  return words != NULL ? dub_redact (words, secrets) : NULL;
}

static gboolean
is_wanted (DubHttpWanted wanted, const char *type)
{
  if (wanted == DUB_HTTP_WANTED_JSON)
    return type != NULL && (g_str_equal (type, "application/json") || g_str_has_suffix (type, "+json"));
  return type == NULL || g_str_has_prefix (type, "audio/") || g_str_equal (type, "application/octet-stream") ||
         g_str_equal (type, "application/ogg");
}

static void
judge (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  guint status = soup_message_get_status (self->message);
  g_autofree char *type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (self->body);
  g_autofree char *words = NULL;
  GError *error = NULL;

  self->body = g_byte_array_new ();
  self->request->status = status;
  if (status == SOUP_STATUS_OK && is_wanted (self->request->wanted, type))
    {
      g_task_return_pointer (task, g_steal_pointer (&body), (GDestroyNotify) g_bytes_unref);
      g_object_unref (task);
      return;
    }
  words = words_of (self, body);
  if (status == SOUP_STATUS_OK)
    dub_http_sentence_for_type (self->peer->name, type, words, &error);
  else
    dub_http_sentence_for_status (self->peer->name, status, words, &error);
  finish_with (task, error);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *self = g_task_get_task_data (task);
  gint64 rest;

  g_input_stream_close_finish (G_INPUT_STREAM (source), result, NULL);
  if (self->outcome != NULL)
    {
      finish_with (task, g_steal_pointer (&self->outcome));
      return;
    }
  if (!self->is_cut && is_busy (soup_message_get_status (self->message)))
    {
      rest = asked_rest (soup_message_get_response_headers (self->message));
      if (repeat_after (task, rest >= 0 ? rest : usual_rest (self)))
        return;
    }
  judge (task);
}

static void
close_stream (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, dub_deadline_get_cancellable (self->deadline), on_closed,
                              task);
}

/* The rest of the answer is of no interest, and a server may send it for ever. @outcome (nullable): if there is none, what
 * was read of the answer is judged. */
static void
throw_away (GTask *task, GError *outcome)
{
  Exchange *self = g_task_get_task_data (task);

  self->outcome = outcome;
  self->is_cut = TRUE;
  g_cancellable_cancel (dub_deadline_get_cancellable (self->deadline));
  close_stream (task);
}

static void
take_chunk (GTask *task, GBytes *chunk)
{
  Exchange *self = g_task_get_task_data (task);
  gsize room = self->max_bytes - self->body->len;
  gsize size = MIN (g_bytes_get_size (chunk), room);
  GError *error = NULL;

  g_byte_array_append (self->body, g_bytes_get_data (chunk, NULL), (guint) size);
  if (g_bytes_get_size (chunk) <= room)
    {
      read_more (task);
      return;
    }
  if (soup_message_get_status (self->message) == SOUP_STATUS_OK)
    dub_http_sentence_for_size (self->peer->name, self->max_bytes, &error);
  throw_away (task, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &failure);

  if (chunk == NULL)
    throw_away (task, error_of_connection (self, failure));
  else if (g_bytes_get_size (chunk) == 0)
    close_stream (task);
  else
    take_chunk (task, chunk);
}

static void
read_more (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream, CHUNK, G_PRIORITY_DEFAULT, dub_deadline_get_cancellable (self->deadline),
                                   on_read, task);
}

static void
on_headers (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autoptr (GError) failure = NULL;
  GError *error = NULL;
  guint status;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &failure);
  if (self->stream == NULL)
    {
      /* A certificate does not become valid by waiting. */
      gboolean reached = self->sending || failure->domain == G_TLS_ERROR || dub_deadline_has_passed (self->deadline);

      if (reached || !repeat_after (task, usual_rest (self)))
        finish_with (task, error_of_connection (self, failure));
      return;
    }
  status = soup_message_get_status (self->message);
  self->max_bytes = status == SOUP_STATUS_OK ? self->request->max_bytes : MAX_ERROR_BYTES;
  if (SOUP_STATUS_IS_REDIRECTION (status))
    dub_http_sentence_for_redirect (self->peer->name, &error);
  else if (status == SOUP_STATUS_OK && soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
           soup_message_headers_get_content_length (headers) > (goffset) self->max_bytes)
    dub_http_sentence_for_size (self->peer->name, self->max_bytes, &error);

  if (error != NULL)
    throw_away (task, error);
  else
    read_more (task);
}

/* Emitted when the connection stands, TLS included, and before the first byte. */
static void
on_starting (SoupMessage *message, gpointer user_data)
{
  Exchange *self = user_data;

  self->sending = TRUE;
}

/* libsoup is about to send by itself once more what may have arrived. */
static void
on_restarted (SoupMessage *message, gpointer user_data)
{
  Exchange *self = user_data;

  g_cancellable_cancel (dub_deadline_get_cancellable (self->deadline));
}

static SoupMessage *
make_message (Exchange *self)
{
  g_autofree char *address = g_strconcat (self->peer->base, self->request->path, NULL);
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  gboolean is_post = self->request->body != NULL;
  SoupMessage *message = uri != NULL ? soup_message_new_from_uri (is_post ? "POST" : "GET", uri) : NULL;
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  headers = soup_message_get_request_headers (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION |
                                       SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  if (is_post)
    soup_message_set_request_body_from_bytes (message, self->request->content_type, self->request->body);
  if (self->request->wanted == DUB_HTTP_WANTED_JSON)
    soup_message_headers_replace (headers, "Accept", "application/json");
  /* The convention of these servers. Keys of the dubbing service go into a header of its own (Access-Token). */
  if (self->peer->key != NULL && self->peer->bearer)
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->peer->key, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
      explicit_bzero (value, strlen (value));
    }
  g_signal_connect (message, "starting", G_CALLBACK (on_starting), self);
  g_signal_connect (message, "restarted", G_CALLBACK (on_restarted), self);
  return message;
}

static void
send_request (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->message = make_message (self);
  self->n_attempts++;
  if (self->message == NULL)
    {
      g_autoptr (GError) failure = g_error_new_literal (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no address");

      dub_http_sentence_for_connection (self->peer->name, failure, &error);
      finish_with (task, error);
      return;
    }
  soup_session_send_async (self->peer->session, self->message, G_PRIORITY_DEFAULT,
                           dub_deadline_get_cancellable (self->deadline), on_headers, task);
}

/**
 * dub_http_exchange_async:
 * @peer: the server; its context is the thread's default one
 * @request: stays until the answer is there
 * @cancellable: a cancellable
 * @callback: called when it is
 * @user_data: for @callback
 */
void
dub_http_exchange_async (DubHttpPeer        *peer,
                         DubHttpRequest     *request,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Exchange *self = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, dub_http_exchange_async);
  g_task_set_task_data (task, self, (GDestroyNotify) exchange_free);
  self->peer = peer;
  self->request = request;
  self->body = g_byte_array_new ();
  self->end = g_get_monotonic_time () + peer->choice->timeout_s * G_TIME_SPAN_SECOND;
  self->deadline = dub_deadline_new_in (peer->context, peer->choice->timeout_s * 1000, cancellable);
  send_request (task);
}

/**
 * dub_http_exchange_finish:
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * Returns: (transfer full) (nullable): the body
 */
GBytes *
dub_http_exchange_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
