/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fake-service-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (DubFakeService, dub_fake_service, G_TYPE_OBJECT)

static void
request_free (gpointer data)
{
  DubFakeRequest *self = data;

  g_free (self->method);
  g_free (self->path);
  g_free (self->body);
  g_strfreev (self->video_names);
  g_free (self);
}

/* What is known of a request between its headers and its answer. */
typedef struct
{
  DubFakeRequest *request; /* borrowed */
  const DubFakeScript *script; /* borrowed, or NULL */
  char *request_id;
  gboolean dropped;
  guint flooded; /* how often the flood's piece was sent */
} Visit;

static void
visit_free (gpointer data)
{
  Visit *self = data;

  g_free (self->request_id);
  g_free (self);
}

static DubFakeEndpoint
endpoint_of (const char *path)
{
  if (g_str_equal (path, DUB_FAKE_ROOT "creative/aigc/video/task/create/"))
    return DUB_FAKE_TASK_CREATE;
  if (g_str_equal (path, DUB_FAKE_ROOT "creative/aigc/video/task/list/"))
    return DUB_FAKE_TASK_LIST;
  if (g_str_equal (path, DUB_FAKE_ROOT "creative/aigc/video/list/"))
    return DUB_FAKE_VIDEO_LIST;
  if (g_str_equal (path, DUB_FAKE_ROOT "user/info/"))
    return DUB_FAKE_USER_INFO;
  if (g_str_equal (path, DUB_FAKE_ROOT "studio/task/cancel/"))
    return DUB_FAKE_STUDIO_CANCEL;
  if (g_str_equal (path, DUB_FAKE_ROOT "studio/engine/test/"))
    return DUB_FAKE_STUDIO_TEST;
  if (g_str_has_prefix (path, "/preview/"))
    return DUB_FAKE_PREVIEW;
  return DUB_FAKE_NOWHERE;
}

static void
drop (SoupServerMessage *message,
      Visit             *visit)
{
  visit->dropped = TRUE;
  g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
}

/* Whatever is accepted now: a test knows what its tokens have in common. */
static gboolean
has_token (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (strstr (value, DUB_FAKE_TOKEN) != NULL)
      return TRUE;
  return query != NULL && strstr (query, DUB_FAKE_TOKEN) != NULL;
}

static void
remember_socket (DubFakeService    *self,
                 SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (!g_ptr_array_find (self->sockets, socket, NULL))
    g_ptr_array_add (self->sockets, g_object_ref (socket));
}

/* The headers are there. */
static void
on_early (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  DubFakeService *self = user_data;
  DubFakeEndpoint endpoint = endpoint_of (path);
  const char *raw_query = g_uri_get_query (soup_server_message_get_uri (message));
  DubFakeRequest *request = g_new0 (DubFakeRequest, 1);
  Visit *visit = g_new0 (Visit, 1);
  guint ordinal = ++self->counts[endpoint];

  remember_socket (self, message);
  request->endpoint = endpoint;
  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = raw_query != NULL ? g_strconcat (path, "?", raw_query, NULL) : g_strdup (path);
  request->video_names = g_new0 (char *, 1);
  request->moment = g_get_monotonic_time ();
  request->has_token = has_token (message);
  g_ptr_array_add (self->requests, request);
  if (self->watch != NULL)
    self->watch (request, self->watch_data);

  visit->request = request;
  visit->request_id = g_strdup_printf ("fake-request-%u", self->requests->len);
  visit->script = dub_fake_script_find (self, endpoint, ordinal);
  g_object_set_data_full (G_OBJECT (message), "visit", visit, visit_free);
  if (visit->script != NULL && visit->script->drops && visit->script->drop == DUB_FAKE_DROP_BEFORE_READING)
    drop (message, visit);
}

static GStrv
names_of (JsonArray *items)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);

      g_strv_builder_add (names, json_object_get_string_member_with_default (item, "video_name", ""));
    }
  return g_strv_builder_end (names);
}

