/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-address-check.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "dub-address-check-private.h"
#include "dub-address.h"
#include "dub-publisher.h"

/* RFC 6585, which libsoup's list of statuses does not have. */
#define STATUS_TOO_MANY_REQUESTS 429

/**
 * dub_address_free:
 * @self: (transfer full) (nullable): an address
 */
void
dub_address_free (DubAddress *self)
{
  if (self == NULL)
    return;

  g_free (self->url);
  g_free (self->content_type);
  g_free (self->identity);
  g_free (self);
}

typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  GUri *uri;            /* what is asked now */
  char *given;          /* what was asked first */
  guint redirects;
  guint deadline_ms;
  gboolean late;
  GSource *deadline;
  GCancellable *stop;   /* stops the request: by the caller's cancellable, the deadline, or at the end */
  GCancellable *cancellable;
  gulong cancelled_id;
} Check;

static void ask (GTask *task);

static void
check_free (gpointer data)
{
  Check *self = data;

  if (self->deadline != NULL)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
  g_cancellable_disconnect (self->cancellable, self->cancelled_id);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stop);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_free (self->given);
  g_free (self);
}

static gboolean
on_deadline (gpointer user_data)
{
  Check *self = user_data;

  self->late = TRUE;
  g_cancellable_cancel (self->stop);
  return G_SOURCE_REMOVE;
}

/* Each of these types says that the server does not offer a video here. */
static gboolean
is_no_video (const char *type)
{
  const char *const families[] = { "text/", "image/", "audio/", "font/", "message/", "multipart/" };
  const char *const types[] = {
    "application/json", "application/xml", "application/javascript", "application/pdf", "application/zip",
    "application/gzip", "application/vnd.apple.mpegurl", "application/x-mpegurl", "application/dash+xml",
  };

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_ascii_strncasecmp (type, families[i], strlen (families[i])) == 0)
      return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (type, types[i]) == 0)
      return TRUE;

  return g_str_has_suffix (type, "+xml") || g_str_has_suffix (type, "+json");
}

static guint64
find_size (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  goffset start;
  goffset end;
  goffset total = -1;

  if (soup_message_get_status (message) == SOUP_STATUS_PARTIAL_CONTENT)
    {
      if (!soup_message_headers_get_content_range (headers, &start, &end, &total))
        total = -1;
    }
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    total = soup_message_headers_get_content_length (headers);

  return total > 0 ? (guint64) total : 0;
}

static void
hash_part (GChecksum  *checksum,
           const char *part)
{
  const char *bytes = part != NULL ? part : "";

  /* With its end, so that two parts cannot be divided otherwise. */
  g_checksum_update (checksum, (const guchar *) bytes, (gssize) strlen (bytes) + 1);
}

static char *
make_identity (Check   *self,
               guint64  size)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *length = g_strdup_printf ("%" G_GUINT64_FORMAT, size);

  hash_part (checksum, self->given);
  hash_part (checksum, soup_message_headers_get_one (headers, "ETag"));
  hash_part (checksum, soup_message_headers_get_one (headers, "Last-Modified"));
  hash_part (checksum, length);
  return g_strconcat ("url:", g_checksum_get_string (checksum), NULL);
}

static DubAddress *
read_answer (Check   *self,
             GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  DubAddress *address;

  if (type != NULL && is_no_video (type))
    {
      g_autofree char *shown = g_utf8_make_valid (type, -1);

      g_set_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_NOT_VIDEO,
                   g_ascii_strncasecmp (type, "text/", 5) == 0
                     ? _("There is a page or text at this address (%s), not a video. Use the address of the video itself.")
                     : _("There is no video at this address, but %s. Use the address of the video itself."),
                   shown);
      return NULL;
    }

  address = g_new0 (DubAddress, 1);
  address->url = g_uri_to_string (self->uri);
  address->content_type = type != NULL ? g_ascii_strdown (type, -1) : NULL;
  address->size = find_size (self->message);
  address->identity = make_identity (self, address->size);
  return address;
}

/* A fault of the server, or more visitors than it can bear. */
static gboolean
is_passing (guint status)
{
  return status >= 500 || status == SOUP_STATUS_REQUEST_TIMEOUT || status == STATUS_TOO_MANY_REQUESTS;
}

static GError *
refuse_status (Check *self)
{
  guint status = soup_message_get_status (self->message);
  const char *host = g_uri_get_host (self->uri);

  if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE)
    return g_error_new (DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_UNREACHABLE,
                        _("“%s” has nothing at this address (answer %u). Copy the address again."), host, status);
  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN
      || status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    return g_error_new (DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_UNREACHABLE,
                        _("“%s” does not show this video to everyone (answer %u). Make it public, or copy a new address."),
                        host, status);
  if (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE)
    return g_error_new (DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_NOT_VIDEO,
                        _("The file at “%s” is empty (answer %u). Upload the video again."), host, status);
  return g_error_new (DUB_PUBLISH_ERROR, is_passing (status) ? DUB_PUBLISH_ERROR_NO_ANSWER : DUB_PUBLISH_ERROR_UNREACHABLE,
                      _("“%s” does not hand the video out (answer %u). Try again later, or use another address."),
                      host, status);
}

