/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-exchange.h"
#include "dub-deadline.h"
#include "dub-service-error.h"
#include "dub-service-sentence.h"

#include <glib/gi18n-lib.h>

#define CHUNK (64 * 1024)
#define LONGEST_RETRY_AFTER_S (24 * 60 * 60)

typedef struct
{
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  gsize max_body;
  gboolean creating;
  gboolean is_studio;
  gboolean sending; /* the connection stands and bytes may have left */
  GError *outcome; /* set while the rest of the answer is thrown away */
  DubDeadline *deadline;
} Exchange;

static void
exchange_free (Exchange *self)
{
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->deadline, dub_deadline_free);
  g_clear_error (&self->outcome);
  g_byte_array_unref (self->body);
  g_free (self);
}

/**
 * dub_answer_free:
 * @self: (transfer full): an answer
 *
 * Frees the answer and its body.
 */
void
dub_answer_free (DubAnswer *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static GError *
make_error (Exchange       *self,
            DubServiceError code,
            const char     *what)
{
  DubServiceFault fault = { 0 };
  g_autofree char *sentence = NULL;

  fault.http_status = soup_message_get_status (self->message);
  fault.maybe_received = self->sending;
  sentence = dub_service_sentence (code, &fault, self->creating, what, NULL);
  return dub_service_error_new (code, &fault, sentence);
}

static const char *
what_broke (Exchange     *self,
            const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return _("The request to the dubbing service was stopped.");
  if (error->domain == G_TLS_ERROR)
    return _("The dubbing service could not prove that it is the real one, so the connection was ended.");
  if (error->domain == G_RESOLVER_ERROR)
    return _("The dubbing service could not be found: there may be no connection to the internet.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) && !self->sending)
    return _("The dubbing service cannot be reached: nothing answers at its address.");
  if (self->sending)
    return _("The connection to the dubbing service broke off.");
  return _("The dubbing service cannot be reached.");
}

static GError *
translate (Exchange     *self,
           const GError *error)
{
  if (dub_deadline_has_passed (self->deadline) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return make_error (self, DUB_SERVICE_ERROR_TIMED_OUT,
                       self->is_studio ? _("The built-in studio did not answer in time.") : NULL);
  if (dub_deadline_was_cancelled (self->deadline) && (!self->sending || !self->creating))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was stopped, and nothing was started."));
  return make_error (self, DUB_SERVICE_ERROR_NETWORK, what_broke (self, error));
}

static void
finish_with (GTask  *task,
             GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

static guint
retry_after (SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) moment = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;

  if (value == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &seconds, NULL))
    return (guint) MIN (seconds, LONGEST_RETRY_AFTER_S);

  moment = soup_date_time_new_from_http_string (value);
  if (moment == NULL)
    return 0;
  now = g_date_time_new_now_utc ();
  return (guint) CLAMP (g_date_time_difference (moment, now) / G_TIME_SPAN_SECOND, 0, LONGEST_RETRY_AFTER_S);
}

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *self = g_task_get_task_data (task);
  DubAnswer *answer;

  g_input_stream_close_finish (G_INPUT_STREAM (source), result, NULL);
  if (self->outcome != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&self->outcome));
      return;
    }
  answer = g_new0 (DubAnswer, 1);
  answer->status = soup_message_get_status (self->message);
  answer->retry_after = retry_after (soup_message_get_response_headers (self->message));
  answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  self->body = g_byte_array_new ();
  g_task_return_pointer (task, answer, (GDestroyNotify) dub_answer_free);
}

/* The rest of an answer that was refused is of no interest, and a server may send it for ever. */
static void
close_stream (GTask  *task,
              GError *outcome)
{
  Exchange *self = g_task_get_task_data (task);

  self->outcome = outcome;
  if (outcome != NULL)
    g_cancellable_cancel (dub_deadline_get_cancellable (self->deadline));
  g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, dub_deadline_get_cancellable (self->deadline), on_closed,
                              task);
}

static void read_more (GTask *task);

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL)
    {
      close_stream (task, translate (self, error));
      return;
    }
  if (g_bytes_get_size (chunk) == 0)
    {
      close_stream (task, NULL);
      return;
    }
  if (g_bytes_get_size (chunk) > self->max_body - self->body->len)
    {
      close_stream (task, make_error (self, DUB_SERVICE_ERROR_TOO_LARGE, NULL));
      return;
    }
  g_byte_array_append (self->body, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
  read_more (task);
}

static void
read_more (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream, CHUNK, G_PRIORITY_DEFAULT,
                                   dub_deadline_get_cancellable (self->deadline), on_read, task);
}

static void
on_headers (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Exchange *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autoptr (GError) error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->stream == NULL)
    finish_with (task, translate (self, error));
  else if (SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (self->message)))
    close_stream (task, make_error (self, DUB_SERVICE_ERROR_REDIRECTED, NULL));
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
           soup_message_headers_get_content_length (headers) > (goffset) self->max_body)
    close_stream (task, make_error (self, DUB_SERVICE_ERROR_TOO_LARGE, NULL));
  else
    read_more (task);
}

/* Emitted when the connection stands, TLS included, and before the first byte. */
static void
on_starting (SoupMessage *message,
             gpointer     user_data)
{
  Exchange *self = user_data;

  self->sending = TRUE;
}

/* libsoup is about to send once more what may have arrived. */
static void
on_restarted (SoupMessage *message,
              gpointer     user_data)
{
  Exchange *self = user_data;

  if (self->creating)
    g_cancellable_cancel (dub_deadline_get_cancellable (self->deadline));
}

/**
 * dub_exchange_async:
 * @session: the session
 * @message: the request; one that is not a GET must not be sent twice
 * @max_body: how many bytes of an answer are read, after decompression
 * @deadline_ms: for the whole of it, in milliseconds
 * @is_studio: whether it is the built-in studio that is asked
 * @cancellable: (nullable): a cancellable
 * @callback: called when the answer is there
 * @user_data: data for @callback
 *
 * Sends @message and reads the answer.
 */
void
dub_exchange_async (SoupSession        *session,
                    SoupMessage        *message,
                    gsize               max_body,
                    guint               deadline_ms,
                    gboolean            is_studio,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  Exchange *self = g_new0 (Exchange, 1);

  /* What became of a create must be told even to one who has cancelled it. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, dub_exchange_async);
  g_task_set_task_data (task, self, (GDestroyNotify) exchange_free);
  self->message = g_object_ref (message);
  self->body = g_byte_array_new ();
  self->max_body = max_body;
  self->is_studio = is_studio;
  self->creating = !g_str_equal (soup_message_get_method (message), SOUP_METHOD_GET);
  self->deadline = dub_deadline_new (deadline_ms, cancellable);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (self->creating)
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  g_signal_connect (message, "starting", G_CALLBACK (on_starting), self);
  g_signal_connect (message, "restarted", G_CALLBACK (on_restarted), self);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, dub_deadline_get_cancellable (self->deadline),
                           on_headers, task);
}

/**
 * dub_exchange_finish:
 * @session: the session
 * @result: the result
 * @error: a #DubServiceError with its fault, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status
 */
DubAnswer *
dub_exchange_finish (SoupSession  *session,
                     GAsyncResult *result,
                     GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