static char *
act (DubFakeService    *self,
     SoupServerMessage *message,
     Visit             *visit,
     JsonArray         *items)
{
  g_autoptr (JsonArray) ids = NULL;

  switch (visit->request->endpoint)
    {
    case DUB_FAKE_TASK_CREATE:
      return items != NULL ? dub_fake_model_create (&self->model, items, visit->request_id) : NULL;
    case DUB_FAKE_TASK_LIST:
      ids = dub_fake_judge_ids (self->violations, g_uri_get_query (soup_server_message_get_uri (message)));
      return ids != NULL ? dub_fake_model_tasks (&self->model, ids, visit->request_id) : NULL;
    case DUB_FAKE_VIDEO_LIST:
      return dub_fake_model_videos (&self->model, visit->request_id);
    case DUB_FAKE_USER_INFO:
      return dub_fake_model_user (visit->request_id);
    case DUB_FAKE_STUDIO_CANCEL:
      return dub_fake_model_cancel (&self->model, soup_server_message_get_request_body (message)->data, visit->request_id);
    case DUB_FAKE_STUDIO_TEST:
      return dub_fake_model_test (visit->request_id);
    case DUB_FAKE_PREVIEW:
    case DUB_FAKE_NOWHERE:
    default:
      return NULL;
    }
}

/* The model's answer to a request of the API, or a refusal. */
static char *
answer_of_model (DubFakeService    *self,
                 SoupServerMessage *message,
                 Visit             *visit,
                 JsonArray         *items)
{
  DubFakeEndpoint endpoint = visit->request->endpoint;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gint64 last = self->last[endpoint];
  char *answer;

  self->last[endpoint] = visit->request->moment;
  if (self->interval > 0 && last > 0 && visit->request->moment - last < self->interval)
    return dub_fake_model_code (40100, "Too many requests. Please retry in some time.", visit->request_id);
  if (g_strcmp0 (soup_message_headers_get_one (headers, "Access-Token"), self->token) != 0)
    return dub_fake_model_code (40105, "Access token is incorrect or has been revoked.", visit->request_id);
  answer = act (self, message, visit, items);
  if (answer != NULL)
    return answer;
  return dub_fake_model_code (40002, g_ptr_array_index (self->violations, self->violations->len - 1), visit->request_id);
}

static gboolean
is_of_studio (DubFakeEndpoint endpoint)
{
  return endpoint == DUB_FAKE_STUDIO_CANCEL || endpoint == DUB_FAKE_STUDIO_TEST;
}

/* A service has nothing of what the studio has. */
static DubFakeEndpoint
known_endpoint (DubFakeService *self,
                DubFakeEndpoint endpoint)
{
  return is_of_studio (endpoint) && !self->takes_keys ? DUB_FAKE_NOWHERE : endpoint;
}

static void
set_answer (SoupServerMessage *message,
            guint              http_status,
            const char        *content_type,
            const char        *body)
{
  soup_server_message_set_status (message, http_status, NULL);
  if (body != NULL)
    soup_server_message_set_response (message, content_type != NULL ? content_type : "application/json",
                                      SOUP_MEMORY_COPY, body, strlen (body));
}

static void
answer_preview (DubFakeService    *self,
                SoupServerMessage *message)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), self->preview_type, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), self->preview);
}

static void
send_half (SoupServerMessage *message,
           const char        *content_type,
           const char        *body,
           gsize              length)
{
  GSocket *socket = soup_server_message_get_socket (message);
  g_autoptr (GString) raw = g_string_new (NULL);

  g_string_printf (raw, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", content_type,
                   length);
  g_string_append_len (raw, body, (gssize) length / 2);
  g_socket_send (socket, raw->str, raw->len, NULL, NULL);
}

static void
on_held_finished (SoupServerMessage *message,
                  gpointer           user_data)
{
  DubFakeService *self = user_data;

  g_ptr_array_remove (self->held, message);
}

static void
hold (DubFakeService    *self,
      SoupServerMessage *message)
{
  g_ptr_array_add (self->held, g_object_ref (message));
  g_signal_connect_object (message, "finished", G_CALLBACK (on_held_finished), self, G_CONNECT_DEFAULT);
  soup_server_message_pause (message);
}

static void
tell (DubFakeService *self,
      Visit          *visit,
      DubFakeMoment   moment)
{
  if (self->witness != NULL)
    self->witness (visit->request, moment, self->witness_data);
}

