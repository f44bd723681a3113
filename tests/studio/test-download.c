/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Videos from the web, served by a server of the test's own. */

#include <libsoup/soup.h>
#include <string.h>

#include "dub-job.h"
#include "dub-studio-download.h"
#include "server-fixture.h"

#define CAP 4096

/* One byte each DRIP_MS is far below the pace, what comes at first is above it. */
#define DRIP_MS     5
#define FIRST_BYTES 2000
#define DRIPS       20
#define LEAST_BYTES 1024
#define WINDOW_MS   100

static const DubStudioDownloadLimits limits = { CAP, 0, G_MAXINT };

typedef struct
{
  Fixture base;
  SoupServer *server;
  char *root; /* http://127.0.0.1:PORT */
  guint requests;
  gboolean saw_token;
  guint drip;
  guint drips; /* that are left; the last one is the end */
} Web;

static void
answer_with (SoupServerMessage *message,
             const char        *type,
             gsize              size)
{
  g_autofree char *content = g_strnfill (size, 'v');

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, content, size);
}

static void
answer_video (Web               *web,
              SoupServerMessage *message)
{
  g_autofree char *path = g_filename_from_uri (web->base.video, NULL, NULL);
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "video/webm", SOUP_MEMORY_COPY, content, length);
}

static gboolean
on_drip (gpointer user_data)
{
  SoupServerMessage *message = user_data;
  Web *web = g_object_get_data (G_OBJECT (message), "web");
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  gboolean more = --web->drips > 0;

  if (more)
    soup_message_body_append (body, SOUP_MEMORY_STATIC, "v", 1);
  else
    {
      web->drip = 0;
      soup_message_body_complete (body);
    }
  soup_server_message_unpause (message);
  return more;
}

static void
on_dripped (SoupServerMessage *message,
            Web               *web)
{
  g_clear_handle_id (&web->drip, g_source_remove);
}

static void
answer_in_drips (Web               *web,
                 SoupServerMessage *message,
                 guint              drips)
{
  g_autofree char *first = g_strnfill (FIRST_BYTES, 'v');

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY, first, FIRST_BYTES);
  web->drips = drips;
  g_object_set_data (G_OBJECT (message), "web", web);
  g_signal_connect (message, "finished", G_CALLBACK (on_dripped), web);
  g_signal_connect (message, "disconnected", G_CALLBACK (on_dripped), web);
  web->drip = g_timeout_add_full (G_PRIORITY_DEFAULT, DRIP_MS, on_drip, g_object_ref (message), g_object_unref);
}

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  Web *web = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  web->requests++;
  if (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Access-Token") != NULL)
    web->saw_token = TRUE;

  if (g_str_has_prefix (path, "/video"))
    answer_video (web, message);
  else if (g_str_has_suffix (path, "/small"))
    answer_with (message, "application/octet-stream", 100);
  else if (g_str_equal (path, "/no-type"))
    {
      answer_with (message, "video/mp4", 100);
      soup_message_headers_remove (headers, "Content-Type");
    }
  else if (g_str_equal (path, "/empty"))
    answer_with (message, "video/mp4", 0);
  else if (g_str_equal (path, "/page"))
    answer_with (message, "text/html; charset=utf-8", 100);
  else if (g_str_equal (path, "/at-cap"))
    answer_with (message, "video/mp4", CAP);
  else if (g_str_equal (path, "/over-cap"))
    answer_with (message, "video/mp4", CAP + 1);
  else if (g_str_equal (path, "/over-cap-chunked"))
    {
      soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
      answer_with (message, "video/mp4", CAP + 1);
    }
  else if (g_str_equal (path, "/md5-good") || g_str_equal (path, "/md5-bad"))
    {
      /* MD5 of 100 times "v", and of nothing. */
      g_autofree char *content = g_strnfill (100, 'v');
      g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_MD5);
      guint8 digest[16];
      gsize length = sizeof digest;
      g_autofree char *encoded = NULL;

      if (g_str_equal (path, "/md5-good"))
        g_checksum_update (sum, (const guchar *) content, 100);
      g_checksum_get_digest (sum, digest, &length);
      encoded = g_base64_encode (digest, length);
      soup_message_headers_append (headers, "Content-MD5", encoded);
      answer_with (message, "video/mp4", 100);
    }
  else if (g_str_equal (path, "/moved"))
    soup_server_message_set_redirect (message, 302, "/small");
  else if (g_str_equal (path, "/round"))
    soup_server_message_set_redirect (message, 302, "/round");
  else if (g_str_equal (path, "/to-file"))
    {
      soup_server_message_set_status (message, 302, NULL);
      soup_message_headers_append (headers, "Location", "file:///etc/hostname");
    }
  else if (g_str_equal (path, "/leads"))
    {
      soup_server_message_set_status (message, 302, NULL);
      soup_message_headers_append (headers, "Location", g_hash_table_lookup (query, "to"));
    }
  else if (g_str_equal (path, "/nowhere"))
    soup_server_message_set_status (message, 302, NULL);
  else if (g_str_equal (path, "/drips"))
    answer_in_drips (web, message, DRIPS);
  else if (g_str_equal (path, "/drips-for-ever"))
    answer_in_drips (web, message, G_MAXUINT);
  else if (g_str_equal (path, "/silent"))
    soup_server_message_pause (message);
  else
    soup_server_message_set_status (message, 404, NULL);
}

