/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-look.h"

#include "dub-poll-plan.h"
#include "dub-queue-clock.h"
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
  gint64 now = dub_queue_clock_now ();
  gint64 next = G_MAXINT64;

  if (lane->looking)
    return 0;
  tasks = dub_queue_lane_tasks (lane, DUB_STATE_BIT (DUB_TASK_UNCONFIRMED));
  if (tasks->len == 0)
    return 0;
  for (guint i = 0; i < tasks->len; i++)
    {
      const DubTaskMemory *memory = dub_queue_tasks_remember (lane->tasks, dub_task_get_id (tasks->pdata[i]));
      gint64 looked = memory->looked != 0 ? dub_queue_age (lane->tasks, tasks->pdata[i], memory->looked) : DUB_POLL_NEVER;
      gint64 wait = dub_poll_plan_look (dub_queue_age (lane->tasks, tasks->pdata[i], now), looked,
                                        dub_queue_expected_ms (lane->tasks, tasks->pdata[i]), studio);

      next = MIN (next, wait);
    }
  if (next > 0)
    {
      gint64 when = dub_queue_tasks_now () + MAX (next / lane->tasks->haste, 1);

      /* The list is read for all of them. */
      for (guint i = 0; i < tasks->len; i++)
        dub_task_set_next_look (tasks->pdata[i], when / 1000);
      return when;
    }

  for (guint i = 0; i < tasks->len; i++)
    dub_queue_tasks_remember (lane->tasks, dub_task_get_id (tasks->pdata[i]))->looked = now;
  lane->looking = TRUE;
  dub_service_client_list_videos_async (dub_session_get_client (lane->session), lane->tasks->stop, on_list,
                                        dub_queue_lane_ref (lane));
  return 0;
}
