/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-look.h"

#include "dub-poll-plan.h"
#include "dub-queue-expect.h"
#include "dub-queue-settle.h"

static void
on_list (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DubLane) lane = user_data;
  g_autoptr (GPtrArray) videos = NULL;
  g_autoptr (GError) error = NULL;

  videos = dub_service_client_list_videos_finish (DUB_SERVICE_CLIENT (source), result, NULL, &error);
  lane->looking = FALSE;
  if (lane->gone)
    return;
  if (videos != NULL)
    {
      dub_queue_lane_worked (lane);
      dub_queue_settle_found (lane->tasks, dub_queue_lane_account (lane), videos);
    }
  else
    dub_queue_lane_failed (lane, error);
  dub_queue_lane_act_ended (lane);
}

gint64
dub_queue_look (DubLane *lane)
{
  g_autoptr (GPtrArray) tasks = NULL;
  gboolean studio = dub_queue_lane_is_studio (lane);
  gint64 now = dub_queue_tasks_now ();
  gint64 next = 0;

  if (lane->looking)
    return 0;
  tasks = dub_queue_lane_tasks (lane, DUB_STATE_BIT (DUB_TASK_UNCONFIRMED));
  if (tasks->len == 0)
    return 0;
  for (guint i = 0; i < tasks->len; i++)
    {
      const DubTaskRecord *record = dub_task_get_record (tasks->pdata[i]);
      DubTaskMemory *memory = dub_queue_tasks_remember (lane->tasks, record->id);
      gint64 due = dub_poll_plan_look (record->submitted, memory->looked,
                                       dub_queue_expected_ms (lane->tasks, tasks->pdata[i]), studio, now);

      due = MAX (dub_queue_lane_shrink (lane, memory->looked, due), 1);
      next = next == 0 ? due : MIN (next, due);
    }
  if (next > now)
    return next;

  for (guint i = 0; i < tasks->len; i++)
    dub_queue_tasks_remember (lane->tasks, dub_task_get_id (tasks->pdata[i]))->looked = now;
  lane->looking = TRUE;
  dub_service_client_list_videos_async (dub_session_get_client (lane->session), lane->tasks->stop, on_list,
                                        dub_queue_lane_ref (lane));
  return 0;
}
