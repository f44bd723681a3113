/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-summary.h"

#include "dub-latest-dubs.h"

/**
 * DubQueueSummary:
 *
 * What the dubs of a list come to: how many are under way, done, or wait for the person. A list model does not say when
 * the state of an item changes; this does. All is counted in one pass, so that asking for a video costs nothing.
 */
struct _DubQueueSummary
{
  GObject parent_instance;

  /* owned */
  GListModel *tasks;
  GPtrArray *watched;   /* as tasks has them now */
  GHashTable *latest;   /* of watched: see dub_latest_dubs_new() */
  GHashTable *videos;   /* gint64 to DubVideoSummary */
  guint counts[3];
  guint n_failed;
  guint n_waiting;
  DubReadySummary all;
  DubReadySummary sent;
  gboolean stale;       /* the list has changed since it was counted */
  guint idle;
};

enum
{
  PROP_N_ALL = 1,
  PROP_N_NEEDS_YOU,
  PROP_N_UNDER_WAY,
  PROP_N_DONE,
  PROP_N_FAILED,
  PROP_N_WAITING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (DubQueueSummary, dub_queue_summary, G_TYPE_OBJECT)

/* {Counting} */

static gboolean
has_failed (DubTask *task)
{
  DubTaskState state = dub_task_get_state (task);

  return state == DUB_TASK_FAILED || state == DUB_TASK_REJECTED;
}

static DubTaskGroup
group_of (DubQueueSummary *self,
          DubTask         *task)
{
  if (has_failed (task) && dub_latest_dubs_has_later (self->latest, task))
    return DUB_TASK_GROUP_DONE;
  return dub_task_words_get_group (dub_task_get_state (task));
}

static void
add_forecast (DubReadySummary *ready,
              DubTask         *task)
{
  gint64 to = dub_task_get_expected_to (task);

  ready->n_dubs++;
  if (to <= 0)
    {
      ready->n_unknown++;
      return;
    }
  ready->from = MAX (ready->from, dub_task_get_expected_from (task));
  ready->to = MAX (ready->to, to);
}

static DubVideoSummary *
ensure_video (DubQueueSummary *self,
              gint64           video)
{
  DubVideoSummary *summary = g_hash_table_lookup (self->videos, &video);

  if (summary != NULL)
    return summary;

  summary = g_new0 (DubVideoSummary, 1);
  g_hash_table_insert (self->videos, g_memdup2 (&video, sizeof video), summary);
  return summary;
}

static void
add_to_video (DubVideoSummary *summary,
              DubTask         *task,
              DubTaskGroup     group)
{
  gint64 from = dub_task_get_expected_from (task), to = dub_task_get_expected_to (task);

  summary->n_dubs++;
  summary->n_ready += dub_task_get_state (task) == DUB_TASK_SUCCEEDED;
  summary->n_waiting += dub_task_can_cancel (task);
  summary->n_over += dub_task_can_remove (task);
  summary->n_failed += group == DUB_TASK_GROUP_NEEDS_YOU && has_failed (task);
  if (group != DUB_TASK_GROUP_UNDER_WAY)
    return;

  summary->n_under_way++;
  if (to <= 0)
    return;
  summary->expected_from = summary->expected_from == 0 ? from : MIN (summary->expected_from, from);
  summary->expected_to = MAX (summary->expected_to, to);
}

static void
add (DubQueueSummary *self,
     DubTask         *task)
{
  DubTaskGroup group = group_of (self, task);
  gboolean waits = dub_task_get_state (task) == DUB_TASK_WAITING;

  self->counts[group]++;
  self->n_failed += group == DUB_TASK_GROUP_NEEDS_YOU && has_failed (task);
  self->n_waiting += waits;
  add_to_video (ensure_video (self, dub_task_get_video (task)), task, group);
  if (group != DUB_TASK_GROUP_UNDER_WAY)
    return;

  add_forecast (&self->all, task);
  if (!waits)
    add_forecast (&self->sent, task);
}

static void
note_latest (DubQueueSummary *self)
{
  g_hash_table_remove_all (self->latest);
  for (guint i = 0; i < self->watched->len; i++)
    dub_latest_dubs_note (self->latest, self->watched->pdata[i]);
  self->stale = FALSE;
}

static void
count (DubQueueSummary *self)
{
  if (self->stale)
    note_latest (self);
  memset (self->counts, 0, sizeof self->counts);
  self->n_failed = 0;
  self->n_waiting = 0;
  self->all = (DubReadySummary) { 0 };
  self->sent = (DubReadySummary) { 0 };
  g_hash_table_remove_all (self->videos);
  for (guint i = 0; i < self->watched->len; i++)
    add (self, self->watched->pdata[i]);
}

/* Whoever asks before the turn of the main loop is over is told of the list as it is. */
static void
ensure_counted (DubQueueSummary *self)
{
  if (self->stale)
    count (self);
}

static void
tell (DubQueueSummary *self)
{
  GObject *object = G_OBJECT (self);

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
  tell (self);
  return G_SOURCE_REMOVE;
}

/* One step of the queue changes the forecast of all that wait, and many may come or go one by one: they are counted once. */
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
  /* Those that went may be in it. */
  g_hash_table_remove_all (self->latest);
  self->stale = TRUE;
  count_soon (self);
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
  ensure_counted (self);
  g_clear_handle_id (&self->idle, g_source_remove);
  return self;
}

