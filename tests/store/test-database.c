/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <sys/stat.h>

#include <glib/gstdio.h>

#include "database-fixture.h"

static void
test_pragmas (DatabaseFixture *fixture,
              gconstpointer    data)
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

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DubStatement) kept = dub_connection_prepare (connection, "SELECT ?1", error);

      g_assert_true (dub_statement_step (kept, error));
      g_assert_true (dub_statement_is_null (kept, 0));
      dub_statement_reset (kept);
      dub_statement_bind_int (kept, 1, 5);
    }

  g_assert_null (dub_connection_prepare (connection, "SELECT nonsense FROM nowhere", error));
  g_assert_error (*error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  g_clear_error (error);
  return TRUE;
}

static void
test_statements (DatabaseFixture *fixture,
                 gconstpointer    data)
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
test_rollback (DatabaseFixture *fixture,
               gconstpointer    data)
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
test_order (DatabaseFixture *fixture,
            gconstpointer    data)
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
test_cancel (DatabaseFixture *fixture,
             gconstpointer    data)
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
test_close (DatabaseFixture *fixture,
            gconstpointer    data)
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
test_watch (DatabaseFixture *fixture,
            gconstpointer    data)
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

  assert_executes (other, "DELETE FROM book");
  dub_test_wait_for (has_signal, &n_here, "the signal of a change elsewhere");
  g_assert_cmpuint (n_here, ==, 1);

  n_here = 0;
  assert_executes (other, "INSERT INTO shelf (label, width) VALUES ('new', 1)");
  dub_test_wait_for (has_signal, &n_here, "the signal of a later change");
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

#define ADD(path, function)                                                                      \
  g_test_add ("/store/database/" path, DatabaseFixture, NULL, database_fixture_set_up, function, \
              database_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("pragmas", test_pragmas);
  ADD ("statements", test_statements);
  ADD ("rollback", test_rollback);
  ADD ("order", test_order);
  ADD ("cancel", test_cancel);
  ADD ("close", test_close);
  ADD ("watch", test_watch);
  g_test_add_func ("/store/database/last-reference", test_last_reference);
  g_test_add_func ("/store/database/thread", test_thread);
  g_test_add_func ("/store/database/thread/subprocess", test_thread_subprocess);

  return g_test_run ();
}
