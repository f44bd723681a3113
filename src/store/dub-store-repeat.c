/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

#include <glib/gi18n-lib.h>

/* A task once more. */

typedef struct
{
  gint64 id;
  DubTaskState from;
  gint64 now;
} Repetition;

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

static gboolean
repeat_task (DubConnection  *connection,
             gpointer        job_data,
             gpointer       *result,
             GError        **error)
{
  const Repetition *repetition = job_data;
  g_autoptr (DubTaskRecord) old = NULL;
  g_autoptr (DubTaskRecord) task = NULL;
  g_autoptr (DubScript) script = NULL;
  g_autoptr (GError) find_error = NULL;

  old = dub_store_find_task (connection, repetition->id, &find_error);
  if (find_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&find_error));
      return FALSE;
    }
  if (old == NULL)
    {
      g_set_error_literal (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND,
                           _("The dub was removed from the list meanwhile, so it was not asked for again. Make a new one."));
      return FALSE;
    }
  if (old->state != repetition->from)
    return dub_store_refuse_step (DUB_STORE_ERROR_CONFLICT, old, error);

  task = copy_wish (old);
  if (!dub_store_read_script (connection, old->id, DUB_SCRIPT_GIVEN, &script, error) ||
      !dub_store_insert_task (connection, task, script, repetition->now, error) ||
      !drop_unconfirmed (connection, old, repetition->now, error))
    return FALSE;
  *result = g_steal_pointer (&task);
  return TRUE;
}

/**
 * dub_store_repeat_task_async:
 * @self: a store
 * @id: the row id of a task
 * @from: the state that it is in: failed, rejected, cancelled or unconfirmed
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when it is on the disk
 * @user_data: for @callback
 *
 * Adds a new task of the same video, language, options, script and, with a number, name, as dub_store_add_tasks_async()
 * does. One whose fate is unknown is dropped in the same transaction: never are both of them to be made.
 */
void
dub_store_repeat_task_async (DubStore            *self,
                             gint64               id,
                             DubTaskState         from,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Repetition *repetition;

  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (from == DUB_TASK_UNCONFIRMED || (dub_task_state_is_final (from) && from != DUB_TASK_SUCCEEDED));

  repetition = g_new0 (Repetition, 1);
  repetition->id = id;
  repetition->from = from;
  repetition->now = dub_store_now ();
  dub_store_run (self, dub_store_repeat_task_async, repeat_task, repetition, g_free, (GDestroyNotify) dub_task_record_free,
                 cancellable, callback, user_data);
}

/**
 * dub_store_repeat_task_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location: %DUB_STORE_ERROR_CONFLICT where the task is no longer in that state,
 *   %DUB_STORE_ERROR_NOT_FOUND, %DUB_STORE_ERROR_NO_CONSENT, …
 *
 * Returns: (transfer full) (nullable): the new task as stored
 */
DubTaskRecord *
dub_store_repeat_task_finish (DubStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dub_store_finish_pointer (self, result, dub_store_repeat_task_async, error);
}