static GError *
explain (Check  *self,
         GError *cause)
{
  const char *host = g_uri_get_host (self->uri);

  if (self->late || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new (DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_NO_ANSWER,
                        _("“%s” did not answer in time. Check the address, or try again later."), host);
  if (cause->domain == G_RESOLVER_ERROR)
    return g_error_new (DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_NO_ANSWER,
                        _("The server “%s” cannot be found. Check the address and the network connection."), host);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    return g_error_new (DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_NO_ANSWER,
                        _("“%s” cannot be reached. Check the network connection."), host);
  if (cause->domain == G_TLS_ERROR)
    return g_error_new (DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_NO_ANSWER,
                        _("The connection to “%s” would not be secure (%s). Use another address."), host, cause->message);
  /* Translators: the first is a server, the second the system's reason. */
  return g_error_new (DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_NO_ANSWER,
                      _("The connection to “%s” failed (%s). Check the address, or try again later."), host,
                      cause->message);
}

/* Follows a redirect by hand: the session would follow it to http as well. */
static void
go_on (GTask *task)
{
  Check *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autoptr (GError) error = NULL;
  GUri *next;

  if (self->redirects == DUB_ADDRESS_MAX_REDIRECTS)
    {
      g_task_return_new_error (task, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_UNREACHABLE,
                               _("“%s” sends visitors on and on. Use the video’s own address."),
                               g_uri_get_host (self->uri));
      return;
    }

  next = dub_address_follow (self->uri, soup_message_headers_get_one (headers, "Location"), &error);
  if (next == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  self->redirects++;
  g_uri_unref (self->uri);
  self->uri = next;
  ask (g_object_ref (task));
}

static gboolean
is_redirect (guint status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY || status == SOUP_STATUS_FOUND || status == SOUP_STATUS_SEE_OTHER
         || status == SOUP_STATUS_TEMPORARY_REDIRECT || status == SOUP_STATUS_PERMANENT_REDIRECT;
}

static void
on_headers (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  guint status = soup_message_get_status (self->message);
  DubAddress *address = NULL;

  if (body == NULL)
    {
      if (g_cancellable_is_cancelled (self->cancellable))
        g_task_return_error (task, g_steal_pointer (&error));
      else
        g_task_return_error (task, explain (self, error));
      return;
    }

  /* Closing would first read on, at the server's pace: the connection is dropped instead. */
  soup_session_abort (self->session);

  if (is_redirect (status))
    {
      go_on (task);
      return;
    }
  if (status != SOUP_STATUS_OK && status != SOUP_STATUS_PARTIAL_CONTENT)
    g_task_return_error (task, refuse_status (self));
  else if ((address = read_answer (self, &error)) == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, address, (GDestroyNotify) dub_address_free);
}

/* Takes over the reference to @task. */
static void
ask (GTask *task)
{
  Check *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers;

  g_clear_object (&self->message);
  self->message = soup_message_new_from_uri ("GET", self->uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  headers = soup_message_get_request_headers (self->message);
  soup_message_headers_set_range (headers, 0, 0);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->stop, on_headers, task);
}

static void
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static Check *
check_new (GUri         *uri,
           const char   *url,
           guint         deadline_ms,
           GCancellable *cancellable)
{
  Check *self = g_new0 (Check, 1);

  self->session = soup_session_new_with_options ("user-agent", "Dubroom", NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  self->uri = uri;
  self->given = g_strdup (url);
  self->stop = g_cancellable_new ();
  self->deadline = g_timeout_source_new (deadline_ms);
  g_source_set_callback (self->deadline, on_deadline, self, NULL);
  g_source_attach (self->deadline, g_main_context_get_thread_default ());
  if (cancellable != NULL)
    {
      self->cancellable = g_object_ref (cancellable);
      self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), g_object_ref (self->stop),
                                                  g_object_unref);
    }
  return self;
}

void
dub_address_check_within_async (const char          *url,
                                guint                deadline_ms,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  GUri *uri;

  g_task_set_source_tag (task, dub_address_check_async);
  uri = dub_address_parse (url, &error);
  if (uri == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_set_task_data (task, check_new (uri, url, deadline_ms, cancellable), check_free);
  ask (g_steal_pointer (&task));
}

/**
 * dub_address_check_async:
 * @url: an address
 * @cancellable: (nullable): stops it
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Looks at what a server offers at @url, as the service will (service documentation, `video_url`): asks for one byte,
 * reads the headers and hangs up. A GET, because presigned addresses refuse HEAD. At most 5 redirects are followed, none
 * from https to http, and all of it takes at most 15 seconds.
 */
void
dub_address_check_async (const char          *url,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (url != NULL);

  dub_address_check_within_async (url, DUB_ADDRESS_DEADLINE_MS, cancellable, callback, user_data);
}

/**
 * dub_address_check_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): what is there; or %NULL with %DUB_PUBLISH_ERROR_ADDRESS, %DUB_PUBLISH_ERROR_NOT_VIDEO,
 *   %DUB_PUBLISH_ERROR_UNREACHABLE, %DUB_PUBLISH_ERROR_NO_ANSWER or %G_IO_ERROR_CANCELLED
 */
DubAddress *
dub_address_check_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
