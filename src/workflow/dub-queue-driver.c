/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-driver.h"

#include <glib/gi18n-lib.h>

#include "dub-queue-commit.h"
#include "dub-queue-lane.h"
#include "dub-queue-look.h"
#include "dub-queue-poll.h"
#include "dub-queue-submit.h"

#define DRAIN_WITHIN_S 5
/* The timers' clock stands still while the machine sleeps: what was due meanwhile is found by looking again. */
#define MAX_SLEEP_MS (60 * 1000)
/* The system may be wrong about the network (a tunnel that it does not know): so often it is tried all the same. */
#define OFFLINE_TRY_MS (60 * 1000)

/* What is to be done next for an account. */

struct _DubQueueDriver
{
  GObject parent_instance;

  DubQueueTasks *tasks;
  GNetworkMonitor *network; /* NULL: nothing is known */
  GHashTable *lanes; /* account id → DubLane */
  GTask *draining;
  guint drain_timer;
  gboolean offline;
};

enum
{
  PROP_OFFLINE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubQueueDriver, dub_queue_driver, G_TYPE_OBJECT)

static void
dub_queue_driver_dispose (GObject *object)
{
  dub_queue_driver_stop (DUB_QUEUE_DRIVER (object));
  G_OBJECT_CLASS (dub_queue_driver_parent_class)->dispose (object);
}

static void
dub_queue_driver_finalize (GObject *object)
{
  DubQueueDriver *self = DUB_QUEUE_DRIVER (object);

  g_clear_pointer (&self->lanes, g_hash_table_unref);
  g_clear_object (&self->network);
  g_clear_object (&self->tasks);
  G_OBJECT_CLASS (dub_queue_driver_parent_class)->finalize (object);
}

static void
dub_queue_driver_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_OFFLINE:
      g_value_set_boolean (value, DUB_QUEUE_DRIVER (object)->offline);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_queue_driver_class_init (DubQueueDriverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dub_queue_driver_dispose;
  object_class->finalize = dub_queue_driver_finalize;
  object_class->get_property = dub_queue_driver_get_property;
  properties[PROP_OFFLINE] = g_param_spec_boolean ("offline", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dub_queue_driver_init (DubQueueDriver *self)
{
  self->lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dub_queue_lane_close);
}

/* What it failed by is over, as far as anyone knows. The studio's process has a pause of its own. */
static void
on_session_resumed (DubQueueDriver *self,
                    DubSession     *session)
{
  DubLane *lane = g_hash_table_lookup (self->lanes, dub_account_get_id (dub_session_get_account (session)));

  if (lane != NULL && !dub_queue_lane_is_studio (lane))
    lane->pause_until = 0;
  dub_queue_driver_kick (self);
}

DubQueueDriver *
dub_queue_driver_new (DubQueueTasks *tasks)
{
  DubQueueDriver *self = g_object_new (DUB_TYPE_QUEUE_DRIVER, NULL);

  g_set_object (&self->tasks, tasks);
  g_signal_connect_object (tasks->accounts, "session-resumed", G_CALLBACK (on_session_resumed), self, G_CONNECT_SWAPPED);
  return self;
}

gboolean
dub_queue_driver_get_offline (DubQueueDriver *self)
{
  return self->offline;
}

/* As the system says. What is on this machine needs no network. */
static gboolean
is_cut_off (DubQueueDriver *self,
            DubLane        *lane)
{
  return self->network != NULL && !g_network_monitor_get_network_available (self->network) &&
         !dub_session_is_local (lane->session);
}

static void
update_offline (DubQueueDriver *self)
{
  GHashTableIter iter;
  gpointer value;
  gboolean offline = FALSE;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      DubLane *other = value;

      if (!dub_queue_lane_is_studio (other) &&
          (is_cut_off (self, other) ||
           dub_account_get_status (dub_session_get_account (other->session)) == DUB_ACCOUNT_STATUS_UNREACHABLE))
        offline = TRUE;
    }
  if (self->offline == offline)
    return;
  self->offline = offline;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE]);
}

static void
on_lane_reached (DubLane *lane,
                 GObject *driver)
{
  update_offline (DUB_QUEUE_DRIVER (driver));
}

static void kick_lane (DubLane *lane);

static gboolean
on_timer (gpointer user_data)
{
  DubLane *lane = user_data;

  lane->timer = 0;
  kick_lane (lane);
  return G_SOURCE_REMOVE;
}

