/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fetch-private.h"
#include "dub-deadline.h"
#include "dub-part-file.h"
#include "dub-service-error.h"
#include "dub-trust.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (256 * 1024)
#define MAX_REDIRECTS 5
#define SILENCE_S 30
/* A server that drips bytes is never silent: less than this in a minute is a connection that does not work. */
#define LEAST_BYTES_A_MINUTE (64 * 1024)
/* Many times the longest dub. */
#define MAX_BYTES (G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024)
#define PROGRESS_INTERVAL_US (100 * 1000)

typedef struct
{
  GTask *task; /* borrowed */
  char *url;
  guint headers_ms;
  GFile *destination;
  gboolean replace;
  GFile *local_root;
  DubFetchProgress progress;
  gpointer progress_data;

  DubPartFile *part;
  guint64 n_bytes;
  guint64 n_total;
  gint64 told;         /* when progress was told last, monotonic µs */
  gint64 minute;       /* when the current minute began, monotonic µs */
  guint64 minute_bytes; /* what had arrived then */
} Fetch;

static void
fetch_free (Fetch *self)
{
  g_clear_pointer (&self->part, dub_part_file_free);
  g_free (self->url);
  g_clear_object (&self->destination);
  g_clear_object (&self->local_root);
  g_free (self);
}

static gboolean
fail (DubServiceError code,
      guint           http_status,
      const char     *sentence,
      GError        **error)
{
  DubServiceFault fault = { 0 };

  fault.http_status = http_status;
  g_propagate_error (error, dub_service_error_new (code, &fault, sentence));
  return FALSE;
}

/* Progress goes to the caller's context by a source of the same priority as the task's result: never after it. */
typedef struct
{
  GTask *task;
  guint64 n_bytes;
  guint64 n_total;
} Notice;

static void
notice_free (gpointer data)
{
  Notice *self = data;

  g_object_unref (self->task);
  g_free (self);
}

static gboolean
on_notice (gpointer user_data)
{
  Notice *notice = user_data;
  Fetch *self = g_task_get_task_data (notice->task);

  self->progress (notice->n_bytes, notice->n_total, self->progress_data);
  return G_SOURCE_REMOVE;
}

static void
tell (Fetch   *self,
      gboolean at_once)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GSource) source = NULL;
  Notice *notice;

  if (self->progress == NULL || (!at_once && now - self->told < PROGRESS_INTERVAL_US))
    return;
  self->told = now;
  notice = g_new0 (Notice, 1);
  notice->task = g_object_ref (self->task);
  notice->n_bytes = self->n_bytes;
  notice->n_total = self->n_total;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_notice, notice, notice_free);
  g_source_attach (source, g_task_get_context (self->task));
}

static gboolean
take (Fetch      *self,
      const void *data,
      gsize       length,
      GError    **error)
{
  if (self->n_bytes + length > MAX_BYTES)
    return fail (DUB_SERVICE_ERROR_TOO_LARGE, 0,
                 _("The link gives far more than a dub can be. Nothing was saved. Refresh the library for a new link."),
                 error);
  if (!dub_part_file_write (self->part, data, length, error))
    return FALSE;
  self->n_bytes += length;
  tell (self, FALSE);
  return TRUE;
}

static gboolean
check_pace (Fetch   *self,
            GError **error)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->minute < 60 * G_USEC_PER_SEC)
    return TRUE;
  if (self->n_bytes - self->minute_bytes < LEAST_BYTES_A_MINUTE)
    return fail (DUB_SERVICE_ERROR_TIMED_OUT, 0,
                 _("The dub arrives far too slowly. Nothing was saved. Check the connection, then save it again."), error);
  self->minute = now;
  self->minute_bytes = self->n_bytes;
  return TRUE;
}

