/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GPtrArray *tasks;
  DubTaskState *from;
  gint64 turn;
  gint64 now;
} Transitions;

static void
transitions_free (Transitions *transitions)
{
  g_ptr_array_unref (transitions->tasks);
  g_free (transitions->from);
  g_free (transitions);
}

gboolean
dub_store_refuse_step (DubStoreError         code,
                       const DubTaskRecord  *task,
                       GError              **error)
{
  if (code == DUB_STORE_ERROR_CONFLICT)
    g_set_error (error, DUB_STORE_ERROR, code,
                 /* Translators: %s is the name of a dub */
                 _("“%s” was changed elsewhere meanwhile, so this change was not saved. Look at it again."),
                 task->name);
  else if (code == DUB_STORE_ERROR_NOT_FOUND)
    g_set_error (error, DUB_STORE_ERROR, code,
                 _("“%s” was removed from the list meanwhile, so this change was not saved."), task->name);
  else
    g_set_error (error, DUB_STORE_ERROR, code,
                 _("“%s” cannot go this way from where it is, so this change was not saved. Nothing is lost."),
                 task->name);
  return FALSE;
}

/* A task that the service has may stay where it is, followed or not: its id there is put right when a batch’s ids came in another
 * order. */
static gboolean
may_go (DubTaskState from,
        DubTaskState to)
{
  if (from == to)
    return to == DUB_TASK_SUBMITTED || to == DUB_TASK_PROCESSING || to == DUB_TASK_DROPPED;
  return dub_task_state_may_follow (from, to);
}

/* What a service may have is not sent again by itself. The studio knows what it has by the task's key. */
static gboolean
may_be_sent_again (DubTaskState  from,
                   DubTaskState  to,
                   const char   *account_id)
{
  return from != DUB_TASK_UNCONFIRMED || to != DUB_TASK_WAITING || g_strcmp0 (account_id, DUB_STUDIO_ACCOUNT_ID) == 0;
}

/* A service goes on making what it has, whatever the person wishes. */
static gboolean
may_be_taken_back (DubTaskState  from,
                   DubTaskState  to,
                   const char   *account_id)
{
  return to != DUB_TASK_CANCELLED || (from != DUB_TASK_SUBMITTED && from != DUB_TASK_PROCESSING) ||
         g_strcmp0 (account_id, DUB_STUDIO_ACCOUNT_ID) == 0;
}

/* Only what the service is known to have can be asked for. */
static gboolean
may_be_followed (const DubTaskRecord *task,
                 DubTaskState         from)
{
  return from != DUB_TASK_DROPPED || task->remote_task != NULL;
}

/* When the step is made: the record's time where that was set anew, else now. Staying does not enter the state. */
static gint64
settle_moment (DubTaskRecord *task,
               DubTaskState   from,
               gint64         stored,
               gint64         now)
{
  gint64 moment = task->changed == 0 || task->changed == stored ? now : task->changed;

  task->changed = task->state == from ? stored : moment;
  return moment;
}

