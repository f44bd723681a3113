/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fake-service.h"
#include "dub-fetch-private.h"
#include "dub-raw-server.h"
#include "dub-service-error.h"
#include "dub-test-support.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Saving a dub: whole or not at all. */

typedef struct
{
  DubFakeService *service;
  char *dir;
  GFile *destination;
  char *url; /* of a finished dub */
  guint64 told_bytes;
  guint64 told_total;
  guint n_told;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autofree char *path = NULL;
  const char *base;

  self->service = dub_fake_service_new ();
  base = dub_fake_service_get_base_url (self->service);
  self->url = g_strdup_printf ("%.*spreview/1.mp4?sig=a%%2Fb", (int) (strstr (base, "open_api") - base), base);
  self->dir = dub_test_make_dir ();
  path = g_build_filename (self->dir, "Coat · German.mp4", NULL);
  self->destination = g_file_new_for_path (path);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_object_unref (self->destination);
  dub_test_remove_dir (self->dir);
  g_free (self->url);
  g_object_unref (self->service);
}

static void
on_progress (guint64  bytes,
             guint64  total,
             gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_cmpuint (bytes, >=, self->told_bytes);
  self->told_bytes = bytes;
  self->told_total = total;
  self->n_told++;
}

static gboolean
fetch_to (Fixture      *self,
          const char   *url,
          gboolean      replace,
          GFile        *local_root,
          GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  gboolean done;
  guint n_told;

  self->told_bytes = 0;
  dub_fetch_async (url, self->destination, replace, local_root, on_progress, self, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  done = dub_fetch_finish (result, error);
  n_told = self->n_told;
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (self->n_told, ==, n_told);
  return done;
}

static gboolean
fetch (Fixture      *self,
       const char   *url,
       GFile        *local_root,
       GError      **error)
{
  return fetch_to (self, url, TRUE, local_root, error);
}

/* Names in the folder, sorted and joined. */
static char *
names (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (all, g_strdup (name));
  g_ptr_array_sort_values (all, (GCompareFunc) strcmp);
  g_ptr_array_add (all, NULL);
  return g_strjoinv ("|", (char **) all->pdata);
}

static void
assert_nothing_left (Fixture *self)
{
  g_autofree char *all = names (self);

  g_assert_cmpstr (all, ==, "");
}

static void
assert_holds (Fixture    *self,
              const char *content)
{
  g_autofree char *got = NULL;
  g_autofree char *all = names (self);
  gsize length;

  g_assert_true (g_file_load_contents (self->destination, NULL, &got, &length, NULL, NULL));
  g_assert_cmpmem (got, length, content, strlen (content));
  g_assert_cmpstr (all, ==, "Coat · German.mp4");
}

static void
fails (Fixture        *self,
       const char     *url,
       DubServiceError code,
       const char     *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fetch (self, url, NULL, &error));
  g_assert_error (error, DUB_SERVICE_ERROR, (int) code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  assert_nothing_left (self);
}

static void
test_whole (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fetch (self, self->url, NULL, &error));
  g_assert_no_error (error);
  assert_holds (self, "the bytes of a dubbed video");
  g_assert_cmpuint (self->told_bytes, ==, strlen ("the bytes of a dubbed video"));
  g_assert_cmpuint (self->told_total, ==, self->told_bytes);
  g_assert_cmpuint (self->n_told, >=, 1);
  g_assert_cmpstr (((DubFakeRequest *) g_ptr_array_index (dub_fake_service_get_requests (self->service), 0))->path, ==,
                   "/preview/1.mp4?sig=a%2Fb");
  dub_fake_service_assert_no_violations (self->service);
}

static void
test_large (Fixture      *self,
            gconstpointer data)
{
  gsize length = 20 * 1024 * 1024 + 7;
  guint8 *random = g_malloc (length);
  g_autoptr (GBytes) sent = NULL;
  g_autoptr (GBytes) got = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < length; i++)
    random[i] = (guint8) (i * 2654435761u >> 13);
  sent = g_bytes_new_take (random, length);
  dub_fake_service_set_preview (self->service, sent, "application/octet-stream");
  g_assert_true (fetch (self, self->url, NULL, &error));
  g_assert_no_error (error);
  got = g_file_load_bytes (self->destination, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (sent, got));
}

static void
test_replaces (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_path (self->destination);

  g_assert_true (g_file_set_contents (path, "an older dub, which is longer than the one that comes", -1, NULL));
  g_assert_true (fetch (self, self->url, NULL, &error));
  g_assert_no_error (error);
  assert_holds (self, "the bytes of a dubbed video");
}

