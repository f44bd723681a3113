/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-service-client-private.h"
#include "dub-log.h"
#include "dub-service-codec.h"
#include "dub-service-error.h"
#include "dub-trust.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_MAX_BODY (32u * 1024 * 1024)
#define DEFAULT_DEADLINE_MS (60 * 1000)
#define SILENCE_S 30
#define MAX_TOKEN_BYTES 4096

struct _DubServiceClient
{
  GObject parent_instance;

  char *base_url;
  char *token;
  DubRateLimiter *limiter;
  DubLog *log; /* NULL: there is none */
  SoupSession *session;
  guint64 max_body;
  guint deadline_ms;
  gboolean is_studio;
};

typedef enum
{
  PROP_BASE_URL = 1,
  PROP_LIMITER,
  PROP_MAX_BODY,
  PROP_DEADLINE_MS,
  PROP_IS_STUDIO,
  PROP_LOG,
} DubServiceClientProperty;

static GParamSpec *properties[PROP_LOG + 1];

G_DEFINE_FINAL_TYPE (DubServiceClient, dub_service_client, G_TYPE_OBJECT)

static void
wipe (char **secret)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

static void
dub_service_client_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  DubServiceClient *self = DUB_SERVICE_CLIENT (object);

  switch ((DubServiceClientProperty) property_id)
    {
    case PROP_BASE_URL:
      self->base_url = g_value_dup_string (value);
      break;
    case PROP_LIMITER:
      self->limiter = g_value_dup_object (value);
      break;
    case PROP_MAX_BODY:
      self->max_body = g_value_get_uint64 (value);
      break;
    case PROP_DEADLINE_MS:
      self->deadline_ms = g_value_get_uint (value);
      break;
    case PROP_IS_STUDIO:
      self->is_studio = g_value_get_boolean (value);
      break;
    case PROP_LOG:
      g_assert (self->token == NULL);
      g_set_object (&self->log, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
dub_service_client_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  DubServiceClient *self = DUB_SERVICE_CLIENT (object);

  switch ((DubServiceClientProperty) property_id)
    {
    case PROP_BASE_URL:
      g_value_set_string (value, self->base_url);
      break;
    case PROP_LIMITER:
      g_value_set_object (value, self->limiter);
      break;
    case PROP_MAX_BODY:
      g_value_set_uint64 (value, self->max_body);
      break;
    case PROP_DEADLINE_MS:
      g_value_set_uint (value, self->deadline_ms);
      break;
    case PROP_IS_STUDIO:
      g_value_set_boolean (value, self->is_studio);
      break;
    case PROP_LOG:
      g_value_set_object (value, self->log);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
dub_service_client_finalize (GObject *object)
{
  DubServiceClient *self = DUB_SERVICE_CLIENT (object);

  dub_log_forget_secret (self->log, self->token);
  wipe (&self->token);
  g_clear_pointer (&self->base_url, g_free);
  g_clear_object (&self->limiter);
  g_clear_object (&self->log);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dub_service_client_parent_class)->finalize (object);
}

static void
dub_service_client_class_init (DubServiceClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = dub_service_client_set_property;
  object_class->get_property = dub_service_client_get_property;
  object_class->finalize = dub_service_client_finalize;

  /**
   * DubServiceClient:base-url:
   *
   * The address that the paths of the API are relative to.
   */
  properties[PROP_BASE_URL] =
    g_param_spec_string ("base-url", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * DubServiceClient:limiter:
   *
   * The limiter of the account.
   */
  properties[PROP_LIMITER] =
    g_param_spec_object ("limiter", NULL, NULL, DUB_TYPE_RATE_LIMITER,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * DubServiceClient:max-body:
   *
   * How many bytes of an answer are read, after decompression.
   */
  properties[PROP_MAX_BODY] =
    g_param_spec_uint64 ("max-body", NULL, NULL, 1, G_MAXINT32, DEFAULT_MAX_BODY,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  /**
   * DubServiceClient:deadline-ms:
   *
   * How long a request and its whole answer may take, in milliseconds. The wait for a slot of the limiter is not
   * part of it.
   */
  properties[PROP_DEADLINE_MS] =
    g_param_spec_uint ("deadline-ms", NULL, NULL, 1, G_MAXUINT, DEFAULT_DEADLINE_MS,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  /**
   * DubServiceClient:is-studio:
   *
   * Whether the built-in studio answers there, of which the sentence of a missing answer speaks then.
   */
  properties[PROP_IS_STUDIO] =
    g_param_spec_boolean ("is-studio", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * DubServiceClient:log:
   *
   * Where each request is noted, without what was sent; to be set before the token, which is kept out of it. May be %NULL.
   */
  properties[PROP_LOG] =
    g_param_spec_object ("log", NULL, NULL, DUB_TYPE_LOG, G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
dub_service_client_init (DubServiceClient *self)
{
  self->session = soup_session_new_with_options ("timeout", SILENCE_S, NULL);
}

/**
 * dub_service_client_new:
 * @base_url: the address of the API, https or http to this machine; checked when it is called
 * @limiter: the limiter of the account
 *
 * Makes the client of one account. It belongs to the thread that made it.
 *
 * Returns: (transfer full): a client without a token
 */
DubServiceClient *
dub_service_client_new (const char     *base_url,
                        DubRateLimiter *limiter)
{
  g_return_val_if_fail (base_url != NULL, NULL);
  g_return_val_if_fail (DUB_IS_RATE_LIMITER (limiter), NULL);

  return g_object_new (DUB_TYPE_SERVICE_CLIENT, "base-url", base_url, "limiter", limiter, NULL);
}

static gboolean
fits_in_header (const char *token)
{
  gsize length = strlen (token);

  if (length == 0 || length > MAX_TOKEN_BYTES)
    return FALSE;
  for (const char *p = token; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        return FALSE;
    }
  return TRUE;
}

/**
 * dub_service_client_set_token:
 * @self: a client
 * @token: the access token; blanks around it are removed
 * @error: %DUB_SERVICE_ERROR_NO_TOKEN
 *
 * Sets the token of the calls that are made from now on. One that is refused changes nothing: libsoup would send the
 * request without the header.
 *
 * Returns: whether it can be used
 */
gboolean
dub_service_client_set_token (DubServiceClient *self,
                              const char       *token,
                              GError          **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (token != NULL ? token : ""));

  g_return_val_if_fail (DUB_IS_SERVICE_CLIENT (self), FALSE);

  if (fits_in_header (trimmed))
    {
      dub_log_keep_secret (self->log, trimmed);
      dub_log_forget_secret (self->log, self->token);
      wipe (&self->token);
      self->token = g_steal_pointer (&trimmed);
      return TRUE;
    }
  g_propagate_error (
    error, dub_service_error_new (DUB_SERVICE_ERROR_NO_TOKEN, NULL,
                                  *trimmed == '\0'
                                    ? _("No access token was entered. Paste the token that the service gave you.")
                                    : _("This is not an access token: a token is one word of Latin letters, digits "
                                        "and signs. Nothing was sent. Copy it again, without anything around it.")));
  return FALSE;
}

/**
 * dub_service_client_get_limiter:
 * @self: a client
 *
 * Returns: (transfer none): the limiter of the account
 */
DubRateLimiter *
dub_service_client_get_limiter (DubServiceClient *self)
{
  g_return_val_if_fail (DUB_IS_SERVICE_CLIENT (self), NULL);

  return self->limiter;
}

/**
 * dub_service_client_get_base_url:
 * @self: a client
 *
 * Returns: (transfer none): the address that it was made with
 */
const char *
dub_service_client_get_base_url (DubServiceClient *self)
{
  g_return_val_if_fail (DUB_IS_SERVICE_CLIENT (self), NULL);

  return self->base_url;
}

static GUri *
make_uri (DubServiceClient *self,
          const char       *path,
          const char       *query,
          GError          **error)
{
  g_autoptr (GUri) base = g_uri_parse (self->base_url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *whole = NULL;

  if (base != NULL && dub_trust_is_secure (base) && g_uri_get_userinfo (base) == NULL &&
      g_uri_get_query (base) == NULL && g_uri_get_fragment (base) == NULL)
    {
      const char *root = g_uri_get_path (base);

      whole = g_strconcat (root, g_str_has_suffix (root, "/") ? "" : "/", path, NULL);
      return g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (base), NULL, g_uri_get_host (base),
                          g_uri_get_port (base), whole, query, NULL);
    }
  g_propagate_error (error, dub_service_error_new (DUB_SERVICE_ERROR_INSECURE, NULL, NULL));
  return NULL;
}

static SoupMessage *
make_message (DubServiceClient *self,
              const char       *method,
              const char       *path,
              const char       *query,
              GError          **error)
{
  g_autoptr (GUri) uri = make_uri (self, path, query, error);
  SoupMessage *message;

  if (uri == NULL)
    return NULL;
  if (self->token == NULL)
    {
      g_propagate_error (error, dub_service_error_new (DUB_SERVICE_ERROR_NO_TOKEN, NULL, NULL));
      return NULL;
    }

  /* A proxy that the system names would see what is meant for this machine alone, in the clear. */
  if (dub_trust_is_local (uri))
    soup_session_set_proxy_resolver (self->session, NULL);
  message = soup_message_new_from_uri (method, uri);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Access-Token", self->token);
  return message;
}

static void
start (DubServiceClient *self,
       DubServiceCall   *call,
       SoupMessage      *message,
       GError           *error)
{
  dub_service_call_set_log (call, self->log);
  dub_service_call_start (call, self->session, self->limiter, message, (gsize) self->max_body, self->deadline_ms,
                          self->is_studio, error);
}

static void
ask (DubServiceClient *self,
     DubServiceCall   *call,
     const char       *path,
     const char       *query)
{
  GError *error = NULL;
  SoupMessage *message = make_message (self, SOUP_METHOD_GET, path, query, &error);

  start (self, call, message, error);
}

/**
 * dub_service_client_post:
 * @self: a client
 * @call: what is asked
 * @path: below the base URL
 * @body: (transfer full): JSON
 */
void
dub_service_client_post (DubServiceClient *self,
                         DubServiceCall   *call,
                         const char       *path,
                         char             *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (body, strlen (body));
  GError *error = NULL;
  SoupMessage *message = make_message (self, SOUP_METHOD_POST, path, NULL, &error);

  if (message != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  start (self, call, message, error);
}

/**
 * dub_service_client_create_async:
 * @self: a client
 * @items: (element-type DubCreateItem): 1 to 5; not needed any more when this returns
 * @cancellable: (nullable): a cancellable; it cannot call back what was sent
 * @callback: called when the answer is there
 * @user_data: data for @callback
 *
 * Asks for dubs (service documentation, "Create tasks"). It is sent at once, and never twice.
 */
void
dub_service_client_create_async (DubServiceClient   *self,
                                 GPtrArray          *items,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  DubServiceCall *call;

  g_return_if_fail (DUB_IS_SERVICE_CLIENT (self));
  g_return_if_fail (items->len >= 1 && items->len <= DUB_MAX_ITEMS_PER_CREATE);

  call = dub_service_call_new (self, DUB_ENDPOINT_TASK_CREATE, (DubServiceDecode) dub_codec_decode_task_ids,
                               (GDestroyNotify) g_strfreev, cancellable, callback, user_data);
  dub_service_call_set_n_items (call, items->len);
  dub_service_client_post (self, call, DUB_PATH_TASK_CREATE, dub_codec_encode_create (items));
}

/**
 * dub_service_client_create_finish:
 * @self: a client
 * @result: the result
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for; of an error it is in the fault
 * @error: a #DubServiceError, or %G_IO_ERROR_CANCELLED where nothing was sent
 *
 * Returns: (transfer full) (nullable): the ids of the tasks, as many as there were items, in their order
 */
GStrv
dub_service_client_create_finish (DubServiceClient *self,
                                  GAsyncResult     *result,
                                  char            **request_id,
                                  GError          **error)
{
  return dub_service_call_finish (self, result, DUB_ENDPOINT_TASK_CREATE, request_id, error);
}

/**
 * dub_service_client_list_tasks_async:
 * @self: a client
 * @task_ids: 1 to 5 ids of tasks
 * @cancellable: (nullable): a cancellable
 * @callback: called when the answer is there
 * @user_data: data for @callback
 *
 * Asks what became of tasks (service documentation, "Task results"), when the limiter allows it.
 */
void
dub_service_client_list_tasks_async (DubServiceClient   *self,
                                     const char *const  *task_ids,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data)
{
  g_autofree char *query = NULL;
  DubServiceCall *call;
  guint n;

  g_return_if_fail (DUB_IS_SERVICE_CLIENT (self));
  n = g_strv_length ((GStrv) task_ids);
  g_return_if_fail (n >= 1 && n <= DUB_MAX_IDS_PER_LIST);

  call = dub_service_call_new (self, DUB_ENDPOINT_TASK_LIST, (DubServiceDecode) dub_codec_decode_tasks,
                               (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
  dub_service_call_set_n_items (call, n);
  query = dub_codec_encode_task_query (task_ids);
  ask (self, call, DUB_PATH_TASK_LIST, query);
}

/**
 * dub_service_client_list_tasks_finish:
 * @self: a client
 * @result: the result
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for
 * @error: a #DubServiceError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type DubRemoteTask) (nullable): the tasks that the service knows
 */
GPtrArray *
dub_service_client_list_tasks_finish (DubServiceClient *self,
                                      GAsyncResult     *result,
                                      char            **request_id,
                                      GError          **error)
{
  return dub_service_call_finish (self, result, DUB_ENDPOINT_TASK_LIST, request_id, error);
}

/**
 * dub_service_client_list_videos_async:
 * @self: a client
 * @cancellable: (nullable): a cancellable
 * @callback: called when the answer is there
 * @user_data: data for @callback
 *
 * Asks for the account's dubbed videos (service documentation, "Dubbed videos"), when the limiter allows it.
 */
void
dub_service_client_list_videos_async (DubServiceClient   *self,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data)
{
  g_autofree char *query = NULL;
  DubServiceCall *call;

  g_return_if_fail (DUB_IS_SERVICE_CLIENT (self));

  call = dub_service_call_new (self, DUB_ENDPOINT_VIDEO_LIST, (DubServiceDecode) dub_codec_decode_videos,
                               (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
  query = dub_codec_encode_video_query ();
  ask (self, call, DUB_PATH_VIDEO_LIST, query);
}

/**
 * dub_service_client_list_videos_finish:
 * @self: a client
 * @result: the result
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for
 * @error: a #DubServiceError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type DubRemoteVideo) (nullable): the videos
 */
GPtrArray *
dub_service_client_list_videos_finish (DubServiceClient *self,
                                       GAsyncResult     *result,
                                       char            **request_id,
                                       GError          **error)
{
  return dub_service_call_finish (self, result, DUB_ENDPOINT_VIDEO_LIST, request_id, error);
}

/**
 * dub_service_client_check_async:
 * @self: a client
 * @cancellable: (nullable): a cancellable
 * @callback: called when the answer is there
 * @user_data: data for @callback
 *
 * Asks whose the token is, which needs no permission: whether it is good.
 */
void
dub_service_client_check_async (DubServiceClient   *self,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  DubServiceCall *call;

  g_return_if_fail (DUB_IS_SERVICE_CLIENT (self));

  call = dub_service_call_new (self, DUB_ENDPOINT_USER_INFO, (DubServiceDecode) dub_codec_decode_user, g_free,
                               cancellable, callback, user_data);
  ask (self, call, DUB_PATH_USER_INFO, NULL);
}

/**
 * dub_service_client_check_finish:
 * @self: a client
 * @result: the result
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for
 * @error: a #DubServiceError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the account's name, or ""
 */
char *
dub_service_client_check_finish (DubServiceClient *self,
                                 GAsyncResult     *result,
                                 char            **request_id,
                                 GError          **error)
{
  return dub_service_call_finish (self, result, DUB_ENDPOINT_USER_INFO, request_id, error);
}