static gboolean
fail_for_network (const GError *cause,
                  GError      **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Saving was stopped. Nothing was saved."));
      return FALSE;
    }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return fail (DUB_SERVICE_ERROR_TIMED_OUT, 0,
                 _("The dub did not arrive in time. Nothing was saved. Check the connection, then save it again."), error);
  return fail (DUB_SERVICE_ERROR_NETWORK, 0,
               _("The connection failed before the whole dub had arrived. Nothing was saved. Check the connection, then "
                 "save it again."),
               error);
}

static gboolean
is_video (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");

  if (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0)
    return FALSE;
  return type == NULL ||
         (g_ascii_strncasecmp (type, "text/", 5) != 0 && g_ascii_strcasecmp (type, "application/json") != 0 &&
          g_ascii_strcasecmp (type, "application/xml") != 0 && g_ascii_strcasecmp (type, "application/xhtml+xml") != 0);
}

static gboolean
check_answer (SoupMessage *message,
              GError     **error)
{
  guint status = soup_message_get_status (message);

  if (status == SOUP_STATUS_FORBIDDEN || status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE)
    return fail (DUB_SERVICE_ERROR_EXPIRED, status,
                 _("The link to this dub has expired. Nothing was saved. Refresh the library for a new link; after 30 "
                   "days only a new dub has one."),
                 error);
  if (status != SOUP_STATUS_OK)
    return fail (DUB_SERVICE_ERROR_SERVER, status,
                 _("The dub cannot be had at the moment. Nothing was saved. Try again in a few minutes."), error);
  if (!is_video (message))
    return fail (DUB_SERVICE_ERROR_MALFORMED, status,
                 _("The link gives a page, not a video. Nothing was saved. Refresh the library for a new link."), error);
  return TRUE;
}

static gboolean
copy_body (Fetch        *self,
           GInputStream *stream,
           GError      **error)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);
  g_autofree char *buffer = g_malloc (CHUNK);
  g_autoptr (GError) cause = NULL;
  gssize n;

  self->minute = g_get_monotonic_time ();
  while ((n = g_input_stream_read (stream, buffer, CHUNK, cancellable, &cause)) > 0)
    {
      if (!take (self, buffer, (gsize) n, error) || !check_pace (self, error))
        return FALSE;
    }
  if (n < 0)
    return fail_for_network (cause, error);
  return TRUE;
}

/* The rest of an answer that was refused is of no interest, and a server may send it for ever. */
static void
abandon (GInputStream *stream)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_input_stream_close (stream, cancelled, NULL);
}

static gboolean
receive (Fetch        *self,
         SoupMessage  *message,
         GInputStream *stream,
         GError      **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  if (!check_answer (message, error))
    return FALSE;
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    self->n_total = (guint64) soup_message_headers_get_content_length (headers);
  if (!copy_body (self, stream, error))
    return FALSE;
  if (self->n_bytes == 0 || (self->n_total > 0 && self->n_bytes != self->n_total))
    return fail_for_network (NULL, error);
  return TRUE;
}