static void
test_taken (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_path (self->destination);

  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  g_assert_false (fetch_to (self, self->url, FALSE, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, "of this name already"));
  g_assert_cmpuint (dub_fake_service_count_requests (self->service, DUB_FAKE_PREVIEW), ==, 0);
  assert_holds (self, "mine");
}

/* The name is free when the saving begins, and taken when it ends. */
static void
take_name (const DubFakeRequest *request,
           gpointer              user_data)
{
  g_autofree char *path = g_file_get_path (((Fixture *) user_data)->destination);

  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
}

static void
test_taken_meanwhile (Fixture      *self,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  dub_fake_service_set_watch (self->service, take_name, self);
  g_assert_false (fetch_to (self, self->url, FALSE, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  assert_holds (self, "mine");
}

static void
test_free_name (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fetch_to (self, self->url, FALSE, NULL, &error));
  g_assert_no_error (error);
  assert_holds (self, "the bytes of a dubbed video");
}

static void
test_keeps_older (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_path (self->destination);

  g_assert_true (g_file_set_contents (path, "an older dub", -1, NULL));
  dub_fake_service_script_drop (self->service, DUB_FAKE_PREVIEW, 1, DUB_FAKE_DROP_HALF_ANSWER);
  g_assert_false (fetch (self, self->url, NULL, &error));
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_NETWORK);
  assert_holds (self, "an older dub");
}

static void
test_refused (Fixture      *self,
              gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *type;
    const char *body;
    DubServiceError code;
    const char *words;
  } answers[] = {
    { 403, "application/xml", "<Error/>", DUB_SERVICE_ERROR_EXPIRED, "has expired" },
    { 404, "text/html", "<html/>", DUB_SERVICE_ERROR_EXPIRED, "has expired" },
    { 410, NULL, "gone", DUB_SERVICE_ERROR_EXPIRED, "has expired" },
    { 200, "text/html; charset=utf-8", "<html/>", DUB_SERVICE_ERROR_MALFORMED, "a page, not a video" },
    { 200, "text/plain", "words", DUB_SERVICE_ERROR_MALFORMED, "a page, not a video" },
    { 200, "application/json", "{}", DUB_SERVICE_ERROR_MALFORMED, "a page, not a video" },
    { 500, "video/mp4", "x", DUB_SERVICE_ERROR_SERVER, "Try again" },
    { 429, "video/mp4", "x", DUB_SERVICE_ERROR_SERVER, "Try again" },
    { 206, "video/mp4", "x", DUB_SERVICE_ERROR_SERVER, "Try again" },
    { 304, "video/mp4", "", DUB_SERVICE_ERROR_SERVER, "Try again" },
    { 200, "video/mp4", "", DUB_SERVICE_ERROR_NETWORK, "Nothing was saved" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      dub_fake_service_script_answer (self->service, DUB_FAKE_PREVIEW, i + 1, answers[i].status, answers[i].type,
                                      answers[i].body);
      fails (self, self->url, answers[i].code, answers[i].words);
    }
}

static void
test_addresses (Fixture      *self,
                gconstpointer data)
{
  static const char *const refused[] = { "http://example.com/v.mp4", "ftp://127.0.0.1/v.mp4", "v.mp4", "",
                                         "javascript:alert(1)",      "data:video/mp4,x" };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    fails (self, refused[i], DUB_SERVICE_ERROR_INSECURE, "Nothing was sent or saved");
}

static void
test_broken (Fixture      *self,
             gconstpointer data)
{
  dub_fake_service_script_drop (self->service, DUB_FAKE_PREVIEW, 0, DUB_FAKE_DROP_AFTER_READING);
  fails (self, self->url, DUB_SERVICE_ERROR_NETWORK, "Nothing was saved");
  dub_fake_service_set_offline (self->service, TRUE);
  fails (self, self->url, DUB_SERVICE_ERROR_NETWORK, "Nothing was saved");
}

static void
serve_short (DubRawServer *server,
             GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);

  dub_raw_server_write_text (server, stream,
                             "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 1000\r\n\r\nonly this");
}

static void
serve_cut_chunks (DubRawServer *server,
                  GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);

  dub_raw_server_write_text (server, stream,
                             "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "5\r\nonly \r\n");
}

static void
serve_gzip (DubRawServer *server,
            GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);

  dub_raw_server_write_text (server, stream,
                             "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Encoding: gzip\r\n"
                             "Content-Length: 4\r\n\r\nabcd");
}

