/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-tasks.h"

/* The tasks of the store, in memory. All on the main thread. */

#define READ_AGAIN_S 2

enum
{
  PROP_N_UNDER_WAY = 1,
  PROP_PAUSED,
  PROP_HAS_WORK,
  N_PROPS,
};

enum
{
  SIGNAL_TASK_FINISHED,
  SIGNAL_READ,
  SIGNAL_LINE_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DubQueueTasks, dub_queue_tasks, G_TYPE_OBJECT)

static void
dub_queue_tasks_dispose (GObject *object)
{
  dub_queue_tasks_stop (DUB_QUEUE_TASKS (object));
  G_OBJECT_CLASS (dub_queue_tasks_parent_class)->dispose (object);
}

static void
dub_queue_tasks_finalize (GObject *object)
{
  DubQueueTasks *self = DUB_QUEUE_TASKS (object);

  g_clear_pointer (&self->readings, g_hash_table_unref);
  g_clear_pointer (&self->memory, g_hash_table_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->forecasts, g_hash_table_unref);
  g_clear_pointer (&self->index, dub_task_index_free);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_object (&self->list);
  g_clear_object (&self->accounts);
  g_clear_object (&self->store);
  g_clear_object (&self->stop);
  G_OBJECT_CLASS (dub_queue_tasks_parent_class)->finalize (object);
}

static void
dub_queue_tasks_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_N_UNDER_WAY:
      g_value_set_uint (value, DUB_QUEUE_TASKS (object)->n_under_way);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, DUB_QUEUE_TASKS (object)->paused);
      break;
    case PROP_HAS_WORK:
      g_value_set_boolean (value, DUB_QUEUE_TASKS (object)->has_work);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_queue_tasks_class_init (DubQueueTasksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = dub_queue_tasks_dispose;
  object_class->finalize = dub_queue_tasks_finalize;
  object_class->get_property = dub_queue_tasks_get_property;
  properties[PROP_N_UNDER_WAY] = g_param_spec_uint ("n-under-way", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_HAS_WORK] = g_param_spec_boolean ("has-work", NULL, NULL, FALSE, flags);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_TASK_FINISHED] = g_signal_new ("task-finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 1, DUB_TYPE_TASK);
  signals[SIGNAL_READ] = g_signal_new ("read", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
  signals[SIGNAL_LINE_CHANGED] = g_signal_new ("line-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                               NULL, G_TYPE_NONE, 0);
}

static void
dub_queue_tasks_init (DubQueueTasks *self)
{
  self->list = g_list_store_new (DUB_TYPE_TASK);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->index = dub_task_index_new ();
  self->memory = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->forecasts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->stop = g_cancellable_new ();
  self->haste = 1;
  self->turn = -1;
  g_queue_init (&self->reloads);
}

DubQueueTasks *
dub_queue_tasks_new (DubStore    *store,
                     DubAccounts *accounts,
                     guint        haste)
{
  DubQueueTasks *self = g_object_new (DUB_TYPE_QUEUE_TASKS, NULL);

  g_set_object (&self->store, store);
  g_set_object (&self->accounts, accounts);
  self->haste = MAX (haste, 1);
  return self;
}

DubTask *
dub_queue_tasks_find (DubQueueTasks *self,
                      gint64         id)
{
  return g_hash_table_lookup (self->by_id, &id);
}

GPtrArray *
dub_queue_tasks_list (DubQueueTasks *self,
                      const char    *account_id,
                      guint          states)
{
  return dub_task_index_list (self->index, account_id, states);
}

GPtrArray *
dub_queue_tasks_records_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
}

gint64
dub_queue_tasks_now (void)
{
  return g_get_real_time () / 1000;
}

DubTaskMemory *
dub_queue_tasks_remember (DubQueueTasks *self,
                          gint64         id)
{
  DubTaskMemory *memory = g_hash_table_lookup (self->memory, &id);

  if (memory == NULL)
    {
      memory = g_new0 (DubTaskMemory, 1);
      g_hash_table_insert (self->memory, g_memdup2 (&id, sizeof id), memory);
    }
  return memory;
}

static gboolean
is_under_way (DubTaskState state)
{
  return !dub_task_state_is_final (state) && state != DUB_TASK_UNCONFIRMED;
}

static gboolean
is_news (DubTaskState state)
{
  return state == DUB_TASK_SUCCEEDED || state == DUB_TASK_FAILED || state == DUB_TASK_REJECTED ||
         state == DUB_TASK_UNCONFIRMED;
}

static void
count (DubQueueTasks *self,
       DubTask       *task,
       gboolean       under_way)
{
  DubTaskMemory *memory = dub_queue_tasks_remember (self, dub_task_get_id (task));

  if (memory->under_way == under_way)
    return;
  memory->under_way = under_way;
  self->n_under_way += under_way ? 1 : -1;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNDER_WAY]);
}

