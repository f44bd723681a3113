/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-server-private.h"

#include <glib/gi18n-lib.h>

#include "dub-service-codec.h"
#include "dub-service-error.h"
#include "dub-studio-codec.h"
#include "dub-studio-create.h"

/* Whoever asks waits for a minute (dub-service-client.c). */
#define LOOK_WITHIN_MS (30 * 1000)

G_DEFINE_FINAL_TYPE (DubStudioServer, dub_studio_server, G_TYPE_OBJECT)

typedef void (*Answer) (DubStudioExchange *exchange,
                        GHashTable        *query);

typedef struct
{
  const char *path;
  const char *method;
  DubEndpoint endpoint;
  Answer answer; /* takes the exchange */
} Route;

static void
on_headers (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  dub_studio_exchange_keep_body (message);
}

/* --- creative/aigc/video/task/create/ --- */

static void
on_tasks_stored (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  DubStudioExchange *exchange = user_data;
  DubStudioServer *self = DUB_STUDIO_SERVER (exchange->server);
  g_autoptr (GPtrArray) made = NULL;
  g_auto (GStrv) task_ids = NULL;
  g_autoptr (GError) error = NULL;

  task_ids = dub_studio_store_add_finish (self->tools.store, result, &made, &error);
  if (task_ids == NULL)
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_SERVER, error->message);
      return;
    }

  dub_studio_queue_add (self->queue, made);
  dub_studio_exchange_answer (exchange, dub_codec_encode_task_ids ((const char *const *) task_ids, exchange->request_id));
}

static void
on_create_checked (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  DubStudioExchange *exchange = user_data;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;

  tasks = dub_studio_create_finish (result, &error);
  if (tasks != NULL)
    dub_studio_store_add_async (DUB_STUDIO_SERVER (exchange->server)->tools.store, tasks, NULL, on_tasks_stored, exchange);
  else
    dub_studio_exchange_refuse (exchange, error->domain == DUB_SERVICE_ERROR ? DUB_STUDIO_CODE_PARAMETERS : DUB_STUDIO_CODE_SERVER, error->message);
}

static void
answer_create (DubStudioExchange *exchange,
               GHashTable        *query)
{
  DubStudioServer *self = DUB_STUDIO_SERVER (exchange->server);
  g_autoptr (GBytes) body = dub_studio_exchange_take_body (exchange);

  if (body == NULL)
    return;
  dub_studio_exchange_pause (exchange);
  dub_studio_create_async (body, self->tools.store, self->tools.runner, LOOK_WITHIN_MS, self->cancellable, on_create_checked,
                           exchange);
}

/* --- creative/aigc/video/task/list/ --- */

/* Reads a query parameter that holds a JSON array. Where it does not, the exchange is refused, and gone. */
static GStrv
read_array (DubStudioExchange *exchange,
            const char        *name,
            const char        *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  GStrv strings = dub_codec_decode_id_array (value, &error);

  if (strings == NULL)
    {
      sentence = g_strdup_printf ("%s: must be a JSON array of strings (%s)", name, error->message);
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_PARAMETERS, sentence);
    }
  return strings;
}

static const char *
find_unknown (DubStudioExchange *exchange,
              GPtrArray         *tasks,
              guint             *index)
{
  for (guint i = 0; exchange->strings[i] != NULL; i++)
    {
      DubStudioTask *task = i < tasks->len ? g_ptr_array_index (tasks, i) : NULL;

      if (task == NULL || !g_str_equal (task->task_id, exchange->strings[i]))
        {
          *index = i;
          return exchange->strings[i];
        }
    }
  return NULL;
}

static DubRemoteTask *
make_remote (DubStudioServer     *self,
             const DubStudioTask *task)
{
  DubRemoteTask *remote = dub_studio_task_to_remote (task);

  remote->progress_stage = dub_studio_queue_get_progress (self->queue, task->task_id, &remote->progress);
  return remote;
}

static void
on_tasks_read (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  DubStudioExchange *exchange = user_data;
  g_autoptr (GPtrArray) remotes = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_remote_task_free);
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;
  const char *unknown;
  guint index;

  tasks = dub_studio_store_get_finish (DUB_STUDIO_SERVER (exchange->server)->tools.store, result, &error);
  if (tasks == NULL)
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_SERVER, error->message);
      return;
    }
  unknown = find_unknown (exchange, tasks, &index);
  if (unknown != NULL)
    {
      g_autofree char *sentence = g_strdup_printf ("task_ids[%u]: there is no task %s", index, unknown);

      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_PARAMETERS, sentence);
      return;
    }

  for (guint i = 0; i < tasks->len; i++)
    g_ptr_array_add (remotes, make_remote (DUB_STUDIO_SERVER (exchange->server), g_ptr_array_index (tasks, i)));
  dub_studio_exchange_answer (exchange, dub_codec_encode_tasks (remotes, exchange->request_id));
}