static void
serve_until_gone (DubRawServer *server,
                  GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);
  g_autofree char *chunk = g_strnfill (0x10000, 'v');

  dub_raw_server_write_text (server, stream, "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n");
  while (dub_raw_server_write (server, stream, chunk, 0x10000))
    continue;
}

static void
raw_fails (Fixture        *self,
           DubRawServe     serve,
           DubServiceError code)
{
  g_autoptr (DubRawServer) server = dub_raw_server_new (serve);

  fails (self, dub_raw_server_get_url (server), code, "Nothing was saved");
}

static void
test_short (Fixture      *self,
            gconstpointer data)
{
  raw_fails (self, serve_short, DUB_SERVICE_ERROR_NETWORK);
  raw_fails (self, serve_cut_chunks, DUB_SERVICE_ERROR_NETWORK);
  raw_fails (self, serve_gzip, DUB_SERVICE_ERROR_MALFORMED);
}

/* Redirects. */

static void
redirect (Fixture    *self,
          guint       ordinal,
          guint       status,
          const char *location)
{
  dub_fake_service_script_answer (self->service, DUB_FAKE_PREVIEW, ordinal, status, "text/html", "moved");
  dub_fake_service_script_header (self->service, DUB_FAKE_PREVIEW, ordinal, "Location", location);
}

static void
test_redirects (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  redirect (self, 1, 301, "/preview/2.mp4");
  redirect (self, 2, 302, "3.mp4?x=%2F");
  redirect (self, 3, 303, self->url);
  redirect (self, 4, 307, self->url);
  redirect (self, 5, 308, self->url);
  g_assert_true (fetch (self, self->url, NULL, &error));
  g_assert_no_error (error);
  assert_holds (self, "the bytes of a dubbed video");
  g_assert_cmpuint (dub_fake_service_count_requests (self->service, DUB_FAKE_PREVIEW), ==, 6);
  g_assert_cmpstr (((DubFakeRequest *) g_ptr_array_index (dub_fake_service_get_requests (self->service), 2))->path, ==,
                   "/preview/3.mp4?x=%2F");
}

static void
test_endless_redirects (Fixture      *self,
                        gconstpointer data)
{
  redirect (self, 0, 302, self->url);
  fails (self, self->url, DUB_SERVICE_ERROR_REDIRECTED, "only leads to other links");
  g_assert_cmpuint (dub_fake_service_count_requests (self->service, DUB_FAKE_PREVIEW), ==, 6);
}

static void
test_bad_redirects (Fixture      *self,
                    gconstpointer data)
{
  g_autofree char *secret = g_build_filename (self->dir, "secret", NULL);
  g_autofree char *secret_uri = g_filename_to_uri (secret, NULL, NULL);
  const char *locations[] = { "http://example.com/v.mp4", secret_uri, "//", "ftp://a.b/c" };
  g_autoptr (GFile) root = g_file_new_for_path (self->dir);

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (secret, "secret", -1, NULL));
      redirect (self, i + 1, 302, locations[i]);
      g_assert_false (fetch (self, self->url, root, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (g_unlink (secret), ==, 0);
      assert_nothing_left (self);
    }
}

/* Headers that never end. */

static void
serve_dripping_head (DubRawServer *server,
                     GIOStream    *stream)
{
  g_autofree char *request = dub_raw_server_read_request (server, stream);

  dub_raw_server_write_text (server, stream, "HTTP/1.1 200 OK\r\nX-Long: ");
  /* The slowness of the server is what is tested. */
  while (dub_raw_server_write_text (server, stream, "x"))
    g_usleep (2000);
}

static void
test_dripping_head (Fixture      *self,
                    gconstpointer data)
{
  g_autoptr (DubRawServer) server = dub_raw_server_new (serve_dripping_head);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_fetch_within_async (dub_raw_server_get_url (server), 200, self->destination, TRUE, NULL, NULL, NULL, NULL,
                          dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_false (dub_fetch_finish (result, &error));
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_TIMED_OUT);
  g_assert_nonnull (strstr (error->message, "did not arrive in time"));
  assert_nothing_left (self);
}

/* Cancelling. */