/* {What it comes to} */

/**
 * dub_queue_summary_get_tasks:
 *
 * Returns: (transfer none): the list of [class@DubTask] that is summed up
 */
GListModel *
dub_queue_summary_get_tasks (DubQueueSummary *self)
{
  return self->tasks;
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
  ensure_counted (self);
  return self->counts[group];
}

/**
 * dub_queue_summary_get_waiting:
 *
 * Returns: how many dubs wait to be sent
 */
guint
dub_queue_summary_get_waiting (DubQueueSummary *self)
{
  ensure_counted (self);
  return self->n_waiting;
}

/**
 * dub_queue_summary_get_failed:
 *
 * Returns: how many dubs failed or were refused, and were not asked for again
 */
guint
dub_queue_summary_get_failed (DubQueueSummary *self)
{
  ensure_counted (self);
  return self->n_failed;
}

/**
 * dub_queue_summary_has_later:
 *
 * Returns: whether the same video was asked for in the same language once more
 */
gboolean
dub_queue_summary_has_later (DubQueueSummary *self,
                             DubTask         *task)
{
  ensure_counted (self);
  return dub_latest_dubs_has_later (self->latest, task);
}

/**
 * dub_queue_summary_group_of:
 *
 * Returns: under which filter of the queue @task is found
 */
DubTaskGroup
dub_queue_summary_group_of (DubQueueSummary *self,
                            DubTask         *task)
{
  if (has_failed (task))
    ensure_counted (self);
  return group_of (self, task);
}

/**
 * dub_queue_summary_is_failed:
 *
 * Returns: whether @task failed or was refused, and was not asked for again
 */
gboolean
dub_queue_summary_is_failed (DubQueueSummary *self,
                             DubTask         *task)
{
  return has_failed (task) && dub_queue_summary_group_of (self, task) == DUB_TASK_GROUP_NEEDS_YOU;
}

/**
 * dub_queue_summary_when_ready:
 * @sent_only: without those that wait to be sent
 *
 * Returns: when all that is under way is ready: the last one's forecast
 */
DubReadySummary
dub_queue_summary_when_ready (DubQueueSummary *self,
                              gboolean         sent_only)
{
  ensure_counted (self);
  return sent_only ? self->sent : self->all;
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
  const DubVideoSummary *summary;

  ensure_counted (self);
  summary = g_hash_table_lookup (self->videos, &video);
  return summary != NULL ? *summary : (DubVideoSummary) { 0 };
}

/* {Object} */

static void
dub_queue_summary_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DubQueueSummary *self = DUB_QUEUE_SUMMARY (object);

  ensure_counted (self);
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
    case PROP_N_FAILED:
      g_value_set_uint (value, self->n_failed);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, self->n_waiting);
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
  g_clear_pointer (&self->latest, g_hash_table_unref);
  g_clear_pointer (&self->videos, g_hash_table_unref);
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
  properties[PROP_N_FAILED] = g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  changed_signal = g_signal_new ("changed", DUB_TYPE_QUEUE_SUMMARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dub_queue_summary_init (DubQueueSummary *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->latest = dub_latest_dubs_new ();
  self->videos = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}
