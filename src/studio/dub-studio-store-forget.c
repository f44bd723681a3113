/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-store-private.h"

/* What the store forgets. */

static gboolean
forget_job (DubConnection *connection,
            gpointer       job_data,
            gpointer      *result,
            GError       **error)
{
  const gint64 *before = job_data;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (DubStatement) remove = NULL;
  g_autoptr (GError) failure = NULL;

  G_STATIC_ASSERT (DUB_REMOTE_STATUS_SUCCESS == 2 && DUB_REMOTE_STATUS_FAILED == 3);

  remove = dub_connection_prepare (connection,
                                   "DELETE FROM task WHERE status IN (2, 3) AND finished < ? RETURNING task_id", error);
  if (remove == NULL)
    return FALSE;
  dub_statement_bind_int (remove, 1, *before);
  while (dub_statement_step (remove, &failure))
    g_strv_builder_add (ids, dub_statement_get_text (remove, 0));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *result = g_strv_builder_end (ids);
  return TRUE;
}

/**
 * dub_studio_store_forget_async:
 * @self: the store
 * @before: Unix seconds, UTC
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are forgotten
 * @user_data: for @callback
 *
 * Forgets the tasks that came to their end before a moment; never one that is still to be done.
 */
void
dub_studio_store_forget_async (DubStudioStore     *self,
                               gint64              before,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  dub_database_run_async (self->database, forget_job, g_memdup2 (&before, sizeof before), g_free,
                          (GDestroyNotify) g_strfreev, cancellable, callback, user_data);
}

/**
 * dub_studio_store_forget_finish:
 * @self: the store
 * @result: what the callback got
 * @error: return location; #DubStoreError
 *
 * Returns: (transfer full) (nullable): the ids of the tasks that are forgotten
 */
GStrv
dub_studio_store_forget_finish (DubStudioStore *self,
                                GAsyncResult   *result,
                                GError        **error)
{
  return dub_database_run_finish (self->database, result, error);
}
