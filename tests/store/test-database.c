/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <grp.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "dub-database.h"
#include "dub-test-support.h"

static const char *const first_version[] = {
  "CREATE TABLE shelf (id INTEGER PRIMARY KEY, label TEXT NOT NULL) STRICT;"
  "INSERT INTO shelf (label) VALUES ('from the first version')",
  NULL,
};

static const char *const third_version[] = {
  first_version[0],
  "CREATE TABLE book (shelf INTEGER NOT NULL REFERENCES shelf (id), title TEXT NOT NULL UNIQUE) STRICT;"
  "INSERT INTO book SELECT id, label FROM shelf",
  /* a table that others refer to is rebuilt */
  "CREATE TABLE shelf_new (id INTEGER PRIMARY KEY, label TEXT NOT NULL, width REAL NOT NULL) STRICT;"
  "INSERT INTO shelf_new SELECT id, label, 1.5 FROM shelf;"
  "DROP TABLE shelf;"
  "ALTER TABLE shelf_new RENAME TO shelf",
  NULL,
};

typedef struct
{
  char *dir;
  char *path;
  DubDatabase *database;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->dir = dub_test_make_dir ();
  fixture->path = g_build_filename (fixture->dir, "test.db", NULL);
  fixture->database = dub_database_new (fixture->path, third_version);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->database));
  g_free (fixture->path);
  dub_test_remove_dir (fixture->dir);
}

static gboolean
open_now (DubDatabase  *database,
          GError      **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  dub_database_open_async (database, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_database_open_finish (database, result, error);
}

static gpointer
run_now (DubDatabase     *database,
         DubDatabaseJob   job,
         gpointer         job_data,
         GError         **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  dub_database_run_async (database, job, job_data, NULL, g_free, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_database_run_finish (database, result, error);
}

static gboolean
execute_job (DubConnection  *connection,
             gpointer        sql,
             gpointer       *result,
             GError        **error)
{
  return dub_connection_execute (connection, sql, error);
}

/* All values of the first column, joined by commas. */
static gboolean
read_job (DubConnection  *connection,
          gpointer        sql,
          gpointer       *result,
          GError        **error)
{
  g_autoptr (DubStatement) statement = dub_connection_prepare (connection, sql, error);
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autoptr (GError) step_error = NULL;

  if (statement == NULL)
    return FALSE;
  while (dub_statement_step (statement, &step_error))
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? "," : "", dub_statement_get_text (statement, 0));
  if (step_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&step_error));
      return FALSE;
    }
  *result = g_string_free_and_steal (g_steal_pointer (&joined));
  return TRUE;
}

static void
assert_reads (DubDatabase *database,
              const char  *sql,
              const char  *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = run_now (database, read_job, (gpointer) sql, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, expected);
}

static void
assert_executes (DubDatabase *database,
                 const char  *sql)
{
  g_autoptr (GError) error = NULL;

  run_now (database, execute_job, (gpointer) sql, &error);
  g_assert_no_error (error);
}

