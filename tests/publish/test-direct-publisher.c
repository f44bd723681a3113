/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-direct-publisher.h"
#include "dub-test-support.h"

#include <string.h>

/* Of "abc", FIPS 180-2, appendix B.1. */
#define ABC "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

typedef struct
{
  char *dir;
  char *path;
  char *uri;
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
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

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
  const char *url = "https://example.com/a%2Fb.mp4?X-Sig=a%2Bb";

  for (guint local_files = 0; local_files <= 1; local_files++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = publish (local_files != 0, url, "url:0", NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (address, ==, url);
    }
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
  ADD ("/publish/direct/address-bad", test_address_bad);
  ADD ("/publish/direct/cancelled", test_cancelled);
  return g_test_run ();
}