/* The one place where the index changes. */
static void
update_index (DubQueueTasks *self,
      DubTask       *task,
      gboolean       gone)
{
  gboolean has_work;

  if (gone)
    dub_task_index_remove (self->index, task);
  else
    dub_task_index_put (self->index, task);
  has_work = dub_task_index_count (self->index, NULL, DUB_STATES_OPEN) > 0;
  if (self->has_work == has_work)
    return;
  self->has_work = has_work;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_WORK]);
}

static void
on_task_state (DubQueueTasks *self,
               GParamSpec    *pspec,
               DubTask       *task)
{
  update_index (self, task, FALSE);
  count (self, task, is_under_way (dub_task_get_state (task)));
  if (!is_under_way (dub_task_get_state (task)))
    dub_task_set_expected (task, 0, 0);
  if (is_news (dub_task_get_state (task)))
    g_signal_emit (self, signals[SIGNAL_TASK_FINISHED], 0, task);
}

static void
forget (DubQueueTasks *self,
        guint          position)
{
  g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  gint64 id = dub_task_get_id (task);

  g_signal_handlers_disconnect_by_func (task, on_task_state, self);
  count (self, task, FALSE);
  update_index (self, task, TRUE);
  g_hash_table_remove (self->by_id, &id);
  g_hash_table_remove (self->memory, &id);
  g_list_store_remove (self->list, position);
}

static void
take_in (DubQueueTasks *self,
         DubTask       *task)
{
  gint64 id = dub_task_get_id (task);

  g_hash_table_insert (self->by_id, g_memdup2 (&id, sizeof id), task);
  update_index (self, task, FALSE);
  g_signal_connect_object (task, "notify::state", G_CALLBACK (on_task_state), self, G_CONNECT_SWAPPED);
  count (self, task, is_under_way (dub_task_get_state (task)));
}

void
dub_queue_tasks_update (DubQueueTasks       *self,
                        DubTask             *task,
                        const DubTaskRecord *record)
{
  gboolean moved = dub_task_get_record (task)->place != record->place;

  dub_task_update (task, record);
  if (!moved)
    return;
  update_index (self, task, FALSE);
  g_signal_emit (self, signals[SIGNAL_LINE_CHANGED], 0);
}

void
dub_queue_tasks_set_paused (DubQueueTasks *self,
                            gboolean       paused)
{
  if (self->paused == paused)
    return;
  self->paused = paused;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

/* The tasks are read last, and merged at once: what is committed later is also shown later. */
typedef struct
{
  GPtrArray *videos;
  guint n_answered; /* of those who wait, the first ones: they came before it began */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->videos, g_ptr_array_unref);
  g_free (reading);
}

/* One for all the tasks of a video that are read together. */
static DubTaskSource *
share_source (GHashTable           *shared,
              const DubVideoRecord *video)
{
  DubTaskSource *source = g_hash_table_lookup (shared, &video->id);

  if (source != NULL)
    return source;
  source = dub_task_source_new (video);
  g_hash_table_insert (shared, &source->record->id, source);
  return source;
}

/* Returns whether all are there: a video may have been added between the two readings. */
static gboolean
merge (DubQueueTasks *self,
       GPtrArray     *videos,
       GPtrArray     *records)
{
  g_autoptr (GHashTable) sources = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) shared =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) dub_task_source_unref);
  g_autoptr (GHashTable) stored = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean complete = TRUE;

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < videos->len; i++)
    g_hash_table_insert (sources, &((DubVideoRecord *) videos->pdata[i])->id, videos->pdata[i]);
  for (guint i = 0; i < records->len; i++)
    g_hash_table_add (stored, &((DubTaskRecord *) records->pdata[i])->id);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->list)); i > 0; i--)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (self->list), i - 1);
      gint64 id = dub_task_get_id (task);

      if (!g_hash_table_contains (stored, &id))
        forget (self, i - 1);
    }

  for (guint i = 0; i < records->len; i++)
    {
      DubTaskRecord *record = records->pdata[i];
      DubVideoRecord *source = g_hash_table_lookup (sources, &record->video);
      DubTask *task = dub_queue_tasks_find (self, record->id);

      if (task != NULL)
        dub_queue_tasks_update (self, task, record);
      else if (source != NULL)
        g_ptr_array_add (added, dub_task_new_take (g_steal_pointer (&records->pdata[i]), share_source (shared, source)));
      else
        complete = FALSE;
    }

  for (guint i = 0; i < added->len; i++)
    take_in (self, added->pdata[i]);
  if (added->len > 0)
    g_list_store_splice (self->list, g_list_model_get_n_items (G_LIST_MODEL (self->list)), 0, added->pdata, added->len);
  g_object_thaw_notify (G_OBJECT (self));
  return complete;
}

