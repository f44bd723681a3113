/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-private.h"

#include <glib/gi18n-lib.h>

#define DRAIN_WITHIN_S 5

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
  N_PROPS,
};

enum
{
  SIGNAL_TASK_FINISHED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubQueue, dub_queue, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return DUB_TYPE_TASK;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (DUB_QUEUE (model)->tasks));
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (DUB_QUEUE (model)->tasks), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

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

  g_clear_pointer (&self->lanes, g_hash_table_unref);
  g_clear_pointer (&self->memory, g_hash_table_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_object (&self->tasks);
  g_clear_object (&self->accounts);
  g_clear_object (&self->store);
  g_clear_object (&self->stop);
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
      g_value_set_uint (value, self->n_under_way);
      break;
    case PROP_OFFLINE:
      g_value_set_boolean (value, self->offline);
      break;
    case PROP_WORKING:
      g_value_set_boolean (value, self->working);
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
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_TASK_FINISHED] = g_signal_new ("task-finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 1, DUB_TYPE_TASK);
}

static void
dub_queue_init (DubQueue *self)
{
  self->tasks = g_list_store_new (DUB_TYPE_TASK);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->memory = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dub_queue_lane_close);
  self->stop = g_cancellable_new ();
  self->haste = 1;
  g_queue_init (&self->reloads);
  g_signal_connect_object (self->tasks, "items-changed", G_CALLBACK (g_list_model_items_changed), self, G_CONNECT_SWAPPED);
}

static void
on_session_resumed (DubQueue *self)
{
  dub_queue_kick (self);
}

DubQueue *
dub_queue_new (DubStore    *store,
               DubAccounts *accounts,
               guint        haste)
{
  DubQueue *self = g_object_new (DUB_TYPE_QUEUE, NULL);

  g_set_object (&self->store, store);
  g_set_object (&self->accounts, accounts);
  self->haste = MAX (haste, 1);
  g_signal_connect_object (accounts, "session-resumed", G_CALLBACK (on_session_resumed), self, G_CONNECT_SWAPPED);
  return self;
}

gint64
dub_queue_now (void)
{
  return g_get_real_time () / 1000;
}

DubTaskMemory *
dub_queue_remember (DubQueue *self,
                    gint64    id)
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
on_task_state (DubTask    *task,
               GParamSpec *pspec,
               DubQueue   *self)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tasks)); i++)
    {
      g_autoptr (DubTask) other = g_list_model_get_item (G_LIST_MODEL (self->tasks), i);

      n += is_under_way (dub_task_get_state (other)) ? 1 : 0;
    }
  if (n != self->n_under_way)
    {
      self->n_under_way = n;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNDER_WAY]);
    }
  if (task != NULL && is_news (dub_task_get_state (task)))
    g_signal_emit (self, signals[SIGNAL_TASK_FINISHED], 0, task);
}

static void
forget (DubQueue *self,
        guint     position)
{
  g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (self->tasks), position);
  gint64 id = dub_task_get_id (task);

  g_signal_handlers_disconnect_by_func (task, on_task_state, self);
  g_hash_table_remove (self->by_id, &id);
  g_hash_table_remove (self->memory, &id);
  g_list_store_remove (self->tasks, position);
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

/* Returns whether all are there: a video may have been added between the two readings. */
static gboolean
merge (DubQueue  *self,
       GPtrArray *videos,
       GPtrArray *records)
{
  g_autoptr (GHashTable) sources = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) stored = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean complete = TRUE;

  for (guint i = 0; i < videos->len; i++)
    g_hash_table_insert (sources, &((DubVideoRecord *) videos->pdata[i])->id, videos->pdata[i]);
  for (guint i = 0; i < records->len; i++)
    g_hash_table_add (stored, &((DubTaskRecord *) records->pdata[i])->id);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->tasks)); i > 0; i--)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (self->tasks), i - 1);
      gint64 id = dub_task_get_id (task);

      if (!g_hash_table_contains (stored, &id))
        forget (self, i - 1);
    }

  for (guint i = 0; i < records->len; i++)
    {
      DubTaskRecord *record = records->pdata[i];
      DubVideoRecord *source = g_hash_table_lookup (sources, &record->video);
      DubTask *task = dub_queue_find (self, record->id);

      if (task != NULL)
        dub_task_update (task, record);
      else if (source != NULL)
        g_ptr_array_add (added, dub_task_new (record, source));
      else
        complete = FALSE;
    }

  for (guint i = 0; i < added->len; i++)
    {
      const DubTaskRecord *record = dub_task_get_record (added->pdata[i]);

      g_hash_table_insert (self->by_id, g_memdup2 (&record->id, sizeof record->id), added->pdata[i]);
      g_signal_connect (added->pdata[i], "notify::state", G_CALLBACK (on_task_state), self);
    }
  g_list_store_splice (self->tasks, g_list_model_get_n_items (G_LIST_MODEL (self->tasks)), 0, added->pdata, added->len);
  on_task_state (NULL, NULL, self);
  return complete;
}

