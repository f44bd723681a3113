/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

/* The line of the tasks that wait. */

typedef struct
{
  guint n;
  gint64 *ids;
  gint64 *places;
} Places;

static void
places_free (Places *places)
{
  g_free (places->ids);
  g_free (places->places);
  g_free (places);
}

static gboolean
place_tasks (DubConnection  *connection,
             gpointer        job_data,
             gpointer       *result,
             GError        **error)
{
  const Places *places = job_data;

  for (guint i = 0; i < places->n; i++)
    {
      g_autoptr (DubStatement) update = dub_connection_prepare (connection, "UPDATE tasks SET place = ?2 WHERE id = ?1", error);

      if (update == NULL)
        return FALSE;
      dub_statement_bind_int (update, 1, places->ids[i]);
      dub_statement_bind_int (update, 2, places->places[i]);
      if (!dub_statement_run (update, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * dub_store_place_tasks_async:
 * @self: a store
 * @ids: (array length=n_ids): row ids; those that are not there are passed over
 * @places: (array length=n_ids): the place of each: the least goes first
 * @n_ids: how many
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when they are on the disk
 * @user_data: for @callback
 *
 * Gives tasks other places in the line of those that wait, all or none.
 */
void
dub_store_place_tasks_async (DubStore            *self,
                             const gint64        *ids,
                             const gint64        *places,
                             guint                n_ids,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Places *job;

  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (n_ids > 0);

  job = g_new0 (Places, 1);
  job->n = n_ids;
  job->ids = g_memdup2 (ids, n_ids * sizeof *ids);
  job->places = g_memdup2 (places, n_ids * sizeof *places);
  dub_store_run (self, dub_store_place_tasks_async, place_tasks, job, (GDestroyNotify) places_free, NULL, cancellable,
                 callback, user_data);
}

/**
 * dub_store_place_tasks_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: whether the line is as asked for
 */
gboolean
dub_store_place_tasks_finish (DubStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dub_store_finish_boolean (self, result, dub_store_place_tasks_async, error);
}
