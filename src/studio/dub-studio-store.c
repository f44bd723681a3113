/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-store-private.h"

#include "dub-studio-rows.h"

G_DEFINE_FINAL_TYPE (DubStudioStore, dub_studio_store, G_TYPE_OBJECT)

/* Never changed once released: a new version is a new entry at the end. */
static const char *const migrations[] = {
  "CREATE TABLE task ("
  "  id INTEGER PRIMARY KEY,"
  "  task_id TEXT NOT NULL UNIQUE,"
  "  video_url TEXT NOT NULL,"
  "  language TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  lipsync INTEGER NOT NULL,"
  "  subtitles INTEGER NOT NULL,"
  "  has_script INTEGER NOT NULL,"
  "  status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 3),"
  "  video_id TEXT UNIQUE,"
  "  output TEXT,"
  "  error_msg TEXT,"
  "  created INTEGER NOT NULL,"
  "  finished INTEGER NOT NULL DEFAULT 0"
  ");"
  "CREATE INDEX task_by_status ON task (status, finished);"
  "CREATE TABLE segment ("
  "  task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,"
  "  role INTEGER NOT NULL,"
  "  position INTEGER NOT NULL,"
  "  text TEXT NOT NULL,"
  "  start_ms REAL NOT NULL,"
  "  end_ms REAL NOT NULL,"
  "  PRIMARY KEY (task, role, position)"
  ") WITHOUT ROWID;",
  "ALTER TABLE task ADD COLUMN starts INTEGER NOT NULL DEFAULT 0;",
  "ALTER TABLE task ADD COLUMN client_key TEXT;"
  "CREATE UNIQUE INDEX task_by_key ON task (client_key);",
  "ALTER TABLE segment ADD COLUMN remarks TEXT;",
  "ALTER TABLE task ADD COLUMN note TEXT;",
  NULL,
};

/* --- changing --- */

static gint64
find_row (DubConnection *connection,
          const char    *task_id,
          GError       **error)
{
  g_autoptr (DubStatement) find = NULL;
  g_autoptr (GError) failure = NULL;

  find = dub_connection_prepare (connection, "SELECT id FROM task WHERE task_id = ?", error);
  if (find == NULL)
    return 0;
  dub_statement_bind_text (find, 1, task_id);
  if (dub_statement_step (find, &failure))
    return dub_statement_get_int (find, 0);

  if (failure == NULL)
    g_set_error (&failure, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND, "There is no task %s.", task_id);
  g_propagate_error (error, g_steal_pointer (&failure));
  return 0;
}

static gboolean
update_job (DubConnection *connection,
            gpointer       job_data,
            gpointer      *result,
            GError       **error)
{
  DubStudioTask *task = job_data;
  g_autoptr (DubStatement) update = NULL;
  gint64 row = find_row (connection, task->task_id, error);

  if (row == 0)
    return FALSE;

  update = dub_connection_prepare (connection,
                                   "UPDATE task SET status = ?, video_id = ?, output = ?, error_msg = ?, finished = ?, "
                                   "starts = ?, note = ? WHERE id = ?",
                                   error);
  if (update == NULL)
    return FALSE;
  dub_statement_bind_int (update, 1, task->status);
  dub_statement_bind_text (update, 2, task->video_id);
  dub_statement_bind_text (update, 3, task->output);
  dub_statement_bind_text (update, 4, task->error_msg);
  dub_statement_bind_int (update, 5, task->finished);
  dub_statement_bind_int (update, 6, task->starts);
  dub_statement_bind_text (update, 7, task->note);
  dub_statement_bind_int (update, 8, row);
  if (!dub_statement_run (update, error))
    return FALSE;

  return task->status != DUB_REMOTE_STATUS_SUCCESS
         || (dub_studio_row_write_script (connection, row, DUB_STUDIO_ROLE_ORIGINAL, task->original, error)
             && dub_studio_row_write_script (connection, row, DUB_STUDIO_ROLE_TRANSLATED, task->translated, error)
             && dub_studio_row_write_script (connection, row, DUB_STUDIO_ROLE_SUBTITLES, task->subtitle_lines, error));
}

/**
 * dub_studio_store_update_async:
 * @self: the store
 * @task: the task with its new status
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on the disk
 * @user_data: for @callback
 *
 * Writes a status with the values that belong to it. A task becomes a success once only.
 */
void
dub_studio_store_update_async (DubStudioStore      *self,
                               const DubStudioTask *task,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  dub_database_run_async (self->database, update_job, dub_studio_task_copy (task),
                          (GDestroyNotify) dub_studio_task_free, NULL, cancellable, callback, user_data);
}

static gboolean
finish_without_result (DubStudioStore *self,
                       GAsyncResult   *result,
                       GError        **error)
{
  g_autoptr (GError) failure = NULL;

  dub_database_run_finish (self->database, result, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * dub_studio_store_update_finish:
 * @self: the store
 * @result: what the callback got
 * @error: return location; #DubStoreError
 *
 * Returns: whether the change is stored
 */
gboolean
dub_studio_store_update_finish (DubStudioStore *self,
                                GAsyncResult   *result,
                                GError        **error)
{
  return finish_without_result (self, result, error);
}

/* --- the object --- */

static void
dub_studio_store_dispose (GObject *object)
{
  DubStudioStore *self = DUB_STUDIO_STORE (object);

  g_clear_object (&self->database);
  G_OBJECT_CLASS (dub_studio_store_parent_class)->dispose (object);
}

static void
dub_studio_store_class_init (DubStudioStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dub_studio_store_dispose;
}

static void
dub_studio_store_init (DubStudioStore *self)
{
}

/**
 * dub_studio_store_new:
 * @path: the database file; made when it is opened
 *
 * Returns: (transfer full): a store, to be opened
 */
DubStudioStore *
dub_studio_store_new (const char *path)
{
  DubStudioStore *self = g_object_new (DUB_TYPE_STUDIO_STORE, NULL);

  self->database = dub_database_new (path, migrations);
  return self;
}

/**
 * dub_studio_store_open_async:
 * @self: the store
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens the file, or makes it.
 */
void
dub_studio_store_open_async (DubStudioStore     *self,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  dub_database_open_async (self->database, cancellable, callback, user_data);
}

/**
 * dub_studio_store_open_finish:
 * @self: the store
 * @result: what the callback got
 * @error: return location; #DubStoreError
 *
 * Returns: whether the store is open
 */
gboolean
dub_studio_store_open_finish (DubStudioStore *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  return dub_database_open_finish (self->database, result, error);
}

/**
 * dub_studio_store_close:
 * @self: the store
 *
 * Waits (blocking) for what is under way and closes the file.
 */
void
dub_studio_store_close (DubStudioStore *self)
{
  dub_database_close (self->database);
}