/* Where a redirect leads, or NULL: never away from https, never to anything but the web. */
static GUri *
next_address (GUri        *uri,
              SoupMessage *message,
              GError     **error)
{
  const char *location =
    soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  g_autoptr (GUri) next = location != NULL ? g_uri_parse_relative (uri, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (next != NULL && dub_trust_is_secure (next) &&
      (g_str_equal (g_uri_get_scheme (next), "https") || g_str_equal (g_uri_get_scheme (uri), "http")))
    return g_steal_pointer (&next);
  fail (DUB_SERVICE_ERROR_INSECURE, soup_message_get_status (message),
        _("The link leads to an address that is not secure. Nothing was saved. Refresh the library for a new link."),
        error);
  return NULL;
}

static gboolean
is_redirect (SoupMessage *message)
{
  guint status = soup_message_get_status (message);

  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static SoupSession *
new_session (void)
{
  SoupSession *session = soup_session_new_with_options ("timeout", SILENCE_S, NULL);

  /* The lengths that are compared are those of the bytes as they come. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

/* A server that drips bytes is never silent: the headers have to be there in time. */
static GInputStream *
send_message (Fetch       *self,
              SoupSession *session,
              SoupMessage *message,
              DubDeadline *deadline,
              GError     **error)
{
  g_autoptr (GError) cause = NULL;
  GInputStream *stream = soup_session_send (session, message, dub_deadline_get_cancellable (deadline), &cause);

  if (stream != NULL)
    return stream;
  if (dub_deadline_has_passed (deadline) && !g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    {
      g_clear_error (&cause);
      cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no headers");
    }
  fail_for_network (cause, error);
  return NULL;
}

static gboolean
fetch_by_http (Fetch   *self,
               GUri    *first,
               GError **error)
{
  g_autoptr (SoupSession) session = new_session ();
  g_autoptr (GUri) uri = g_uri_ref (first);
  g_autoptr (DubDeadline) deadline =
    dub_deadline_new_in (g_task_get_context (self->task), self->headers_ms, g_task_get_cancellable (self->task));

  for (guint i = 0; i <= MAX_REDIRECTS; i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
      g_autoptr (GInputStream) stream = NULL;
      GUri *next;
      gboolean whole;

      soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
      if (dub_trust_is_local (uri))
        soup_session_set_proxy_resolver (session, NULL);
      stream = send_message (self, session, message, deadline, error);
      if (stream == NULL)
        return FALSE;
      if (!is_redirect (message))
        {
          g_clear_pointer (&deadline, dub_deadline_free);
          whole = receive (self, message, stream, error);
          abandon (stream);
          return whole;
        }
      abandon (stream);
      next = next_address (uri, message, error);
      if (next == NULL)
        return FALSE;
      g_uri_unref (uri);
      uri = next;
    }
  return fail (DUB_SERVICE_ERROR_REDIRECTED, 0,
               _("The link only leads to other links. Nothing was saved. Refresh the library for a new link."), error);
}

/* The real path of @uri where it is below the root. */
static char *
real_path (Fetch   *self,
           GUri    *uri,
           GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_uri (self->url);
  const char *asked = g_file_peek_path (file);
  const char *host = g_uri_get_host (uri);
  gboolean is_ours = self->local_root != NULL && asked != NULL && (host == NULL || *host == '\0');
  char *path = is_ours ? dub_trust_resolve_below (file, self->local_root) : NULL;

  if (path != NULL)
    return path;
  if (is_ours && g_file_has_prefix (file, self->local_root) && !g_file_test (asked, G_FILE_TEST_EXISTS))
    fail (DUB_SERVICE_ERROR_EXPIRED, 0,
          _("The dub is not there any more: its file was removed. Nothing was saved. Dub the video again."), error);
  else
    fail (DUB_SERVICE_ERROR_INSECURE, 0,
          _("The link leads to a file on this computer that is no dub. Nothing was saved. Dub the video again."), error);
  return NULL;
}

static gboolean
fetch_by_file (Fetch   *self,
               GUri    *uri,
               GError **error)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);
  g_autofree char *path = real_path (self, uri, error);
  g_autofree char *buffer = NULL;
  g_autofd int fd = -1;
  struct stat info;
  gssize n = 0;

  if (path == NULL)
    return FALSE;
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0 || fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size == 0)
    return fail (DUB_SERVICE_ERROR_EXPIRED, 0,
                 _("The dub’s file cannot be read. Nothing was saved. Dub the video again."), error);

  self->n_total = (guint64) info.st_size;
  buffer = g_malloc (CHUNK);
  while (!g_cancellable_is_cancelled (cancellable) && (n = read (fd, buffer, CHUNK)) > 0)
    {
      if (!take (self, buffer, (gsize) n, error))
        return FALSE;
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Saving was stopped. Nothing was saved."));
      return FALSE;
    }
  if (n < 0 || self->n_bytes != self->n_total)
    return fail (DUB_SERVICE_ERROR_NETWORK, 0,
                 _("The dub’s file could not be read to its end. Nothing was saved. Save it again."), error);
  return TRUE;
}

static gboolean
fetch (Fetch   *self,
       GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (self->url, SOUP_HTTP_URI_FLAGS, NULL);
  gboolean is_file = uri != NULL && g_str_equal (g_uri_get_scheme (uri), "file");

  if (uri == NULL || (!is_file && !dub_trust_is_secure (uri)))
    return fail (DUB_SERVICE_ERROR_INSECURE, 0,
                 _("The link to this dub is not secure. Nothing was sent or saved. Refresh the library for a new link."),
                 error);

  self->part = dub_part_file_open (self->destination, self->replace, error);
  if (self->part == NULL)
    return FALSE;
  if (!(is_file ? fetch_by_file (self, uri, error) : fetch_by_http (self, uri, error)))
    return FALSE;
  if (!dub_part_file_commit (self->part, error))
    return FALSE;
  tell (self, TRUE);
  return TRUE;
}

static gpointer
run (gpointer data)
{
  g_autoptr (GTask) task = data;
  Fetch *self = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean done = fetch (self, &error);

  /* Before the caller is told, so that nothing is left when it looks. */
  g_clear_pointer (&self->part, dub_part_file_free);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  return NULL;
}

void
dub_fetch_within_async (const char         *url,
                        guint               headers_ms,
                        GFile              *destination,
                        gboolean            replace,
                        GFile              *local_root,
                        DubFetchProgress    progress,
                        gpointer            progress_data,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GError) error = NULL;
  GThread *thread;
  Fetch *self;
  GTask *task;

  g_return_if_fail (url != NULL);
  g_return_if_fail (G_IS_FILE (destination));

  task = g_task_new (NULL, cancellable, callback, user_data);
  self = g_new0 (Fetch, 1);
  /* A file that has its name is saved, even where someone cancelled at the last moment. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, dub_fetch_async);
  g_task_set_task_data (task, self, (GDestroyNotify) fetch_free);
  self->task = task;
  self->url = g_strdup (url);
  self->headers_ms = headers_ms;
  self->destination = g_object_ref (destination);
  self->replace = replace;
  self->local_root = local_root != NULL ? g_object_ref (local_root) : NULL;
  self->progress = progress;
  self->progress_data = progress_data;

  thread = g_thread_try_new ("dub-fetch", run, task, &error);
  if (thread != NULL)
    {
      g_thread_unref (thread);
      return;
    }
  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                                   _("The computer has no means left to save the dub. Nothing was saved. Close other "
                                     "programs, then save it again."));
  g_object_unref (task);
}

/**
 * dub_fetch_async:
 * @url: the address of a finished dub
 * @destination: the file to be written, in a folder that is there
 * @replace: whether it may take the place of a file; else that is %G_IO_ERROR_EXISTS
 * @local_root: (nullable): where a file:// address may lead, or %NULL for nowhere
 * @progress: (nullable): told on the caller's main context of bytes that have arrived and of all, 0 where unknown
 * @progress_data: data for @progress; it must live until @callback
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file is there
 * @user_data: data for @callback
 *
 * Saves a dub. A server has a minute until the headers are there. It works on a thread of its own, so that a slow disk or
 * network holds up nothing else.
 */
void
dub_fetch_async (const char         *url,
                 GFile              *destination,
                 gboolean            replace,
                 GFile              *local_root,
                 DubFetchProgress    progress,
                 gpointer            progress_data,
                 GCancellable       *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer            user_data)
{
  dub_fetch_within_async (url, DUB_FETCH_HEADERS_MS, destination, replace, local_root, progress, progress_data,
                          cancellable, callback, user_data);
}

/**
 * dub_fetch_finish:
 * @result: the result
 * @error: a #DubServiceError of the address or the network, or of %G_IO_ERROR for the disk or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the whole dub is at its destination
 */
gboolean
dub_fetch_finish (GAsyncResult *result,
                  GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dub_fetch_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
