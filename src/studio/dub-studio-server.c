/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-server.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "dub-service-codec.h"
#include "dub-service-error.h"
#include "dub-studio-create.h"
#include "dub-studio-gate.h"

/* Service documentation, return codes. */
#define CODE_RATE_LIMITED 40100
#define CODE_TOKEN        40105
#define CODE_PARAMETERS   40002
#define CODE_SERVER       50000

/* Whoever asks waits for a minute (dub-service-client.c). */
#define LOOK_WITHIN_MS (30 * 1000)

#define BODY_KEY "dub-studio-body"

struct _DubStudioServer
{
  GObject parent_instance;

  /* owned */
  DubStudioStore *store;
  DubStudioQueue *queue;
  DubJobRunner *runner;
  SoupServer *soup;
  GCancellable *cancellable;
  DubStudioGate gate;

  guint qps;
  guint port;
};

G_DEFINE_FINAL_TYPE (DubStudioServer, dub_studio_server, G_TYPE_OBJECT)

/* One request on its way to its answer. */
typedef struct
{
  DubStudioServer *server;
  SoupServerMessage *message;
  char *request_id;
  GStrv task_ids; /* of a task list */
  gboolean paused;
} Exchange;

typedef void (*Answer) (Exchange   *exchange,
                        GHashTable *query);

typedef struct
{
  const char *path;
  const char *method;
  DubEndpoint endpoint;
  Answer answer; /* takes the exchange */
} Route;

/* --- one exchange --- */

/* As the service's: the moment and something random, in one word. */
static char *
make_request_id (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *moment = g_date_time_format (now, "%Y%m%d%H%M%S");

  return g_strdup_printf ("%s%08X%08X", moment, g_random_int (), g_random_int ());
}

static Exchange *
exchange_new (DubStudioServer   *server,
              SoupServerMessage *message)
{
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->server = g_object_ref (server);
  exchange->message = g_object_ref (message);
  exchange->request_id = make_request_id ();
  return exchange;
}

static void
exchange_free (Exchange *exchange)
{
  g_object_unref (exchange->server);
  g_object_unref (exchange->message);
  g_free (exchange->request_id);
  g_strfreev (exchange->task_ids);
  g_free (exchange);
}

static void
pause_exchange (Exchange *exchange)
{
  exchange->paused = TRUE;
  soup_server_message_pause (exchange->message);
}

/* @json: (transfer full). Errors too arrive under HTTP 200 (service documentation, envelope). */
static void
answer (Exchange *exchange,
        char     *json)
{
  SoupServerMessage *message = exchange->message;

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Cache-Control", "no-store");
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, json, strlen (json));
  if (exchange->paused)
    soup_server_message_unpause (message);
  exchange_free (exchange);
}

static void
refuse (Exchange   *exchange,
        gint64      code,
        const char *message)
{
  answer (exchange, dub_codec_encode_error (code, message, exchange->request_id));
}

/* --- the body --- */

/* Kept here, as far as the cap: libsoup would keep all of it. */
static void
on_got_chunk (SoupServerMessage *message,
              GBytes            *chunk,
              GByteArray        *body)
{
  gsize size = g_bytes_get_size (chunk);

  /* One byte over the cap says that there was more. */
  size = MIN (size, DUB_STUDIO_MAX_BODY + 1 - body->len);
  g_byte_array_append (body, g_bytes_get_data (chunk, NULL), size);
}

static void
on_headers (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  GByteArray *body = g_byte_array_new ();

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_object_set_data_full (G_OBJECT (message), BODY_KEY, body, (GDestroyNotify) g_byte_array_unref);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), body);
}

/* --- creative/aigc/video/task/create/ --- */

static void
on_tasks_stored (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Exchange *exchange = user_data;
  DubStudioServer *self = exchange->server;
  g_autoptr (GPtrArray) made = NULL;
  g_auto (GStrv) task_ids = NULL;
  g_autoptr (GError) error = NULL;

  task_ids = dub_studio_store_add_finish (self->store, result, &made, &error);
  if (task_ids == NULL)
    {
      refuse (exchange, CODE_SERVER, error->message);
      return;
    }

  dub_studio_queue_add (self->queue, made);
  answer (exchange, dub_codec_encode_task_ids ((const char *const *) task_ids, exchange->request_id));
}

