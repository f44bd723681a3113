/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-prepare.h"

#include <glib/gi18n-lib.h>

#include "dub-notices.h"
#include "dub-queue-commit.h"

#define FIRST_REST_MS 5000
#define LONGEST_REST_MS (5 * 60 * 1000)

/* A slot of the service: its documentation allows one request a second. */
#define PATIENCE_MS 1000

/* What was found out of a dub that came too late for its batch holds for the next one, if that comes soon. */
#define FRESH_US (60 * G_USEC_PER_SEC)

/* One dub of a batch, while something is asked for it. */
typedef struct
{
  DubBatch *batch;
  DubTask *task;
  char *url;
  DubTaskRecord *record; /* where it does not go with the batch: back to waiting, or failed */
} Member;

static Member *
member_new (DubBatch *batch,
            DubTask  *task)
{
  Member *member = g_new0 (Member, 1);

  member->batch = dub_batch_ref (batch);
  member->task = g_object_ref (task);
  batch->pending++;
  return member;
}

static void
member_free (Member *member)
{
  g_clear_pointer (&member->record, dub_task_record_free);
  g_object_unref (member->task);
  dub_batch_unref (member->batch);
  g_free (member->url);
  g_free (member);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Member, member_free)

static void
on_failures_stored (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (DubBatch) batch = user_data;
  GError *error = NULL;

  if (!dub_queue_commit_finish (DUB_QUEUE_TASKS (source), result, &error))
    dub_batch_stop (batch, error);
  else
    batch->prepared (batch);
}

/* Those that are not ready yet are left to themselves, and come with a later batch. */
static void
close_batch (DubBatch *batch)
{
  batch->closed = TRUE;
  g_clear_handle_id (&batch->patience, g_source_remove);
  for (guint i = batch->tasks->len; i > 0; i--)
    {
      gint64 id = dub_task_get_id (batch->tasks->pdata[i - 1]);

      if (!g_hash_table_contains (batch->urls, &id))
        g_ptr_array_remove_index (batch->tasks, i - 1);
    }
  if (batch->trouble != NULL)
    dub_queue_lane_failed (batch->lane, batch->trouble);
  if (batch->failed->len > 0)
    dub_queue_commit_async (batch->lane->tasks, batch->failed, DUB_COMMIT_PLAIN, on_failures_stored, dub_batch_ref (batch));
  else
    batch->prepared (batch);
}

static gboolean
on_patience_over (gpointer user_data)
{
  DubBatch *batch = user_data;

  batch->patience = 0;
  close_batch (batch);
  return G_SOURCE_REMOVE;
}

static void
on_late_stored (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Member) member = user_data;
  DubLane *lane = member->batch->lane;
  g_autoptr (GError) error = NULL;

  if (!dub_queue_commit_finish (DUB_QUEUE_TASKS (source), result, &error))
    dub_queue_lane_failed (lane, error);
  dub_queue_tasks_remember (lane->tasks, dub_task_get_id (member->task))->in_hand = FALSE;
  dub_queue_lane_act_ended (lane);
}

/* Its batch has gone without it. */
static void
member_late (Member *member)
{
  DubLane *lane = member->batch->lane;
  gint64 id = dub_task_get_id (member->task);
  g_autoptr (GPtrArray) records = NULL;

  if (member->record != NULL)
    {
      records = dub_queue_tasks_records_new ();
      g_ptr_array_add (records, g_steal_pointer (&member->record));
      dub_queue_commit_async (lane->tasks, records, DUB_COMMIT_PLAIN, on_late_stored, member);
      return;
    }
  if (member->batch->trouble != NULL)
    dub_queue_lane_failed (lane, member->batch->trouble);
  g_clear_error (&member->batch->trouble);
  if (member->url != NULL)
    dub_queue_lane_keep_url (lane, id, member->url, g_get_monotonic_time () + FRESH_US);
  dub_queue_tasks_remember (lane->tasks, id)->in_hand = FALSE;
  dub_queue_lane_act_ended (lane);
  member_free (member);
}

/* Takes @member: it is ready (@url), goes no further (@record), or has to wait for the store (neither). */
static void
member_done (Member *member)
{
  DubBatch *batch = member->batch;
  gint64 id = dub_task_get_id (member->task);
  g_autoptr (Member) owned = NULL;

  if (batch->closed)
    {
      member_late (member);
      return;
    }
  owned = member;
  if (member->record != NULL)
    g_ptr_array_add (batch->failed, g_steal_pointer (&member->record));
  if (member->url != NULL)
    g_hash_table_insert (batch->urls, g_memdup2 (&id, sizeof id), g_steal_pointer (&member->url));
  else
    dub_batch_fall_out (batch, member->task);
  if (--batch->pending == 0)
    close_batch (batch);
  else if (batch->patience == 0 && g_hash_table_size (batch->urls) > 0)
    batch->patience = g_timeout_add_full (G_PRIORITY_DEFAULT, PATIENCE_MS, on_patience_over, dub_batch_ref (batch),
                                          (GDestroyNotify) dub_batch_unref);
}

