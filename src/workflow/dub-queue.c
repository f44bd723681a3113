/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-private.h"

#include "dub-list-model.h"
#include "dub-queue-expect.h"
#include "dub-queue-settle.h"

/**
 * DubQueue:
 *
 * All tasks of the store, and the work on them: a state machine whose states are stored before each act. One process of
 * those that share a store works; the others follow what is stored. All on the main thread.
 */

enum
{
  PROP_N_UNDER_WAY = 1,
  PROP_OFFLINE,
  PROP_WORKING,
  PROP_PAUSED,
  PROP_HAS_WORK,
  N_PROPS,
};

enum
{
  SIGNAL_TASK_FINISHED,
  SIGNAL_LINE_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

DUB_DEFINE_LIST_MODEL (DUB_QUEUE, DUB_TYPE_TASK, tasks->list)

G_DEFINE_FINAL_TYPE_WITH_CODE (DubQueue, dub_queue, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
dub_queue_dispose (GObject *object)
{
  dub_queue_stop (DUB_QUEUE (object));
  G_OBJECT_CLASS (dub_queue_parent_class)->dispose (object);
}

static void
dub_queue_finalize (GObject *object)
{
  DubQueue *self = DUB_QUEUE (object);

  g_clear_object (&self->driver);
  g_clear_object (&self->tasks);
  G_OBJECT_CLASS (dub_queue_parent_class)->finalize (object);
}

static void
dub_queue_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  DubQueue *self = DUB_QUEUE (object);

  switch (id)
    {
    case PROP_N_UNDER_WAY:
      g_value_set_uint (value, dub_queue_get_n_under_way (self));
      break;
    case PROP_OFFLINE:
      g_value_set_boolean (value, dub_queue_get_offline (self));
      break;
    case PROP_WORKING:
      g_value_set_boolean (value, dub_queue_get_working (self));
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, dub_queue_get_paused (DUB_QUEUE (object)));
      break;
    case PROP_HAS_WORK:
      g_value_set_boolean (value, dub_queue_has_work (DUB_QUEUE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_queue_class_init (DubQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = dub_queue_dispose;
  object_class->finalize = dub_queue_finalize;
  object_class->get_property = dub_queue_get_property;
  properties[PROP_N_UNDER_WAY] = g_param_spec_uint ("n-under-way", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_OFFLINE] = g_param_spec_boolean ("offline", NULL, NULL, FALSE, flags);
  properties[PROP_WORKING] = g_param_spec_boolean ("working", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_WORK] = g_param_spec_boolean ("has-work", NULL, NULL, FALSE, flags);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_TASK_FINISHED] = g_signal_new ("task-finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 1, DUB_TYPE_TASK);
  signals[SIGNAL_LINE_CHANGED] = g_signal_new ("line-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                               NULL, G_TYPE_NONE, 0);
}

static void
dub_queue_init (DubQueue *self)
{
}

static void
on_n_under_way (DubQueue *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNDER_WAY]);
}

/* Waiting dubs go on when they may, and not later than that. */
static void
on_paused (DubQueue *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
  dub_queue_update_expected (self->tasks);
  dub_queue_driver_kick (self->driver);
}

static void
on_has_work (DubQueue *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_WORK]);
}

static void
on_line_changed (DubQueue *self)
{
  g_signal_emit (self, signals[SIGNAL_LINE_CHANGED], 0);
}

static void
on_offline (DubQueue *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE]);
}

static void
on_task_finished (DubQueue *self,
                  DubTask  *task)
{
  g_signal_emit (self, signals[SIGNAL_TASK_FINISHED], 0, task);
}

static void
on_read (DubQueue *self)
{
  dub_queue_update_expected (self->tasks);
  dub_queue_driver_kick (self->driver);
}