static void
on_create_checked (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Exchange *exchange = user_data;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;

  tasks = dub_studio_create_finish (result, &error);
  if (tasks != NULL)
    dub_studio_store_add_async (exchange->server->store, tasks, NULL, on_tasks_stored, exchange);
  else
    refuse (exchange, error->domain == DUB_SERVICE_ERROR ? CODE_PARAMETERS : CODE_SERVER, error->message);
}

static void
answer_create (Exchange   *exchange,
               GHashTable *query)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (exchange->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  GByteArray *body = g_object_get_data (G_OBJECT (exchange->message), BODY_KEY);
  g_autoptr (GBytes) bytes = NULL;

  if (type == NULL || g_ascii_strcasecmp (type, "application/json") != 0)
    {
      refuse (exchange, CODE_PARAMETERS, "Content-Type: must be application/json");
      return;
    }
  if (body->len > DUB_STUDIO_MAX_BODY)
    {
      refuse (exchange, CODE_PARAMETERS, "the body must have at most 1048576 bytes");
      return;
    }

  bytes = g_bytes_new (body->data, body->len);
  pause_exchange (exchange);
  dub_studio_create_async (bytes, exchange->server->store, exchange->server->runner, LOOK_WITHIN_MS,
                           exchange->server->cancellable, on_create_checked, exchange);
}

/* --- creative/aigc/video/task/list/ --- */

/* Reads a query parameter that holds a JSON array. Where it does not, the exchange is refused, and gone. */
static GStrv
read_array (Exchange   *exchange,
            const char *name,
            const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  GStrv strings = dub_codec_decode_id_array (value, &error);

  if (strings == NULL)
    {
      sentence = g_strdup_printf ("%s: must be a JSON array of strings (%s)", name, error->message);
      refuse (exchange, CODE_PARAMETERS, sentence);
    }
  return strings;
}

static const char *
find_unknown (Exchange  *exchange,
              GPtrArray *tasks,
              guint     *index)
{
  for (guint i = 0; exchange->task_ids[i] != NULL; i++)
    {
      DubStudioTask *task = i < tasks->len ? g_ptr_array_index (tasks, i) : NULL;

      if (task == NULL || !g_str_equal (task->task_id, exchange->task_ids[i]))
        {
          *index = i;
          return exchange->task_ids[i];
        }
    }
  return NULL;
}

static void
on_tasks_read (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Exchange *exchange = user_data;
  g_autoptr (GPtrArray) remotes = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_remote_task_free);
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;
  const char *unknown;
  guint index;

  tasks = dub_studio_store_get_finish (exchange->server->store, result, &error);
  if (tasks == NULL)
    {
      refuse (exchange, CODE_SERVER, error->message);
      return;
    }
  unknown = find_unknown (exchange, tasks, &index);
  if (unknown != NULL)
    {
      g_autofree char *sentence = g_strdup_printf ("task_ids[%u]: there is no task %s", index, unknown);

      refuse (exchange, CODE_PARAMETERS, sentence);
      return;
    }

  for (guint i = 0; i < tasks->len; i++)
    g_ptr_array_add (remotes, dub_studio_task_to_remote (g_ptr_array_index (tasks, i)));
  answer (exchange, dub_codec_encode_tasks (remotes, exchange->request_id));
}

static void
answer_task_list (Exchange   *exchange,
                  GHashTable *query)
{
  const char *ids = query != NULL ? g_hash_table_lookup (query, "task_ids") : NULL;
  const char *type = query != NULL ? g_hash_table_lookup (query, "aigc_video_type") : NULL;
  GStrv task_ids;
  guint length;

  if (ids == NULL)
    {
      refuse (exchange, CODE_PARAMETERS, "task_ids: is missing");
      return;
    }
  task_ids = read_array (exchange, "task_ids", ids);
  if (task_ids == NULL)
    return;

  exchange->task_ids = task_ids;
  length = g_strv_length (task_ids);
  if (length < 1 || length > DUB_MAX_IDS_PER_LIST)
    {
      refuse (exchange, CODE_PARAMETERS, "task_ids: must hold 1 to 5 ids");
      return;
    }
  if (type != NULL && !g_str_equal (type, "DUBBING"))
    {
      refuse (exchange, CODE_PARAMETERS, "aigc_video_type: must be DUBBING");
      return;
    }

  pause_exchange (exchange);
  dub_studio_store_get_async (exchange->server->store, (const char *const *) exchange->task_ids, NULL,
                              on_tasks_read, exchange);
}