/* Whether the task may go on, and when it does. */
static gboolean
check_step (DubConnection  *connection,
            DubTaskRecord  *task,
            DubTaskState    from,
            gint64         *moment,
            GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  DubTaskState stored = DUB_TASK_WAITING;
  gboolean found = FALSE;

  if (!may_go (from, task->state))
    return dub_store_refuse_step (DUB_STORE_ERROR_FAILED, task, error);

  select = dub_connection_prepare (connection, "SELECT state, changed, account FROM tasks WHERE id = ?1", error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_int (select, 1, task->id);
  if (!dub_store_find (select, &found, error))
    return FALSE;
  if (!found)
    return dub_store_refuse_step (DUB_STORE_ERROR_NOT_FOUND, task, error);
  if (!dub_store_get_state (select, 0, &stored, error))
    return FALSE;
  if (stored != from)
    return dub_store_refuse_step (DUB_STORE_ERROR_CONFLICT, task, error);
  if (!may_be_sent_again (from, task->state, dub_statement_get_text (select, 2)) || !may_be_followed (task, from) ||
      !may_be_taken_back (from, task->state, dub_statement_get_text (select, 2)))
    return dub_store_refuse_step (DUB_STORE_ERROR_FAILED, task, error);

  *moment = settle_moment (task, from, dub_statement_get_int (select, 1), *moment);
  return TRUE;
}

static gboolean
update_task (DubConnection        *connection,
             const DubTaskRecord  *task,
             GError              **error)
{
  g_autoptr (DubStatement) update = NULL;

  update = dub_connection_prepare (connection,
                                   "UPDATE tasks SET state = ?2, batch = ?3, publish_url = ?4, remote_task = ?5,"
                                   " remote_video = ?6, preview_url = ?7, message = ?8, return_code = ?9,"
                                   " request_id = ?10, changed = ?11, submitted = ?12, finished = ?13 WHERE id = ?1",
                                   error);
  if (update == NULL)
    return FALSE;
  dub_statement_bind_int (update, 1, task->id);
  dub_statement_bind_text (update, 2, dub_task_state_to_string (task->state));
  dub_statement_bind_text (update, 3, task->batch);
  dub_statement_bind_text (update, 4, task->publish_url);
  dub_statement_bind_text (update, 5, task->remote_task);
  dub_statement_bind_text (update, 6, task->remote_video);
  dub_statement_bind_text (update, 7, task->preview_url);
  dub_statement_bind_text (update, 8, task->message);
  dub_statement_bind_int (update, 9, task->return_code);
  dub_statement_bind_text (update, 10, task->request_id);
  dub_statement_bind_int (update, 11, task->changed);
  dub_statement_bind_int (update, 12, task->submitted);
  dub_statement_bind_int (update, 13, task->finished);
  return dub_statement_run (update, error);
}

gboolean
dub_store_make_transition (DubConnection  *connection,
                           DubTaskRecord  *task,
                           DubTaskState    from,
                           gint64          now,
                           GError        **error)
{
  gint64 moment = now;

  return check_step (connection, task, from, &moment, error) && update_task (connection, task, error) &&
         dub_store_write_transition (connection, task, from, moment, error);
}

static gboolean
make_transitions (DubConnection  *connection,
                  gpointer        job_data,
                  gpointer       *result,
                  GError        **error)
{
  Transitions *transitions = job_data;

  if (transitions->turn != 0 && !dub_store_check_turn (connection, transitions->turn, error))
    return FALSE;
  for (guint i = 0; i < transitions->tasks->len; i++)
    if (!dub_store_make_transition (connection, g_ptr_array_index (transitions->tasks, i), transitions->from[i],
                                    transitions->now, error))
      return FALSE;
  return TRUE;
}

static gpointer
read_transition (DubStatement  *statement,
                 GError       **error)
{
  g_autoptr (DubTransitionRecord) transition = g_new0 (DubTransitionRecord, 1);

  transition->task = dub_statement_get_int (statement, 0);
  if (!dub_store_get_state (statement, 1, &transition->from, error) ||
      !dub_store_get_state (statement, 2, &transition->to, error))
    return NULL;
  transition->moment = dub_statement_get_int (statement, 3);
  transition->return_code = dub_statement_get_int (statement, 4);
  transition->message = dub_store_dup_text (statement, 5);
  transition->request_id = dub_store_dup_text (statement, 6);
  return g_steal_pointer (&transition);
}

static gboolean
list_transitions (DubConnection  *connection,
                  gpointer        job_data,
                  gpointer       *result,
                  GError        **error)
{
  const gint64 *task = job_data;
  g_autoptr (DubStatement) select = NULL;

  select = dub_connection_prepare (connection,
                                   "SELECT task, from_state, to_state, moment, return_code, message, request_id"
                                   " FROM transitions WHERE task = ?1 ORDER BY id",
                                   error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_int (select, 1, *task);
  *result = dub_store_read_all (select, read_transition, (GDestroyNotify) dub_transition_record_free, error);
  return *result != NULL;
}

/**
 * dub_store_transition_async:
 * @self: a store
 * @tasks: (element-type DubTaskRecord): the tasks, copied, with the state that they go to and what is known then
 * @from: (array): the state of each before, as many as there are tasks
 * @turn: of the lease under which the steps are made; 0 where they need none
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when they are on the disk
 * @user_data: for @callback
 *
 * Takes each task one step on, all or none, and notes the step with the record's time of change (now, where that
 * was left as it was), return code, message and request id. What a task is (account, video, language, round, name,
 * options, time of creation) does not change. A task that is submitted or processing may also stay there, with other
 * values; the time at which it entered that state then stays too.
 */
void
dub_store_transition_async (DubStore            *self,
                            GPtrArray           *tasks,
                            const DubTaskState  *from,
                            gint64               turn,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Transitions *transitions;

  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (tasks != NULL);
  g_return_if_fail (from != NULL || tasks->len == 0);

  transitions = g_new0 (Transitions, 1);
  transitions->tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  for (guint i = 0; i < tasks->len; i++)
    g_ptr_array_add (transitions->tasks, dub_task_record_copy (g_ptr_array_index (tasks, i)));
  transitions->from = g_memdup2 (from, tasks->len * sizeof *from);
  transitions->turn = turn;
  transitions->now = dub_store_now ();
  dub_store_run (self, dub_store_transition_async, make_transitions, transitions, (GDestroyNotify) transitions_free,
                 NULL, cancellable, callback, user_data);
}

/**
 * dub_store_transition_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location: %DUB_STORE_ERROR_CONFLICT where a stored state is not the expected one,
 *   %DUB_STORE_ERROR_NOT_FOUND, %DUB_STORE_ERROR_LEASE, %DUB_STORE_ERROR_FAILED also for a step that dub_task_state_may_follow() forbids
 *
 * Returns: whether all steps are made
 */
gboolean
dub_store_transition_finish (DubStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dub_store_finish_boolean (self, result, dub_store_transition_async, error);
}

/**
 * dub_store_list_transitions_async:
 * @self: a store
 * @task: the row id of a task
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when done
 * @user_data: for @callback
 *
 * Lists the steps of a task in their order; the first is from waiting to waiting.
 */
void
dub_store_list_transitions_async (DubStore            *self,
                                  gint64               task,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));

  dub_store_run (self, dub_store_list_transitions_async, list_transitions, g_memdup2 (&task, sizeof task), g_free,
                 (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * dub_store_list_transitions_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: (transfer full) (element-type DubTransitionRecord) (nullable): the steps; empty where there is no such task
 */
GPtrArray *
dub_store_list_transitions_finish (DubStore      *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return dub_store_finish_pointer (self, result, dub_store_list_transitions_async, error);
}
