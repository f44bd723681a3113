/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-private.h"

#include <glib/gi18n-lib.h>

#include "dub-queue-commit.h"
#include "dub-workflow-error.h"
#include "dub-workflow-log.h"

/* What the person asks of a task. */

static void
fail (GTask  *task,
      GError *error)
{
  if (!g_error_matches (error, DUB_STORE_ERROR, DUB_STORE_ERROR_CONFLICT))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                   _("The dub has just moved on. Look at what it is now, then decide again."));
  g_error_free (error);
}

/* What is stored is done, even if whoever asked for it has lost interest meanwhile: a job that has begun is not cancelled. */
static GTask *
act_new (DubQueue            *self,
         gpointer             tag,
         GCancellable        *cancellable,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static gboolean
act_finish (DubQueue      *self,
            gpointer       tag,
            GAsyncResult  *result,
            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static GPtrArray *
one_record (DubTaskRecord *record)
{
  GPtrArray *records = dub_queue_tasks_records_new ();

  g_ptr_array_add (records, record);
  return records;
}

static void
on_moved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueue *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!dub_queue_commit_finish (DUB_QUEUE_TASKS (source), result, &error))
    {
      fail (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
  dub_queue_driver_kick (self->driver);
}

static void
move (DubQueue     *self,
      DubTask      *subject,
      DubTaskState  state,
      gboolean      allowed,
      const char   *sentence,
      GTask        *task)
{
  g_autoptr (GPtrArray) records = NULL;

  if (!allowed)
    {
      g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW, sentence);
      g_object_unref (task);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  records = one_record (dub_queue_next (subject, state));
  dub_queue_commit_async (self->tasks, records, DUB_COMMIT_PLAIN, on_moved, task);
}

/**
 * dub_queue_cancel_async:
 * @task: one that waits, or is being published
 *
 * Takes a dub back before anything of it was sent. Later there is nothing that could take it back:
 * %DUB_WORKFLOW_ERROR_NOT_NOW.
 */
void
dub_queue_cancel_async (DubQueue            *self,
                        DubTask             *task,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (DUB_IS_QUEUE (self) && DUB_IS_TASK (task));

  move (self, task, DUB_TASK_CANCELLED, dub_task_can_cancel (task),
        _("This dub has been sent already and cannot be cancelled. When it is ready, leave it unused."),
        act_new (self, dub_queue_cancel_async, cancellable, callback, user_data));
}

/**
 * dub_queue_cancel_finish:
 *
 * Returns: whether the dub was cancelled
 */
gboolean
dub_queue_cancel_finish (DubQueue      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return act_finish (self, dub_queue_cancel_async, result, error);
}

/**
 * dub_queue_drop_async:
 * @task: one whose answer was lost
 *
 * Gives it up. Should it have been made after all, it is in the library.
 */
void
dub_queue_drop_async (DubQueue            *self,
                      DubTask             *task,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (DUB_IS_QUEUE (self) && DUB_IS_TASK (task));

  move (self, task, DUB_TASK_DROPPED, dub_task_get_state (task) == DUB_TASK_UNCONFIRMED,
        _("Only a dub whose fate is unknown can be dropped."),
        act_new (self, dub_queue_drop_async, cancellable, callback, user_data));
}

/**
 * dub_queue_drop_finish:
 *
 * Returns: whether the dub was given up
 */
gboolean
dub_queue_drop_finish (DubQueue      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return act_finish (self, dub_queue_drop_async, result, error);
}

/**
 * dub_queue_stop_following_async:
 * @task: one that the service has
 *
 * The service goes on making it, since there is no call that stops it; but nobody asks for it any more, and nobody is told of
 * it. When it is ready, it is in the library.
 */
void
dub_queue_stop_following_async (DubQueue            *self,
                                DubTask             *task,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (DUB_IS_QUEUE (self) && DUB_IS_TASK (task));

  move (self, task, DUB_TASK_DROPPED, dub_task_can_stop_following (task),
        _("Only a dub that is being made can be left to itself."),
        act_new (self, dub_queue_stop_following_async, cancellable, callback, user_data));
}

/**
 * dub_queue_stop_following_finish:
 *
 * Returns: whether it is left to itself
 */
gboolean
dub_queue_stop_following_finish (DubQueue      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return act_finish (self, dub_queue_stop_following_async, result, error);
}

/**
 * dub_queue_follow_again_async:
 * @task: one that is no longer followed
 *
 * Asks for it again, from now on.
 */
void
dub_queue_follow_again_async (DubQueue            *self,
                              DubTask             *task,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (DUB_IS_QUEUE (self) && DUB_IS_TASK (task));

  move (self, task, DUB_TASK_SUBMITTED, dub_task_can_follow_again (task),
        _("This dub cannot be followed: the service never answered for it."),
        act_new (self, dub_queue_follow_again_async, cancellable, callback, user_data));
}

/**
 * dub_queue_follow_again_finish:
 *
 * Returns: whether it is followed again
 */
gboolean
dub_queue_follow_again_finish (DubQueue      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return act_finish (self, dub_queue_follow_again_async, result, error);
}

static void
on_added_read (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueueTasks *queue_tasks = DUB_QUEUE_TASKS (source);
  GPtrArray *added = g_task_get_task_data (task);
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);

  /* They are stored: where they cannot be read just now, they are shown later. */
  dub_queue_tasks_reload_finish (queue_tasks, result, NULL);
  for (guint i = 0; i < added->len; i++)
    {
      DubTask *known = dub_queue_tasks_find (queue_tasks, ((DubTaskRecord *) added->pdata[i])->id);

      if (known != NULL)
        g_ptr_array_add (tasks, g_object_ref (known));
    }
  g_task_return_pointer (task, g_steal_pointer (&tasks), (GDestroyNotify) g_ptr_array_unref);
}

static void
on_added (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueue *self = g_task_get_source_object (task);
  GPtrArray *added;
  GError *error = NULL;

  added = dub_store_add_tasks_finish (DUB_STORE (source), result, &error);
  if (added == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  dub_workflow_log_added (dub_accounts_get_log (self->tasks->accounts), added);
  g_task_set_task_data (task, added, (GDestroyNotify) g_ptr_array_unref);
  dub_queue_tasks_reload_async (self->tasks, NULL, on_added_read, g_steal_pointer (&task));
}

void
dub_queue_add_async (DubQueue            *self,
                     GPtrArray           *records,
                     GPtrArray           *scripts,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DUB_IS_QUEUE (self) && records->len > 0);

  task = act_new (self, dub_queue_add_async, cancellable, callback, user_data);
  dub_store_add_tasks_async (self->tasks->store, records, scripts, cancellable, on_added, task);
}

GPtrArray *
dub_queue_add_finish (DubQueue      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dub_queue_add_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  /* It is forgotten: where the list cannot be read just now, it goes from there later. */
  dub_queue_tasks_reload_finish (DUB_QUEUE_TASKS (source), result, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
on_removed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueue *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!dub_store_remove_tasks_finish (DUB_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    dub_queue_tasks_reload_async (self->tasks, NULL, on_forgotten, g_steal_pointer (&task));
}

/**
 * dub_queue_remove_async:
 * @task: a finished one
 *
 * Forgets it here; a dub that was made stays in the library.
 */
void
dub_queue_remove_async (DubQueue            *self,
                        DubTask             *task,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) removal = NULL;
  gint64 id;

  g_return_if_fail (DUB_IS_QUEUE (self) && DUB_IS_TASK (task));

  removal = act_new (self, dub_queue_remove_async, cancellable, callback, user_data);
  if (!dub_task_can_remove (task))
    {
      g_task_return_new_error_literal (removal, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                       _("This dub is still under way. It can be removed from the list when it has ended."));
      return;
    }
  id = dub_task_get_id (task);
  dub_store_remove_tasks_async (self->tasks->store, &id, 1, cancellable, on_removed, g_steal_pointer (&removal));
}

/**
 * dub_queue_remove_finish:
 *
 * Returns: whether the dub was forgotten
 */
gboolean
dub_queue_remove_finish (DubQueue      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return act_finish (self, dub_queue_remove_async, result, error);
}
