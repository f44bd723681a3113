/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-statement-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

/* The SQL of a program is a fixed set of texts; more than this many comes only from a mistake. */
#define MAX_CACHED_STATEMENTS 128

struct _DubStatement
{
  DubConnection *connection;
  sqlite3_stmt *stmt;
  gboolean cached;
  gboolean in_use;
};

G_DEFINE_QUARK (dub-store-error-quark, dub_store_error)

/**
 * dub_store_error_may_pass:
 * @error: an error
 *
 * Returns: whether it is one of the store that may pass by itself (%DUB_STORE_ERROR_FULL, %DUB_STORE_ERROR_BUSY,
 *   %DUB_STORE_ERROR_IO, %DUB_STORE_ERROR_OPEN), so that trying again later makes sense
 */
gboolean
dub_store_error_may_pass (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  return error->domain == DUB_STORE_ERROR && (error->code == DUB_STORE_ERROR_FULL || error->code == DUB_STORE_ERROR_BUSY ||
                                              error->code == DUB_STORE_ERROR_IO || error->code == DUB_STORE_ERROR_OPEN);
}

static DubStoreError
error_code_from_sqlite (sqlite3 *db)
{
  int system_error = sqlite3_system_errno (db);

  switch (sqlite3_errcode (db) & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return DUB_STORE_ERROR_DAMAGED;
    case SQLITE_FULL:
    case SQLITE_READONLY:
      return DUB_STORE_ERROR_FULL;
    case SQLITE_BUSY:
      return DUB_STORE_ERROR_BUSY;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      if (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG ||
          system_error == EROFS || system_error == EACCES || system_error == EPERM)
        return DUB_STORE_ERROR_FULL;
      return (sqlite3_errcode (db) & 0xff) == SQLITE_CANTOPEN ? DUB_STORE_ERROR_OPEN : DUB_STORE_ERROR_IO;
    default:
      return DUB_STORE_ERROR_FAILED;
    }
}

static char *
sentence_for (DubConnection *self,
              DubStoreError  code)
{
  const char *details = sqlite3_errmsg (self->db);

  if (code == DUB_STORE_ERROR_DAMAGED && self->opening)
    /* Translators: %s is a file name */
    return g_strdup_printf (_("Dubroom’s data file “%s” is damaged. It was left untouched. "
                              "Put a copy of it back, or move it away to begin with an empty list."),
                            self->path);
  if (code == DUB_STORE_ERROR_DAMAGED)
    return g_strdup_printf (_("Dubroom’s data file “%s” is damaged, and the change was not saved. "
                              "Close Dubroom and put a copy of the file back."),
                            self->path);
  if (code == DUB_STORE_ERROR_FULL)
    return g_strdup_printf (_("The change was not saved, because the disk is full or “%s” may not be written. "
                              "What was saved before is safe. Make room or allow writing, then try again."),
                            self->path);
  if (code == DUB_STORE_ERROR_BUSY)
    return g_strdup (_("Another Dubroom is busy with the same data. "
                       "The change was not saved, and nothing is lost: try again in a moment."));
  /* Translators: the first %s is a file name, the second a technical detail in English */
  return g_strdup_printf (_("The change was not saved: Dubroom’s data file “%s” gave an error (%s). "
                            "What was saved before is safe. Try again, or restart Dubroom."),
                          self->path, details);
}

/* Puts SQLite's last failure on this connection into @error, as a sentence for a person. */
void
dub_connection_set_error (DubConnection  *self,
                          GError        **error)
{
  DubStoreError code = error_code_from_sqlite (self->db);
  g_autofree char *sentence = sentence_for (self, code);

  g_debug ("%s: SQLite %d: %s", self->path, sqlite3_extended_errcode (self->db), sqlite3_errmsg (self->db));
  g_set_error_literal (error, DUB_STORE_ERROR, code, sentence);
}

static void
dub_statement_destroy (DubStatement *self)
{
  sqlite3_finalize (self->stmt);
  g_free (self);
}

void
dub_connection_clear_statements (DubConnection *self)
{
  GHashTableIter iter;
  gpointer statement;

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &statement))
    {
      dub_statement_destroy (statement);
      g_hash_table_iter_remove (&iter);
    }
}