static void
set_up (Web          *web,
        gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture_set_up (&web->base, NULL);
  web->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (web->server, NULL, on_request, web, NULL);
  soup_server_listen_local (web->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (web->server);
  web->root = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Web          *web,
           gconstpointer unused)
{
  g_clear_handle_id (&web->drip, g_source_remove);
  soup_server_disconnect (web->server);
  g_object_unref (web->server);
  g_free (web->root);
  fixture_tear_down (&web->base, NULL);
}

static gboolean
fetch_within (Web                           *web,
              const char                    *path,
              const DubStudioDownloadLimits *within,
              GError                       **error)
{
  g_autofree char *url = g_strconcat (web->root, path, NULL);
  g_autofree char *file = g_build_filename (web->base.dir, "fetched", NULL);
  g_autoptr (GFile) object = g_file_new_for_path (file);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  g_file_delete (object, NULL, NULL);
  dub_studio_download_async (url, file, within, NULL, NULL, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_studio_download_finish (result, error);
}

static gboolean
fetch (Web        *web,
       const char *path,
       GError    **error)
{
  return fetch_within (web, path, &limits, error);
}

static void
check_fetched (Web        *web,
               const char *path,
               gsize       size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (web->base.dir, "fetched", NULL);
  g_autofree char *content = NULL;
  gsize length;

  g_test_message ("%s", path);
  fetch (web, path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (file, &content, &length, NULL));
  g_assert_cmpuint (length, ==, size);
}

static void
check_refused (Web        *web,
               const char *path,
               const char *sentence)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", path);
  g_assert_false (fetch (web, path, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
  g_assert_nonnull (strstr (error->message, sentence));
}

static void
test_fetched (Web          *web,
              gconstpointer unused)
{
  check_fetched (web, "/small", 100);
  check_fetched (web, "/no-type", 100);
  check_fetched (web, "/at-cap", CAP);
  check_fetched (web, "/moved", 100);
  check_fetched (web, "/md5-good", 100);
}

static void
test_refused (Web          *web,
              gconstpointer unused)
{
  check_refused (web, "/missing", "error 404");
  check_refused (web, "/page", "leads to a page");
  check_refused (web, "/empty", "empty file");
  check_refused (web, "/over-cap", "larger than");
  check_refused (web, "/over-cap-chunked", "larger than");
  check_refused (web, "/md5-bad", "damaged");
  check_refused (web, "/to-file", "cannot be followed");
  check_refused (web, "/nowhere", "cannot be followed");
}

static void
test_round (Web          *web,
            gconstpointer unused)
{
  check_refused (web, "/round", "cannot be followed");
  g_assert_cmpuint (web->requests, ==, 6);
}

/* Whatever a server answers with, it is followed or refused, and the studio goes on. */
static void
test_hostile_redirects (Web          *web,
                        gconstpointer unused)
{
  static const char *const locations[] = {
    "http:///x", "http://", "http:", "https:", "//", "///x", "http://@/x", "http://:80/x", "http://user:secret@:80/",
    "http://[/", "http://[]/", "http://[::1/", "http://%/", "http://%00/", "http://%0d%0aHost:%20x/", "http://%20/",
    "http://127.0.0.1:0/", "http://127.0.0.1:1/", "http://127.0.0.1:99999/", "http://127.0.0.1:x/", "http://a b/",
    "http://\xff\xfe/", "data:video/mp4,x", "javascript:0", "ftp://127.0.0.1/", "file:",
  };
  g_autofree char *host = g_strnfill (8 * 1024, 'a');
  g_autofree char *long_location = g_strconcat ("http://", host, "/", NULL);
  g_autofree char *long_path = g_strconcat ("/leads?to=", long_location, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      g_autofree char *escaped = g_uri_escape_string (locations[i], NULL, FALSE);
      g_autofree char *path = g_strconcat ("/leads?to=", escaped, NULL);

      check_refused (web, path, "cannot be f");
    }
  check_refused (web, long_path, "cannot be f");
  check_fetched (web, "/leads?to=%2Fsmall", 100);
}

static void
test_unreachable (Web          *web,
                  gconstpointer unused)
{
  soup_server_disconnect (web->server);
  check_refused (web, "/small", "cannot be fetched from its address");
}

/* The first window is fast enough, the next one is not: neither the silence nor the deadline ends such a transfer. */
static void
test_too_slow (Web          *web,
               gconstpointer unused)
{
  static const DubStudioDownloadLimits pace = { CAP, LEAST_BYTES, WINDOW_MS };
  g_autoptr (GError) error = NULL;

  g_assert_false (fetch_within (web, "/drips-for-ever", &pace, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
  g_assert_nonnull (strstr (error->message, "far too slowly"));
  g_assert_cmpuint (web->drips, >, 0);
}

/* Many windows go by, and none is too slow. */
static void
test_slow_enough (Web          *web,
                  gconstpointer unused)
{
  static const DubStudioDownloadLimits pace = { CAP, 0, 1 };
  g_autoptr (GError) error = NULL;

  g_assert_true (fetch_within (web, "/drips", &pace, &error));
  g_assert_no_error (error);
}

static gboolean
was_asked (gpointer requests)
{
  return *(guint *) requests > 0;
}

static void
test_cancelled (Web          *web,
                gconstpointer unused)
{
  g_autofree char *url = g_strconcat (web->root, "/silent", NULL);
  g_autofree char *file = g_build_filename (web->base.dir, "fetched", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_studio_download_async (url, file, &limits, NULL, NULL, cancellable, dub_test_keep_result, &slot);
  dub_test_wait_for (was_asked, &web->requests, "the request");
  g_cancellable_cancel (cancellable);
  result = dub_test_await (&slot);
  g_assert_false (dub_studio_download_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Through the studio: a video from the web is dubbed, its token stays at home. */
static void
test_dubbed (Web          *web,
             gconstpointer unused)
{
  g_autofree char *url = g_strconcat (web->root, "/video.webm?signature=a%2Fb", NULL);
  g_autofree char *item = fixture_make_item (url, "");
  g_autofree char *id = dub_test_studio_create (web->base.studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (web->base.studio, id, "SUCCESS");

  g_assert_nonnull (entry);
  g_assert_false (web->saw_token);
}

static void
check_task_failed (Web        *web,
                   const char *path,
                   const char *more,
                   const char *sentence)
{
  g_autofree char *url = g_strconcat (web->root, path, NULL);
  g_autofree char *item = fixture_make_item (url, more);
  g_autofree char *id = dub_test_studio_create (web->base.studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (web->base.studio, id, "FAILED");

  g_test_message ("%s", path);
  g_assert_nonnull (strstr (json_object_get_string_member (json_node_get_object (entry), "error_msg"), sentence));
}

/* What cannot be checked when the task is made is checked when its turn comes. */
static void
test_failed (Web          *web,
             gconstpointer unused)
{
  check_task_failed (web, "/page", "", "leads to a page");
  check_task_failed (web, "/missing", "", "error 404");
  check_task_failed (web, "/folder/%2Fetc%2Fsmall?x=/etc/passwd", "", "small");
  check_task_failed (web, "/video", ", \"scripts\": [{\"text\": \"a\", \"text_start_time\": 0, \"text_end_time\": 9000}]",
                     "Segment 1 of the script ends after the end of the video.");
}

#define ADD(path, function) g_test_add ("/studio/download/" path, Web, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("fetched", test_fetched);
  ADD ("refused", test_refused);
  ADD ("round", test_round);
  ADD ("hostile-redirects", test_hostile_redirects);
  ADD ("unreachable", test_unreachable);
  ADD ("too-slow", test_too_slow);
  ADD ("slow-enough", test_slow_enough);
  ADD ("cancelled", test_cancelled);
  ADD ("dubbed", test_dubbed);
  ADD ("failed", test_failed);
  return g_test_run ();
}
