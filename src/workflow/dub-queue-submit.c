/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-submit.h"

#include "dub-queue-commit.h"
#include "dub-queue-outcome.h"
#include "dub-queue-prepare.h"

static gboolean
may_be_taken (DubQueueTasks *self,
              DubTask       *task)
{
  DubTaskMemory *memory = dub_queue_tasks_remember (self, dub_task_get_id (task));
  DubTaskState state = dub_task_get_state (task);

  return (state == DUB_TASK_WAITING || state == DUB_TASK_PUBLISHING) && !memory->in_hand &&
         memory->rested <= g_get_monotonic_time () / 1000;
}

/* What is left of a refused batch goes first, in its parts. */
static void
pick_part (DubBatch *batch)
{
  DubQueueTasks *self = batch->lane->tasks;

  while (batch->tasks->len == 0 && !g_queue_is_empty (&batch->lane->parts))
    {
      g_autoptr (GArray) ids = g_queue_pop_head (&batch->lane->parts);

      for (guint i = 0; i < ids->len; i++)
        {
          DubTask *task = dub_queue_tasks_find (self, g_array_index (ids, gint64, i));

          if (task != NULL && may_be_taken (self, task))
            g_ptr_array_add (batch->tasks, g_object_ref (task));
        }
    }
}

static void
pick (DubBatch *batch)
{
  DubQueueTasks *self = batch->lane->tasks;
  static const DubTaskState states[] = { DUB_TASK_PUBLISHING, DUB_TASK_WAITING };

  pick_part (batch);
  if (batch->tasks->len > 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      GPtrArray *line = dub_task_index_peek (self->index, dub_queue_lane_account (batch->lane), states[i]);

      for (guint j = 0; line != NULL && j < line->len && batch->tasks->len < DUB_MAX_ITEMS_PER_CREATE; j++)
        if (may_be_taken (self, line->pdata[j]))
          g_ptr_array_add (batch->tasks, g_object_ref (line->pdata[j]));
    }
}

static void mark_submitting (DubBatch *batch);

static void
on_slot (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DubBatch) batch = user_data;
  GError *error = NULL;

  if (!dub_rate_limiter_acquire_finish (DUB_RATE_LIMITER (source), result, &error))
    dub_batch_stop (batch, error);
  else
    mark_submitting (batch);
}

/* The person holds the line: those that have not been sent stand in it again. */
static gboolean
go_back_if_paused (DubBatch *batch)
{
  if (!batch->lane->tasks->paused || batch->tasks->len == 0)
    return FALSE;
  dub_batch_settle_all (batch, DUB_TASK_WAITING, NULL);
  return TRUE;
}

static void
acquire (DubBatch *batch)
{
  DubServiceClient *client = dub_session_get_client (batch->lane->session);

  if (go_back_if_paused (batch))
    return;
  if (batch->lane->gone || batch->lane->tasks->draining || batch->tasks->len == 0 || client == NULL ||
      dub_session_is_resting (batch->lane->session))
    {
      dub_batch_end (batch);
      return;
    }
  dub_rate_limiter_acquire_async (dub_service_client_get_limiter (client), DUB_ENDPOINT_TASK_CREATE,
                                  batch->lane->tasks->stop, on_slot, dub_batch_ref (batch));
}

static void send (DubBatch *batch);

static void
on_marked_submitting (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (DubBatch) batch = user_data;
  GError *error = NULL;

  if (!dub_queue_commit_finish (DUB_QUEUE_TASKS (source), result, &error))
    dub_batch_stop (batch, error);
  else
    send (batch);
}

