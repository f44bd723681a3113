/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-store-private.h"

#include "dub-studio-rows.h"

/* How tasks come into the store. */

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
