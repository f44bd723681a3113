/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

static void
on_ran (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gpointer value = dub_database_run_finish (DUB_DATABASE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, value, (GDestroyNotify) g_task_get_task_data (task));
}

/* Queues @job for @self; it is cancelled only as long as it has not begun. */
void
dub_store_run (DubStore            *self,
               gpointer             tag,
               DubDatabaseJob       job,
               gpointer             job_data,
               GDestroyNotify       job_data_free,
               GDestroyNotify       result_free,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, (gpointer) result_free, NULL);
  dub_database_run_async (self->database, job, job_data, job_data_free, result_free, cancellable, on_ran, task);
}

gpointer
dub_store_finish_pointer (DubStore      *self,
                          GAsyncResult  *result,
                          gpointer       tag,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* For jobs without a result. */
gboolean
dub_store_finish_boolean (DubStore      *self,
                          GAsyncResult  *result,
                          gpointer       tag,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), FALSE);

  if (g_task_had_error (G_TASK (result)))
    {
      g_task_propagate_pointer (G_TASK (result), error);
      return FALSE;
    }
  return TRUE;
}