static gboolean
has_part (gpointer user_data)
{
  g_autofree char *all = names (user_data);

  return *all != '\0';
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_cancel (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (DubRawServer) server = dub_raw_server_new (serve_until_gone);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  guint tick = g_timeout_add (1, on_tick, NULL);

  dub_fetch_async (dub_raw_server_get_url (server), self->destination, TRUE, NULL, NULL, NULL, cancellable,
                   dub_test_keep_result, &slot);
  dub_test_wait_for (has_part, self, "the part to be there");
  g_cancellable_cancel (cancellable);
  result = dub_test_await (&slot);
  g_source_remove (tick);
  g_assert_false (dub_fetch_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_nothing_left (self);
}

static void
test_twice (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (DubRawServer) server = dub_raw_server_new (serve_until_gone);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  guint tick = g_timeout_add (1, on_tick, NULL);

  dub_fetch_async (dub_raw_server_get_url (server), self->destination, TRUE, NULL, NULL, NULL, cancellable,
                   dub_test_keep_result, &slot);
  dub_test_wait_for (has_part, self, "the part to be there");
  g_assert_false (fetch (self, self->url, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_assert_nonnull (strstr (error->message, "being saved there already"));
  g_cancellable_cancel (cancellable);
  result = dub_test_await (&slot);
  g_source_remove (tick);
  assert_nothing_left (self);
}

/* The disk. */

static void
disk_fails (Fixture    *self,
            const char *path,
            const char *words)
{
  g_autoptr (GError) error = NULL;

  g_object_unref (self->destination);
  self->destination = g_file_new_for_path (path);
  g_assert_false (fetch (self, self->url, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_disk (Fixture      *self,
           gconstpointer data)
{
  g_autofree char *missing = g_build_filename (self->dir, "no", "such", "v.mp4", NULL);
  g_autofree char *name = g_strnfill (254, 'n');
  g_autofree char *long_name = g_build_filename (self->dir, name, NULL);

  disk_fails (self, missing, "not there any more");
  disk_fails (self, long_name, "too long");
  disk_fails (self, self->dir, "a folder of this name");
  assert_nothing_left (self);
}

/* A limit of the process stands for a disk that is full: the write fails in the middle. */
static void
test_no_room (Fixture      *self,
              gconstpointer data)
{
  g_autofree guint8 *zeros = g_malloc0 (4 * 1024 * 1024);
  g_autoptr (GBytes) preview = g_bytes_new (zeros, 4 * 1024 * 1024);
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit tight;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  tight = before;
  tight.rlim_cur = 1024 * 1024;
  signal (SIGXFSZ, SIG_IGN);
  dub_fake_service_set_preview (self->service, preview, "video/mp4");
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  g_assert_false (fetch (self, self->url, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_true (error->domain == G_IO_ERROR);
  g_assert_nonnull (strstr (error->message, "Nothing was saved"));
  assert_nothing_left (self);
}

static void
assert_content (const char *path,
                const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

/* What stands in the part's place is not ours: it is neither written to, nor followed, nor removed. */
static void
test_strange_parts (Fixture      *self,
                    gconstpointer data)
{
  g_autofree char *path = g_file_get_path (self->destination);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *second = g_strconcat (path, ".2.part", NULL);
  g_autofree char *precious = g_build_filename (self->dir, "precious", NULL);
  g_autofree char *all = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (precious, "precious", -1, NULL));
  g_assert_true (g_file_set_contents (part, "of another program", -1, NULL));
  g_assert_cmpint (symlink (precious, second), ==, 0);
  g_assert_true (fetch (self, self->url, NULL, &error));
  g_assert_no_error (error);
  assert_content (path, "the bytes of a dubbed video");
  assert_content (part, "of another program");
  assert_content (precious, "precious");
  all = names (self);
  g_assert_cmpstr (all, ==, "Coat · German.mp4|Coat · German.mp4.2.part|Coat · German.mp4.part|precious");
}

/* Files of this computer. */

typedef struct
{
  char *root_path;
  char *dub;     /* inside the root */
  char *outside; /* beside it */
  GFile *root;
} Local;

static void
local_set_up (Local   *local,
              Fixture *self)
{
  local->root_path = dub_test_make_dir ();
  local->root = g_file_new_for_path (local->root_path);
  local->dub = g_build_filename (local->root_path, "a dub.mp4", NULL);
  local->outside = g_strconcat (local->root_path, "-outside", NULL);
  g_assert_true (g_file_set_contents (local->dub, "made here", -1, NULL));
  g_assert_true (g_file_set_contents (local->outside, "secret", -1, NULL));
}

static void
local_clear (Local *local)
{
  g_assert_cmpint (g_unlink (local->outside), ==, 0);
  g_object_unref (local->root);
  g_free (local->dub);
  g_free (local->outside);
  dub_test_remove_dir (local->root_path);
}

static void
local_fails (Fixture        *self,
             Local          *local,
             const char     *path,
             GFile          *root,
             DubServiceError code)
{
  g_autofree char *uri = g_strconcat ("file://", path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (fetch (self, uri, root, &error));
  g_assert_error (error, DUB_SERVICE_ERROR, (int) code);
  assert_nothing_left (self);
}

static void
test_local (Fixture      *self,
            gconstpointer data)
{
  g_autofree char *uri = NULL;
  g_autofree char *other_name = NULL;
  g_autoptr (GFile) link_root = NULL;
  g_autoptr (GError) error = NULL;
  Local local;

  local_set_up (&local, self);
  uri = g_filename_to_uri (local.dub, NULL, NULL);
  g_assert_true (fetch (self, uri, local.root, &error));
  g_assert_no_error (error);
  assert_holds (self, "made here");
  g_assert_cmpuint (self->told_bytes, ==, 9);

  /* The root itself may be reached by a link. */
  other_name = g_strconcat (local.root_path, "-link", NULL);
  g_assert_cmpint (symlink (local.root_path, other_name), ==, 0);
  link_root = g_file_new_for_path (other_name);
  g_assert_true (fetch (self, uri, link_root, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (other_name), ==, 0);
  local_clear (&local);
}

static void
test_local_refused (Fixture      *self,
                    gconstpointer data)
{
  g_autofree char *dots = NULL;
  g_autofree char *link = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *fifo = NULL;
  g_autofree char *other_host = NULL;
  Local local;

  local_set_up (&local, self);
  dots = g_strconcat (local.root_path, "/../", strrchr (local.outside, '/') + 1, NULL);
  link = g_build_filename (local.root_path, "link.mp4", NULL);
  gone = g_build_filename (local.root_path, "gone.mp4", NULL);
  fifo = g_build_filename (local.root_path, "fifo.mp4", NULL);
  other_host = g_strconcat ("example.com", local.root_path, "/a%20dub.mp4", NULL);
  g_assert_cmpint (symlink (local.outside, link), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);

  local_fails (self, &local, "/etc/hostname", local.root, DUB_SERVICE_ERROR_INSECURE);
  local_fails (self, &local, local.outside, local.root, DUB_SERVICE_ERROR_INSECURE);
  local_fails (self, &local, dots, local.root, DUB_SERVICE_ERROR_INSECURE);
  local_fails (self, &local, link, local.root, DUB_SERVICE_ERROR_INSECURE);
  local_fails (self, &local, local.root_path, local.root, DUB_SERVICE_ERROR_INSECURE);
  local_fails (self, &local, local.dub, NULL, DUB_SERVICE_ERROR_INSECURE);
  local_fails (self, &local, other_host, local.root, DUB_SERVICE_ERROR_INSECURE);
  local_fails (self, &local, gone, local.root, DUB_SERVICE_ERROR_EXPIRED);
  local_fails (self, &local, fifo, local.root, DUB_SERVICE_ERROR_EXPIRED);
  local_clear (&local);
}

static void
add (const char *path,
     void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/service/fetch/whole", test_whole);
  add ("/service/fetch/large", test_large);
  add ("/service/fetch/replaces", test_replaces);
  add ("/service/fetch/taken", test_taken);
  add ("/service/fetch/taken-meanwhile", test_taken_meanwhile);
  add ("/service/fetch/free-name", test_free_name);
  add ("/service/fetch/keeps-older", test_keeps_older);
  add ("/service/fetch/refused", test_refused);
  add ("/service/fetch/addresses", test_addresses);
  add ("/service/fetch/broken", test_broken);
  add ("/service/fetch/short", test_short);
  add ("/service/fetch/redirects", test_redirects);
  add ("/service/fetch/endless-redirects", test_endless_redirects);
  add ("/service/fetch/bad-redirects", test_bad_redirects);
  add ("/service/fetch/dripping-head", test_dripping_head);
  add ("/service/fetch/cancel", test_cancel);
  add ("/service/fetch/twice", test_twice);
  add ("/service/fetch/disk", test_disk);
  add ("/service/fetch/no-room", test_no_room);
  add ("/service/fetch/strange-parts", test_strange_parts);
  add ("/service/fetch/local", test_local);
  add ("/service/fetch/local-refused", test_local_refused);

  return g_test_run ();
}