/* Another piece, as long as there is anyone who takes it. */
static void
on_piece_wanted (SoupServerMessage *message,
                 gpointer           user_data)
{
  Visit *visit = user_data;
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  if (visit->flooded++ < visit->script->flood_times)
    soup_message_body_append_bytes (body, visit->script->flood);
  else
    soup_message_body_complete (body);
  soup_server_message_unpause (message);
}

static void
begin_flood (SoupServerMessage *message,
             Visit             *visit)
{
  soup_server_message_set_status (message, visit->script->http_status, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (on_piece_wanted), visit);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_piece_wanted), visit);
}

/* (transfer full): what is answered to a request of the API */
static char *
make_answer (DubFakeService    *self,
             SoupServerMessage *message,
             Visit             *visit,
             JsonArray         *items)
{
  const DubFakeScript *script = visit->script;
  gboolean scripted = script != NULL && script->answers;
  g_autofree char *answer = !scripted || script->acts ? answer_of_model (self, message, visit, items) : NULL;
  g_autofree char *straight = NULL;

  if (scripted)
    return g_strdup (script->body);
  if (script == NULL || !script->twists)
    return g_steal_pointer (&answer);
  straight = g_steal_pointer (&answer);
  return dub_fake_twist (straight, script->twist);
}

static void
drop_answered (DubFakeService    *self,
               SoupServerMessage *message,
               Visit             *visit,
               const char        *answer)
{
  if (visit->script->drop == DUB_FAKE_DROP_HALF_ANSWER && answer != NULL)
    send_half (message, "application/json", answer, strlen (answer));
  else if (visit->script->drop == DUB_FAKE_DROP_HALF_ANSWER)
    send_half (message, self->preview_type, g_bytes_get_data (self->preview, NULL), g_bytes_get_size (self->preview));
  drop (message, visit);
}

static void
give (DubFakeService    *self,
      SoupServerMessage *message,
      Visit             *visit,
      JsonArray         *items)
{
  const DubFakeScript *script = visit->script;
  gboolean scripted = script != NULL && script->answers;
  g_autofree char *answer = NULL;

  if (script != NULL && script->drops && script->drop == DUB_FAKE_DROP_AFTER_READING)
    {
      drop (message, visit);
      return;
    }
  if (!scripted && visit->request->endpoint == DUB_FAKE_PREVIEW)
    answer_preview (self, message);
  else if (!scripted && visit->request->endpoint == DUB_FAKE_NOWHERE)
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  else
    {
      answer = make_answer (self, message, visit, items);
      set_answer (message, scripted ? script->http_status : SOUP_STATUS_OK, scripted ? script->content_type : NULL, answer);
    }
  tell (self, visit, DUB_FAKE_ACTED);
  if (script == NULL)
    return;

  for (guint i = 0; i < script->headers->len; i += 2)
    soup_message_headers_append (soup_server_message_get_response_headers (message),
                                 g_ptr_array_index (script->headers, i), g_ptr_array_index (script->headers, i + 1));
  if (script->drops)
    drop_answered (self, message, visit, answer);
  if (script->flood != NULL)
    begin_flood (message, visit);
  if (script->holds)
    hold (self, message);
}

static void
on_finished (SoupServerMessage *message,
             gpointer           user_data)
{
  DubFakeService *self = user_data;
  Visit *visit = g_object_get_data (G_OBJECT (message), "visit");

  tell (self, visit, DUB_FAKE_ANSWERED);
}

