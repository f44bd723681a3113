/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-connection.h"
#include "dub-statement-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000
#define WAL_RETRY_US    (10 * 1000)

static void
set_system_error (const char  *path,
                  int          saved_errno,
                  GError     **error)
{
  if (saved_errno == EACCES || saved_errno == EPERM || saved_errno == EROFS || saved_errno == ENOSPC ||
      saved_errno == EDQUOT)
    g_set_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FULL,
                 /* Translators: the first %s is a file name, the second the system's word, like “Permission denied” */
                 _("Dubroom’s data file “%s” may not be written: %s. Nothing was changed. "
                   "Make room or allow writing to its folder, then start Dubroom again."),
                 path, g_strerror (saved_errno));
  else
    g_set_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_OPEN,
                 _("Dubroom’s data file “%s” cannot be opened: %s. Nothing was changed. "
                   "Check that its folder is there, then start Dubroom again."),
                 path, g_strerror (saved_errno));
}

/* SQLite would make the file readable by everyone; -wal and -shm get the mode of the file itself. */
static gboolean
make_file_private (const char  *path,
                   GError     **error)
{
  GStatBuf info;
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  if (errno != EEXIST || g_stat (path, &info) != 0)
    {
      set_system_error (path, errno, error);
      return FALSE;
    }
  if (!S_ISREG (info.st_mode))
    {
      set_system_error (path, S_ISDIR (info.st_mode) ? EISDIR : EINVAL, error);
      return FALSE;
    }
  /* Not by a descriptor: closing one would drop the locks that SQLite may hold on the same file. */
  if ((info.st_mode & 077) != 0 && info.st_uid == geteuid ())
    g_chmod (path, 0600);
  return TRUE;
}

static gboolean
get_pragma (DubConnection  *self,
            const char     *sql,
            gint64         *value,
            GError        **error)
{
  g_autoptr (DubStatement) statement = dub_connection_prepare (self, sql, error);
  g_autoptr (GError) step_error = NULL;

  if (statement == NULL)
    return FALSE;
  if (!dub_statement_step (statement, &step_error))
    {
      if (step_error != NULL)
        g_propagate_error (error, g_steal_pointer (&step_error));
      return FALSE;
    }
  *value = dub_statement_get_int (statement, 0);
  return TRUE;
}

static gboolean
check_pages (DubConnection  *self,
             GError        **error)
{
  g_autoptr (DubStatement) statement = dub_connection_prepare (self, "PRAGMA quick_check(1)", error);
  g_autoptr (GError) step_error = NULL;

  if (statement == NULL)
    return FALSE;
  if (dub_statement_step (statement, &step_error) &&
      g_strcmp0 (dub_statement_get_text (statement, 0), "ok") == 0)
    return TRUE;

  if (step_error != NULL && !g_error_matches (step_error, DUB_STORE_ERROR, DUB_STORE_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&step_error));
      return FALSE;
    }
  g_set_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_DAMAGED,
               _("Dubroom’s data file “%s” is damaged. It was left untouched. "
                 "Put a copy of it back, or move it away to begin with an empty list."),
               self->path);
  return FALSE;
}

/* All that is to be known before the first byte is written. */
static gboolean
check_file (DubConnection  *self,
            guint           n_migrations,
            GError        **error)
{
  gint64 version = 0;

  if (!get_pragma (self, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version < 0 || version > n_migrations)
    {
      g_set_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NEWER,
                   _("Dubroom’s data file “%s” was written by a newer version of Dubroom. "
                     "It was left untouched. Update Dubroom to open it."),
                   self->path);
      return FALSE;
    }
  if (!check_pages (self, error))
    return FALSE;
  if (sqlite3_db_readonly (self->db, "main") != 0)
    {
      set_system_error (self->path, EACCES, error);
      return FALSE;
    }
  return TRUE;
}

/* SQLite does not wait where waiting could deadlock, as when two processes switch a new file at once. */
static gboolean
switch_to_wal (DubConnection  *self,
               GError        **error)
{
  gint64 deadline = g_get_monotonic_time () + BUSY_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;
  int rc;

  while (TRUE)
    {
      rc = sqlite3_exec (self->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
      if (rc == SQLITE_OK)
        return TRUE;
      if ((rc & 0xff) != SQLITE_BUSY || g_get_monotonic_time () > deadline)
        break;
      g_usleep (WAL_RETRY_US);
    }
  dub_connection_set_error (self, error);
  return FALSE;
}

static gboolean
check_foreign_keys (DubConnection  *self,
                    GError        **error)
{
  g_autoptr (DubStatement) statement = dub_connection_prepare (self, "PRAGMA foreign_key_check", error);
  g_autoptr (GError) step_error = NULL;

  if (statement == NULL)
    return FALSE;
  if (dub_statement_step (statement, &step_error))
    g_set_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED,
                 _("Dubroom’s data file “%s” could not be brought to this version and was left as it was. "
                   "Go back to the version that you had, and report this as a problem of Dubroom."),
                 self->path);
  else if (step_error != NULL)
    g_propagate_error (error, g_steal_pointer (&step_error));
  else
    return TRUE;
  return FALSE;
}

