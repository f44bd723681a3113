/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-download.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "dub-job.h"

#define MAX_REDIRECTS    5
#define READ_AT_A_TIME   (64 * 1024)
#define SILENCE_S        30
#define DEADLINE_S       (60 * 60)

/* The fetcher of `service` is for finished dubs: it knows no cap, type or checksum, which rule here. */
typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  GInputStream *body;
  GOutputStream *file;
  GBytes *chunk;
  GChecksum *md5;
  GCancellable *cancellable; /* the caller's, the deadline or the pace */
  char *path;
  DubStudioDownloadLimits limits;
  DubStudioDownloadProgress progress;
  gpointer progress_data;
  guint64 bytes;
  guint64 window_bytes; /* what had arrived when the current window began */
  guint redirects;
  guint deadline;
  guint window;
  gboolean too_slow;
  gulong cancelled;
} Download;

static void
download_free (Download *download)
{
  g_clear_handle_id (&download->deadline, g_source_remove);
  g_clear_handle_id (&download->window, g_source_remove);
  g_clear_object (&download->body);
  g_clear_object (&download->file);
  g_clear_object (&download->message);
  g_clear_object (&download->session);
  g_clear_object (&download->cancellable);
  g_clear_pointer (&download->chunk, g_bytes_unref);
  g_clear_pointer (&download->md5, g_checksum_free);
  g_free (download->path);
  g_free (download);
}

static void
finish (GTask  *task,
        GError *error)
{
  Download *download = g_task_get_task_data (task);
  GCancellable *outer = g_task_get_cancellable (task);

  g_clear_handle_id (&download->deadline, g_source_remove);
  g_clear_handle_id (&download->window, g_source_remove);
  if (download->cancelled != 0)
    {
      g_cancellable_disconnect (outer, download->cancelled);
      download->cancelled = 0;
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
fail (GTask      *task,
      const char *sentence)
{
  finish (task, g_error_new_literal (DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE, sentence));
}

/* @failure: (transfer full) */
static void
fail_with (GTask  *task,
           GError *failure)
{
  g_autoptr (GError) owned = failure;
  Download *download = g_task_get_task_data (task);
  GCancellable *outer = g_task_get_cancellable (task);

  if (outer != NULL && g_cancellable_is_cancelled (outer))
    finish (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
  else if (download->too_slow)
    fail (task, _("The video arrives far too slowly from its address, and was given up. Check the connection, or save the "
                  "video on this computer and dub the file."));
  else if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED)
           || g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    fail (task, _("The video's address took too long to answer. Check the address and the connection, and try again."));
  else if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    fail (task, _("There is no room on the disk for the video. Free some and try again."));
  else
    {
      g_autofree char *sentence =
        /* Translators: %s is what the system says, a sentence or a part of one. */
        g_strdup_printf (_("The video cannot be fetched from its address: %s. Check the address and the connection, and "
                           "try again."),
                         owned->message);

      fail (task, sentence);
    }
}

/* (nullable): NULL where there is nobody to ask: libsoup takes no address without a host. */
static SoupMessage *
make_request (GUri *uri)
{
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0')
    return NULL;
  return soup_message_new_from_uri (SOUP_METHOD_GET, uri);
}

static void send_request (GTask *task);

/* By hand: a redirect must lead to the web again, and https must stay https. */
static SoupMessage *
make_next_request (SoupMessage *message)
{
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  GUri *from = soup_message_get_uri (message);
  g_autoptr (GUri) to = NULL;
  const char *scheme;

  to = location != NULL ? g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  scheme = to != NULL ? g_uri_get_scheme (to) : "";
  if (g_str_equal (scheme, "https")
      || (g_str_equal (scheme, "http") && g_str_equal (g_uri_get_scheme (from), "http")))
    return make_request (to);
  return NULL;
}

static void
follow_redirect (GTask *task)
{
  Download *download = g_task_get_task_data (task);
  g_autoptr (SoupMessage) next = NULL;

  if (++download->redirects <= MAX_REDIRECTS)
    next = make_next_request (download->message);
  if (next == NULL)
    {
      fail (task, _("The video's address leads on to others in a way that cannot be followed. Give the address of the "
                    "video itself."));
      return;
    }

  g_clear_object (&download->body);
  g_set_object (&download->message, next);
  send_request (task);
}

static gboolean
check_answer (GTask *task)
{
  Download *download = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (download->message);
  guint status = soup_message_get_status (download->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autofree char *sentence = NULL;

  if (status != SOUP_STATUS_OK)
    {
      /* Translators: %u is a number such as 404. */
      sentence = g_strdup_printf (_("The video's address answers with error %u. Check that it can be opened without "
                                    "signing in."),
                                  status);
      fail (task, sentence);
    }
  else if (type != NULL && g_ascii_strncasecmp (type, "text/", 5) == 0)
    {
      fail (task, _("The video's address leads to a page, not to a video. Give the address of the video file itself."));
    }
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
           && (guint64) soup_message_headers_get_content_length (headers) > download->limits.max_bytes)
    {
      fail (task, _("The video is larger than 2 GB, which is the limit. Use a smaller version of it."));
    }
  else
    {
      return TRUE;
    }
  return FALSE;
}

static void
check_bytes (GTask *task)
{
  Download *download = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (download->message);
  const char *promised = soup_message_headers_get_one (headers, "Content-MD5");
  guint8 digest[16];
  gsize length = sizeof digest;
  g_autofree char *found = NULL;

  g_checksum_get_digest (download->md5, digest, &length);
  found = g_base64_encode (digest, length);
  if (promised != NULL && !g_str_equal (promised, found))
    fail (task, _("The video arrived damaged: its bytes are not those that its address promises. Try again."));
  else if (download->bytes == 0)
    fail (task, _("The video's address leads to an empty file. Check the address."));
  else
    finish (task, NULL);
}

static void read_more (GTask *task);

static void
on_file_closed (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *failure = NULL;

  if (g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, &failure))
    check_bytes (task);
  else
    fail_with (task, failure);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *failure = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &failure))
    read_more (task);
  else
    fail_with (task, failure);
}

