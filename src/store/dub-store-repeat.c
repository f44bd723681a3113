/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

#include <glib/gi18n-lib.h>

/* Tasks once more. */

typedef struct
{
  GArray *ids;
  GArray *states;
  gint64 now;
} Repetition;

static void
repetition_free (Repetition *repetition)
{
  g_array_unref (repetition->ids);
  g_array_unref (repetition->states);
  g_free (repetition);
}

/* What the person asked for, and nothing of what became of it. */
static DubTaskRecord *
copy_wish (const DubTaskRecord *old)
{
  DubTaskRecord *task = dub_task_record_new ();

  task->account_id = g_strdup (old->account_id);
  task->video = old->video;
  task->language = g_strdup (old->language);
  task->round = old->round;
  task->name = g_strdup (old->name);
  task->subtitles = old->subtitles;
  task->lipsync = old->lipsync;
  task->batch = g_strdup (old->batch);
  return task;
}

/* The other ones have ended, and stay in the list as they are. */
static gboolean
drop_unconfirmed (DubConnection  *connection,
                  DubTaskRecord  *old,
                  gint64          now,
                  GError        **error)
{
  if (old->state != DUB_TASK_UNCONFIRMED)
    return TRUE;
  old->state = DUB_TASK_DROPPED;
  old->changed = now;
  old->finished = now;
  return dub_store_make_transition (connection, old, DUB_TASK_UNCONFIRMED, now, error);
}

/* Returns: (transfer full) (nullable): the new task */
static DubTaskRecord *
repeat_one (DubConnection  *connection,
            gint64          id,
            DubTaskState    from,
            gint64          now,
            GError        **error)
{
  g_autoptr (DubTaskRecord) old = NULL;
  g_autoptr (DubTaskRecord) task = NULL;
  g_autoptr (DubScript) script = NULL;
  g_autoptr (GError) find_error = NULL;

  old = dub_store_find_task (connection, id, &find_error);
  if (find_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&find_error));
      return NULL;
    }
  if (old == NULL)
    {
      g_set_error_literal (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND,
                           _("The dub was removed from the list meanwhile, so it was not asked for again. Make a new one."));
      return NULL;
    }
  if (old->state != from)
    {
      dub_store_refuse_step (DUB_STORE_ERROR_CONFLICT, old, error);
      return NULL;
    }

  task = copy_wish (old);
  if (!dub_store_read_script (connection, old->id, DUB_SCRIPT_GIVEN, &script, error) ||
      !dub_store_insert_task (connection, task, script, now, error) ||
      !drop_unconfirmed (connection, old, now, error))
    return NULL;
  return g_steal_pointer (&task);
}

/* What is wrong with one task, and is found before anything was written for it. */
static gboolean
is_of_one (const GError *error)
{
  return g_error_matches (error, DUB_STORE_ERROR, DUB_STORE_ERROR_CONFLICT) ||
         g_error_matches (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND) ||
         g_error_matches (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NO_CONSENT);
}

static gboolean
repeat_tasks (DubConnection  *connection,
              gpointer        job_data,
              gpointer       *result,
              GError        **error)
{
  const Repetition *repetition = job_data;
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < repetition->ids->len; i++)
    {
      g_autoptr (GError) problem = NULL;
      DubTaskRecord *task = repeat_one (connection, g_array_index (repetition->ids, gint64, i),
                                        g_array_index (repetition->states, DubTaskState, i), repetition->now, &problem);

      if (task != NULL)
        {
          g_ptr_array_add (made, task);
          continue;
        }
      if (!is_of_one (problem))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (first == NULL)
        first = g_steal_pointer (&problem);
    }
  if (made->len == 0 && first != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&first));
      return FALSE;
    }
  *result = g_steal_pointer (&made);
  return TRUE;
}

/**
 * dub_store_repeat_tasks_async:
 * @self: a store
 * @ids: (array length=n_ids): the row ids of tasks
 * @from: (array length=n_ids): the state that each is in: failed, rejected, cancelled or unconfirmed
 * @n_ids: how many
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when they are on the disk
 * @user_data: for @callback
 *
 * Adds for each a new task of the same video, language, options, script and, with a number, name, as
 * dub_store_add_tasks_async() does. One whose fate is unknown is dropped in the same transaction: never are both of them
 * to be made. One that has moved on meanwhile, was removed, or lacks a consent is passed over, and holds up no other.
 */
void
dub_store_repeat_tasks_async (DubStore            *self,
                              const gint64        *ids,
                              const DubTaskState  *from,
                              guint                n_ids,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Repetition *repetition;

  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (n_ids > 0);
  for (guint i = 0; i < n_ids; i++)
    g_return_if_fail (from[i] == DUB_TASK_UNCONFIRMED || (dub_task_state_is_final (from[i]) && from[i] != DUB_TASK_SUCCEEDED));

  repetition = g_new0 (Repetition, 1);
  repetition->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  repetition->states = g_array_new (FALSE, FALSE, sizeof (DubTaskState));
  g_array_append_vals (repetition->ids, ids, n_ids);
  g_array_append_vals (repetition->states, from, n_ids);
  repetition->now = dub_store_now ();
  dub_store_run (self, dub_store_repeat_tasks_async, repeat_tasks, repetition, (GDestroyNotify) repetition_free,
                 (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * dub_store_repeat_tasks_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location: where none was added, what was wrong with the first: %DUB_STORE_ERROR_CONFLICT where it is no
 *   longer in that state, %DUB_STORE_ERROR_NOT_FOUND, %DUB_STORE_ERROR_NO_CONSENT; else nothing was added at all
 *
 * Returns: (transfer full) (element-type DubTaskRecord) (nullable): the new tasks as stored, perhaps fewer than asked for
 */
GPtrArray *
dub_store_repeat_tasks_finish (DubStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return dub_store_finish_pointer (self, result, dub_store_repeat_tasks_async, error);
}
