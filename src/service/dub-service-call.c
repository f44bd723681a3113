/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-service-call.h"
#include "dub-service-codec.h"
#include "dub-service-error.h"
#include "dub-service-verdict.h"
#include "dub-studio-codec.h"

struct _DubServiceCall
{
  GTask *task; /* borrowed: it owns this */
  DubEndpoint endpoint;
  DubServiceDecode decode;
  GDestroyNotify free_value;
  guint n_items;

  SoupSession *session;
  DubRateLimiter *limiter;
  DubLog *log;
  SoupMessage *message;
  gsize max_body;
  guint deadline_ms;
  gboolean is_studio;
  gint64 sent; /* monotonic, µs */

  char *request_id;
};

static void
call_free (DubServiceCall *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->limiter);
  g_clear_object (&self->log);
  g_clear_object (&self->message);
  g_free (self->request_id);
  g_free (self);
}

static gboolean
is_create (const DubServiceCall *self)
{
  return self->endpoint == DUB_ENDPOINT_TASK_CREATE;
}

/**
 * dub_service_call_new:
 * @source: (type GObject): whose call it is
 * @endpoint: what is called
 * @decode: reads the answer's body
 * @free_value: frees what @decode made
 * @cancellable: (nullable): a cancellable
 * @callback: called when the answer is there
 * @user_data: data for @callback
 *
 * Prepares a call, which must be started.
 *
 * Returns: (transfer none): the call
 */
DubServiceCall *
dub_service_call_new (gpointer            source,
                      DubEndpoint         endpoint,
                      DubServiceDecode    decode,
                      GDestroyNotify      free_value,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  DubServiceCall *self = g_new0 (DubServiceCall, 1);

  self->task = g_task_new (source, cancellable, callback, user_data);
  self->endpoint = endpoint;
  self->decode = decode;
  self->free_value = free_value;
  /* What became of a create must be told even to one who has cancelled it. */
  g_task_set_check_cancellable (self->task, FALSE);
  g_task_set_task_data (self->task, self, (GDestroyNotify) call_free);
  return self;
}

/**
 * dub_service_call_set_n_items:
 * @self: a call that was not started
 * @n_items: how many items it sends, or ids it asks for
 *
 * Says, of a create, how many tasks the answer must have.
 */
void
dub_service_call_set_n_items (DubServiceCall *self,
                              guint           n_items)
{
  self->n_items = n_items;
}

/**
 * dub_service_call_set_log:
 * @self: a call that was not started
 * @log: (nullable): where it is noted when it is answered
 */
void
dub_service_call_set_log (DubServiceCall *self,
                          DubLog         *log)
{
  g_set_object (&self->log, log);
}

/* What support asks for; nothing of what was sent. */
static void
note (DubServiceCall *self,
      guint           status,
      const GError   *error)
{
  static const char *const paths[] = {
    [DUB_ENDPOINT_TASK_CREATE] = DUB_PATH_TASK_CREATE,
    [DUB_ENDPOINT_TASK_LIST] = DUB_PATH_TASK_LIST,
    [DUB_ENDPOINT_VIDEO_LIST] = DUB_PATH_VIDEO_LIST,
    [DUB_ENDPOINT_USER_INFO] = DUB_PATH_USER_INFO,
    [DUB_ENDPOINT_STUDIO_CANCEL] = DUB_PATH_STUDIO_CANCEL,
    [DUB_ENDPOINT_STUDIO_REHEARSE] = DUB_PATH_STUDIO_REHEARSE,
    [DUB_ENDPOINT_STUDIO_TEST_ENGINE] = DUB_PATH_STUDIO_TEST_ENGINE,
  };
  const DubServiceFault *fault = dub_service_error_get_fault (error);
  const char *request_id = fault != NULL ? fault->request_id : self->request_id;

  /* The studio is asked every second: what it answers as it should would fill the log. */
  if (self->is_studio && error == NULL && !is_create (self))
    return;
  dub_log_write (self->log, "request %s%s items=%u ms=%" G_GINT64_FORMAT " http=%u code=%" G_GINT64_FORMAT " request_id=%s%s%s%s",
                 self->is_studio ? "studio " : "", paths[self->endpoint], self->n_items,
                 (g_get_monotonic_time () - self->sent) / 1000, status, fault != NULL ? fault->return_code : 0,
                 request_id != NULL ? request_id : "-", fault != NULL && fault->maybe_received ? " maybe-received" : "",
                 error != NULL ? " error: " : "", error != NULL ? error->message : "");
}