/* The whole request is there. */
static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  DubFakeService *self = user_data;
  Visit *visit = g_object_get_data (G_OBJECT (message), "visit");
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (JsonArray) items = NULL;

  soup_server_message_set_status (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, NULL);
  if (visit->dropped)
    return;

  if (body->length > 0)
    {
      g_autoptr (GBytes) whole = soup_message_body_flatten (body);

      visit->request->body = g_strndup (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
    }
  dub_fake_judge_request (self->violations, message, known_endpoint (self, visit->request->endpoint), self->token);
  if (visit->request->endpoint == DUB_FAKE_TASK_CREATE)
    {
      items = dub_fake_judge_create (self->violations, message, self->takes_keys);
      g_strfreev (visit->request->video_names);
      visit->request->video_names = names_of (items);
    }
  else if (body->length > 0 && !is_of_studio (visit->request->endpoint))
    {
      g_ptr_array_add (self->violations, g_strdup_printf ("a question with a body: %s", path));
    }
  if (self->witness != NULL)
    g_signal_connect_object (message, "finished", G_CALLBACK (on_finished), self, G_CONNECT_DEFAULT);
  tell (self, visit, DUB_FAKE_READ);
  give (self, message, visit, items);
}

static void
listen (DubFakeService *self)
{
  g_autoptr (GError) error = NULL;

  soup_server_listen_local (self->server, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
}

static void
dub_fake_service_finalize (GObject *object)
{
  DubFakeService *self = DUB_FAKE_SERVICE (object);

  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->sockets);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->violations);
  g_hash_table_unref (self->scripts);
  g_ptr_array_unref (self->forgotten);
  dub_fake_model_clear (&self->model);
  g_bytes_unref (self->preview);
  g_free (self->preview_type);
  g_free (self->preview_url);
  g_free (self->base_url);
  g_free (self->token);
  G_OBJECT_CLASS (dub_fake_service_parent_class)->finalize (object);
}

static void
dub_fake_service_class_init (DubFakeServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_fake_service_finalize;
}

