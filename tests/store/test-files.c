/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <grp.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "database-fixture.h"

/* A file that was readable by others is not any more. */
static void
test_mode (DatabaseFixture *fixture,
           gconstpointer    data)
{
  GStatBuf info;

  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  assert_reads (fixture->database, "SELECT count(*) FROM book", "1");
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_migration (DatabaseFixture *fixture,
                gconstpointer    data)
{
  g_autoptr (DubDatabase) old = dub_database_new (fixture->path, first_version);

  assert_executes (old, "INSERT INTO shelf (label) VALUES ('added by the old one')");
  assert_reads (old, "PRAGMA user_version", "1");
  dub_database_close (old);

  assert_reads (fixture->database, "PRAGMA user_version", "3");
  assert_reads (fixture->database, "SELECT label || ' ' || width FROM shelf ORDER BY id",
                "from the first version 1.5,added by the old one 1.5");
  assert_reads (fixture->database, "SELECT title FROM book ORDER BY shelf",
                "from the first version,added by the old one");
  assert_reads (fixture->database, "PRAGMA foreign_keys", "1");
}

/* A migration that fails, or leaves a key without its row, leaves the file at the version before. */
static void
test_migration_failure (DatabaseFixture *fixture,
                        gconstpointer    data)
{
  const char *const bad_sql[] = { third_version[0], third_version[1], "DELETE FROM book; DROP TABLE nothing", NULL };
  const char *const bad_keys[] = { third_version[0], third_version[1], "DELETE FROM shelf", NULL };
  g_autoptr (DubDatabase) first = dub_database_new (fixture->path, bad_sql);
  g_autoptr (DubDatabase) second = dub_database_new (fixture->path, bad_keys);
  g_autoptr (GError) error = NULL;

  g_assert_false (open_now (first, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (open_now (second, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  assert_reads (fixture->database, "SELECT title FROM book", "from the first version");
}

/* The file is refused with @code and, to the byte, as it was. */
static void
assert_refused (const char       *path,
                const char *const *migrations,
                DubStoreError     code,
                const char       *word)
{
  g_autoptr (DubDatabase) database = dub_database_new (path, migrations);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gsize n_before, n_after;

  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  g_assert_false (open_now (database, &error));
  g_assert_error (error, DUB_STORE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, word));
  g_assert_nonnull (strstr (error->message, "left untouched"));
  g_clear_error (&error);

  run_now (database, execute_job, (gpointer) "CREATE TABLE intruder (id INTEGER)", &error);
  g_assert_error (error, DUB_STORE_ERROR, (int) code);
  dub_database_close (database);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_newer (DatabaseFixture *fixture,
            gconstpointer    data)
{
  assert_reads (fixture->database, "PRAGMA user_version", "3");
  dub_database_close (fixture->database);
  assert_refused (fixture->path, first_version, DUB_STORE_ERROR_NEWER, "newer version");
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  g_assert_true (g_file_get_contents (from, &bytes, &n_bytes, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) n_bytes, NULL));
}

/* Of a process that was killed: what it wrote is still beside the file, and stays there. */
static void
test_newer_with_log (DatabaseFixture *fixture,
                     gconstpointer    data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *copy = g_build_filename (fixture->dir, "copy.db", NULL);
  g_autofree char *copy_log = g_strconcat (copy, "-wal", NULL);

  assert_executes (fixture->database, "DELETE FROM book");
  copy_file (fixture->path, copy);
  copy_file (log, copy_log);
  assert_refused (copy, first_version, DUB_STORE_ERROR_NEWER, "newer version");
}

/* Whoever holds the file at its first opening is waited for. */
static void
test_held (DatabaseFixture *fixture,
           gconstpointer    data)
{
  g_autoptr (GError) error = NULL;

  g_timeout_add (50, release_file, hold_file (fixture->path));
  g_assert_true (open_now (fixture->database, &error));
  g_assert_no_error (error);
}

static void
test_random_bytes (DatabaseFixture *fixture,
                   gconstpointer    data)
{
  char bytes[5000];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (char) g_test_rand_int_range (0, 256);
  g_assert_true (g_file_set_contents (fixture->path, bytes, sizeof bytes, NULL));
  assert_refused (fixture->path, third_version, DUB_STORE_ERROR_DAMAGED, "damaged");
}

static void
fill_and_close (DatabaseFixture *fixture)
{
  assert_executes (fixture->database,
                   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                   "INSERT INTO book SELECT 1, 'book ' || i FROM n");
  dub_database_close (fixture->database);
}

static void
test_truncated (DatabaseFixture *fixture,
                gconstpointer    data)
{
  GStatBuf info;

  fill_and_close (fixture);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (truncate (fixture->path, info.st_size / 2), ==, 0);
  assert_refused (fixture->path, third_version, DUB_STORE_ERROR_DAMAGED, "damaged");
}

/* The head of the file is whole. */
static void
test_damaged_inside (DatabaseFixture *fixture,
                     gconstpointer    data)
{
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  fill_and_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &n_bytes, NULL));
  memset (bytes + n_bytes / 4 * 2, 0xa5, n_bytes / 4);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) n_bytes, NULL));
  assert_refused (fixture->path, third_version, DUB_STORE_ERROR_DAMAGED, "damaged");
}

