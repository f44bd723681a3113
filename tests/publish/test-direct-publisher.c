/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-address-check.h"
#include "dub-direct-publisher.h"
#include "dub-test-support.h"

#include <libsoup/soup.h>
#include <string.h>

/* Of "abc", FIPS 180-2, appendix B.1. */
#define ABC "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

typedef struct
{
  char *dir;
  char *path;
  char *uri;
  SoupServer *server;
  char *address;    /* of a film there */
  const char *etag;
  guint status;
  guint requests;
} Fixture;

static void
write_film (Fixture    *fixture,
            const char *bytes)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, bytes, -1, &error);
  g_assert_no_error (error);
}

static void
on_film (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  Fixture *fixture = user_data;

  fixture->requests++;
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "ETag", fixture->etag);
  soup_server_message_set_status (message, fixture->status, NULL);
  soup_server_message_set_response (message, "video/mp4", SOUP_MEMORY_STATIC, "film", 4);
}

static void
start_server (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->etag = "\"1\"";
  fixture->status = SOUP_STATUS_OK;
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, on_film, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->address = g_strdup_printf ("http://127.0.0.1:%d/a%%2Fb.mp4?X-Sig=a%%2Bb", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  start_server (fixture);

  fixture->dir = dub_test_make_dir ();
  fixture->path = g_build_filename (fixture->dir, "my film ü.mp4", NULL);
  fixture->uri = g_filename_to_uri (fixture->path, NULL, &error);
  g_assert_no_error (error);
  write_film (fixture, "abc");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  dub_test_remove_dir (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->uri);
  g_clear_object (&fixture->server);
  g_free (fixture->address);
}

/* What a person agrees to. */
static char *
identify (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubAddress) address = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_address_check_async (fixture->address, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  address = dub_address_check_finish (result, &error);
  g_assert_no_error (error);
  return g_strdup (address->identity);
}

static char *
publish (gboolean       local_files,
         const char    *uri,
         const char    *identity,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (DubPublisher) publisher = dub_direct_publisher_new (local_files);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  dub_publisher_publish_async (publisher, uri, identity, cancellable, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_publisher_publish_finish (publisher, result, error);
}

static void
assert_refused (gboolean         local_files,
                const char      *uri,
                DubPublishError  code,
                const char      *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (publish (local_files, uri, ABC, NULL, &error));
  g_assert_error (error, DUB_PUBLISH_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = publish (TRUE, fixture->uri, ABC, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (address, ==, fixture->uri);
}

static void
test_file_changed (Fixture       *fixture,
                   gconstpointer  data)
{
  write_film (fixture, "abd");
  assert_refused (TRUE, fixture->uri, DUB_PUBLISH_ERROR_CHANGED, "“my film ü.mp4” was changed");
}

static void
test_file_faults (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *folder = g_filename_to_uri (fixture->dir, NULL, NULL);
  g_autofree char *missing = g_strconcat (folder, "/none.mp4", NULL);

  assert_refused (TRUE, folder, DUB_PUBLISH_ERROR_UNREACHABLE, "is a folder");
  assert_refused (TRUE, missing, DUB_PUBLISH_ERROR_UNREACHABLE, "“none.mp4” is not there any more");
  assert_refused (TRUE, "file:///dev/zero", DUB_PUBLISH_ERROR_UNREACHABLE, "device");
}

static void
test_no_place (Fixture       *fixture,
               gconstpointer  data)
{
  assert_refused (FALSE, fixture->uri, DUB_PUBLISH_ERROR_NO_PLACE, "web server");
}

static void
test_address (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *identity = identify (fixture);

  for (guint local_files = 0; local_files <= 1; local_files++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = publish (local_files != 0, fixture->address, identity, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (address, ==, fixture->address);
    }
  g_assert_cmpuint (fixture->requests, ==, 3);
}

static void
assert_address_refused (Fixture         *fixture,
                        const char      *identity,
                        DubPublishError  code,
                        const char      *says)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = publish (FALSE, fixture->address, identity, NULL, &error);

  g_assert_null (address);
  g_assert_error (error, DUB_PUBLISH_ERROR, (int) code);
  if (strstr (error->message, says) == NULL)
    g_test_fail_printf ("“%s” does not say “%s”", error->message, says);
}

static void
test_address_changed (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *identity = identify (fixture);

  fixture->etag = "\"2\"";
  assert_address_refused (fixture, identity, DUB_PUBLISH_ERROR_CHANGED, "/a%2Fb.mp4” was changed after you agreed");
}

/* What may pass by itself is told apart from what does not. */
static void
test_address_away (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *identity = identify (fixture);

  fixture->status = SOUP_STATUS_NOT_FOUND;
  assert_address_refused (fixture, identity, DUB_PUBLISH_ERROR_UNREACHABLE, "has nothing at this address");
  fixture->status = SOUP_STATUS_SERVICE_UNAVAILABLE;
  assert_address_refused (fixture, identity, DUB_PUBLISH_ERROR_NO_ANSWER, "(answer 503)");
  soup_server_disconnect (fixture->server);
  assert_address_refused (fixture, identity, DUB_PUBLISH_ERROR_NO_ANSWER, "The connection to “127.0.0.1” failed");
}

static void
test_address_cancelled (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (publish (FALSE, fixture->address, "url:0", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->requests, ==, 0);
}

static void
test_address_bad (Fixture       *fixture,
                  gconstpointer  data)
{
  assert_refused (TRUE, fixture->path, DUB_PUBLISH_ERROR_ADDRESS, "not a web address");
  assert_refused (TRUE, "ftp://example.com/a.mp4", DUB_PUBLISH_ERROR_ADDRESS, "not a web address");
  assert_refused (TRUE, "https://me:pw@example.com/a.mp4", DUB_PUBLISH_ERROR_ADDRESS, "password");
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (publish (TRUE, fixture->uri, ABC, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/publish/direct/file", test_file);
  ADD ("/publish/direct/file-changed", test_file_changed);
  ADD ("/publish/direct/file-faults", test_file_faults);
  ADD ("/publish/direct/no-place", test_no_place);
  ADD ("/publish/direct/address", test_address);
  ADD ("/publish/direct/address-changed", test_address_changed);
  ADD ("/publish/direct/address-away", test_address_away);
  ADD ("/publish/direct/address-cancelled", test_address_cancelled);
  ADD ("/publish/direct/address-bad", test_address_bad);
  ADD ("/publish/direct/cancelled", test_cancelled);
  return g_test_run ();
}
