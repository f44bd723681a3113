/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-private.h"

#include <glib/gi18n-lib.h>

#include "dub-workflow-error.h"

/* The line of the dubs that wait: who goes first, and whether it moves at all. */

typedef struct
{
  gint64 ids[2];
  gint64 places[2];
  guint n;
} Change;

static void
set_place (Change  *change,
           DubTask *task,
           gint64   place)
{
  change->ids[change->n] = dub_task_get_id (task);
  change->places[change->n] = place;
  change->n++;
}

static gint64
place_of (DubTask *task)
{
  return dub_task_get_record (task)->place;
}

/* Nothing where it stands there already. */
static Change
plan_move (GPtrArray    *line,
           guint         position,
           DubQueueMove  where)
{
  DubTask *task = line->pdata[position];
  guint last = line->len - 1;
  Change change = { 0 };

  if (where == DUB_QUEUE_MOVE_FIRST && position > 0)
    set_place (&change, task, place_of (line->pdata[0]) - 1);
  else if (where == DUB_QUEUE_MOVE_LAST && position < last)
    set_place (&change, task, place_of (line->pdata[last]) + 1);
  else if ((where == DUB_QUEUE_MOVE_UP && position > 0) || (where == DUB_QUEUE_MOVE_DOWN && position < last))
    {
      DubTask *other = line->pdata[where == DUB_QUEUE_MOVE_UP ? position - 1 : position + 1];

      set_place (&change, task, place_of (other));
      set_place (&change, other, place_of (task));
    }
  return change;
}

static void
on_placed_read (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  /* It is stored: where it cannot be read just now, it is shown later. */
  dub_queue_tasks_reload_finish (DUB_QUEUE_TASKS (source), result, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
on_placed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueue *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!dub_store_place_tasks_finish (DUB_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    dub_queue_tasks_reload_async (self->tasks, NULL, on_placed_read, g_steal_pointer (&task));
}

/**
 * dub_queue_move_async:
 * @task: one that waits
 * @where: where it goes in the line of its account
 *
 * Lets a dub be sent earlier or later than the others that wait. Where it is there already, nothing happens. One that does not
 * wait any more: %DUB_WORKFLOW_ERROR_NOT_NOW.
 */
void
dub_queue_move_async (DubQueue            *self,
                      DubTask             *task,
                      DubQueueMove         where,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) act = NULL;
  guint turn;
  Change change;

  g_return_if_fail (DUB_IS_QUEUE (self) && DUB_IS_TASK (task));

  act = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (act, dub_queue_move_async);
  g_task_set_check_cancellable (act, FALSE);
  turn = dub_queue_get_turn (self, task);
  if (turn == 0)
    {
      g_task_return_new_error_literal (act, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                       _("This dub does not wait any more, so its turn cannot be changed."));
      return;
    }
  change = plan_move (dub_task_index_peek (self->tasks->index, dub_task_get_account_id (task), DUB_TASK_WAITING), turn - 1, where);
  if (change.n == 0)
    g_task_return_boolean (act, TRUE);
  else
    dub_store_place_tasks_async (self->tasks->store, change.ids, change.places, change.n, cancellable, on_placed,
                                 g_steal_pointer (&act));
}

/**
 * dub_queue_move_finish:
 *
 * Returns: whether it stands there
 */
gboolean
dub_queue_move_finish (DubQueue      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dub_queue_move_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_queue_get_turn:
 * @task: a dub
 *
 * Where it stands in the line of its account. It changes with the line: #DubQueue::line-changed tells.
 *
 * Returns: 1 for the next one; 0 where it does not wait
 */
guint
dub_queue_get_turn (DubQueue *self,
                    DubTask  *task)
{
  g_return_val_if_fail (DUB_IS_QUEUE (self) && DUB_IS_TASK (task), 0);
  return dub_task_index_turn (self->tasks->index, task);
}

/**
 * dub_queue_get_n_waiting:
 * @account_id: (nullable): an account's id; %NULL: of all
 *
 * Returns: how many dubs wait to be sent
 */
guint
dub_queue_get_n_waiting (DubQueue   *self,
                         const char *account_id)
{
  g_return_val_if_fail (DUB_IS_QUEUE (self), 0);
  return dub_task_index_count (self->tasks->index, account_id, DUB_STATE_BIT (DUB_TASK_WAITING));
}

static void
on_pause_stored (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueue *self = g_task_get_source_object (task);
  gboolean paused = GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;

  if (!dub_store_put_setting_finish (DUB_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  dub_queue_tasks_set_paused (self->tasks, paused);
  g_task_return_boolean (task, TRUE);
}

/**
 * dub_queue_set_paused_async:
 * @paused: whether to hold the line
 *
 * While it is held, nothing is sent, by whichever process and for whichever account. What has been sent is made all the same,
 * and is asked for.
 */
void
dub_queue_set_paused_async (DubQueue            *self,
                            gboolean             paused,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DUB_IS_QUEUE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_queue_set_paused_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, GINT_TO_POINTER (paused), NULL);
  dub_store_put_setting_async (self->tasks->store, DUB_QUEUE_PAUSED_KEY, paused ? "yes" : NULL, cancellable, on_pause_stored, task);
}

/**
 * dub_queue_set_paused_finish:
 *
 * Returns: whether it is as asked for
 */
gboolean
dub_queue_set_paused_finish (DubQueue      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dub_queue_set_paused_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_queue_get_paused:
 *
 * Returns: whether the line is held by the person's wish
 */
gboolean
dub_queue_get_paused (DubQueue *self)
{
  g_return_val_if_fail (DUB_IS_QUEUE (self), FALSE);
  return self->tasks->paused;
}
