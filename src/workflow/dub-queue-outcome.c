/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-outcome.h"

#include "dub-queue-commit.h"
#include "dub-service-error.h"

/* What becomes of a batch that was sent. */

#define FIRST_REST_MS 1000
#define LONGEST_REST_MS 60000

static void
on_outcome_stored (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (DubBatch) batch = user_data;
  GError *error = NULL;

  /* For good: what was sent is then looked for like the dubs of a process that has died. */
  if (!dub_queue_commit_finish (DUB_QUEUE_TASKS (source), result, &error))
    dub_batch_stop (batch, error);
  else
    dub_batch_end (batch);
}

static void
store_outcome (DubBatch  *batch,
               GPtrArray *records)
{
  dub_queue_commit_async (batch->lane->tasks, records, DUB_COMMIT_MUST, on_outcome_stored, dub_batch_ref (batch));
}

/* All go the same way. */
void
dub_batch_settle_all (DubBatch     *batch,
                      DubTaskState  state,
                      const GError *error)
{
  g_autoptr (GPtrArray) records = dub_queue_tasks_records_new ();

  for (guint i = 0; i < batch->tasks->len; i++)
    {
      DubTaskRecord *record = dub_queue_next (batch->tasks->pdata[i], state);

      if (error != NULL)
        dub_queue_note (record, error);
      if (state == DUB_TASK_WAITING)
        {
          record->submitted = 0;
          g_set_str (&record->message, NULL);
        }
      g_ptr_array_add (records, record);
    }
  store_outcome (batch, records);
}

static void
add_part (DubBatch *batch,
          guint     from,
          guint     to)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = from; i < to; i++)
    {
      gint64 id = dub_task_get_id (batch->tasks->pdata[i]);

      g_array_append_val (ids, id);
    }
  g_queue_push_head (&batch->lane->parts, ids);
}

/* In halves, until the bad one stands alone. */
static void
divide (DubBatch     *batch,
        const GError *error)
{
  guint half = (batch->tasks->len + 1) / 2;

  if (batch->tasks->len < 2)
    {
      dub_batch_settle_all (batch, DUB_TASK_REJECTED, error);
      return;
    }
  add_part (batch, half, batch->tasks->len);
  add_part (batch, 0, half);
  dub_batch_settle_all (batch, DUB_TASK_WAITING, NULL);
}

/* The studio does not make again what it has by the dub's key, so that it is simply asked again: later each time. */
static void
ask_again (DubBatch *batch)
{
  for (guint i = 0; i < batch->tasks->len; i++)
    {
      DubTaskMemory *memory = dub_queue_tasks_remember (batch->lane->tasks, dub_task_get_id (batch->tasks->pdata[i]));

      memory->rested = dub_queue_lane_rest (batch->lane, FIRST_REST_MS, LONGEST_REST_MS, memory->lost);
      memory->lost++;
    }
  dub_batch_settle_all (batch, DUB_TASK_WAITING, NULL);
}

static void
settle_refusal (DubBatch     *batch,
                const GError *error)
{
  const DubServiceFault *fault = dub_service_error_get_fault (error);

  /* Without a word of the client's the worst is assumed. */
  if (fault == NULL || fault->maybe_received)
    {
      dub_queue_lane_failed (batch->lane, error);
      if (dub_queue_lane_is_studio (batch->lane))
        ask_again (batch);
      else
        dub_batch_settle_all (batch, DUB_TASK_UNCONFIRMED, error);
      return;
    }

  if (error->code == DUB_SERVICE_ERROR_PARAMETERS)
    {
      dub_queue_lane_worked (batch->lane);
      divide (batch, error);
    }
  else if (error->code == DUB_SERVICE_ERROR_UNKNOWN_CODE)
    {
      /* Never repeated blindly: the person sees the code as it came. */
      dub_batch_settle_all (batch, DUB_TASK_REJECTED, error);
    }
  else
    {
      /* Nothing arrived there, or nothing was taken: it goes on when the account does. Of too many requests the client has
       * told the limiter, whose next slot comes later. */
      dub_queue_lane_failed (batch->lane, error);
      dub_batch_settle_all (batch, DUB_TASK_WAITING, NULL);
    }
}

void
dub_batch_on_created (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (DubBatch) batch = user_data;
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *request_id = NULL;
  g_auto (GStrv) ids = NULL;
  g_autoptr (GError) error = NULL;

  ids = dub_service_client_create_finish (DUB_SERVICE_CLIENT (source), result, &request_id, &error);
  /* Ended while it was under way: found as "submitting" at the next start. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || batch->lane->tasks->stopped)
    return;
  if (ids == NULL)
    {
      settle_refusal (batch, error);
      return;
    }

  dub_queue_lane_worked (batch->lane);
  records = dub_queue_tasks_records_new ();
  for (guint i = 0; i < batch->tasks->len; i++)
    {
      DubTaskRecord *record = dub_queue_next (batch->tasks->pdata[i], DUB_TASK_SUBMITTED);

      g_set_str (&record->remote_task, ids[i]);
      g_set_str (&record->request_id, request_id);
      g_ptr_array_add (records, record);
    }
  store_outcome (batch, records);
}