/* --- creative/aigc/video/list/ --- */

static void
on_videos_read (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Exchange *exchange = user_data;
  g_autoptr (GPtrArray) videos = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_remote_video_free);
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;

  tasks = dub_studio_store_list_videos_finish (exchange->server->store, result, &error);
  if (tasks == NULL)
    {
      refuse (exchange, CODE_SERVER, error->message);
      return;
    }

  for (guint i = 0; i < tasks->len; i++)
    g_ptr_array_add (videos, dub_studio_task_to_video (g_ptr_array_index (tasks, i)));
  answer (exchange, dub_codec_encode_videos (videos, exchange->request_id));
}

static void
answer_video_list (Exchange   *exchange,
                   GHashTable *query)
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

            refuse (exchange, CODE_PARAMETERS, sentence);
            return;
          }
    }

  pause_exchange (exchange);
  dub_studio_store_list_videos_async (exchange->server->store, NULL, on_videos_read, exchange);
}

/* --- user/info/ --- */

static void
answer_user (Exchange   *exchange,
             GHashTable *query)
{
  answer (exchange, dub_codec_encode_user (_("Built-in studio"), exchange->request_id));
}

/* --- which of them --- */

static const Route routes[] = {
  { DUB_STUDIO_BASE_PATH DUB_PATH_TASK_CREATE, "POST", DUB_ENDPOINT_TASK_CREATE, answer_create },
  { DUB_STUDIO_BASE_PATH DUB_PATH_TASK_LIST, "GET", DUB_ENDPOINT_TASK_LIST, answer_task_list },
  { DUB_STUDIO_BASE_PATH DUB_PATH_VIDEO_LIST, "GET", DUB_ENDPOINT_VIDEO_LIST, answer_video_list },
  { DUB_STUDIO_BASE_PATH DUB_PATH_USER_INFO, "GET", DUB_ENDPOINT_USER_INFO, answer_user },
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
  Exchange *exchange = exchange_new (self, message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const Route *route = find_route (path);

  if (!dub_studio_gate_knows (&self->gate, soup_message_headers_get_one (headers, "Access-Token")))
    {
      refuse (exchange, CODE_TOKEN, "Access-Token: is missing or not the one of this studio");
    }
  else if (route == NULL)
    {
      refuse (exchange, CODE_PARAMETERS, "there is nothing at this path");
    }
  else if (!g_str_equal (soup_server_message_get_method (message), route->method))
    {
      g_autofree char *sentence = g_strdup_printf ("the method must be %s", route->method);

      refuse (exchange, CODE_PARAMETERS, sentence);
    }
  else if (!dub_studio_gate_count (&self->gate, route->endpoint, g_get_monotonic_time ()))
    {
      refuse (exchange, CODE_RATE_LIMITED, "too many requests to this endpoint: try again later");
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
  g_clear_object (&self->store);
  g_clear_object (&self->queue);
  g_clear_object (&self->runner);
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
 * @store: where the tasks are; open
 * @queue: what does them
 * @runner: what looks at their videos
 * @qps: requests a second for each endpoint, 0 for no limit
 *
 * Returns: (transfer full): a server that does not listen yet
 */
DubStudioServer *
dub_studio_server_new (DubStudioStore *store,
                       DubStudioQueue *queue,
                       DubJobRunner   *runner,
                       guint           qps)
{
  DubStudioServer *self = g_object_new (DUB_TYPE_STUDIO_SERVER, NULL);

  self->store = g_object_ref (store);
  self->queue = g_object_ref (queue);
  self->runner = g_object_ref (runner);
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
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
}
