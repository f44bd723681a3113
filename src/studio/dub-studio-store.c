/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-store.h"

#include "dub-studio-rows.h"

struct _DubStudioStore
{
  GObject parent_instance;

  /* owned */
  DubDatabase *database;
};

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
  NULL,
};

/* --- adding --- */

typedef struct
{
  GStrvBuilder *ids;
  GPtrArray *made;
} Added;

static Added *
added_new (void)
{
  Added *added = g_new0 (Added, 1);

  added->ids = g_strv_builder_new ();
  added->made = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_studio_task_free);
  return added;
}

static void
added_free (Added *added)
{
  g_strv_builder_unref (added->ids);
  g_clear_pointer (&added->made, g_ptr_array_unref);
  g_free (added);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Added, added_free)

/* @task_id: of the task that was made with @key; NULL: none was. */
static gboolean
find_key (DubConnection *connection,
          const char    *key,
          char         **task_id,
          GError       **error)
{
  g_autoptr (DubStatement) select = NULL;
  g_autoptr (GError) failure = NULL;

  *task_id = NULL;
  if (key == NULL)
    return TRUE;
  select = dub_connection_prepare (connection, "SELECT task_id FROM task WHERE client_key = ?", error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_text (select, 1, key);
  if (dub_statement_step (select, &failure))
    *task_id = g_strdup (dub_statement_get_text (select, 0));
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
insert_task (DubConnection       *connection,
             DubStatement        *insert,
             const DubStudioTask *task,
             GError             **error)
{
  dub_statement_reset (insert);
  dub_statement_bind_text (insert, 1, task->task_id);
  dub_statement_bind_text (insert, 2, task->video_url);
  dub_statement_bind_text (insert, 3, task->language);
  dub_statement_bind_text (insert, 4, task->name);
  dub_statement_bind_int (insert, 5, task->lipsync);
  dub_statement_bind_int (insert, 6, task->subtitles);
  dub_statement_bind_int (insert, 7, task->script != NULL);
  dub_statement_bind_int (insert, 8, task->status);
  dub_statement_bind_int (insert, 9, task->created);
  dub_statement_bind_text (insert, 10, task->key);
  return dub_statement_run (insert, error)
         && dub_studio_row_write_script (connection, dub_connection_last_row_id (connection), DUB_STUDIO_ROLE_GIVEN,
                                         task->script, error);
}

static gboolean
add_job (DubConnection *connection,
         gpointer       job_data,
         gpointer      *result,
         GError       **error)
{
  GPtrArray *tasks = job_data;
  g_autoptr (DubStatement) insert = NULL;
  g_autoptr (Added) added = added_new ();

  insert = dub_connection_prepare (connection,
                                   "INSERT INTO task (task_id, video_url, language, name, lipsync, subtitles, "
                                   "has_script, status, created, client_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                   error);
  if (insert == NULL)
    return FALSE;

  for (guint i = 0; i < tasks->len; i++)
    {
      const DubStudioTask *task = g_ptr_array_index (tasks, i);
      g_autofree char *made = NULL;

      if (!find_key (connection, task->key, &made, error))
        return FALSE;
      g_strv_builder_add (added->ids, made != NULL ? made : task->task_id);
      if (made != NULL)
        continue;
      if (!insert_task (connection, insert, task, error))
        return FALSE;
      g_ptr_array_add (added->made, dub_studio_task_copy (task));
    }
  *result = g_steal_pointer (&added);
  return TRUE;
}

/**
 * dub_studio_store_add_async:
 * @self: the store
 * @tasks: (element-type DubStudioTask): new tasks
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are on the disk
 * @user_data: for @callback
 *
 * Adds the tasks with their scripts, all or none. One whose key is there already stands for the task that has it.
 */
void
dub_studio_store_add_async (DubStudioStore     *self,
                            GPtrArray          *tasks,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_studio_task_free);

  for (guint i = 0; i < tasks->len; i++)
    g_ptr_array_add (copy, dub_studio_task_copy (g_ptr_array_index (tasks, i)));
  dub_database_run_async (self->database, add_job, copy, (GDestroyNotify) g_ptr_array_unref,
                          (GDestroyNotify) added_free, cancellable, callback, user_data);
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
 * dub_studio_store_add_finish:
 * @self: the store
 * @result: what the callback got
 * @made: (out) (transfer full) (element-type DubStudioTask): those of the tasks that were not there already
 * @error: return location; #DubStoreError
 *
 * Returns: (transfer full) (nullable): the ids of all tasks, in their order
 */
GStrv
dub_studio_store_add_finish (DubStudioStore *self,
                             GAsyncResult   *result,
                             GPtrArray     **made,
                             GError        **error)
{
  g_autoptr (Added) added = dub_database_run_finish (self->database, result, error);

  if (added == NULL)
    return NULL;
  *made = g_steal_pointer (&added->made);
  return g_strv_builder_end (added->ids);
}

static gboolean
list_keys_job (DubConnection *connection,
               gpointer       job_data,
               gpointer      *result,
               GError       **error)
{
  const char *const *keys = job_data;
  g_autoptr (GStrvBuilder) known = g_strv_builder_new ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *task_id = NULL;

      if (!find_key (connection, keys[i], &task_id, error))
        return FALSE;
      if (task_id != NULL)
        g_strv_builder_add (known, keys[i]);
    }
  *result = g_strv_builder_end (known);
  return TRUE;
}

/**
 * dub_studio_store_list_keys_async:
 * @self: the store
 * @keys: keys of a client's
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were looked for
 * @user_data: for @callback
 *
 * Looks for tasks that were made with these keys.
 */
void
dub_studio_store_list_keys_async (DubStudioStore     *self,
                                  const char *const  *keys,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  dub_database_run_async (self->database, list_keys_job, g_strdupv ((char **) keys), (GDestroyNotify) g_strfreev,
                          (GDestroyNotify) g_strfreev, cancellable, callback, user_data);
}

/**
 * dub_studio_store_list_keys_finish:
 * @self: the store
 * @result: what the callback got
 * @error: return location; #DubStoreError
 *
 * Returns: (transfer full) (nullable): the keys that there are tasks of
 */
GStrv
dub_studio_store_list_keys_finish (DubStudioStore *self,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  return dub_database_run_finish (self->database, result, error);
}

/* --- reading --- */

static gboolean
get_job (DubConnection *connection,
         gpointer       job_data,
         gpointer      *result,
         GError       **error)
{
  const char *const *task_ids = job_data;
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_studio_task_free);
  g_autoptr (DubStatement) row = NULL;

  row = dub_connection_prepare (connection, "SELECT " DUB_STUDIO_TASK_COLUMNS " FROM task WHERE task_id = ?", error);
  if (row == NULL)
    return FALSE;

  for (guint i = 0; task_ids[i] != NULL; i++)
    {
      g_autoptr (GError) failure = NULL;

      dub_statement_reset (row);
      dub_statement_bind_text (row, 1, task_ids[i]);
      if (dub_statement_step (row, &failure))
        g_ptr_array_add (tasks, dub_studio_row_read_task (row));
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  *result = g_steal_pointer (&tasks);
  return TRUE;
}

/**
 * dub_studio_store_get_async:
 * @self: the store
 * @task_ids: ids of tasks
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @user_data: for @callback
 *
 * Reads the tasks of these ids, without their scripts.
 */
void
dub_studio_store_get_async (DubStudioStore     *self,
                            const char *const  *task_ids,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  dub_database_run_async (self->database, get_job, g_strdupv ((char **) task_ids), (GDestroyNotify) g_strfreev,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * dub_studio_store_get_finish:
 * @self: the store
 * @result: what the callback got
 * @error: return location; #DubStoreError
 *
 * Returns: (transfer full) (element-type DubStudioTask): those that are known, in the order of the ids
 */
GPtrArray *
dub_studio_store_get_finish (DubStudioStore *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  return dub_database_run_finish (self->database, result, error);
}

static gboolean
list_job (DubConnection *connection,
          gpointer       job_data,
          gpointer      *result,
          GError       **error)
{
  *result = dub_studio_row_read_all (connection, job_data, error);
  return *result != NULL;
}

static void
list_async (DubStudioStore     *self,
            const char         *static_sql,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  dub_database_run_async (self->database, list_job, (gpointer) static_sql, NULL,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * dub_studio_store_list_unfinished_async:
 * @self: the store
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @user_data: for @callback
 *
 * Reads the tasks that are still to be done.
 */
void
dub_studio_store_list_unfinished_async (DubStudioStore     *self,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data)
{
  G_STATIC_ASSERT (DUB_REMOTE_STATUS_SUBMITTED == 0 && DUB_REMOTE_STATUS_PROCESSING == 1);

  list_async (self, "SELECT " DUB_STUDIO_TASK_COLUMNS " FROM task WHERE status IN (0, 1) ORDER BY id",
              cancellable, callback, user_data);
}

/**
 * dub_studio_store_list_unfinished_finish:
 * @self: the store
 * @result: what the callback got
 * @error: return location; #DubStoreError
 *
 * Returns: (transfer full) (element-type DubStudioTask): the tasks, oldest first
 */
GPtrArray *
dub_studio_store_list_unfinished_finish (DubStudioStore *self,
                                         GAsyncResult   *result,
                                         GError        **error)
{
  return dub_database_run_finish (self->database, result, error);
}

/**
 * dub_studio_store_list_videos_async:
 * @self: the store
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @user_data: for @callback
 *
 * Reads the tasks that succeeded, with their scripts.
 */
void
dub_studio_store_list_videos_async (DubStudioStore     *self,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  G_STATIC_ASSERT (DUB_REMOTE_STATUS_SUCCESS == 2);

  list_async (self, "SELECT " DUB_STUDIO_TASK_COLUMNS " FROM task WHERE status = 2 ORDER BY finished DESC, id DESC",
              cancellable, callback, user_data);
}

/**
 * dub_studio_store_list_videos_finish:
 * @self: the store
 * @result: what the callback got
 * @error: return location; #DubStoreError
 *
 * Returns: (transfer full) (element-type DubStudioTask): the tasks, newest video first
 */
GPtrArray *
dub_studio_store_list_videos_finish (DubStudioStore *self,
                                     GAsyncResult   *result,
                                     GError        **error)
{
  return dub_database_run_finish (self->database, result, error);
}

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
                                   "starts = ? WHERE id = ?",
                                   error);
  if (update == NULL)
    return FALSE;
  dub_statement_bind_int (update, 1, task->status);
  dub_statement_bind_text (update, 2, task->video_id);
  dub_statement_bind_text (update, 3, task->output);
  dub_statement_bind_text (update, 4, task->error_msg);
  dub_statement_bind_int (update, 5, task->finished);
  dub_statement_bind_int (update, 6, task->starts);
  dub_statement_bind_int (update, 7, row);
  if (!dub_statement_run (update, error))
    return FALSE;

  return task->status != DUB_REMOTE_STATUS_SUCCESS
         || (dub_studio_row_write_script (connection, row, DUB_STUDIO_ROLE_ORIGINAL, task->original, error)
             && dub_studio_row_write_script (connection, row, DUB_STUDIO_ROLE_TRANSLATED, task->translated, error));
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
