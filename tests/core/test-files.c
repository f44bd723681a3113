/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-captions.h"
#include "dub-error.h"
#include "dub-file-identity.h"
#include "dub-paths.h"
#include "dub-test-support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = dub_test_make_dir ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  dub_test_remove_dir (fixture->dir);
}

static GFile *
make_file (Fixture    *fixture,
           const char *name,
           const char *bytes,
           gssize      size)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, size, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static char *
identify (GFile         *file,
          GCancellable  *cancellable,
          GError       **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  dub_file_identity_async (file, cancellable, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_file_identity_finish (result, error);
}

static void
test_identity (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GFile) abc = make_file (fixture, "abc", "abc", 3);
  g_autoptr (GFile) empty = make_file (fixture, "empty", "", 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *of_abc = identify (abc, NULL, &error);
  g_autofree char *of_empty = identify (empty, NULL, &error);

  g_assert_no_error (error);
  /* FIPS 180-2, appendix B.1, and the hash of nothing. */
  g_assert_cmpstr (of_abc, ==, "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (of_empty, ==, "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void
test_identity_large (Fixture       *fixture,
                     gconstpointer  data)
{
  const gsize size = 3 * 1024 * 1024 + 17;
  g_autofree char *bytes = g_malloc (size);
  g_autofree char *hash = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < size; i++)
    bytes[i] = (char) (i * 31 % 251);
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, size);
  expected = g_strconcat ("sha256:", hash, NULL);
  file = make_file (fixture, "large", bytes, size);

  found = identify (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, expected);
}

static void
assert_no_identity (GFile      *file,
                    const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (identify (file, NULL, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_identity_faults (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (GFile) dir = g_file_new_for_path (fixture->dir);
  g_autoptr (GFile) missing = g_file_get_child (dir, "film.mp4");
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/zero");
  g_autoptr (GFile) pipe_file = g_file_get_child (dir, "pipe");

  g_assert_cmpint (mkfifo (g_file_peek_path (pipe_file), 0600), ==, 0);
  assert_no_identity (missing, "“film.mp4” is not there any more");
  assert_no_identity (dir, "is a folder");
  assert_no_identity (device, "device");
  assert_no_identity (pipe_file, "pipe");
}

static void
test_identity_cancelled (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GFile) file = make_file (fixture, "abc", "abc", 3);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (identify (file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static DubScript *
load (GFile   *file,
      GError **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  dub_captions_load_async (file, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_captions_load_finish (result, error);
}

static void
test_captions (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GFile) good = make_file (fixture, "good.txt", "1\n00:00:01,000 --> 00:00:02,000\nHi\n", -1);
  g_autoptr (GFile) bad = make_file (fixture, "bad.srt", "Hi\n", -1);
  g_autoptr (GFile) dir = g_file_new_for_path (fixture->dir);
  g_autoptr (GFile) missing = g_file_get_child (dir, "missing.srt");
  g_autoptr (DubScript) script = NULL;
  g_autoptr (GError) error = NULL;

  script = load (good, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dub_script_get_length (script), ==, 1);

  g_assert_null (load (bad, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS);
  g_clear_error (&error);
  g_assert_null (load (missing, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_FILE);
  g_clear_error (&error);
  g_assert_null (load (dir, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_FILE);
}

static void
test_captions_too_large (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new ("1\n00:00:01,000 --> 00:00:02,000\n");
  g_autoptr (GFile) within = NULL;
  g_autoptr (GFile) beyond = NULL;
  g_autoptr (DubScript) script = NULL;
  g_autoptr (GError) error = NULL;

  while (text->len < DUB_CAPTIONS_MAX_BYTES)
    g_string_append_c (text, 'x');
  within = make_file (fixture, "within.srt", text->str, text->len);
  script = load (within, &error);
  g_assert_no_error (error);

  g_string_append_c (text, 'x');
  beyond = make_file (fixture, "beyond.srt", text->str, text->len);
  g_assert_null (load (beyond, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS);
  g_assert_nonnull (strstr (error->message, "256 kB"));
}

static void
assert_private_dir (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_true (S_ISDIR (info.st_mode));
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
}

static void
test_paths (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *data_dir = g_build_filename (fixture->dir, "a", "data", NULL);
  g_autofree char *cache_dir = g_build_filename (fixture->dir, "cache", NULL);
  g_autofree char *state_dir = g_build_filename (fixture->dir, "state", NULL);
  g_autofree char *log = g_build_filename (state_dir, "dubroom.log", NULL);
  g_autofree char *database = g_build_filename (data_dir, "dubroom.db", NULL);
  g_autofree char *studio = g_build_filename (data_dir, "studio", NULL);
  g_autoptr (DubPaths) paths = dub_paths_new (data_dir, cache_dir, state_dir);
  g_autoptr (GError) error = NULL;

  g_assert_false (g_file_test (data_dir, G_FILE_TEST_EXISTS));
  g_assert_true (dub_paths_prepare (paths, &error));
  g_assert_no_error (error);
  g_assert_true (dub_paths_prepare (paths, &error));
  g_assert_no_error (error);

  g_assert_cmpstr (dub_paths_get_data_dir (paths), ==, data_dir);
  g_assert_cmpstr (dub_paths_get_cache_dir (paths), ==, cache_dir);
  g_assert_cmpstr (dub_paths_get_state_dir (paths), ==, state_dir);
  g_assert_cmpstr (dub_paths_get_log (paths), ==, log);
  g_assert_cmpstr (dub_paths_get_database (paths), ==, database);
  g_assert_cmpstr (dub_paths_get_studio_dir (paths), ==, studio);
  assert_private_dir (data_dir);
  assert_private_dir (cache_dir);
  assert_private_dir (studio);
}

static void
test_paths_default (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (DubPaths) paths = dub_paths_new (NULL, NULL, NULL);
  g_autofree char *expected = g_build_filename (g_get_user_data_dir (), "dubroom", NULL);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "dubroom", NULL);
  g_autofree char *log = g_build_filename (g_get_user_state_dir (), "dubroom", "dubroom.log", NULL);

  g_assert_cmpstr (dub_paths_get_data_dir (paths), ==, expected);
  g_assert_cmpstr (dub_paths_get_cache_dir (paths), ==, cache);
  g_assert_cmpstr (dub_paths_get_log (paths), ==, log);
}

static void
test_paths_fault (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GFile) file = make_file (fixture, "file", "x", 1);
  g_autofree char *data_dir = g_build_filename (g_file_peek_path (file), "data", NULL);
  g_autoptr (DubPaths) paths = dub_paths_new (data_dir, fixture->dir, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (dub_paths_prepare (paths, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, data_dir));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/core/files/identity", test_identity);
  ADD ("/core/files/identity-large", test_identity_large);
  ADD ("/core/files/identity-faults", test_identity_faults);
  ADD ("/core/files/identity-cancelled", test_identity_cancelled);
  ADD ("/core/files/captions", test_captions);
  ADD ("/core/files/captions-too-large", test_captions_too_large);
  ADD ("/core/files/paths", test_paths);
  ADD ("/core/files/paths-default", test_paths_default);
  ADD ("/core/files/paths-fault", test_paths_fault);
  return g_test_run ();
}
