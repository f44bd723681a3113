/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-private.h"

#include <glib/gi18n-lib.h>

#include "dub-queue-commit.h"
#include "dub-service-error.h"
#include "dub-studio-client.h"
#include "dub-workflow-error.h"

/*
 * The person takes back what the built-in studio is making. It is cancelled only when the studio has said so: by the answer
 * to this, or, where that was lost, by the next answer to whoever asks for it (dub-queue-poll.c).
 */

#define WITH_STUDIO (DUB_STATE_BIT (DUB_TASK_SUBMITTED) | DUB_STATE_BIT (DUB_TASK_PROCESSING))

typedef struct
{
  DubTask *subject;
  DubSession *session;
} Recall;

static void
recall_free (gpointer data)
{
  Recall *recall = data;

  g_object_unref (recall->subject);
  g_object_unref (recall->session);
  g_free (recall);
}

static DubTaskMemory *
remember (GTask *task)
{
  DubQueue *self = g_task_get_source_object (task);
  Recall *recall = g_task_get_task_data (task);

  return dub_queue_tasks_remember (self->tasks, dub_task_get_id (recall->subject));
}

/* Removed while it was being recalled, it is nobody's business any more. */
static gboolean
is_known (GTask *task)
{
  DubQueue *self = g_task_get_source_object (task);
  Recall *recall = g_task_get_task_data (task);

  return dub_queue_tasks_find (self->tasks, dub_task_get_id (recall->subject)) == recall->subject;
}

static void
on_committed (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueue *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean committed = dub_queue_commit_finish (DUB_QUEUE_TASKS (source), result, &error);

  if (is_known (task))
    remember (task)->in_hand = FALSE;
  if (committed)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  dub_queue_driver_kick (self->driver);
}

static void
commit (GTask *task)
{
  DubQueue *self = g_task_get_source_object (task);
  Recall *recall = g_task_get_task_data (task);
  g_autoptr (GPtrArray) records = dub_queue_tasks_records_new ();
  DubTaskRecord *record = dub_queue_next (recall->subject, DUB_TASK_CANCELLED);

  g_clear_pointer (&record->message, g_free);
  g_ptr_array_add (records, record);
  remember (task)->in_hand = TRUE;
  dub_queue_commit_async (self->tasks, records, DUB_COMMIT_MUST, on_committed, task);
}

/* It is finished, or the studio knows it no more: the next question tells what has become of it, and is asked at once. */
static void
was_too_late (GTask *task)
{
  DubQueue *self = g_task_get_source_object (task);

  remember (task)->recalled = FALSE;
  remember (task)->asked = 0;
  dub_queue_driver_kick (self->driver);
  g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                   _("The studio finished this dub before it could be cancelled. Look at what it is now."));
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Recall *recall = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean granted = dub_studio_client_cancel_finish (DUB_SERVICE_CLIENT (source), result, &error);

  if (!is_known (task))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_PARAMETERS))
    was_too_late (task);
  else if (!granted)
    g_task_return_error (task, g_steal_pointer (&error));
  /* The answer to a question was faster, and is being stored, or is. */
  else if (remember (task)->in_hand || (WITH_STUDIO & DUB_STATE_BIT (dub_task_get_state (recall->subject))) == 0)
    g_task_return_boolean (task, TRUE);
  else
    commit (g_steal_pointer (&task));
}

static void
on_prepared (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Recall *recall = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dub_session_prepare_finish (DUB_SESSION (source), result, &error))
    g_task_return_error (task, error);
  else if (!is_known (task) || !dub_task_can_recall (recall->subject))
    g_task_return_boolean (task, TRUE);
  else
    {
      remember (task)->recalled = TRUE;
      dub_studio_client_cancel_async (dub_session_get_client (recall->session),
                                      dub_task_get_record (recall->subject)->remote_task, NULL, on_answer, g_object_ref (task));
    }
}

/**
 * dub_queue_recall_async:
 * @task: one that the built-in studio has
 *
 * Has the studio give it up. %DUB_WORKFLOW_ERROR_NOT_NOW where it is not there (any more), or another program has the studio.
 */
void
dub_queue_recall_async (DubQueue            *self,
                        DubTask             *task,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) act = NULL;
  DubSession *session;
  Recall *recall;

  g_return_if_fail (DUB_IS_QUEUE (self) && DUB_IS_TASK (task));

  act = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (act, dub_queue_recall_async);
  g_task_set_check_cancellable (act, FALSE);
  session = dub_accounts_get_session (self->tasks->accounts, dub_task_get_account_id (task));
  if (!dub_task_can_recall (task) || session == NULL)
    {
      g_task_return_new_error_literal (act, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                       _("Only a dub that the built-in studio is making can be cancelled now."));
      return;
    }
  if (!self->tasks->working)
    {
      g_task_return_new_error_literal (act, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                       _("Another Dubroom, in a window or a terminal, makes this dub. Cancel it there."));
      return;
    }
  recall = g_new0 (Recall, 1);
  recall->subject = g_object_ref (task);
  recall->session = g_object_ref (session);
  g_task_set_task_data (act, recall, recall_free);
  dub_session_prepare_async (session, NULL, on_prepared, g_steal_pointer (&act));
}

/**
 * dub_queue_recall_finish:
 *
 * Returns: whether the studio gave it up
 */
gboolean
dub_queue_recall_finish (DubQueue      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
