/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-library-private.h"

#include <glib/gi18n-lib.h>

#include "dub-download.h"
#include "dub-workflow-error.h"

/* What is done with one dub. */

static void
on_recalled (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  DubLibraryItem *item = dub_catalogue_recall_finish (DUB_CATALOGUE (source), result, &error);

  if (item != NULL)
    g_task_return_pointer (task, item, g_object_unref);
  else
    g_task_return_error (task, error);
}

static DubLibraryItem *
find_dub (GListModel *model,
          GPtrArray  *items,
          DubTask    *task)
{
  guint n = items != NULL ? items->len : g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DubLibraryItem) item = items != NULL ? g_object_ref (items->pdata[i]) : g_list_model_get_item (model, i);

      if (g_strcmp0 (dub_library_item_get_account_id (item), dub_task_get_account_id (task)) == 0 &&
          g_strcmp0 (dub_library_item_get_video_id (item), dub_task_get_remote_video (task)) == 0)
        return g_steal_pointer (&item);
    }
  return NULL;
}

static void
on_account_read (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubTask *subject = g_task_get_task_data (task);
  g_autoptr (GPtrArray) items = dub_catalogue_read_finish (DUB_CATALOGUE (source), result, NULL);
  DubLibraryItem *item = items != NULL ? find_dub (NULL, items, subject) : NULL;

  if (item != NULL)
    g_task_return_pointer (task, item, g_object_unref);
  else
    /* Offline, or no longer in the list: what is stored is still worth looking at. */
    dub_catalogue_recall_async (DUB_CATALOGUE (source), subject, g_task_get_cancellable (task), on_recalled,
                                g_object_ref (task));
}

/**
 * dub_library_open_async:
 * @task: a succeeded one, of any account
 *
 * Finds the dub that @task made: in this list, in that of its account, or in what is stored.
 */
void
dub_library_open_async (DubLibrary          *self,
                        DubTask             *task,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) opening = NULL;
  DubLibraryItem *item;

  g_return_if_fail (DUB_IS_LIBRARY (self) && DUB_IS_TASK (task));

  opening = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (opening, dub_library_open_async);
  g_task_set_task_data (opening, g_object_ref (task), g_object_unref);
  if (!dub_task_can_review (task))
    {
      g_task_return_new_error_literal (opening, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                       _("This dub is not ready. It can be opened when it is."));
      return;
    }
  item = find_dub (G_LIST_MODEL (self->items), NULL, task);
  if (item != NULL)
    g_task_return_pointer (opening, item, g_object_unref);
  else
    dub_catalogue_read_async (self->catalogue, dub_task_get_account_id (task), cancellable, on_account_read,
                              g_steal_pointer (&opening));
}

/**
 * dub_library_open_finish:
 *
 * Returns: (transfer full) (nullable): the dub
 */
DubLibraryItem *
dub_library_open_finish (DubLibrary    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dub_download_finish (DUB_LIBRARY_ITEM (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * dub_library_save_async:
 * @item: a dub
 * @destination: the file to make
 * @replace: whether it may take the place of a file; else that is %G_IO_ERROR_EXISTS
 * @progress: (nullable): called on the main thread with bytes so far and in all (0 where unknown)
 *
 * Saves a dub, whole or not at all. The download notice is shown by whoever calls, before.
 */
void
dub_library_save_async (DubLibrary          *self,
                        DubLibraryItem      *item,
                        GFile               *destination,
                        gboolean             replace,
                        DubSaveProgress      progress,
                        gpointer             progress_data,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DUB_IS_LIBRARY (self) && DUB_IS_LIBRARY_ITEM (item) && G_IS_FILE (destination));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_library_save_async);
  dub_download_async (item, dub_accounts_get_session (self->accounts, dub_library_item_get_account_id (item)), destination,
                      replace, progress, progress_data, cancellable, on_saved, task);
}

/**
 * dub_library_save_finish:
 *
 * Returns: whether the file is there, whole
 */
gboolean
dub_library_save_finish (DubLibrary    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