static void
answer_task_list (DubStudioExchange *exchange,
                  GHashTable        *query)
{
  const char *ids = query != NULL ? g_hash_table_lookup (query, "task_ids") : NULL;
  const char *type = query != NULL ? g_hash_table_lookup (query, "aigc_video_type") : NULL;
  GStrv task_ids;
  guint length;

  if (ids == NULL)
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_PARAMETERS, "task_ids: is missing");
      return;
    }
  task_ids = read_array (exchange, "task_ids", ids);
  if (task_ids == NULL)
    return;

  exchange->strings = task_ids;
  length = g_strv_length (task_ids);
  if (length < 1 || length > DUB_MAX_IDS_PER_LIST)
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_PARAMETERS, "task_ids: must hold 1 to 5 ids");
      return;
    }
  if (type != NULL && !g_str_equal (type, "DUBBING"))
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_PARAMETERS, "aigc_video_type: must be DUBBING");
      return;
    }

  dub_studio_exchange_pause (exchange);
  dub_studio_store_get_async (DUB_STUDIO_SERVER (exchange->server)->tools.store, (const char *const *) exchange->strings, NULL,
                              on_tasks_read, exchange);
}

/* --- creative/aigc/video/list/ --- */

static void
on_videos_read (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  DubStudioExchange *exchange = user_data;
  g_autoptr (GPtrArray) videos = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_remote_video_free);
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;

  tasks = dub_studio_store_list_videos_finish (DUB_STUDIO_SERVER (exchange->server)->tools.store, result, &error);
  if (tasks == NULL)
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_SERVER, error->message);
      return;
    }

  for (guint i = 0; i < tasks->len; i++)
    g_ptr_array_add (videos, dub_studio_task_to_video (g_ptr_array_index (tasks, i)));
  dub_studio_exchange_answer (exchange, dub_codec_encode_videos (videos, exchange->request_id));
}

static void
answer_video_list (DubStudioExchange *exchange,
                   GHashTable        *query)
{
  const char *filter = query != NULL ? g_hash_table_lookup (query, "aigc_video_types") : NULL;

  if (filter != NULL)
    {
      g_auto (GStrv) types = read_array (exchange, "aigc_video_types", filter);

      if (types == NULL)
        return;
      for (guint i = 0; types[i] != NULL; i++)
        if (!g_str_equal (types[i], "DUBBING"))
          {
            g_autofree char *sentence = g_strdup_printf ("aigc_video_types[%u]: must be DUBBING", i);

            dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_PARAMETERS, sentence);
            return;
          }
    }

  dub_studio_exchange_pause (exchange);
  dub_studio_store_list_videos_async (DUB_STUDIO_SERVER (exchange->server)->tools.store, NULL, on_videos_read, exchange);
}

/* --- user/info/ --- */

static void
answer_user (DubStudioExchange *exchange,
             GHashTable        *query)
{
  dub_studio_exchange_answer (exchange, dub_codec_encode_user (_("Built-in studio"), exchange->request_id));
}

/* --- which of them --- */

static const Route routes[] = {
  { DUB_STUDIO_BASE_PATH DUB_PATH_TASK_CREATE, "POST", DUB_ENDPOINT_TASK_CREATE, answer_create },
  { DUB_STUDIO_BASE_PATH DUB_PATH_TASK_LIST, "GET", DUB_ENDPOINT_TASK_LIST, answer_task_list },
  { DUB_STUDIO_BASE_PATH DUB_PATH_VIDEO_LIST, "GET", DUB_ENDPOINT_VIDEO_LIST, answer_video_list },
  { DUB_STUDIO_BASE_PATH DUB_PATH_USER_INFO, "GET", DUB_ENDPOINT_USER_INFO, answer_user },
  { DUB_STUDIO_BASE_PATH DUB_PATH_STUDIO_CANCEL, "POST", DUB_ENDPOINT_STUDIO_CANCEL, dub_studio_answer_cancel },
  { DUB_STUDIO_BASE_PATH DUB_PATH_STUDIO_REHEARSE, "POST", DUB_ENDPOINT_STUDIO_REHEARSE, dub_studio_answer_rehearse },
  { DUB_STUDIO_BASE_PATH DUB_PATH_STUDIO_TEST_ENGINE, "POST", DUB_ENDPOINT_STUDIO_TEST_ENGINE,
    dub_studio_answer_test_engine },
};