static void
member_fails (Member       *member,
              const GError *error)
{
  g_clear_pointer (&member->url, g_free);
  /* Of a process that ends: it is tried again at the next start. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || dub_task_get_state (member->task) != DUB_TASK_PUBLISHING)
    return;
  member->record = dub_queue_next (member->task, DUB_TASK_FAILED);
  dub_queue_note (member->record, error);
}

/* Its video's server does not answer: that passes, and nothing is lost meanwhile. */
static void
member_rests (Member       *member,
              const GError *error)
{
  DubLane *lane = member->batch->lane;
  DubTaskMemory *memory = dub_queue_tasks_remember (lane->tasks, dub_task_get_id (member->task));

  memory->rested = dub_queue_lane_rest (lane, FIRST_REST_MS, LONGEST_REST_MS, memory->silent);
  memory->silent++;
  if (dub_task_get_state (member->task) != DUB_TASK_PUBLISHING)
    return;
  member->record = dub_queue_next (member->task, DUB_TASK_WAITING);
  dub_queue_note (member->record, error);
}

/* The store does not say what is to be sent. It waits for the next batch. */
static void
member_waits (Member *member,
              GError *error)
{
  g_clear_pointer (&member->url, g_free);
  if (member->batch->trouble == NULL)
    member->batch->trouble = error;
  else
    g_error_free (error);
}

static void
on_script (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Member *member = user_data;
  GError *error = NULL;
  DubScript *script = dub_store_get_script_finish (DUB_STORE (source), result, &error);
  gint64 id = dub_task_get_id (member->task);

  if (error != NULL)
    member_waits (member, error);
  else if (script != NULL)
    g_hash_table_insert (member->batch->scripts, g_memdup2 (&id, sizeof id), script);
  member_done (member);
}

/* The store refuses a task without a consent; a new version of Dubroom may bring another text, to which nobody agreed. */
static void
on_consent (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Member *member = user_data;
  g_autoptr (GError) error = NULL;
  gint64 id = dub_task_get_id (member->task);
  gint64 agreed = 0;

  if (!dub_store_get_consent_finish (DUB_STORE (source), result, &agreed, &error))
    {
      member_waits (member, g_steal_pointer (&error));
      member_done (member);
      return;
    }
  if (agreed == 0)
    {
      error = g_error_new_literal (DUB_STORE_ERROR, DUB_STORE_ERROR_NO_CONSENT,
                                   _("The terms for this video have changed since you agreed. Nothing was sent: add it "
                                     "again and read them."));
      member_fails (member, error);
      member_done (member);
      return;
    }
  dub_store_get_script_async (DUB_STORE (source), id, DUB_SCRIPT_GIVEN, NULL, on_script, member);
}

static void
ask_for_consent (Member *member)
{
  dub_store_get_consent_async (member->batch->lane->tasks->store, dub_task_get_source (member->task)->identity,
                               dub_notice_get_version (DUB_NOTICE_CONSENT), NULL, on_consent, member);
}

static void
on_published (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Member *member = user_data;
  g_autoptr (GError) error = NULL;

  member->url = dub_publisher_publish_finish (DUB_PUBLISHER (source), result, &error);
  if (member->url != NULL)
    {
      dub_queue_tasks_remember (member->batch->lane->tasks, dub_task_get_id (member->task))->silent = 0;
      ask_for_consent (member);
      return;
    }
  if (g_error_matches (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_NO_ANSWER))
    member_rests (member, error);
  else
    member_fails (member, error);
  member_done (member);
}

static void
member_start (Member *member)
{
  DubLane *lane = member->batch->lane;
  const DubVideoRecord *source = dub_task_get_source (member->task);

  member->url = dub_queue_lane_take_url (lane, dub_task_get_id (member->task));
  if (member->url != NULL)
    ask_for_consent (member);
  else
    dub_publisher_publish_async (dub_session_get_publisher (lane->session), source->uri, source->identity, lane->tasks->stop,
                                 on_published, member);
}

void
dub_batch_prepare (DubBatch *batch,
                   void    (*prepared) (DubBatch *batch))
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_copy (batch->tasks, (GCopyFunc) (GCallback) g_object_ref, NULL);

  g_ptr_array_set_free_func (tasks, g_object_unref);
  if (batch->lane->gone)
    {
      dub_batch_end (batch);
      return;
    }
  batch->prepared = prepared;
  /* One more, so that the batch does not go on before all have been asked for. */
  batch->pending++;
  for (guint i = 0; i < tasks->len; i++)
    member_start (member_new (batch, tasks->pdata[i]));
  if (--batch->pending == 0)
    close_batch (batch);
}