static void
kick_in (DubLane *lane,
         gint64   ms)
{
  g_clear_handle_id (&lane->timer, g_source_remove);
  lane->timer = g_timeout_add ((guint) CLAMP (ms, 0, MAX_SLEEP_MS), on_timer, lane);
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
  kick_lane (lane);
}

static void
on_left_behind_settled (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (DubLane) lane = user_data;
  g_autoptr (GError) error = NULL;

  lane->settling = FALSE;
  /* One of them has moved on, or the store is in trouble: the others are settled after the pause. */
  if (!dub_queue_commit_finish (DUB_QUEUE_TASKS (source), result, &error))
    dub_queue_lane_failed (lane, error);
  dub_queue_lane_act_ended (lane);
}

/* A process ended between "submitting" and the answer. The studio is asked again, since it knows what it has; whether a
 * service has it is not known. */
static DubTaskRecord *
settle_one_left_behind (DubLane *lane,
                        DubTask *task)
{
  DubTaskRecord *record;

  if (dub_queue_lane_is_studio (lane))
    {
      record = dub_queue_next (task, DUB_TASK_WAITING);
      record->submitted = 0;
      record->return_code = 0;
      g_set_str (&record->message, NULL);
      g_set_str (&record->request_id, NULL);
      return record;
    }
  record = dub_queue_next (task, DUB_TASK_UNCONFIRMED);
  g_set_str (&record->message, _("Dubroom ended while this dub was being sent. It is looked for in your library."));
  return record;
}

static guint
left_behind_states (DubLane *lane)
{
  guint states = DUB_STATE_BIT (DUB_TASK_SUBMITTING);

  /* Earlier versions left them so. */
  if (dub_queue_lane_is_studio (lane))
    states |= DUB_STATE_BIT (DUB_TASK_UNCONFIRMED);
  return states;
}

/* Returns whether there is any. */
static gboolean
settle_left_behind (DubLane *lane)
{
  g_autoptr (GPtrArray) tasks = dub_queue_lane_tasks (lane, left_behind_states (lane));
  g_autoptr (GPtrArray) records = dub_queue_tasks_records_new ();

  for (guint i = 0; i < tasks->len; i++)
    {
      DubTask *task = tasks->pdata[i];

      if (!dub_queue_tasks_remember (lane->tasks, dub_task_get_id (task))->in_hand)
        g_ptr_array_add (records, settle_one_left_behind (lane, task));
    }
  if (records->len == 0)
    return FALSE;
  lane->settling = TRUE;
  dub_queue_commit_async (lane->tasks, records, DUB_COMMIT_LEASED, on_left_behind_settled, dub_queue_lane_ref (lane));
  return TRUE;
}

static gboolean
has_work (DubLane *lane)
{
  return dub_task_index_count (lane->tasks->index, dub_queue_lane_account (lane), DUB_STATES_OPEN) > 0;
}

/* How long nothing is tried, because it would fail (ms). */
static gint64
get_rest (DubLane *lane)
{
  gint64 now = g_get_monotonic_time () / 1000;
  gint64 rest = lane->pause_until - now;

  if (is_cut_off (DUB_QUEUE_DRIVER (lane->driver), lane))
    rest = MAX (rest, lane->tried + OFFLINE_TRY_MS - now);
  return rest;
}

/* Does what is due, and sets the timer for what is due later. It may be called at any time. */
static void
kick_lane (DubLane *lane)
{
  gint64 now = dub_queue_tasks_now ();
  gint64 pause;
  gint64 due[3];
  gint64 next = 0;

  g_clear_handle_id (&lane->timer, g_source_remove);
  if (lane->gone || lane->tasks->draining || !lane->tasks->working || lane->preparing || lane->settling || !has_work (lane))
    return;
  pause = get_rest (lane);
  if (pause > 0)
    {
      kick_in (lane, pause);
      return;
    }
  lane->tried = g_get_monotonic_time () / 1000;
  if (settle_left_behind (lane) || dub_session_is_resting (lane->session))
    return;
  if (dub_session_get_client (lane->session) == NULL)
    {
      lane->preparing = TRUE;
      dub_session_prepare_async (lane->session, lane->tasks->stop, on_prepared, dub_queue_lane_ref (lane));
      return;
    }

  due[0] = dub_queue_submit (lane);
  due[1] = dub_queue_poll (lane);
  due[2] = dub_queue_look (lane);
  for (guint i = 0; i < G_N_ELEMENTS (due); i++)
    if (due[i] != 0 && (next == 0 || due[i] < next))
      next = due[i];
  if (next != 0)
    kick_in (lane, next - now);
}