static void
dub_fake_service_init (DubFakeService *self)
{
  static const char preview[] = "the bytes of a dubbed video";
  g_autoslist (GUri) uris = NULL;

  dub_fake_model_init (&self->model);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->violations = g_ptr_array_new_with_free_func (g_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  self->scripts = dub_fake_scripts_new ();
  self->forgotten = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  self->token = g_strdup (DUB_FAKE_TOKEN);
  self->preview = g_bytes_new_static (preview, strlen (preview));
  self->preview_type = g_strdup ("video/mp4");

  self->server = soup_server_new ("raw-paths", FALSE, NULL);
  soup_server_add_early_handler (self->server, NULL, on_early, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  listen (self);
  uris = soup_server_get_uris (self->server);
  self->port = (guint) g_uri_get_port (uris->data);
  self->base_url = g_strdup_printf ("http://127.0.0.1:%u" DUB_FAKE_ROOT, self->port);
}

DubFakeService *
dub_fake_service_new (void)
{
  return g_object_new (DUB_TYPE_FAKE_SERVICE, NULL);
}

const char *
dub_fake_service_get_base_url (DubFakeService *self)
{
  return self->base_url;
}

GPtrArray *
dub_fake_service_get_requests (DubFakeService *self)
{
  return self->requests;
}

guint
dub_fake_service_count_requests (DubFakeService *self,
                                 DubFakeEndpoint endpoint)
{
  return self->counts[endpoint];
}

guint
dub_fake_service_count_creates (DubFakeService *self,
                                const char     *video_name)
{
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    {
      const DubFakeRequest *request = g_ptr_array_index (self->requests, i);

      if (g_strv_contains ((const char *const *) request->video_names, video_name))
        n++;
    }
  return n;
}

guint
dub_fake_service_count_tasks (DubFakeService *self,
                              const char     *video_name)
{
  guint n = 0;

  for (guint i = 0; i < self->model.tasks->len; i++)
    {
      const DubFakeTask *task = g_ptr_array_index (self->model.tasks, i);

      if (g_str_equal (task->video_name, video_name))
        n++;
    }
  return n;
}

void
dub_fake_service_set_watch (DubFakeService *self,
                            DubFakeWatch    watch,
                            gpointer        user_data)
{
  self->watch = watch;
  self->watch_data = user_data;
}

void
dub_fake_service_set_witness (DubFakeService *self,
                              DubFakeWitness  witness,
                              gpointer        user_data)
{
  self->witness = witness;
  self->witness_data = user_data;
}

void
dub_fake_service_assert_no_violations (DubFakeService *self)
{
  if (self->violations->len > 0)
    g_error ("the client broke the contract %u times, first: %s", self->violations->len,
             (const char *) g_ptr_array_index (self->violations, 0));
}

GPtrArray *
dub_fake_service_get_violations (DubFakeService *self)
{
  return self->violations;
}

const char *
dub_fake_service_get_task_id (DubFakeService *self,
                              const char     *video_name)
{
  for (guint i = self->model.tasks->len; i > 0; i--)
    {
      const DubFakeTask *task = g_ptr_array_index (self->model.tasks, i - 1);

      if (g_str_equal (task->video_name, video_name))
        return task->task_id;
    }
  return NULL;
}

void
dub_fake_service_finish_task (DubFakeService *self,
                              const char     *task_id,
                              const char     *status,
                              const char     *error_msg)
{
  DubFakeTask *task = dub_fake_model_find (&self->model, task_id);

  g_assert_nonnull (task);
  g_set_str (&task->status, status);
  g_set_str (&task->error_msg, error_msg);
  g_free (task->preview_url);
  task->preview_url = self->preview_url != NULL
                        ? g_strdup (self->preview_url)
                        : g_strdup_printf ("http://127.0.0.1:%u/preview/%s.mp4?sig=a%%2Fb", self->port, task_id);
}

void
dub_fake_service_finish_all (DubFakeService *self)
{
  for (guint i = 0; i < self->model.tasks->len; i++)
    {
      const DubFakeTask *task = g_ptr_array_index (self->model.tasks, i);

      if (g_str_equal (task->status, "SUBMITTED") || g_str_equal (task->status, "PROCESSING"))
        dub_fake_service_finish_task (self, task->task_id, "SUCCESS", NULL);
    }
}

void
dub_fake_service_refuse_name (DubFakeService *self,
                              const char     *video_name,
                              gint64          code,
                              const char     *message)
{
  DubFakeRefusal *refusal = g_new0 (DubFakeRefusal, 1);

  refusal->code = code;
  refusal->message = g_strdup (message);
  g_hash_table_insert (self->model.refused, g_strdup (video_name), refusal);
}

void
dub_fake_service_set_preview (DubFakeService *self,
                              GBytes         *bytes,
                              const char     *content_type)
{
  g_bytes_ref (bytes);
  g_bytes_unref (self->preview);
  self->preview = bytes;
  g_set_str (&self->preview_type, content_type);
}

void
dub_fake_service_set_preview_url (DubFakeService *self,
                                  const char     *url)
{
  g_set_str (&self->preview_url, url);
}

void
dub_fake_service_set_progress (DubFakeService *self,
                               const char     *task_id,
                               const char     *stage,
                               double          fraction)
{
  DubFakeTask *task = dub_fake_model_find (&self->model, task_id);

  g_assert_nonnull (task);
  g_set_str (&task->status, "PROCESSING");
  g_set_str (&task->stage, stage);
  task->fraction = fraction;
}

void
dub_fake_service_take_keys (DubFakeService *self)
{
  self->takes_keys = TRUE;
}

void
dub_fake_service_set_interval (DubFakeService *self,
                               guint           interval_ms)
{
  self->interval = (gint64) interval_ms * 1000;
}

void
dub_fake_service_set_token (DubFakeService *self,
                            const char     *token)
{
  g_set_str (&self->token, token);
}

void
dub_fake_service_set_offline (DubFakeService *self,
                              gboolean        offline)
{
  if (!offline)
    {
      listen (self);
      return;
    }
  soup_server_disconnect (self->server);
  for (guint i = 0; i < self->sockets->len; i++)
    g_socket_shutdown (g_ptr_array_index (self->sockets, i), TRUE, TRUE, NULL);
  g_ptr_array_set_size (self->sockets, 0);
}

gboolean
dub_fake_service_is_holding (DubFakeService *self)
{
  return self->held->len > 0;
}

void
dub_fake_service_release (DubFakeService *self)
{
  g_autoptr (GPtrArray) held = g_steal_pointer (&self->held);

  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < held->len; i++)
    {
      g_signal_handlers_disconnect_by_func (g_ptr_array_index (held, i), on_held_finished, self);
      soup_server_message_unpause (g_ptr_array_index (held, i));
    }
}