static void
tell_limiter (DubServiceCall *self,
              const GError   *error)
{
  if (error == NULL)
    dub_rate_limiter_succeeded (self->limiter, self->endpoint);
  else if (g_error_matches (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_RATE_LIMITED))
    dub_rate_limiter_back_off (self->limiter, self->endpoint, dub_service_error_get_fault (error)->retry_after);
}

/* What @answer gives: a value, or an error. */
static gpointer
read_answer (DubServiceCall  *self,
             const DubAnswer *answer,
             GError         **error)
{
  const char *token =
    soup_message_headers_get_one (soup_message_get_request_headers (self->message), "Access-Token");
  g_autoptr (GBytes) body = dub_verdict_mask (answer->body, token);
  g_autoptr (GError) from_body = NULL;
  GError *verdict = NULL;
  gpointer value = self->decode (body, &self->request_id, &from_body);

  if (value == NULL || !SOUP_STATUS_IS_SUCCESSFUL (answer->status))
    verdict = dub_verdict_new (answer, is_create (self), from_body, self->request_id);
  else if (is_create (self))
    verdict = dub_verdict_of_count (g_strv_length (value), self->n_items, self->request_id);

  if (verdict == NULL)
    return value;
  if (value != NULL)
    self->free_value (value);
  g_propagate_error (error, verdict);
  return NULL;
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubServiceCall *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DubAnswer) answer = dub_exchange_finish (SOUP_SESSION (source), result, &error);
  gpointer value;

  if (answer == NULL)
    {
      note (self, 0, error);
      g_task_return_error (task, error);
      return;
    }

  value = read_answer (self, answer, &error);
  note (self, answer->status, error);
  tell_limiter (self, error);
  if (value != NULL)
    g_task_return_pointer (task, value, self->free_value);
  else
    g_task_return_error (task, error);
}

static void
send_message (DubServiceCall *self)
{
  self->sent = g_get_monotonic_time ();
  dub_exchange_async (self->session, self->message, self->max_body, self->deadline_ms, self->is_studio,
                      g_task_get_cancellable (self->task), on_answer, self->task);
}

static void
on_slot (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (dub_rate_limiter_acquire_finish (DUB_RATE_LIMITER (source), result, &error))
    {
      send_message (g_task_get_task_data (task));
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

/**
 * dub_service_call_start:
 * @self: a call that was not started
 * @session: the session
 * @limiter: the limiter of the account
 * @message: (transfer full) (nullable): the request, with its token
 * @max_body: how many bytes of the answer are read
 * @deadline_ms: for the request and its whole answer, in milliseconds
 * @is_studio: whether it is the built-in studio that is asked
 * @error: (transfer full) (nullable): why there is no @message
 *
 * Starts the call; @self is not to be used after it.
 */
void
dub_service_call_start (DubServiceCall *self,
                        SoupSession    *session,
                        DubRateLimiter *limiter,
                        SoupMessage    *message,
                        gsize           max_body,
                        guint           deadline_ms,
                        gboolean        is_studio,
                        GError         *error)
{
  GTask *task = self->task;

  self->session = g_object_ref (session);
  self->limiter = g_object_ref (limiter);
  self->message = message;
  self->max_body = max_body;
  self->deadline_ms = deadline_ms;
  self->is_studio = is_studio;

  if (message == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
  else if (is_create (self))
    {
      send_message (self);
    }
  else
    {
      dub_rate_limiter_acquire_async (limiter, self->endpoint, g_task_get_cancellable (task), on_slot, task);
    }
}

/**
 * dub_service_call_finish:
 * @source: (type GObject): whose call it was
 * @result: the result
 * @endpoint: what was called
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for
 * @error: a #DubServiceError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what the call's decoder made
 */
gpointer
dub_service_call_finish (gpointer      source,
                         GAsyncResult *result,
                         DubEndpoint   endpoint,
                         char        **request_id,
                         GError      **error)
{
  DubServiceCall *self;
  gpointer value;

  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  self = g_task_get_task_data (G_TASK (result));
  g_return_val_if_fail (self->endpoint == endpoint, NULL);

  value = g_task_propagate_pointer (G_TASK (result), error);
  if (request_id != NULL)
    *request_id = value != NULL ? g_steal_pointer (&self->request_id) : NULL;
  return value;
}
