/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"
#include "dub-store-schema.h"

G_DEFINE_FINAL_TYPE (DubStore, dub_store, G_TYPE_OBJECT)

enum
{
  CHANGED_ELSEWHERE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_changed_elsewhere (DubStore *self)
{
  g_signal_emit (self, signals[CHANGED_ELSEWHERE], 0);
}

static void
dub_store_dispose (GObject *object)
{
  DubStore *self = DUB_STORE (object);

  if (self->database != NULL)
    dub_database_close (self->database);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (dub_store_parent_class)->dispose (object);
}

static void
dub_store_class_init (DubStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dub_store_dispose;

  /**
   * DubStore::changed-elsewhere:
   * @self: the store
   *
   * Another process committed to the file. At most once a second, on the main context; only after
   * dub_store_watch().
   */
  signals[CHANGED_ELSEWHERE] = g_signal_new ("changed-elsewhere", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                             0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dub_store_init (DubStore *self)
{
}

/**
 * dub_store_new:
 * @path: the file; its folder must be there
 *
 * Nothing is opened before the first call.
 *
 * Returns: (transfer full): a new store
 */
DubStore *
dub_store_new (const char *path)
{
  DubStore *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (DUB_TYPE_STORE, NULL);
  self->database = dub_database_new (path, dub_store_get_migrations ());
  g_signal_connect_object (self->database, "changed-elsewhere", G_CALLBACK (on_changed_elsewhere), self,
                           G_CONNECT_SWAPPED);
  return self;
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (dub_database_open_finish (DUB_DATABASE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * dub_store_open_async:
 * @self: a store
 * @cancellable: (nullable): checked once, before the file is touched
 * @callback: called when done
 * @user_data: for @callback
 *
 * Opens the file, made with mode 0600 where it is not there. A file that is refused is not written; the call
 * may be repeated.
 */
void
dub_store_open_async (DubStore            *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DUB_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_store_open_async);
  g_task_set_check_cancellable (task, FALSE);
  dub_database_open_async (self->database, cancellable, on_opened, task);
}

/**
 * dub_store_open_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location: %DUB_STORE_ERROR_OPEN, %DUB_STORE_ERROR_NEWER, %DUB_STORE_ERROR_DAMAGED,
 *   %DUB_STORE_ERROR_FULL (also where the file may not be written), %DUB_STORE_ERROR_BUSY, %DUB_STORE_ERROR_IO or
 *   %DUB_STORE_ERROR_FAILED
 *
 * Returns: whether the file is open
 */
gboolean
dub_store_open_finish (DubStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dub_store_open_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_store_close:
 * @self: a store
 *
 * Waits (blocking) until all that was called for is on the disk, and closes the file. Later calls fail.
 */
void
dub_store_close (DubStore *self)
{
  g_return_if_fail (DUB_IS_STORE (self));

  dub_database_close (self->database);
}

/**
 * dub_store_watch:
 * @self: a store
 *
 * From now on [signal@DubStore::changed-elsewhere] tells of what other processes commit, also of what they
 * have committed since the file was opened.
 */
void
dub_store_watch (DubStore *self)
{
  g_return_if_fail (DUB_IS_STORE (self));

  dub_database_watch (self->database);
}
