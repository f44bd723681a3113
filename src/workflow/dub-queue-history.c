/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-history.h"

#include "dub-queue-private.h"
#include "dub-task-private.h"

G_DEFINE_BOXED_TYPE (DubTaskStep, dub_task_step, dub_task_step_copy, dub_task_step_free)

/**
 * dub_task_step_copy:
 * @self: a step
 *
 * Returns: (transfer full): a copy
 */
DubTaskStep *
dub_task_step_copy (const DubTaskStep *self)
{
  DubTaskStep *copy = g_memdup2 (self, sizeof *self);

  copy->message = g_strdup (self->message);
  copy->request_id = g_strdup (self->request_id);
  return copy;
}

/**
 * dub_task_step_free:
 * @self: (transfer full): a step
 */
void
dub_task_step_free (DubTaskStep *self)
{
  g_free (self->message);
  g_free (self->request_id);
  g_free (self);
}

/* What is stored may be older than the rule that no secret is stored. */
static DubTaskStep *
make_step (const DubTransitionRecord *record,
           DubLog                    *log)
{
  DubTaskStep *step = g_new0 (DubTaskStep, 1);

  step->moment = record->moment;
  step->from = record->from;
  step->to = record->to;
  step->return_code = record->return_code;
  step->message = record->message != NULL ? dub_log_redact (log, record->message) : NULL;
  step->request_id = g_strdup (record->request_id);
  return step;
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueue *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) records = dub_store_list_transitions_finish (DUB_STORE (source), result, &error);
  g_autoptr (GPtrArray) steps = NULL;

  if (records == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  steps = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_step_free);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (steps, make_step (records->pdata[i], dub_accounts_get_log (self->tasks->accounts)));
  g_task_return_pointer (task, g_steal_pointer (&steps), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * dub_queue_list_history_async:
 * @self: a queue
 * @task: one of its tasks, or one that was removed from it
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Reads all steps of @task that are stored, those that another process made among them.
 */
void
dub_queue_list_history_async (DubQueue            *self,
                              DubTask             *task,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *listing;

  g_return_if_fail (DUB_IS_QUEUE (self) && DUB_IS_TASK (task));

  listing = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (listing, dub_queue_list_history_async);
  dub_store_list_transitions_async (self->tasks->store, dub_task_get_id (task), cancellable, on_listed, listing);
}

/**
 * dub_queue_list_history_finish:
 * @self: a queue
 * @result: the result
 * @error: a #DubStoreError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type DubTaskStep) (nullable): the steps, oldest first; none where the task was removed
 */
GPtrArray *
dub_queue_list_history_finish (DubQueue      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dub_task_get_service_task:
 * @task: a task
 *
 * Returns: (transfer none) (nullable): the service's id of the dub, once it has taken it
 */
const char *
dub_task_get_service_task (DubTask *task)
{
  g_return_val_if_fail (DUB_IS_TASK (task), NULL);
  return dub_task_get_record (task)->remote_task;
}

/**
 * dub_task_get_service_video:
 * @task: a task
 *
 * Returns: (transfer none) (nullable): the service's id of the dubbed video, once there is one
 */
const char *
dub_task_get_service_video (DubTask *task)
{
  g_return_val_if_fail (DUB_IS_TASK (task), NULL);
  return dub_task_get_record (task)->remote_video;
}
