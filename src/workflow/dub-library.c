/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-library-private.h"

#include <glib/gi18n-lib.h>

#include "dub-list-model.h"

/**
 * DubLibrary:
 *
 * The dubs of the current account, those made elsewhere too, newest first. All on the main thread.
 */

/* Of dubs that become ready one after the other, the list is read for several. */
#define PAUSE_US (10 * G_USEC_PER_SEC)

enum
{
  PROP_LOADING = 1,
  PROP_LOADED,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void read_account (DubLibrary *self);

DUB_DEFINE_LIST_MODEL (DUB_LIBRARY, DUB_TYPE_LIBRARY_ITEM, items)

G_DEFINE_FINAL_TYPE_WITH_CODE (DubLibrary, dub_library, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
dub_library_dispose (GObject *object)
{
  dub_library_stop (DUB_LIBRARY (object));
  G_OBJECT_CLASS (dub_library_parent_class)->dispose (object);
}

static void
dub_library_finalize (GObject *object)
{
  DubLibrary *self = DUB_LIBRARY (object);

  g_clear_object (&self->accounts);
  g_clear_object (&self->queue);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->items);
  g_clear_object (&self->stop);
  g_free (self->reading_id);
  g_free (self->error);
  G_OBJECT_CLASS (dub_library_parent_class)->finalize (object);
}

static void
dub_library_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  DubLibrary *self = DUB_LIBRARY (object);

  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_library_class_init (DubLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = dub_library_dispose;
  object_class->finalize = dub_library_finalize;
  object_class->get_property = dub_library_get_property;
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dub_library_init (DubLibrary *self)
{
  self->items = g_list_store_new (DUB_TYPE_LIBRARY_ITEM);
  self->stop = g_cancellable_new ();
  g_queue_init (&self->waiters);
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (g_list_model_items_changed), self, G_CONNECT_SWAPPED);
}

DubLibrary *
dub_library_new (DubStore    *store,
                 DubAccounts *accounts,
                 DubQueue    *queue)
{
  DubLibrary *self = g_object_new (DUB_TYPE_LIBRARY, NULL);

  g_set_object (&self->accounts, accounts);
  g_set_object (&self->queue, queue);
  self->catalogue = dub_catalogue_new (store, accounts, queue);
  return self;
}

static void
set_loading (DubLibrary *self,
             gboolean    loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
set_loaded (DubLibrary *self,
            gboolean    loaded)
{
  if (self->loaded == loaded)
    return;
  self->loaded = loaded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

static void
set_error (DubLibrary *self,
           const char *error)
{
  if (g_set_str (&self->error, error))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static const char *
current_id (DubLibrary *self)
{
  DubAccount *account = dub_accounts_get_current (self->accounts);

  return account != NULL ? dub_account_get_id (account) : NULL;
}

static gboolean
scripts_equal (DubScript *a,
               DubScript *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return dub_script_equal (a, b);
}

static gboolean
items_equal (DubLibraryItem *a,
             DubLibraryItem *b)
{
  return g_strcmp0 (dub_library_item_get_video_id (a), dub_library_item_get_video_id (b)) == 0 &&
         g_strcmp0 (dub_library_item_get_name (a), dub_library_item_get_name (b)) == 0 &&
         g_strcmp0 (dub_library_item_get_title (a), dub_library_item_get_title (b)) == 0 &&
         g_strcmp0 (dub_library_item_get_preview_uri (a), dub_library_item_get_preview_uri (b)) == 0 &&
         g_strcmp0 (dub_library_item_get_original_uri (a), dub_library_item_get_original_uri (b)) == 0 &&
         dub_library_item_get_created (a) == dub_library_item_get_created (b) &&
         scripts_equal (dub_library_item_get_original_script (a), dub_library_item_get_original_script (b)) &&
         scripts_equal (dub_library_item_get_translated_script (a), dub_library_item_get_translated_script (b));
}

/* What stays the same at both ends is left alone, so that a list on the screen keeps its place. */
static void
show (DubLibrary *self,
      GPtrArray  *items)
{
  GListModel *old = G_LIST_MODEL (self->items);
  guint n_old = g_list_model_get_n_items (old);
  guint n_same = MIN (n_old, items->len);
  guint head = 0;
  guint tail = 0;

  while (head < n_same)
    {
      g_autoptr (DubLibraryItem) item = g_list_model_get_item (old, head);

      if (!items_equal (item, items->pdata[head]))
        break;
      head++;
    }
  while (tail < n_same - head)
    {
      g_autoptr (DubLibraryItem) item = g_list_model_get_item (old, n_old - 1 - tail);

      if (!items_equal (item, items->pdata[items->len - 1 - tail]))
        break;
      tail++;
    }
  if (n_old - head - tail > 0 || items->len - head - tail > 0)
    g_list_store_splice (self->items, head, n_old - head - tail, items->pdata + head, items->len - head - tail);
}

static void
answer_waiters (DubLibrary   *self,
                const GError *error)
{
  g_autoptr (GPtrArray) waiters = g_ptr_array_new_with_free_func (g_object_unref);

  /* Whoever is answered may ask anew at once: that is for the next reading. */
  while (!g_queue_is_empty (&self->waiters))
    g_ptr_array_add (waiters, g_queue_pop_head (&self->waiters));
  for (guint i = 0; i < waiters->len; i++)
    {
      GTask *waiter = waiters->pdata[i];

      if (error != NULL)
        g_task_return_error (waiter, g_error_copy (error));
      else
        g_task_return_boolean (waiter, TRUE);
    }
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DubLibrary) self = user_data;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  items = dub_catalogue_read_finish (DUB_CATALOGUE (source), result, &error);
  if (g_cancellable_is_cancelled (self->stop))
    {
      answer_waiters (self, error);
      return;
    }
  if (self->again || g_strcmp0 (self->reading_id, current_id (self)) != 0)
    {
      read_account (self);
      return;
    }
  if (items != NULL)
    {
      show (self, items);
      set_loaded (self, TRUE);
    }
  set_error (self, error != NULL ? error->message : NULL);
  set_loading (self, FALSE);
  answer_waiters (self, error);
}

static void
read_account (DubLibrary *self)
{
  self->again = FALSE;
  self->read_at = g_get_monotonic_time ();
  g_clear_handle_id (&self->later, g_source_remove);
  set_loading (self, TRUE);
  g_set_str (&self->reading_id, current_id (self));
  dub_catalogue_read_async (self->catalogue, self->reading_id, self->stop, on_read, g_object_ref (self));
}

static void
refresh (DubLibrary *self)
{
  if (current_id (self) == NULL || g_cancellable_is_cancelled (self->stop))
    return;
  if (self->loading)
    self->again = TRUE;
  else
    read_account (self);
}

static void
on_current_changed (DubLibrary *self)
{
  g_list_store_remove_all (self->items);
  set_loaded (self, FALSE);
  set_error (self, NULL);
  refresh (self);
}

static gboolean
on_later (gpointer user_data)
{
  DubLibrary *self = user_data;

  self->later = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* The queue reads the same list, and needs the slots; the studio has no limit. */
static void
refresh_soon (DubLibrary *self)
{
  DubAccount *account = dub_accounts_get_current (self->accounts);
  gint64 rest = self->read_at + PAUSE_US - g_get_monotonic_time ();

  if (account == NULL || dub_account_is_studio (account) || self->read_at == 0 || rest <= 0)
    refresh (self);
  else if (self->later == 0)
    self->later = g_timeout_add ((guint) (rest / 1000) + 1, on_later, self);
}

static void
on_task_finished (DubQueue   *queue,
                  DubTask    *task,
                  DubLibrary *self)
{
  if (dub_task_get_state (task) == DUB_TASK_SUCCEEDED && g_strcmp0 (dub_task_get_account_id (task), current_id (self)) == 0)
    refresh_soon (self);
}

/* Another source of what is shown already; what nobody has looked at yet is not read. */
static void
on_working_changed (DubLibrary *self)
{
  if (self->loaded || self->loading || self->error != NULL)
    refresh (self);
}

/* Why the last reading failed may be over. */
static void
on_session_resumed (DubLibrary *self,
                    DubSession *session)
{
  if (self->error != NULL && dub_session_get_account (session) == dub_accounts_get_current (self->accounts))
    refresh (self);
}

void
dub_library_start (DubLibrary *self)
{
  g_return_if_fail (DUB_IS_LIBRARY (self));

  if (self->started)
    return;
  self->started = TRUE;
  g_signal_connect_object (self->accounts, "notify::current", G_CALLBACK (on_current_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->accounts, "session-resumed", G_CALLBACK (on_session_resumed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "task-finished", G_CALLBACK (on_task_finished), self, 0);
  g_signal_connect_object (self->queue, "notify::working", G_CALLBACK (on_working_changed), self, G_CONNECT_SWAPPED);
}

void
dub_library_stop (DubLibrary *self)
{
  g_return_if_fail (DUB_IS_LIBRARY (self));
  g_clear_handle_id (&self->later, g_source_remove);
  g_cancellable_cancel (self->stop);
}

/**
 * dub_library_get_loading:
 *
 * Returns: whether it is being read
 */
gboolean
dub_library_get_loading (DubLibrary *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY (self), FALSE);
  return self->loading;
}

/**
 * dub_library_get_loaded:
 *
 * Returns: whether the current account was read at least once
 */
gboolean
dub_library_get_loaded (DubLibrary *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY (self), FALSE);
  return self->loaded;
}

/**
 * dub_library_get_error:
 *
 * Returns: (transfer none) (nullable): why the last reading failed, a sentence
 */
const char *
dub_library_get_error (DubLibrary *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY (self), NULL);
  return self->error;
}

/**
 * dub_library_refresh_async:
 *
 * Reads the list of the current account anew.
 */
void
dub_library_refresh_async (DubLibrary          *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DUB_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_library_refresh_async);
  if (current_id (self) == NULL || g_cancellable_is_cancelled (self->stop))
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Dubroom is being closed."));
      return;
    }
  g_queue_push_tail (&self->waiters, g_steal_pointer (&task));
  refresh (self);
}

/**
 * dub_library_refresh_finish:
 *
 * Returns: whether the list was read
 */
gboolean
dub_library_refresh_finish (DubLibrary    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
