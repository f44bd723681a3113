/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-commit.h"

#include "dub-queue-expect.h"
#include "dub-service-error.h"
#include "dub-workflow-log.h"

#define TRY_AGAIN_S 2

typedef struct
{
  GPtrArray *records;
  DubTaskState *from;
  DubCommitFlags flags;
} Commit;

static void
commit_free (gpointer data)
{
  Commit *commit = data;

  g_ptr_array_unref (commit->records);
  g_free (commit->from);
  g_free (commit);
}

/* Whether the store takes what there is of them. */
static void
tell_accounts (DubQueueTasks *self,
               Commit        *commit,
               const GError  *error)
{
  for (guint i = 0; i < commit->records->len; i++)
    {
      const DubTaskRecord *record = commit->records->pdata[i];
      DubSession *session = dub_accounts_get_session (self->accounts, record->account_id);

      if (session != NULL && error == NULL)
        dub_session_stored (session);
      else if (session != NULL)
        dub_session_failed (session, error);
    }
}

static void try_commit (GTask *task);

static gboolean
on_try_again (gpointer user_data)
{
  try_commit (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueueTasks *self = g_task_get_source_object (task);
  Commit *commit = g_task_get_task_data (task);
  GError *error = NULL;

  if (dub_store_transition_finish (DUB_STORE (source), result, &error))
    {
      for (guint i = 0; i < commit->records->len; i++)
        {
          DubTaskRecord *record = commit->records->pdata[i];
          DubTask *known = dub_queue_tasks_find (self, record->id);

          dub_workflow_log_step (dub_accounts_get_log (self->accounts), record, commit->from[i]);
          if (known == NULL)
            continue;
          /* No transition changes the line; it may have been changed while this one was stored. */
          record->place = dub_task_get_record (known)->place;
          dub_queue_tasks_update (self, known, record);
        }
      tell_accounts (self, commit, NULL);
      dub_queue_update_expected (self);
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (g_error_matches (error, DUB_STORE_ERROR, DUB_STORE_ERROR_CONFLICT) ||
      g_error_matches (error, DUB_STORE_ERROR, DUB_STORE_ERROR_LEASE))
    dub_queue_tasks_reload_async (self, NULL, NULL, NULL);
  else if ((commit->flags & DUB_COMMIT_MUST) != 0 && !self->stopped && dub_store_error_may_pass (error))
    {
      tell_accounts (self, commit, error);
      g_timeout_add_seconds (TRY_AGAIN_S, on_try_again, g_steal_pointer (&task));
      g_error_free (error);
      return;
    }
  g_task_return_error (task, error);
}

static void
try_commit (GTask *task)
{
  DubQueueTasks *self = g_task_get_source_object (task);
  Commit *commit = g_task_get_task_data (task);

  dub_store_transition_async (self->store, commit->records, commit->from,
                              (commit->flags & DUB_COMMIT_LEASED) != 0 ? self->turn : 0, NULL, on_stored, task);
}

void
dub_queue_commit_async (DubQueueTasks       *self,
                        GPtrArray           *records,
                        DubCommitFlags       flags,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;
  Commit *commit;

  g_return_if_fail (DUB_IS_QUEUE_TASKS (self) && records->len > 0);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dub_queue_commit_async);
  commit = g_new0 (Commit, 1);
  commit->records = g_ptr_array_ref (records);
  commit->from = g_new (DubTaskState, records->len);
  commit->flags = flags;
  g_task_set_task_data (task, commit, commit_free);
  for (guint i = 0; i < records->len; i++)
    {
      DubTask *known = dub_queue_tasks_find (self, ((DubTaskRecord *) records->pdata[i])->id);

      commit->from[i] = known != NULL ? dub_task_get_state (known) : DUB_TASK_WAITING;
    }
  try_commit (task);
}

gboolean
dub_queue_commit_finish (DubQueueTasks  *self,
                         GAsyncResult   *result,
                         GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

DubTaskRecord *
dub_queue_next (DubTask      *task,
                DubTaskState  state)
{
  DubTaskRecord *record = dub_task_record_copy (dub_task_get_record (task));

  record->state = state;
  record->changed = dub_queue_tasks_now ();
  record->finished = dub_task_state_is_final (state) ? record->changed : 0;
  return record;
}

/* Of a refusal that came with a code, the service's own words and no others: they are shown as such. Else our sentence. */
void
dub_queue_note (DubTaskRecord *record,
                const GError  *error)
{
  const DubServiceFault *fault = dub_service_error_get_fault (error);
  gboolean refused = record->state == DUB_TASK_REJECTED && fault != NULL && fault->return_code != 0;

  record->return_code = fault != NULL ? fault->return_code : 0;
  g_set_str (&record->request_id, fault != NULL ? fault->request_id : NULL);
  if (!refused)
    g_set_str (&record->message, error->message);
  else
    g_set_str (&record->message, fault->service_message != NULL && *fault->service_message != '\0' ? fault->service_message
                                                                                                    : NULL);
}