/* One step, unless another process has taken it meanwhile. */
static gboolean
migrate_step (DubConnection      *self,
              const char *const  *migrations,
              guint               n_migrations,
              gint64             *version,
              GError            **error)
{
  g_autofree char *set_version = NULL;

  if (!get_pragma (self, "PRAGMA user_version", version, error))
    return FALSE;
  if (*version >= n_migrations)
    return TRUE;
  if (!dub_connection_execute (self, migrations[*version], error) || !check_foreign_keys (self, error))
    return FALSE;

  *version += 1;
  set_version = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, *version);
  return dub_connection_execute (self, set_version, error);
}

static gboolean
migrate (DubConnection      *self,
         const char *const  *migrations,
         guint               n_migrations,
         GError            **error)
{
  gint64 version = 0;

  /* A migration may rebuild a table that others refer to; the keys are checked before each commit instead. */
  if (!dub_connection_execute (self, "PRAGMA foreign_keys = OFF", error) ||
      !get_pragma (self, "PRAGMA user_version", &version, error))
    return FALSE;
  while (version < n_migrations)
    {
      if (!dub_connection_begin (self, error))
        return FALSE;
      if (!migrate_step (self, migrations, n_migrations, &version, error))
        {
          dub_connection_rollback (self);
          return FALSE;
        }
      if (!dub_connection_commit (self, error))
        return FALSE;
    }
  return dub_connection_execute (self, "PRAGMA foreign_keys = ON", error);
}

static gboolean
prepare_file (DubConnection      *self,
              const char *const  *migrations,
              GError            **error)
{
  guint n_migrations = g_strv_length ((GStrv) migrations);

  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  /* A file that is refused must not be written when it is closed either. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);

  if (!check_file (self, n_migrations, error) ||
      !switch_to_wal (self, error) ||
      !dub_connection_execute (self, "PRAGMA synchronous = FULL", error) ||
      !migrate (self, migrations, n_migrations, error))
    return FALSE;
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  return TRUE;
}

/**
 * dub_connection_open:
 * @path: the file, made (mode 0600) where there is none
 * @migrations: the scripts that make a file of version n one of version n + 1
 * @error: return location; %DUB_STORE_ERROR
 *
 * Opens @path for the thread that calls this, and brings it to the newest version.
 *
 * Returns: (transfer full) (nullable): the connection
 */
DubConnection *
dub_connection_open (const char         *path,
                     const char *const  *migrations,
                     GError            **error)
{
  DubConnection *self;

  if (!make_file_private (path, error))
    return NULL;

  self = g_new0 (DubConnection, 1);
  self->thread = g_thread_self ();
  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->opening = TRUE;
  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    dub_connection_set_error (self, error);
  else if (prepare_file (self, migrations, error))
    {
      self->opening = FALSE;
      return self;
    }
  dub_connection_close (self);
  return NULL;
}

/**
 * dub_connection_close:
 * @self: (transfer full): a connection
 *
 * Ends it. The last connection of all processes writes the log back into the file.
 */
void
dub_connection_close (DubConnection *self)
{
  dub_connection_clear_statements (self);
  g_hash_table_unref (self->statements);
  if (sqlite3_close (self->db) != SQLITE_OK)
    g_critical ("%s: %s", self->path, sqlite3_errmsg (self->db));
  g_free (self->path);
  g_free (self);
}

/**
 * dub_connection_begin:
 * @self: a connection
 * @error: return location
 *
 * Begins a transaction, IMMEDIATE: a job that reads and then writes must not find that another process wrote in between.
 *
 * Returns: whether it has begun
 */
gboolean
dub_connection_begin (DubConnection  *self,
                      GError        **error)
{
  return dub_connection_execute (self, "BEGIN IMMEDIATE", error);
}

/**
 * dub_connection_commit:
 * @self: a connection
 * @error: return location
 *
 * Puts the transaction on the disk; rolls back where that fails.
 *
 * Returns: whether it is on the disk
 */
gboolean
dub_connection_commit (DubConnection  *self,
                       GError        **error)
{
  if (dub_connection_execute (self, "COMMIT", error))
    return TRUE;
  dub_connection_rollback (self);
  return FALSE;
}

/**
 * dub_connection_rollback:
 * @self: a connection
 *
 * Undoes the transaction, if there is one.
 */
void
dub_connection_rollback (DubConnection *self)
{
  /* A full disk makes SQLite roll back by itself. */
  if (sqlite3_get_autocommit (self->db) == 0)
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * dub_connection_get_data_version:
 * @self: a connection
 *
 * Returns: a number that changes when another connection commits; -1 where it cannot be had just now
 */
gint64
dub_connection_get_data_version (DubConnection *self)
{
  gint64 version = -1;

  get_pragma (self, "PRAGMA data_version", &version, NULL);
  return version;
}