DubQueue *
dub_queue_new (DubStore    *store,
               DubAccounts *accounts,
               guint        haste)
{
  DubQueue *self = g_object_new (DUB_TYPE_QUEUE, NULL);

  self->tasks = dub_queue_tasks_new (store, accounts, haste);
  self->driver = dub_queue_driver_new (self->tasks);
  g_signal_connect_object (self->tasks->list, "items-changed", G_CALLBACK (g_list_model_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tasks, "notify::n-under-way", G_CALLBACK (on_n_under_way), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tasks, "notify::paused", G_CALLBACK (on_paused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tasks, "notify::has-work", G_CALLBACK (on_has_work), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tasks, "line-changed", G_CALLBACK (on_line_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tasks, "task-finished", G_CALLBACK (on_task_finished), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tasks, "read", G_CALLBACK (on_read), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->driver, "notify::offline", G_CALLBACK (on_offline), self, G_CONNECT_SWAPPED);
  return self;
}

void
dub_queue_set_network (DubQueue        *self,
                       GNetworkMonitor *network)
{
  g_return_if_fail (DUB_IS_QUEUE (self) && G_IS_NETWORK_MONITOR (network));

  dub_queue_driver_set_network (self->driver, network);
}

static void
on_reloaded (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dub_queue_tasks_reload_finish (DUB_QUEUE_TASKS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dub_queue_reload_async (DubQueue            *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DUB_IS_QUEUE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_queue_reload_async);
  dub_queue_tasks_reload_async (self->tasks, cancellable, on_reloaded, task);
}

gboolean
dub_queue_reload_finish (DubQueue      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
dub_queue_set_turn (DubQueue *self,
                    gint64    turn)
{
  g_return_if_fail (DUB_IS_QUEUE (self));

  if (self->tasks->working == (turn > 0) && (turn <= 0 || self->tasks->turn == turn))
    return;
  dub_queue_driver_set_turn (self->driver, turn);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORKING]);
  dub_queue_driver_kick (self->driver);
}

gboolean
dub_queue_has_work (DubQueue *self)
{
  g_return_val_if_fail (DUB_IS_QUEUE (self), FALSE);
  return self->tasks->has_work;
}

static void
on_drained (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  dub_queue_driver_drain_finish (DUB_QUEUE_DRIVER (source), result);
  g_task_return_boolean (task, TRUE);
}

void
dub_queue_drain_async (DubQueue            *self,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DUB_IS_QUEUE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dub_queue_drain_async);
  dub_queue_driver_drain_async (self->driver, on_drained, task);
}

void
dub_queue_drain_finish (DubQueue     *self,
                        GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));
  g_task_propagate_boolean (G_TASK (result), NULL);
}

void
dub_queue_stop (DubQueue *self)
{
  g_return_if_fail (DUB_IS_QUEUE (self));

  if (self->driver != NULL)
    dub_queue_driver_stop (self->driver);
}

void
dub_queue_offer_videos (DubQueue   *self,
                        const char *account_id,
                        GPtrArray  *videos)
{
  dub_queue_settle_found (self->tasks, account_id, videos);
  dub_queue_driver_kick (self->driver);
}

void
dub_queue_forecast (DubQueue     *self,
                    const char   *account_id,
                    const gint64 *durations,
                    guint         n_durations,
                    gboolean      lipsync,
                    gint64       *from,
                    gint64       *to)
{
  dub_queue_expect_further (self->tasks, account_id, durations, n_durations, lipsync, from, to);
}

/**
 * dub_queue_get_n_under_way:
 *
 * Returns: how many dubs wait or are being made; those whose fate is unknown are not among them
 */
guint
dub_queue_get_n_under_way (DubQueue *self)
{
  g_return_val_if_fail (DUB_IS_QUEUE (self), 0);
  return self->tasks->n_under_way;
}

/**
 * dub_queue_get_offline:
 *
 * Returns: whether the service cannot be reached at the moment
 */
gboolean
dub_queue_get_offline (DubQueue *self)
{
  g_return_val_if_fail (DUB_IS_QUEUE (self), FALSE);
  return dub_queue_driver_get_offline (self->driver);
}

/**
 * dub_queue_get_working:
 *
 * Returns: whether this process works the queue; another one on the same store may
 */
gboolean
dub_queue_get_working (DubQueue *self)
{
  g_return_val_if_fail (DUB_IS_QUEUE (self), FALSE);
  return self->tasks->working;
}

/**
 * dub_queue_find:
 * @id: a task's id
 *
 * Returns: (transfer none) (nullable): the task
 */
DubTask *
dub_queue_find (DubQueue *self,
                gint64    id)
{
  g_return_val_if_fail (DUB_IS_QUEUE (self), NULL);
  return dub_queue_tasks_find (self->tasks, id);
}