static void
tell_progress (Download *download)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (download->message);
  goffset whole = soup_message_headers_get_content_length (headers);

  if (download->progress != NULL && whole > 0 && soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    download->progress (MIN (1, (double) download->bytes / (double) whole), download->progress_data);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Download *download = g_task_get_task_data (task);
  GError *failure = NULL;
  gconstpointer data;
  gsize size;

  g_clear_pointer (&download->chunk, g_bytes_unref);
  download->chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &failure);
  if (download->chunk == NULL)
    {
      fail_with (task, failure);
      return;
    }

  data = g_bytes_get_data (download->chunk, &size);
  download->bytes += size;
  if (size == 0)
    {
      g_output_stream_close_async (download->file, G_PRIORITY_DEFAULT, download->cancellable, on_file_closed,
                                   g_object_ref (task));
      return;
    }
  if (download->bytes > download->limits.max_bytes)
    {
      fail (task, _("The video is larger than 2 GB, which is the limit. Use a smaller version of it."));
      return;
    }
  tell_progress (download);
  g_checksum_update (download->md5, data, size);
  g_output_stream_write_all_async (download->file, data, size, G_PRIORITY_DEFAULT, download->cancellable, on_written,
                                   g_object_ref (task));
}

static void
read_more (GTask *task)
{
  Download *download = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (download->body, READ_AT_A_TIME, G_PRIORITY_DEFAULT, download->cancellable, on_read,
                                   g_object_ref (task));
}

static void
on_file_made (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Download *download = g_task_get_task_data (task);
  GError *failure = NULL;

  download->file = G_OUTPUT_STREAM (g_file_create_finish (G_FILE (source), result, &failure));
  if (download->file != NULL)
    read_more (task);
  else
    fail_with (task, failure);
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GFile) file = NULL;
  Download *download = g_task_get_task_data (task);
  GError *failure = NULL;

  download->body = soup_session_send_finish (SOUP_SESSION (source), result, &failure);
  if (download->body == NULL)
    {
      fail_with (task, failure);
      return;
    }
  if (SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (download->message)))
    {
      follow_redirect (task);
      return;
    }
  if (!check_answer (task))
    return;

  file = g_file_new_for_path (download->path);
  g_file_create_async (file, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT, download->cancellable, on_file_made,
                       g_object_ref (task));
}

static void
send_request (GTask *task)
{
  Download *download = g_task_get_task_data (task);

  soup_message_add_flags (download->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_send_async (download->session, download->message, G_PRIORITY_DEFAULT, download->cancellable,
                           on_answered, g_object_ref (task));
}

/* A server that drips bytes evades the session's timeout. */
static gboolean
on_window_over (gpointer user_data)
{
  Download *download = user_data;

  if (download->bytes - download->window_bytes >= download->limits.least_bytes)
    {
      download->window_bytes = download->bytes;
      return G_SOURCE_CONTINUE;
    }

  download->window = 0;
  download->too_slow = TRUE;
  g_cancellable_cancel (download->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
on_deadline (gpointer user_data)
{
  Download *download = user_data;

  download->deadline = 0;
  g_cancellable_cancel (download->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer,
                    GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

/**
 * dub_studio_download_async:
 * @url: http:// or https://
 * @path: the file to make; must not exist
 * @limits: how large it may be, and how slow; copied
 * @progress: (nullable): told how much of it is there, until @callback is called
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: called when all is there
 * @user_data: for @callback
 *
 * Fetches a video by the rules of the service documentation, `video_url`: text is refused, Content-MD5 is checked. Up
 * to 5 redirects are followed; nothing of the studio's own is sent along. Main thread.
 */
void
dub_studio_download_async (const char                    *url,
                           const char                    *path,
                           const DubStudioDownloadLimits *limits,
                           DubStudioDownloadProgress      progress,
                           gpointer                       progress_data,
                           GCancellable                  *cancellable,
                           GAsyncReadyCallback            callback,
                           gpointer                       user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  Download *download = g_new0 (Download, 1);

  g_task_set_source_tag (task, dub_studio_download_async);
  g_task_set_task_data (task, download, (GDestroyNotify) download_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  download->message = make_request (uri);
  if (download->message == NULL)
    {
      fail (task, _("The video's address cannot be read. Check it and try again."));
      return;
    }
  download->session = soup_session_new_with_options ("timeout", SILENCE_S, NULL);
  download->md5 = g_checksum_new (G_CHECKSUM_MD5);
  download->cancellable = g_cancellable_new ();
  download->path = g_strdup (path);
  download->limits = *limits;
  download->progress = progress;
  download->progress_data = progress_data;
  download->deadline = g_timeout_add_seconds (DEADLINE_S, on_deadline, download);
  download->window = g_timeout_add (limits->window_ms, on_window_over, download);
  if (cancellable != NULL)
    download->cancelled = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), download->cancellable, NULL);
  send_request (task);
}

/**
 * dub_studio_download_finish:
 * @result: what the callback got
 * @error: return location: %DUB_STUDIO_ERROR_UNSUITABLE with a sentence for a person, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the file is there, whole
 */
gboolean
dub_studio_download_finish (GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
