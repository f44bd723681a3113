/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-private.h"

#include <glib/gi18n-lib.h>

#include "dub-workflow-error.h"
#include "dub-workflow-log.h"

/* Dubs that the person has made once more. */

/* Those that have been asked for, and how many of them were made again. */
typedef struct
{
  GPtrArray *olds;    /* DubTask */
  GPtrArray *records; /* DubTaskRecord of the new ones */
} Retry;

static void
retry_free (gpointer data)
{
  Retry *retry = data;

  g_ptr_array_unref (retry->olds);
  g_clear_pointer (&retry->records, g_ptr_array_unref);
  g_free (retry);
}

static void
on_repeated_read (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueueTasks *queue_tasks = DUB_QUEUE_TASKS (source);
  const Retry *retry = g_task_get_task_data (task);
  GPtrArray *made = g_ptr_array_new_with_free_func (g_object_unref);

  /* They are stored: where they cannot be read just now, they are shown later. */
  dub_queue_tasks_reload_finish (queue_tasks, result, NULL);
  for (guint i = 0; i < retry->records->len; i++)
    {
      DubTask *known = dub_queue_tasks_find (queue_tasks, ((DubTaskRecord *) retry->records->pdata[i])->id);

      if (known != NULL)
        g_ptr_array_add (made, g_object_ref (known));
    }
  g_task_return_pointer (task, made, (GDestroyNotify) g_ptr_array_unref);
}

static void
set_repeated (DubQueue  *self,
              GPtrArray *tasks,
              gboolean   repeated)
{
  for (guint i = 0; i < tasks->len; i++)
    if (dub_queue_tasks_find (self->tasks, dub_task_get_id (tasks->pdata[i])) == tasks->pdata[i])
      dub_queue_tasks_remember (self->tasks, dub_task_get_id (tasks->pdata[i]))->repeated = repeated;
}

static void
on_repeated (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueue *self = g_task_get_source_object (task);
  Retry *retry = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  retry->records = dub_store_repeat_tasks_finish (DUB_STORE (source), result, &error);
  set_repeated (self, retry->olds, FALSE);
  if (retry->records != NULL)
    {
      dub_workflow_log_added (dub_accounts_get_log (self->tasks->accounts), retry->records);
      dub_queue_tasks_reload_async (self->tasks, NULL, on_repeated_read, g_steal_pointer (&task));
      return;
    }
  if (g_error_matches (error, DUB_STORE_ERROR, DUB_STORE_ERROR_CONFLICT))
    g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                     _("The dub has just moved on. Look at what it is now, then decide again."));
  else
    g_task_return_error (task, g_steal_pointer (&error));
  dub_queue_tasks_reload_async (self->tasks, NULL, NULL, NULL);
}

/**
 * dub_queue_retry_async:
 * @tasks: (element-type DubTask): some that failed, were refused or cancelled, or whose answer was lost
 *
 * Makes a new task for each, of the same video, language, options and script, under the same consent. Only by this call is one
 * sent again whose answer was lost: whoever calls has told the person that a second dub may be made. The old one is dropped in
 * the same step, so that asking twice makes no third one. Those that cannot be made again (any more) are passed over; where
 * none can, the error is %DUB_WORKFLOW_ERROR_NOT_NOW.
 */
void
dub_queue_retry_async (DubQueue            *self,
                       GPtrArray           *tasks,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (DubTaskState));
  Retry *retry;

  g_return_if_fail (DUB_IS_QUEUE (self) && tasks != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_queue_retry_async);
  /* What is stored is done, even if whoever asked for it has lost interest meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  retry = g_new0 (Retry, 1);
  retry->olds = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, retry, retry_free);
  for (guint i = 0; i < tasks->len; i++)
    {
      gint64 id = dub_task_get_id (tasks->pdata[i]);
      DubTaskState state = dub_task_get_state (tasks->pdata[i]);

      if (!dub_task_can_retry (tasks->pdata[i]) || dub_queue_tasks_remember (self->tasks, id)->repeated)
        continue;
      g_ptr_array_add (retry->olds, g_object_ref (tasks->pdata[i]));
      g_array_append_val (ids, id);
      g_array_append_val (states, state);
    }
  if (ids->len == 0)
    {
      g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                       _("This dub is under way, or ready: there is nothing to try again."));
      return;
    }
  set_repeated (self, retry->olds, TRUE);
  dub_store_repeat_tasks_async (self->tasks->store, (gint64 *) (void *) ids->data, (DubTaskState *) (void *) states->data,
                                ids->len, cancellable, on_repeated, g_steal_pointer (&task));
}

/**
 * dub_queue_retry_finish:
 *
 * Returns: (transfer full) (element-type DubTask) (nullable): the new tasks; fewer than asked for where some had moved on, or
 *   cannot be read just now: these are stored, and shown when the list can be read again
 */
GPtrArray *
dub_queue_retry_finish (DubQueue      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dub_queue_retry_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
