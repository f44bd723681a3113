/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "database-fixture.h"

#include <sqlite3.h>

#define FIRST_SQL                                                            \
  "CREATE TABLE shelf (id INTEGER PRIMARY KEY, label TEXT NOT NULL) STRICT;" \
  "INSERT INTO shelf (label) VALUES ('from the first version')"

const char *const first_version[] = {
  FIRST_SQL,
  NULL,
};

const char *const third_version[] = {
  FIRST_SQL,
  "CREATE TABLE book (shelf INTEGER NOT NULL REFERENCES shelf (id), title TEXT NOT NULL UNIQUE) STRICT;"
  "INSERT INTO book SELECT id, label FROM shelf",
  /* a table that others refer to is rebuilt */
  "CREATE TABLE shelf_new (id INTEGER PRIMARY KEY, label TEXT NOT NULL, width REAL NOT NULL) STRICT;"
  "INSERT INTO shelf_new SELECT id, label, 1.5 FROM shelf;"
  "DROP TABLE shelf;"
  "ALTER TABLE shelf_new RENAME TO shelf",
  NULL,
};

void
database_fixture_set_up (DatabaseFixture *fixture,
                         gconstpointer    data)
{
  fixture->dir = dub_test_make_dir ();
  fixture->path = g_build_filename (fixture->dir, "test.db", NULL);
  fixture->database = dub_database_new (fixture->path, third_version);
}

void
database_fixture_tear_down (DatabaseFixture *fixture,
                            gconstpointer    data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->database));
  g_free (fixture->path);
  dub_test_remove_dir (fixture->dir);
}

gboolean
open_now (DubDatabase  *database,
          GError      **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  dub_database_open_async (database, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_database_open_finish (database, result, error);
}

gpointer
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

gboolean
execute_job (DubConnection  *connection,
             gpointer        sql,
             gpointer       *result,
             GError        **error)
{
  return dub_connection_execute (connection, sql, error);
}

/* All values of the first column, joined by commas. */
gboolean
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

void
assert_reads (DubDatabase *database,
              const char  *sql,
              const char  *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = run_now (database, read_job, (gpointer) sql, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, expected);
}

void
assert_executes (DubDatabase *database,
                 const char  *sql)
{
  g_autoptr (GError) error = NULL;

  run_now (database, execute_job, (gpointer) sql, &error);
  g_assert_no_error (error);
}

gpointer
hold_file (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

/* A GSourceFunc. */
gboolean
release_file (gpointer held)
{
  g_assert_cmpint (sqlite3_exec (held, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (held), ==, SQLITE_OK);
  return G_SOURCE_REMOVE;
}