static void
test_pragmas (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_true (open_now (fixture->database, &error));
  g_assert_no_error (error);

  assert_reads (fixture->database, "PRAGMA journal_mode", "wal");
  assert_reads (fixture->database, "PRAGMA foreign_keys", "1");
  assert_reads (fixture->database, "PRAGMA synchronous", "2");
  assert_reads (fixture->database, "PRAGMA busy_timeout", "5000");
  assert_reads (fixture->database, "PRAGMA user_version", "3");
  assert_reads (fixture->database, "SELECT title FROM book", "from the first version");

  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* A file that was readable by others is not any more. */
static void
test_mode (Fixture      *fixture,
           gconstpointer data)
{
  GStatBuf info;

  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  assert_reads (fixture->database, "SELECT count(*) FROM book", "1");
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static gboolean
statements_job (DubConnection  *connection,
                gpointer        data,
                gpointer       *result,
                GError        **error)
{
  g_autoptr (DubStatement) insert = NULL;
  g_autoptr (DubStatement) select = NULL;
  g_autoptr (DubStatement) same_text = NULL;

  insert = dub_connection_prepare (connection, "INSERT INTO shelf (label, width) VALUES (?1, ?2)", error);
  g_assert_nonnull (insert);
  dub_statement_bind_text (insert, 1, "“tall”");
  dub_statement_bind_double (insert, 2, 2.25);
  g_assert_true (dub_statement_run (insert, error));
  g_assert_cmpint (dub_connection_last_row_id (connection), ==, 2);
  g_assert_cmpint (dub_connection_changes (connection), ==, 1);
  dub_statement_bind_text (insert, 1, NULL);
  g_assert_false (dub_statement_run (insert, error));
  g_assert_error (*error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  g_clear_error (error);

  select = dub_connection_prepare (connection, "SELECT id, label, width, NULL FROM shelf WHERE id = ?1", error);
  same_text = dub_connection_prepare (connection, "SELECT id, label, width, NULL FROM shelf WHERE id = ?1", error);
  g_assert_true (select != same_text);
  dub_statement_bind_int (select, 1, 2);
  dub_statement_bind_int (same_text, 1, 1);
  g_assert_true (dub_statement_step (select, error));
  g_assert_true (dub_statement_step (same_text, error));
  g_assert_cmpint (dub_statement_get_int (select, 0), ==, 2);
  g_assert_cmpstr (dub_statement_get_text (select, 1), ==, "“tall”");
  g_assert_cmpfloat (dub_statement_get_double (select, 2), ==, 2.25);
  g_assert_true (dub_statement_is_null (select, 3));
  g_assert_null (dub_statement_get_text (select, 3));
  g_assert_false (dub_statement_is_null (select, 0));
  g_assert_cmpint (dub_statement_get_int (same_text, 0), ==, 1);
  g_assert_false (dub_statement_step (select, error));
  g_assert_no_error (*error);
  dub_statement_reset (select);
  g_assert_true (dub_statement_step (select, error));

  g_assert_null (dub_connection_prepare (connection, "SELECT nonsense FROM nowhere", error));
  g_assert_error (*error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  g_clear_error (error);
  return TRUE;
}

static void
test_statements (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  run_now (fixture->database, statements_job, NULL, &error);
  g_assert_no_error (error);
  assert_reads (fixture->database, "SELECT count(*) FROM shelf", "2");
}

static gboolean
half_job (DubConnection  *connection,
          gpointer        data,
          gpointer       *result,
          GError        **error)
{
  *result = g_strdup ("never handed out");
  g_assert_true (dub_connection_execute (connection, "INSERT INTO shelf (label, width) VALUES ('one', 1)", error));
  return dub_connection_execute (connection, "INSERT INTO book (shelf, title) VALUES (99, 'no such shelf')", error);
}

static void
test_rollback (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run_now (fixture->database, half_job, NULL, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  assert_reads (fixture->database, "SELECT count(*) FROM shelf", "1");
}

typedef struct
{
  GString *begun;    /* written on the database's thread alone */
  GString *answered; /* written on the main thread alone */
  DubDatabase *database;
  guint n_left;
} Order;

typedef struct
{
  Order *order;
  char letter;
} Letter;

static gboolean
letter_job (DubConnection  *connection,
            gpointer        data,
            gpointer       *result,
            GError        **error)
{
  Letter *letter = data;

  g_string_append_c (letter->order->begun, letter->letter);
  *result = GINT_TO_POINTER (letter->letter);
  return TRUE;
}

static void
on_letter (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Order *order = user_data;
  g_autoptr (GError) error = NULL;
  gpointer letter = dub_database_run_finish (DUB_DATABASE (source), result, &error);

  g_assert_no_error (error);
  g_string_append_c (order->answered, (char) GPOINTER_TO_INT (letter));
  order->n_left--;
}

static gboolean
all_answered (gpointer user_data)
{
  return ((Order *) user_data)->n_left == 0;
}

/* Also those called for before the opening has finished. */
static void
test_order (Fixture      *fixture,
            gconstpointer data)
{
  Order order = { g_string_new (NULL), g_string_new (NULL), fixture->database, 26 };
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dub_database_open_async (fixture->database, NULL, dub_test_keep_result, &slot);
  for (char c = 'a'; c <= 'z'; c++)
    {
      Letter *letter = g_new (Letter, 1);

      *letter = (Letter) { &order, c };
      dub_database_run_async (fixture->database, letter_job, letter, g_free, NULL, NULL, on_letter, &order);
    }
  result = dub_test_await (&slot);
  g_assert_true (dub_database_open_finish (fixture->database, result, &error));
  g_assert_no_error (error);
  dub_test_wait_for (all_answered, &order, "26 letters");

  g_assert_cmpstr (order.begun->str, ==, "abcdefghijklmnopqrstuvwxyz");
  g_assert_cmpstr (order.answered->str, ==, "abcdefghijklmnopqrstuvwxyz");
  g_string_free (order.begun, TRUE);
  g_string_free (order.answered, TRUE);
}

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean begun;
  gboolean go_on;
} Gate;

static gboolean
gate_job (DubConnection  *connection,
          gpointer        data,
          gpointer       *result,
          GError        **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->begun = TRUE;
  g_cond_signal (&gate->cond);
  while (!gate->go_on)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return dub_connection_execute (connection, "INSERT INTO shelf (label, width) VALUES ('gate', 1)", error);
}

static void
gate_wait_until_begun (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  while (!gate->begun)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_open (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->go_on = TRUE;
  g_cond_signal (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

/* One that has begun is finished, one that waits is not run. */
static void
test_cancel (Fixture      *fixture,
             gconstpointer data)
{
  Gate gate = { 0 };
  g_autoptr (GCancellable) begun = g_cancellable_new ();
  g_autoptr (GCancellable) waiting = g_cancellable_new ();
  GAsyncResult *begun_slot = NULL, *waiting_slot = NULL;
  g_autoptr (GAsyncResult) begun_result = NULL;
  g_autoptr (GAsyncResult) waiting_result = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&gate.mutex);
  g_cond_init (&gate.cond);
  dub_database_run_async (fixture->database, gate_job, &gate, NULL, NULL, begun, dub_test_keep_result, &begun_slot);
  dub_database_run_async (fixture->database, execute_job, (gpointer) "DELETE FROM shelf", NULL, NULL, waiting,
                          dub_test_keep_result, &waiting_slot);
  gate_wait_until_begun (&gate);
  g_cancellable_cancel (begun);
  g_cancellable_cancel (waiting);
  gate_open (&gate);

  begun_result = dub_test_await (&begun_slot);
  dub_database_run_finish (fixture->database, begun_result, &error);
  g_assert_no_error (error);
  waiting_result = dub_test_await (&waiting_slot);
  dub_database_run_finish (fixture->database, waiting_result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_reads (fixture->database, "SELECT label FROM shelf ORDER BY id", "from the first version,gate");
  g_mutex_clear (&gate.mutex);
  g_cond_clear (&gate.cond);
}

/* What was called for is done before the file is closed; what is called for later is refused. */
static void
test_close (Fixture      *fixture,
            gconstpointer data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubDatabase) again = NULL;

  dub_database_run_async (fixture->database, execute_job, (gpointer) "DELETE FROM book", NULL, NULL, NULL,
                          dub_test_keep_result, &slot);
  dub_database_close (fixture->database);
  dub_database_close (fixture->database);
  result = dub_test_await (&slot);
  dub_database_run_finish (fixture->database, result, &error);
  g_assert_no_error (error);

  run_now (fixture->database, execute_job, (gpointer) "DELETE FROM shelf", &error);
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_false (open_now (fixture->database, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_OPEN);

  again = dub_database_new (fixture->path, third_version);
  assert_reads (again, "SELECT (SELECT count(*) FROM book) || ' ' || (SELECT count(*) FROM shelf)", "0 1");
}

static void
test_migration (Fixture      *fixture,
                gconstpointer data)
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
test_migration_failure (Fixture      *fixture,
                        gconstpointer data)
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
test_newer (Fixture      *fixture,
            gconstpointer data)
{
  assert_reads (fixture->database, "PRAGMA user_version", "3");
  dub_database_close (fixture->database);
  assert_refused (fixture->path, first_version, DUB_STORE_ERROR_NEWER, "newer version");
}

static void
test_random_bytes (Fixture      *fixture,
                   gconstpointer data)
{
  char bytes[5000];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (char) g_test_rand_int_range (0, 256);
  g_assert_true (g_file_set_contents (fixture->path, bytes, sizeof bytes, NULL));
  assert_refused (fixture->path, third_version, DUB_STORE_ERROR_DAMAGED, "damaged");
}

static void
fill_and_close (Fixture *fixture)
{
  assert_executes (fixture->database,
                   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                   "INSERT INTO book SELECT 1, 'book ' || i FROM n");
  dub_database_close (fixture->database);
}

static void
test_truncated (Fixture      *fixture,
                gconstpointer data)
{
  GStatBuf info;

  fill_and_close (fixture);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (truncate (fixture->path, info.st_size / 2), ==, 0);
  assert_refused (fixture->path, third_version, DUB_STORE_ERROR_DAMAGED, "damaged");
}

/* The head of the file is whole. */
static void
test_damaged_inside (Fixture      *fixture,
                     gconstpointer data)
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
test_not_a_file (Fixture      *fixture,
                 gconstpointer data)
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
test_open_again (Fixture      *fixture,
                 gconstpointer data)
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
  g_test_trap_subprocess ("/store/database/read-only/subprocess", 0, G_TEST_SUBPROCESS_DEFAULT);
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
  g_test_trap_subprocess ("/store/database/full/subprocess", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static gboolean
leak_connection_job (DubConnection  *connection,
                     gpointer        data,
                     gpointer       *result,
                     GError        **error)
{
  *result = connection;
  return TRUE;
}

static void
test_thread_subprocess (void)
{
  g_autofree char *dir = dub_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "test.db", NULL);
  g_autoptr (DubDatabase) database = dub_database_new (path, third_version);
  DubConnection *connection = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  dub_database_run_async (database, leak_connection_job, NULL, NULL, NULL, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  connection = dub_database_run_finish (database, result, NULL);
  dub_test_remove_dir (g_steal_pointer (&dir));
  dub_connection_execute (connection, "SELECT 1", NULL);
}

static void
test_thread (void)
{
  g_test_trap_subprocess ("/store/database/thread/subprocess", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*dub_connection_execute*assertion failed*g_thread_self*");
}

static void
on_changed (DubDatabase *database,
            guint       *n_signals)
{
  *n_signals += 1;
}

static gboolean
has_signal (gpointer n_signals)
{
  return *(guint *) n_signals > 0;
}

/* Only what others commit is told: not what is committed here, nor what others read. The other side looks at the
 * file as often, so that its signals are the clock. */
static void
test_watch (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (DubDatabase) other = dub_database_new (fixture->path, third_version);
  guint n_here = 0, n_there = 0;

  assert_reads (fixture->database, "SELECT count(*) FROM book", "1");
  assert_reads (other, "SELECT count(*) FROM book", "1");
  g_signal_connect (fixture->database, "changed-elsewhere", G_CALLBACK (on_changed), &n_here);
  g_signal_connect (other, "changed-elsewhere", G_CALLBACK (on_changed), &n_there);
  dub_database_watch (fixture->database);
  dub_database_watch (other);
  for (guint round = 0; round < 3; round++)
    {
      n_there = 0;
      assert_executes (fixture->database, "UPDATE shelf SET width = width + 1");
      dub_test_wait_for (has_signal, &n_there, "the signal on the other side");
      assert_reads (other, "SELECT count(*) FROM book", "1");
    }
  g_assert_cmpuint (n_here, ==, 0);

  dub_database_unwatch (other);
  n_there = 0;
  assert_executes (other, "DELETE FROM book");
  dub_test_wait_for (has_signal, &n_here, "the signal of a change elsewhere");
  g_assert_cmpuint (n_here, ==, 1);

  n_here = 0;
  assert_executes (fixture->database, "DELETE FROM shelf");
  assert_executes (other, "INSERT INTO shelf (label, width) VALUES ('new', 1)");
  dub_test_wait_for (has_signal, &n_here, "the signal of a later change");
  g_assert_cmpuint (n_there, ==, 0);
}

/* The last reference may go while jobs wait: they are done, and their callbacks come. */
static void
test_last_reference (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "test.db", NULL);
  DubDatabase *database = dub_database_new (path, third_version);
  g_autoptr (DubDatabase) again = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  g_object_add_weak_pointer (G_OBJECT (database), (gpointer *) &database);
  dub_database_run_async (database, execute_job, (gpointer) "DELETE FROM book", NULL, NULL, NULL,
                          dub_test_keep_result, &slot);
  g_object_unref (database);
  result = dub_test_await (&slot);
  g_clear_object (&result);
  while (database != NULL)
    g_main_context_iteration (NULL, TRUE);

  again = dub_database_new (path, third_version);
  assert_reads (again, "SELECT count(*) FROM book", "0");
  dub_database_close (again);
  dub_test_remove_dir (dir);
}

#define ADD(path, function) g_test_add ("/store/database/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("pragmas", test_pragmas);
  ADD ("mode", test_mode);
  ADD ("statements", test_statements);
  ADD ("rollback", test_rollback);
  ADD ("order", test_order);
  ADD ("cancel", test_cancel);
  ADD ("close", test_close);
  ADD ("migration", test_migration);
  ADD ("migration-failure", test_migration_failure);
  ADD ("newer", test_newer);
  ADD ("random-bytes", test_random_bytes);
  ADD ("truncated", test_truncated);
  ADD ("damaged-inside", test_damaged_inside);
  ADD ("not-a-file", test_not_a_file);
  ADD ("open-again", test_open_again);
  ADD ("watch", test_watch);
  g_test_add_func ("/store/database/last-reference", test_last_reference);
  g_test_add_func ("/store/database/read-only", test_read_only);
  g_test_add_func ("/store/database/read-only/subprocess", test_read_only_subprocess);
  g_test_add_func ("/store/database/full", test_full);
  g_test_add_func ("/store/database/full/subprocess", test_full_subprocess);
  g_test_add_func ("/store/database/thread", test_thread);
  g_test_add_func ("/store/database/thread/subprocess", test_thread_subprocess);

  return g_test_run ();
}