static void read_store (DubQueueTasks *self);

static gboolean
on_read_again (gpointer user_data)
{
  DubQueueTasks *self = user_data;

  self->again = 0;
  if (!self->reloading)
    read_store (self);
  return G_SOURCE_REMOVE;
}

/* What is stored must be seen, whoever asked for it: the first reading alone is whoever opens it to repeat. */
static void
plan_reading (DubQueueTasks *self)
{
  if (self->loaded && !self->stopped && self->again == 0)
    self->again = g_timeout_add_seconds (READ_AGAIN_S, on_read_again, self);
}

/* Those who came while it was read have to have it read once more. */
static void
finish_reading (DubQueueTasks *self,
                GError        *error,
                guint          n_answered)
{
  g_autoptr (GError) owned = error;
  g_autoptr (GPtrArray) answered = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_answered; i++)
    g_ptr_array_add (answered, g_queue_pop_head (&self->reloads));
  self->reloading = FALSE;
  if (owned != NULL)
    plan_reading (self);
  else
    g_clear_handle_id (&self->again, g_source_remove);
  for (guint i = 0; i < answered->len; i++)
    {
      GTask *task = answered->pdata[i];

      if (owned != NULL)
        g_task_return_error (task, g_error_copy (owned));
      else
        g_task_return_boolean (task, TRUE);
    }
  if (!g_queue_is_empty (&self->reloads) && !self->reloading)
    read_store (self);
}

static void
on_tasks_read (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueueTasks *self = g_task_get_source_object (task);
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GPtrArray) records = NULL;
  GError *error = NULL;

  records = dub_store_list_tasks_finish (DUB_STORE (source), result, &error);
  g_task_return_boolean (task, TRUE);
  if (records != NULL && !merge (self, reading->videos, records))
    {
      read_store (self);
      return;
    }
  self->loaded = self->loaded || records != NULL;
  finish_reading (self, error, reading->n_answered);
  g_signal_emit (self, signals[SIGNAL_READ], 0);
}

static void
on_pause_read (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DubQueueTasks) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = dub_store_get_setting_finish (DUB_STORE (source), result, &error);

  /* What cannot be read now stays as it was; the tasks, which are read next, tell of the trouble. */
  if (error == NULL && !self->stopped)
    dub_queue_tasks_set_paused (self, value != NULL);
}

static void
on_videos_read (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueueTasks *self = g_task_get_source_object (task);
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  reading->videos = dub_store_list_videos_finish (DUB_STORE (source), result, &error);
  if (reading->videos == NULL)
    {
      finish_reading (self, error, reading->n_answered);
      g_task_return_boolean (task, TRUE);
      return;
    }
  dub_store_list_tasks_async (self->store, NULL, on_tasks_read, g_object_ref (task));
}

static void
read_store (DubQueueTasks *self)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);
  Reading *reading = g_new0 (Reading, 1);

  self->reloading = TRUE;
  reading->n_answered = g_queue_get_length (&self->reloads);
  g_task_set_source_tag (task, read_store);
  g_task_set_task_data (task, reading, reading_free);
  dub_store_get_setting_async (self->store, DUB_QUEUE_PAUSED_KEY, NULL, on_pause_read, g_object_ref (self));
  dub_store_list_videos_async (self->store, NULL, on_videos_read, task);
}

void
dub_queue_tasks_reload_async (DubQueueTasks       *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DUB_IS_QUEUE_TASKS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_queue_tasks_reload_async);
  g_queue_push_tail (&self->reloads, task);
  if (!self->reloading)
    read_store (self);
}

gboolean
dub_queue_tasks_reload_finish (DubQueueTasks  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
dub_queue_tasks_stop (DubQueueTasks *self)
{
  g_return_if_fail (DUB_IS_QUEUE_TASKS (self));

  if (self->stopped)
    return;
  self->stopped = TRUE;
  g_clear_handle_id (&self->again, g_source_remove);
  g_clear_handle_id (&self->expecting, g_source_remove);
  g_cancellable_cancel (self->stop);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      g_signal_handlers_disconnect_by_func (task, on_task_state, self);
    }
}
