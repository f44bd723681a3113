/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-private.h"

#include "dub-service-error.h"

#define MAX_PAUSE_MS 60000
/* The studio's process has a pause of its own before it is started again. */
#define STUDIO_PAUSE_MS 1000

DubLane *
dub_queue_lane_ref (DubLane *lane)
{
  return g_rc_box_acquire (lane);
}

static void
lane_clear (gpointer data)
{
  DubLane *lane = data;

  g_queue_clear_full (&lane->parts, (GDestroyNotify) g_array_unref);
  g_clear_object (&lane->session);
  g_clear_object (&lane->queue);
}

void
dub_queue_lane_unref (DubLane *lane)
{
  g_rc_box_release_full (lane, lane_clear);
}

void
dub_queue_lane_close (gpointer data)
{
  DubLane *lane = data;

  lane->gone = TRUE;
  g_clear_handle_id (&lane->timer, g_source_remove);
  dub_queue_lane_unref (lane);
}

gboolean
dub_queue_lane_is_studio (DubLane *lane)
{
  return dub_account_is_studio (dub_session_get_account (lane->session));
}

/* The account's tasks in these states, oldest first. (element-type DubTask) (transfer full) */
GPtrArray *
dub_queue_lane_tasks (DubLane *lane,
                      guint    states)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func (g_object_unref);
  const char *account = dub_account_get_id (dub_session_get_account (lane->session));
  GListModel *all = G_LIST_MODEL (lane->queue->tasks);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (all, i);

      if ((states & DUB_STATE_BIT (dub_task_get_state (task))) == 0 ||
          g_strcmp0 (dub_task_get_account_id (task), account) != 0)
        continue;
      g_ptr_array_add (tasks, g_steal_pointer (&task));
    }
  return tasks;
}

static void
update_offline (DubQueue *self)
{
  GHashTableIter iter;
  gpointer value;
  gboolean offline = FALSE;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      DubLane *lane = value;

      if (!dub_queue_lane_is_studio (lane) &&
          dub_account_get_status (dub_session_get_account (lane->session)) == DUB_ACCOUNT_STATUS_UNREACHABLE)
        offline = TRUE;
    }
  dub_queue_set_offline (self, offline);
}

/* After an error that says nothing of a single dub: the account's status tells of it, and a pause grows. */
void
dub_queue_lane_failed (DubLane      *lane,
                       const GError *error)
{
  gint64 pause;

  if (lane->gone || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  dub_session_failed (lane->session, error);
  if (!g_error_matches (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_RATE_LIMITED))
    {
      pause = dub_queue_lane_is_studio (lane) ? STUDIO_PAUSE_MS : MIN (1000 << MIN (lane->failures, 6), MAX_PAUSE_MS);
      lane->failures++;
      lane->pause_until = g_get_monotonic_time () / 1000 + MAX (pause / lane->queue->haste, 10);
    }
  update_offline (lane->queue);
}

void
dub_queue_lane_worked (DubLane *lane)
{
  if (lane->gone)
    return;
  lane->failures = 0;
  lane->pause_until = 0;
  dub_session_succeeded (lane->session);
  update_offline (lane->queue);
}

static gboolean
on_timer (gpointer user_data)
{
  DubLane *lane = user_data;

  lane->timer = 0;
  dub_queue_kick_lane (lane);
  return G_SOURCE_REMOVE;
}

static void
kick_in (DubLane *lane,
         gint64   ms)
{
  g_clear_handle_id (&lane->timer, g_source_remove);
  lane->timer = g_timeout_add ((guint) CLAMP (ms, 0, 15 * 60 * 1000), on_timer, lane);
}

static void
on_prepared (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DubLane) lane = user_data;
  g_autoptr (GError) error = NULL;

  lane->preparing = FALSE;
  if (lane->gone)
    return;
  if (!dub_session_prepare_finish (DUB_SESSION (source), result, &error))
    {
      /* The session has told the account already. */
      dub_queue_lane_failed (lane, error);
    }
  dub_queue_kick_lane (lane);
}

static gboolean
has_work (DubLane *lane)
{
  g_autoptr (GPtrArray) tasks = NULL;

  tasks = dub_queue_lane_tasks (lane, DUB_STATE_BIT (DUB_TASK_WAITING) | DUB_STATE_BIT (DUB_TASK_PUBLISHING) |
                                        DUB_STATE_BIT (DUB_TASK_SUBMITTED) | DUB_STATE_BIT (DUB_TASK_PROCESSING) |
                                        DUB_STATE_BIT (DUB_TASK_UNCONFIRMED));
  return tasks->len > 0;
}

/* Does what is due, and sets the timer for what is due later. It may be called at any time. */
void
dub_queue_kick_lane (DubLane *lane)
{
  gint64 now = dub_queue_now ();
  gint64 pause;
  gint64 poll;
  gint64 look;
  gint64 next;

  g_clear_handle_id (&lane->timer, g_source_remove);
  if (lane->gone || lane->queue->draining != NULL || !lane->queue->working || lane->preparing ||
      dub_session_is_resting (lane->session) || !has_work (lane))
    return;
  pause = lane->pause_until - g_get_monotonic_time () / 1000;
  if (pause > 0)
    {
      kick_in (lane, pause);
      return;
    }
  if (dub_session_get_client (lane->session) == NULL)
    {
      lane->preparing = TRUE;
      dub_session_prepare_async (lane->session, lane->queue->stop, on_prepared, dub_queue_lane_ref (lane));
      return;
    }

  dub_queue_submit (lane);
  poll = dub_queue_poll (lane);
  look = dub_queue_look (lane);
  next = poll != 0 && (look == 0 || poll < look) ? poll : look;
  if (next != 0)
    kick_in (lane, next - now);
}

static DubLane *
lane_new (DubQueue   *self,
          DubSession *session)
{
  DubLane *lane = g_rc_box_new0 (DubLane);

  lane->queue = g_object_ref (self);
  lane->session = g_object_ref (session);
  g_queue_init (&lane->parts);
  return lane;
}

static void
close_lanes_of_removed_accounts (DubQueue *self)
{
  GHashTableIter iter;
  gpointer id;
  gpointer lane;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, &id, &lane))
    if (dub_accounts_get_session (self->accounts, id) != ((DubLane *) lane)->session)
      g_hash_table_iter_remove (&iter);
}

void
dub_queue_kick (DubQueue *self)
{
  GListModel *accounts = G_LIST_MODEL (self->accounts);

  if (self->stopped || self->draining != NULL || !self->working || !self->loaded)
    return;

  close_lanes_of_removed_accounts (self);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (DubAccount) account = g_list_model_get_item (accounts, i);
      const char *id = dub_account_get_id (account);
      DubLane *lane = g_hash_table_lookup (self->lanes, id);

      if (lane == NULL)
        {
          lane = lane_new (self, dub_accounts_get_session (self->accounts, id));
          g_hash_table_insert (self->lanes, g_strdup (id), lane);
        }
      dub_queue_kick_lane (lane);
    }
}