static void
mark_submitting (DubBatch *batch)
{
  DubQueueTasks *self = batch->lane->tasks;
  g_autoptr (GPtrArray) records = dub_queue_tasks_records_new ();

  for (guint i = batch->tasks->len; i > 0; i--)
    {
      DubTask *task = batch->tasks->pdata[i - 1];
      DubTaskRecord *record;

      /* Cancelled while the slot was waited for. */
      if (dub_task_get_state (task) != DUB_TASK_PUBLISHING)
        {
          dub_batch_fall_out (batch, task);
          continue;
        }
      record = dub_queue_next (task, DUB_TASK_SUBMITTING);
      record->submitted = record->changed;
      record->return_code = 0;
      g_set_str (&record->message, NULL);
      g_set_str (&record->request_id, NULL);
      g_set_str (&record->publish_url, g_hash_table_lookup (batch->urls, &record->id));
      g_ptr_array_insert (records, 0, record);
    }
  if (go_back_if_paused (batch))
    return;
  if (records->len == 0 || batch->lane->gone || self->draining ||
      dub_session_get_client (batch->lane->session) == NULL)
    {
      dub_batch_end (batch);
      return;
    }
  batch->lane->sending = TRUE;
  dub_queue_commit_async (self, records, DUB_COMMIT_LEASED, on_marked_submitting, dub_batch_ref (batch));
}

/* The same whenever the dub is sent, and no other's even where one of the two databases is lost. */
static char *
make_key (const DubTaskRecord *record)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, record->created, record->id);
}

static void
send (DubBatch *batch)
{
  DubServiceClient *client = dub_session_get_client (batch->lane->session);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_create_item_free);

  /* The studio has died meanwhile: not a byte has left. */
  if (client == NULL)
    {
      dub_batch_settle_all (batch, DUB_TASK_WAITING, NULL);
      return;
    }
  for (guint i = 0; i < batch->tasks->len; i++)
    {
      const DubTaskRecord *record = dub_task_get_record (batch->tasks->pdata[i]);
      DubCreateItem *item = dub_create_item_new ();

      item->video_url = g_strdup (record->publish_url);
      item->target_language = g_strdup (record->language);
      item->video_name = g_strdup (record->name);
      item->lipsync = record->lipsync;
      item->subtitles = record->subtitles;
      if (dub_queue_lane_is_studio (batch->lane))
        item->key = make_key (record);
      g_set_object (&item->script, g_hash_table_lookup (batch->scripts, &record->id));
      g_ptr_array_add (items, item);
    }
  dub_service_client_create_async (client, items, batch->lane->tasks->stop, dub_batch_on_created, dub_batch_ref (batch));
}

static void
on_marked_publishing (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (DubBatch) batch = user_data;
  GError *error = NULL;

  if (!dub_queue_commit_finish (DUB_QUEUE_TASKS (source), result, &error))
    dub_batch_stop (batch, error);
  else
    dub_batch_prepare (batch, acquire);
}

/* When the first of those that rest may be tried again (Unix ms). */
static gint64
next_due (DubLane *lane)
{
  g_autoptr (GPtrArray) tasks = dub_queue_lane_tasks (lane, DUB_STATE_BIT (DUB_TASK_WAITING) | DUB_STATE_BIT (DUB_TASK_PUBLISHING));
  gint64 next = 0;

  for (guint i = 0; i < tasks->len; i++)
    {
      const DubTaskMemory *memory = dub_queue_tasks_remember (lane->tasks, dub_task_get_id (tasks->pdata[i]));

      if (!memory->in_hand && memory->rested > 0 && (next == 0 || memory->rested < next))
        next = memory->rested;
    }
  return next != 0 ? dub_queue_tasks_now () + MAX (next - g_get_monotonic_time () / 1000, 0) : 0;
}

gint64
dub_queue_submit (DubLane *lane)
{
  g_autoptr (DubBatch) batch = NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (lane->submitting || lane->tasks->paused)
    return 0;
  batch = dub_batch_new (lane);
  pick (batch);
  if (batch->tasks->len == 0)
    return next_due (lane);

  lane->submitting = TRUE;
  records = dub_queue_tasks_records_new ();
  for (guint i = 0; i < batch->tasks->len; i++)
    {
      DubTask *task = batch->tasks->pdata[i];

      dub_queue_tasks_remember (lane->tasks, dub_task_get_id (task))->in_hand = TRUE;
      if (dub_task_get_state (task) == DUB_TASK_WAITING)
        g_ptr_array_add (records, dub_queue_next (task, DUB_TASK_PUBLISHING));
    }
  if (records->len == 0)
    dub_batch_prepare (batch, acquire);
  else
    dub_queue_commit_async (lane->tasks, records, DUB_COMMIT_LEASED, on_marked_publishing, dub_batch_ref (batch));
  return 0;
}