static void
test_not_a_file (DatabaseFixture *fixture,
                 gconstpointer    data)
{
  g_autofree char *nowhere = g_build_filename (fixture->dir, "no", "such", "folder.db", NULL);
  g_autoptr (DubDatabase) folder = dub_database_new (fixture->dir, third_version);
  g_autoptr (DubDatabase) missing = dub_database_new (nowhere, third_version);
  g_autoptr (GError) error = NULL;

  g_assert_false (open_now (folder, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_false (open_now (missing, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_OPEN);
}

/* Opening is tried again when it is asked for. */
static void
test_open_again (DatabaseFixture *fixture,
                 gconstpointer    data)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "later", NULL);
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);
  g_autoptr (DubDatabase) database = dub_database_new (path, third_version);
  g_autoptr (GError) error = NULL;

  g_assert_false (open_now (database, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (open_now (database, &error));
  g_assert_no_error (error);
  assert_reads (database, "SELECT title FROM book", "from the first version");
}

/* In a process of its own: root may write everywhere, so it becomes an ordinary user. */
static void
become_ordinary (void)
{
  if (geteuid () != 0)
    return;
  g_assert_cmpint (setgroups (0, NULL), ==, 0);
  g_assert_cmpint (setresgid (65534, 65534, 65534), ==, 0);
  g_assert_cmpint (setresuid (65534, 65534, 65534), ==, 0);
}

static void
assert_may_not_write (const char *path)
{
  g_autoptr (DubDatabase) database = dub_database_new (path, third_version);
  g_autoptr (GError) error = NULL;

  g_assert_false (open_now (database, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FULL);
}

static void
test_read_only_subprocess (void)
{
  g_autofree char *dir = dub_test_make_dir ();
  g_autofree char *filled = g_build_filename (dir, "filled.db", NULL);
  g_autofree char *missing = g_build_filename (dir, "missing.db", NULL);
  g_autoptr (DubDatabase) database = NULL;

  if (geteuid () == 0)
    {
      g_assert_cmpint (chown (dir, 65534, 65534), ==, 0);
      become_ordinary ();
    }
  database = dub_database_new (filled, third_version);
  assert_reads (database, "SELECT title FROM book", "from the first version");
  dub_database_close (database);

  g_assert_cmpint (g_chmod (dir, 0500), ==, 0);
  assert_may_not_write (missing);
  assert_may_not_write (filled);
  g_assert_cmpint (g_chmod (dir, 0700), ==, 0);
  g_assert_cmpint (g_chmod (filled, 0400), ==, 0);
  assert_may_not_write (filled);
  g_assert_cmpint (g_chmod (filled, 0600), ==, 0);
  dub_test_remove_dir (g_steal_pointer (&dir));
}

static void
test_read_only (void)
{
  g_test_trap_subprocess ("/store/files/read-only/subprocess", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static const char *const write_much =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
  "INSERT INTO book SELECT 1, 'a book with a rather long title, number ' || i FROM n";

/* The limit on the size of files stands for the end of the disk. */
static void
test_full_subprocess (void)
{
  g_autofree char *dir = dub_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "test.db", NULL);
  g_autoptr (DubDatabase) database = dub_database_new (path, third_version);
  g_autoptr (GError) error = NULL;
  struct rlimit limit;

  assert_reads (database, "SELECT count(*) FROM book", "1");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = 256 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  run_now (database, execute_job, (gpointer) write_much, &error);
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FULL);
  g_clear_error (&error);

  limit.rlim_cur = limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  assert_reads (database, "SELECT count(*) FROM book", "1");
  assert_executes (database, write_much);
  assert_reads (database, "SELECT count(*) FROM book", "20001");
  dub_database_close (database);
  dub_test_remove_dir (g_steal_pointer (&dir));
}

static void
test_full (void)
{
  g_test_trap_subprocess ("/store/files/full/subprocess", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

#define ADD(path, function)                                                                   \
  g_test_add ("/store/files/" path, DatabaseFixture, NULL, database_fixture_set_up, function, \
              database_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("mode", test_mode);
  ADD ("migration", test_migration);
  ADD ("migration-failure", test_migration_failure);
  ADD ("newer", test_newer);
  ADD ("newer-with-log", test_newer_with_log);
  ADD ("held", test_held);
  ADD ("random-bytes", test_random_bytes);
  ADD ("truncated", test_truncated);
  ADD ("damaged-inside", test_damaged_inside);
  ADD ("not-a-file", test_not_a_file);
  ADD ("open-again", test_open_again);
  g_test_add_func ("/store/files/read-only", test_read_only);
  g_test_add_func ("/store/files/read-only/subprocess", test_read_only_subprocess);
  g_test_add_func ("/store/files/full", test_full);
  g_test_add_func ("/store/files/full/subprocess", test_full_subprocess);

  return g_test_run ();
}