static const Route *
find_route (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].path, path))
      return &routes[i];
  return NULL;
}

static void
on_request (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  DubStudioServer *self = user_data;
  DubStudioExchange *exchange = dub_studio_exchange_new (self, message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const Route *route = find_route (path);

  if (!dub_studio_gate_knows (&self->gate, soup_message_headers_get_one (headers, "Access-Token")))
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_TOKEN, "Access-Token: is missing or not the one of this studio");
    }
  else if (route == NULL)
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_PARAMETERS, "there is nothing at this path");
    }
  else if (!g_str_equal (soup_server_message_get_method (message), route->method))
    {
      g_autofree char *sentence = g_strdup_printf ("the method must be %s", route->method);

      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_PARAMETERS, sentence);
    }
  else if (!dub_studio_gate_count (&self->gate, route->endpoint, g_get_monotonic_time ()))
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_RATE_LIMITED, "too many requests to this endpoint: try again later");
    }
  else
    {
      route->answer (exchange, query);
    }
}

/* --- the object --- */

static void
dub_studio_server_dispose (GObject *object)
{
  DubStudioServer *self = DUB_STUDIO_SERVER (object);

  dub_studio_server_close (self);
  dub_studio_tools_clear (&self->tools);
  g_clear_object (&self->rehearser);
  g_clear_object (&self->queue);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (dub_studio_server_parent_class)->dispose (object);
}

static void
dub_studio_server_finalize (GObject *object)
{
  DubStudioServer *self = DUB_STUDIO_SERVER (object);

  dub_studio_gate_clear (&self->gate);
  G_OBJECT_CLASS (dub_studio_server_parent_class)->finalize (object);
}

static void
dub_studio_server_class_init (DubStudioServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dub_studio_server_dispose;
  object_class->finalize = dub_studio_server_finalize;
}

static void
dub_studio_server_init (DubStudioServer *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * dub_studio_server_new:
 * @tools: where the tasks are, open, and what looks at their videos; copied, with references
 * @queue: what does them
 * @qps: requests a second for each endpoint, 0 for no limit
 *
 * Returns: (transfer full): a server that does not listen yet
 */
DubStudioServer *
dub_studio_server_new (const DubStudioTools *tools,
                       DubStudioQueue       *queue,
                       guint                 qps)
{
  DubStudioServer *self = g_object_new (DUB_TYPE_STUDIO_SERVER, NULL);

  dub_studio_tools_copy (tools, &self->tools);
  self->queue = g_object_ref (queue);
  self->rehearser = dub_rehearser_new (dub_job_runner_get_program (tools->runner), DUB_REHEARSER_PATIENCE_MS);
  self->qps = qps;
  return self;
}

static guint
find_port (SoupServer *soup)
{
  GSList *uris = soup_server_get_uris (soup);
  guint port = uris != NULL ? (guint) g_uri_get_port (uris->data) : 0;

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

/**
 * dub_studio_server_listen:
 * @self: the server
 * @error: return location; #GIOErrorEnum
 *
 * Listens on a free port of 127.0.0.1 alone, with a token of its own. To be called once.
 *
 * Returns: whether it listens
 */
gboolean
dub_studio_server_listen (DubStudioServer *self,
                          GError         **error)
{
  g_return_val_if_fail (self->soup == NULL, FALSE);

  if (!dub_studio_gate_init (&self->gate, self->qps, error))
    return FALSE;
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->soup, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  if (!soup_server_listen_local (self->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;
  self->port = find_port (self->soup);
  return TRUE;
}

/**
 * dub_studio_server_get_port:
 * @self: a server that listens
 *
 * Returns: its port
 */
guint
dub_studio_server_get_port (DubStudioServer *self)
{
  return self->port;
}

/**
 * dub_studio_server_get_token:
 * @self: a server that listens
 *
 * Returns: (transfer none): what a request must have as `Access-Token`; never to be shown or logged
 */
const char *
dub_studio_server_get_token (DubStudioServer *self)
{
  return self->gate.token;
}

/**
 * dub_studio_server_close:
 * @self: the server
 *
 * Takes no more requests. Those under way get no answer.
 */
void
dub_studio_server_close (DubStudioServer *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->rehearser != NULL)
    dub_rehearser_close (self->rehearser);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
}
