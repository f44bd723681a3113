/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-summary.h"

/**
 * DubQueueSummary:
 *
 * What the dubs of a list come to: how many are under way, done, or wait for the person. A list model does not say when
 * the state of an item changes; this does.
 */
struct _DubQueueSummary
{
  GObject parent_instance;

  /* owned */
  GListModel *tasks;
  GPtrArray *watched;   /* as tasks has them now */
  guint counts[3];
  guint idle;
};

enum
{
  PROP_N_ALL = 1,
  PROP_N_NEEDS_YOU,
  PROP_N_UNDER_WAY,
  PROP_N_DONE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (DubQueueSummary, dub_queue_summary, G_TYPE_OBJECT)

static void
count (DubQueueSummary *self)
{
  GObject *object = G_OBJECT (self);

  memset (self->counts, 0, sizeof self->counts);
  for (guint i = 0; i < self->watched->len; i++)
    self->counts[dub_task_words_get_group (dub_task_get_state (self->watched->pdata[i]))]++;

  g_object_freeze_notify (object);
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (object, properties[i]);
  g_object_thaw_notify (object);
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
on_idle (gpointer user_data)
{
  DubQueueSummary *self = user_data;

  self->idle = 0;
  count (self);
  return G_SOURCE_REMOVE;
}

/* One step of the queue changes the forecast of all that wait; they are counted once for all of them. */
static void
count_soon (DubQueueSummary *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
}

static void
unwatch (gpointer task,
         gpointer self)
{
  g_signal_handlers_disconnect_by_data (task, self);
}

static void
on_items_changed (GListModel      *tasks,
                  guint            position,
                  guint            removed,
                  guint            added,
                  DubQueueSummary *self)
{
  for (guint i = position; i < position + removed; i++)
    unwatch (self->watched->pdata[i], self);
  if (removed > 0)
    g_ptr_array_remove_range (self->watched, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      DubTask *task = g_list_model_get_item (tasks, i);
      g_signal_connect_swapped (task, "notify::state", G_CALLBACK (count_soon), self);
      g_signal_connect_swapped (task, "notify::expected-to", G_CALLBACK (count_soon), self);
      g_ptr_array_insert (self->watched, i, task);
    }
  count (self);
}

/**
 * dub_queue_summary_new:
 * @tasks: a list of [class@DubTask]
 *
 * Returns: (transfer full): what they come to
 */
DubQueueSummary *
dub_queue_summary_new (GListModel *tasks)
{
  DubQueueSummary *self = g_object_new (DUB_TYPE_QUEUE_SUMMARY, NULL);

  self->tasks = g_object_ref (tasks);
  g_signal_connect_object (tasks, "items-changed", G_CALLBACK (on_items_changed), self, 0);
  on_items_changed (tasks, 0, 0, g_list_model_get_n_items (tasks), self);
  return self;
}

/**
 * dub_queue_summary_get_all:
 *
 * Returns: how many dubs there are
 */
guint
dub_queue_summary_get_all (DubQueueSummary *self)
{
  return self->watched->len;
}

/**
 * dub_queue_summary_get_group:
 *
 * Returns: how many dubs are in @group
 */
guint
dub_queue_summary_get_group (DubQueueSummary *self,
                             DubTaskGroup     group)
{
  return self->counts[group];
}

static void
add_to_summary (DubVideoSummary *summary,
                DubTask         *task)
{
  DubTaskState state = dub_task_get_state (task);
  gint64 from = dub_task_get_expected_from (task), to = dub_task_get_expected_to (task);

  summary->n_dubs++;
  summary->n_ready += state == DUB_TASK_SUCCEEDED;
  summary->n_waiting += dub_task_can_cancel (task);
  summary->n_over += dub_task_can_remove (task);
  if (dub_task_words_get_group (state) != DUB_TASK_GROUP_UNDER_WAY)
    return;

  summary->n_under_way++;
  if (to <= 0)
    return;
  summary->expected_from = summary->expected_from == 0 ? from : MIN (summary->expected_from, from);
  summary->expected_to = MAX (summary->expected_to, to);
}

/**
 * dub_queue_summary_of_video:
 * @video: what [method@DubTask.get_video] says
 *
 * Returns: what the dubs of one video come to; times are Unix seconds, 0 where unknown
 */
DubVideoSummary
dub_queue_summary_of_video (DubQueueSummary *self,
                            gint64           video)
{
  DubVideoSummary summary = { 0 };

  for (guint i = 0; i < self->watched->len; i++)
    if (dub_task_get_video (self->watched->pdata[i]) == video)
      add_to_summary (&summary, self->watched->pdata[i]);
  return summary;
}

static void
dub_queue_summary_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DubQueueSummary *self = DUB_QUEUE_SUMMARY (object);

  switch (id)
    {
    case PROP_N_ALL:
      g_value_set_uint (value, self->watched->len);
      break;
    case PROP_N_NEEDS_YOU:
      g_value_set_uint (value, self->counts[DUB_TASK_GROUP_NEEDS_YOU]);
      break;
    case PROP_N_UNDER_WAY:
      g_value_set_uint (value, self->counts[DUB_TASK_GROUP_UNDER_WAY]);
      break;
    case PROP_N_DONE:
      g_value_set_uint (value, self->counts[DUB_TASK_GROUP_DONE]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_queue_summary_dispose (GObject *object)
{
  DubQueueSummary *self = DUB_QUEUE_SUMMARY (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->watched != NULL)
    g_ptr_array_foreach (self->watched, unwatch, self);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_object (&self->tasks);
  G_OBJECT_CLASS (dub_queue_summary_parent_class)->dispose (object);
}

static void
dub_queue_summary_class_init (DubQueueSummaryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = dub_queue_summary_dispose;
  object_class->get_property = dub_queue_summary_get_property;

  properties[PROP_N_ALL] = g_param_spec_uint ("n-all", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_NEEDS_YOU] = g_param_spec_uint ("n-needs-you", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_UNDER_WAY] = g_param_spec_uint ("n-under-way", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_DONE] = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  changed_signal = g_signal_new ("changed", DUB_TYPE_QUEUE_SUMMARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dub_queue_summary_init (DubQueueSummary *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
}