static void read_store (DubQueue *self);

/* Those who came while it was read have to have it read once more. */
static void
finish_reading (DubQueue *self,
                GError   *error,
                guint     n_answered)
{
  g_autoptr (GError) owned = error;
  g_autoptr (GPtrArray) answered = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_answered; i++)
    g_ptr_array_add (answered, g_queue_pop_head (&self->reloads));
  self->reloading = FALSE;
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
  DubQueue *self = g_task_get_source_object (task);
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
  dub_queue_update_expected (self);
  dub_queue_kick (self);
}

static void
on_videos_read (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueue *self = g_task_get_source_object (task);
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
read_store (DubQueue *self)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);
  Reading *reading = g_new0 (Reading, 1);

  self->reloading = TRUE;
  reading->n_answered = g_queue_get_length (&self->reloads);
  g_task_set_source_tag (task, read_store);
  g_task_set_task_data (task, reading, reading_free);
  dub_store_list_videos_async (self->store, NULL, on_videos_read, task);
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
  g_queue_push_tail (&self->reloads, task);
  if (!self->reloading)
    read_store (self);
}

gboolean
dub_queue_reload_finish (DubQueue      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_left_behind_settled (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  DubQueue *self = DUB_QUEUE (source);

  dub_queue_commit_finish (self, result, NULL);
  dub_queue_kick (self);
}

/* A process ended between "submitting" and the answer: whether the service has it is not known. */
static void
settle_left_behind (DubQueue *self)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tasks)); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (self->tasks), i);
      DubTaskRecord *record;

      if (dub_task_get_state (task) != DUB_TASK_SUBMITTING)
        continue;
      record = dub_queue_next (task, DUB_TASK_UNCONFIRMED);
      g_set_str (&record->message, _("Dubroom ended while this dub was being sent. It is looked for in your library."));
      g_ptr_array_add (records, record);
    }
  if (records->len > 0)
    dub_queue_commit_async (self, records, TRUE, on_left_behind_settled, NULL);
}

void
dub_queue_set_working (DubQueue *self,
                       gboolean  working)
{
  g_return_if_fail (DUB_IS_QUEUE (self));

  if (self->working == working)
    return;
  self->working = working;
  if (working)
    settle_left_behind (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORKING]);
  dub_queue_kick (self);
}

static gboolean
is_sending (DubQueue *self)
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
finish_draining (DubQueue *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->draining);

  g_clear_handle_id (&self->drain_timer, g_source_remove);
  dub_queue_stop (self);
  g_task_return_boolean (task, TRUE);
}

static gboolean
on_patience_over (gpointer user_data)
{
  DubQueue *self = user_data;

  self->drain_timer = 0;
  finish_draining (self);
  return G_SOURCE_REMOVE;
}

void
dub_queue_drained (DubQueue *self)
{
  if (self->draining != NULL && !is_sending (self))
    finish_draining (self);
}

void
dub_queue_drain_async (DubQueue            *self,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (DUB_IS_QUEUE (self) && self->draining == NULL);

  self->draining = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->draining, dub_queue_drain_async);
  self->drain_timer = g_timeout_add_seconds (DRAIN_WITHIN_S, on_patience_over, self);
  dub_queue_drained (self);
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

  if (self->stopped)
    return;
  self->stopped = TRUE;
  g_cancellable_cancel (self->stop);
  g_hash_table_remove_all (self->lanes);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tasks)); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (self->tasks), i);

      g_signal_handlers_disconnect_by_func (task, on_task_state, self);
    }
}

void
dub_queue_set_offline (DubQueue *self,
                       gboolean  offline)
{
  if (self->offline == offline)
    return;
  self->offline = offline;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE]);
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
  return self->n_under_way;
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
  return self->offline;
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
  return self->working;
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
  return g_hash_table_lookup (self->by_id, &id);
}
