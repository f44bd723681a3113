/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-store-private.h"

#include "dub-studio-rows.h"

/* What the store is asked for. */

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