/* A text that is in use already (a job within a loop over its own rows) gets a statement of its own. */
static void
offer_to_cache (DubStatement *statement,
                const char   *sql)
{
  DubConnection *connection = statement->connection;

  if (g_hash_table_size (connection->statements) >= MAX_CACHED_STATEMENTS ||
      g_hash_table_contains (connection->statements, sql))
    return;
  statement->cached = TRUE;
  g_hash_table_insert (connection->statements, g_strdup (sql), statement);
}

/**
 * dub_connection_prepare:
 * @connection: the connection that the job was given
 * @sql: one SQL statement
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Makes a statement, or takes it from those kept since its last use. Only on the database's thread, inside a
 * job; every statement is to be freed before the job returns.
 *
 * Returns: (transfer full) (nullable): the statement, without bindings
 */
DubStatement *
dub_connection_prepare (DubConnection  *connection,
                        const char     *sql,
                        GError        **error)
{
  DubStatement *statement;
  sqlite3_stmt *stmt = NULL;

  g_assert (g_thread_self () == connection->thread);

  statement = g_hash_table_lookup (connection->statements, sql);
  if (statement == NULL || statement->in_use)
    {
      if (sqlite3_prepare_v3 (connection->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        {
          dub_connection_set_error (connection, error);
          return NULL;
        }
      statement = g_new0 (DubStatement, 1);
      statement->connection = connection;
      statement->stmt = stmt;
      offer_to_cache (statement, sql);
    }
  statement->in_use = TRUE;
  connection->n_in_use++;
  return statement;
}

/**
 * dub_connection_execute:
 * @connection: the connection that the job was given
 * @sql: one or more SQL statements without parameters
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Carries out @sql to its end; rows are thrown away. Only on the database's thread.
 *
 * Returns: whether all of it succeeded
 */
gboolean
dub_connection_execute (DubConnection  *connection,
                        const char     *sql,
                        GError        **error)
{
  g_assert (g_thread_self () == connection->thread);

  if (sqlite3_exec (connection->db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  dub_connection_set_error (connection, error);
  return FALSE;
}

/**
 * dub_connection_last_row_id:
 * @connection: the connection that the job was given
 *
 * Returns: the row id of the last successful INSERT
 */
gint64
dub_connection_last_row_id (DubConnection *connection)
{
  g_assert (g_thread_self () == connection->thread);

  return sqlite3_last_insert_rowid (connection->db);
}

/**
 * dub_connection_changes:
 * @connection: the connection that the job was given
 *
 * Returns: how many rows the last INSERT, UPDATE or DELETE touched
 */
int
dub_connection_changes (DubConnection *connection)
{
  g_assert (g_thread_self () == connection->thread);

  return sqlite3_changes (connection->db);
}

/**
 * dub_statement_free:
 * @statement: (transfer full) (nullable): a statement
 *
 * Gives @statement back. Only on the database's thread.
 */
void
dub_statement_free (DubStatement *statement)
{
  if (statement == NULL)
    return;
  g_assert (g_thread_self () == statement->connection->thread);

  statement->connection->n_in_use--;
  statement->in_use = FALSE;
  if (!statement->cached)
    {
      dub_statement_destroy (statement);
      return;
    }
  sqlite3_reset (statement->stmt);
  sqlite3_clear_bindings (statement->stmt);
}

static void
check_bound (DubStatement *statement,
             int           index,
             int           rc)
{
  g_assert (g_thread_self () == statement->connection->thread);

  if (rc != SQLITE_OK)
    g_critical ("parameter %d of “%s”: %s", index, sqlite3_sql (statement->stmt), sqlite3_errstr (rc));
}

/**
 * dub_statement_bind_int:
 * @statement: a statement that has not been stepped since its last reset
 * @index: the parameter, from 1
 * @value: the value
 *
 * Binds a whole number.
 */
void
dub_statement_bind_int (DubStatement *statement,
                        int           index,
                        gint64        value)
{
  check_bound (statement, index, sqlite3_bind_int64 (statement->stmt, index, value));
}

/**
 * dub_statement_bind_double:
 * @statement: a statement that has not been stepped since its last reset
 * @index: the parameter, from 1
 * @value: the value; not-a-number becomes NULL
 *
 * Binds a floating point number.
 */
void
dub_statement_bind_double (DubStatement *statement,
                           int           index,
                           double        value)
{
  check_bound (statement, index, sqlite3_bind_double (statement->stmt, index, value));
}

/**
 * dub_statement_bind_text:
 * @statement: a statement that has not been stepped since its last reset
 * @index: the parameter, from 1
 * @value: (nullable): UTF-8, copied; %NULL binds NULL
 *
 * Binds a text.
 */
void
dub_statement_bind_text (DubStatement *statement,
                         int           index,
                         const char   *value)
{
  check_bound (statement, index, sqlite3_bind_text (statement->stmt, index, value, -1, SQLITE_TRANSIENT));
}

/**
 * dub_statement_step:
 * @statement: a statement
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Goes on to the next row. Give @error an empty #GError to tell the end from a failure.
 *
 * Returns: %TRUE with a row; %FALSE at the end and on failure
 */
gboolean
dub_statement_step (DubStatement  *statement,
                    GError       **error)
{
  int rc;

  g_assert (g_thread_self () == statement->connection->thread);

  rc = sqlite3_step (statement->stmt);
  if (rc == SQLITE_ROW)
    return TRUE;
  if (rc != SQLITE_DONE)
    dub_connection_set_error (statement->connection, error);
  return FALSE;
}

/**
 * dub_statement_run:
 * @statement: a statement
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Steps to the end and resets, so that @statement can be bound and run anew.
 *
 * Returns: whether it succeeded
 */
gboolean
dub_statement_run (DubStatement  *statement,
                   GError       **error)
{
  int rc;

  g_assert (g_thread_self () == statement->connection->thread);

  do
    rc = sqlite3_step (statement->stmt);
  while (rc == SQLITE_ROW);
  if (rc != SQLITE_DONE)
    dub_connection_set_error (statement->connection, error);
  sqlite3_reset (statement->stmt);
  return rc == SQLITE_DONE;
}

/**
 * dub_statement_reset:
 * @statement: a statement
 *
 * Puts @statement back to its beginning; what is bound stays bound.
 */
void
dub_statement_reset (DubStatement *statement)
{
  g_assert (g_thread_self () == statement->connection->thread);

  sqlite3_reset (statement->stmt);
}

/**
 * dub_statement_get_int:
 * @statement: a statement that stands on a row
 * @column: the column, from 0
 *
 * Returns: the value; 0 for NULL
 */
gint64
dub_statement_get_int (DubStatement *statement,
                       int           column)
{
  g_assert (g_thread_self () == statement->connection->thread);

  return sqlite3_column_int64 (statement->stmt, column);
}

/**
 * dub_statement_get_double:
 * @statement: a statement that stands on a row
 * @column: the column, from 0
 *
 * Returns: the value; 0 for NULL
 */
double
dub_statement_get_double (DubStatement *statement,
                          int           column)
{
  g_assert (g_thread_self () == statement->connection->thread);

  return sqlite3_column_double (statement->stmt, column);
}

/**
 * dub_statement_get_text:
 * @statement: a statement that stands on a row
 * @column: the column, from 0
 *
 * The text is as the file has it: what came from elsewhere need not be valid UTF-8.
 *
 * Returns: (transfer none) (nullable): the text, until the next step; %NULL for NULL
 */
const char *
dub_statement_get_text (DubStatement *statement,
                        int           column)
{
  g_assert (g_thread_self () == statement->connection->thread);

  return (const char *) sqlite3_column_text (statement->stmt, column);
}

/**
 * dub_statement_is_null:
 * @statement: a statement that stands on a row
 * @column: the column, from 0
 *
 * Returns: whether the value is NULL
 */
gboolean
dub_statement_is_null (DubStatement *statement,
                       int           column)
{
  g_assert (g_thread_self () == statement->connection->thread);

  return sqlite3_column_type (statement->stmt, column) == SQLITE_NULL;
}
