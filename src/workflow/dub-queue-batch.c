/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-batch.h"

DubBatch *
dub_batch_new (DubLane *lane)
{
  DubBatch *batch = g_new0 (DubBatch, 1);

  batch->ref_count = 1;
  batch->lane = dub_queue_lane_ref (lane);
  batch->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  batch->urls = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  batch->scripts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  batch->failed = dub_queue_tasks_records_new ();
  return batch;
}

DubBatch *
dub_batch_ref (DubBatch *batch)
{
  batch->ref_count++;
  return batch;
}

void
dub_batch_unref (DubBatch *batch)
{
  if (--batch->ref_count > 0)
    return;
  g_clear_pointer (&batch->lane, dub_queue_lane_unref);
  g_clear_pointer (&batch->tasks, g_ptr_array_unref);
  g_clear_pointer (&batch->urls, g_hash_table_unref);
  g_clear_pointer (&batch->scripts, g_hash_table_unref);
  g_clear_pointer (&batch->failed, g_ptr_array_unref);
  g_clear_error (&batch->trouble);
  g_free (batch);
}

static void
let_go (DubBatch *batch,
        DubTask  *task)
{
  dub_queue_tasks_remember (batch->lane->tasks, dub_task_get_id (task))->in_hand = FALSE;
}

void
dub_batch_end (DubBatch *batch)
{
  for (guint i = 0; i < batch->tasks->len; i++)
    let_go (batch, batch->tasks->pdata[i]);
  g_ptr_array_set_size (batch->tasks, 0);
  batch->lane->submitting = FALSE;
  batch->lane->sending = FALSE;
  dub_queue_lane_act_ended (batch->lane);
}

void
dub_batch_fall_out (DubBatch *batch,
                    DubTask  *task)
{
  let_go (batch, task);
  g_ptr_array_remove (batch->tasks, task);
}

void
dub_batch_stop (DubBatch *batch,
                GError   *error)
{
  dub_queue_lane_failed (batch->lane, error);
  g_error_free (error);
  dub_batch_end (batch);
}