static gboolean
is_sending (DubQueueDriver *self)
{
  GHashTableIter iter;
  gpointer lane;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, &lane))
    if (((DubLane *) lane)->sending)
      return TRUE;
  return FALSE;
}

static void
finish_draining (DubQueueDriver *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->draining);

  g_clear_handle_id (&self->drain_timer, g_source_remove);
  dub_queue_driver_stop (self);
  g_task_return_boolean (task, TRUE);
}

static gboolean
on_patience_over (gpointer user_data)
{
  DubQueueDriver *self = user_data;

  self->drain_timer = 0;
  finish_draining (self);
  return G_SOURCE_REMOVE;
}

static void
check_drained (DubQueueDriver *self)
{
  if (self->draining != NULL && !is_sending (self))
    finish_draining (self);
}

static void
on_lane_act_ended (DubLane *lane,
                   GObject *driver)
{
  check_drained (DUB_QUEUE_DRIVER (driver));
  kick_lane (lane);
}

static const DubLaneEvents lane_events = { on_lane_act_ended, on_lane_reached };

static void
close_lanes_of_removed_accounts (DubQueueDriver *self)
{
  GHashTableIter iter;
  gpointer id;
  gpointer lane;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, &id, &lane))
    if (dub_accounts_get_session (self->tasks->accounts, id) != ((DubLane *) lane)->session)
      g_hash_table_iter_remove (&iter);
}

void
dub_queue_driver_kick (DubQueueDriver *self)
{
  DubQueueTasks *tasks = self->tasks;
  GListModel *accounts = G_LIST_MODEL (tasks->accounts);

  if (tasks->stopped || tasks->draining || !tasks->working || !tasks->loaded)
    return;

  close_lanes_of_removed_accounts (self);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (DubAccount) account = g_list_model_get_item (accounts, i);
      const char *id = dub_account_get_id (account);
      DubLane *lane = g_hash_table_lookup (self->lanes, id);

      if (lane == NULL)
        {
          lane = dub_queue_lane_new (tasks, dub_accounts_get_session (tasks->accounts, id), G_OBJECT (self), &lane_events);
          g_hash_table_insert (self->lanes, g_strdup (id), lane);
        }
      kick_lane (lane);
    }
  update_offline (self);
}

/* What failed because there was no network is tried at once when there is one. */
static void
on_network (DubQueueDriver  *self,
            GParamSpec      *pspec,
            GNetworkMonitor *network)
{
  GHashTableIter iter;
  gpointer value;

  if (g_network_monitor_get_network_available (network))
    {
      g_hash_table_iter_init (&iter, self->lanes);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          DubLane *lane = value;

          if (dub_queue_lane_is_studio (lane))
            continue;
          lane->pause_until = 0;
          lane->failures = 0;
        }
    }
  update_offline (self);
  dub_queue_driver_kick (self);
}

void
dub_queue_driver_set_network (DubQueueDriver  *self,
                              GNetworkMonitor *network)
{
  g_return_if_fail (self->network == NULL);

  self->network = g_object_ref (network);
  g_signal_connect_object (network, "notify::network-available", G_CALLBACK (on_network), self, G_CONNECT_SWAPPED);
}

void
dub_queue_driver_set_turn (DubQueueDriver *self,
                           gint64          turn)
{
  self->tasks->working = turn > 0;
  self->tasks->turn = turn > 0 ? turn : -1;
}

void
dub_queue_driver_drain_async (DubQueueDriver      *self,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (DUB_IS_QUEUE_DRIVER (self) && self->draining == NULL);

  self->tasks->draining = TRUE;
  self->draining = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->draining, dub_queue_driver_drain_async);
  self->drain_timer = g_timeout_add_seconds (DRAIN_WITHIN_S, on_patience_over, self);
  check_drained (self);
}

void
dub_queue_driver_drain_finish (DubQueueDriver *self,
                               GAsyncResult   *result)
{
  g_return_if_fail (g_task_is_valid (result, self));
  g_task_propagate_boolean (G_TASK (result), NULL);
}

void
dub_queue_driver_stop (DubQueueDriver *self)
{
  dub_queue_tasks_stop (self->tasks);
  g_hash_table_remove_all (self->lanes);
}
