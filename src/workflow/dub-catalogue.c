/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-catalogue.h"

#include <glib/gi18n-lib.h>

#include "dub-library-item-private.h"
#include "dub-workflow-error.h"

/**
 * DubCatalogue:
 *
 * Makes the library's items. All on the main thread.
 */
struct _DubCatalogue
{
  GObject parent_instance;

  DubStore *store;
  DubAccounts *accounts;
  DubQueue *queue;
};

G_DEFINE_FINAL_TYPE (DubCatalogue, dub_catalogue, G_TYPE_OBJECT)

static void
dub_catalogue_finalize (GObject *object)
{
  DubCatalogue *self = DUB_CATALOGUE (object);

  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (dub_catalogue_parent_class)->finalize (object);
}

static void
dub_catalogue_class_init (DubCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_catalogue_finalize;
}

static void
dub_catalogue_init (DubCatalogue *self)
{
}

DubCatalogue *
dub_catalogue_new (DubStore    *store,
                   DubAccounts *accounts,
                   DubQueue    *queue)
{
  DubCatalogue *self = g_object_new (DUB_TYPE_CATALOGUE, NULL);

  g_set_object (&self->store, store);
  g_set_object (&self->accounts, accounts);
  g_set_object (&self->queue, queue);
  return self;
}

/* The links of the studio's dubs are files, which do not expire. */
static gint64
lifetime_of (DubCatalogue *self,
             const char   *account_id)
{
  DubAccount *account = dub_accounts_find (self->accounts, account_id);

  return account != NULL && dub_account_is_studio (account) ? 0 : DUB_LINK_LIFETIME_S;
}

/* Reading what is stored of one dub. */
typedef struct
{
  DubTask *task;
  DubScript *original;
  DubScript *translated;
} Recall;

static void
recall_free (gpointer data)
{
  Recall *recall = data;

  g_clear_object (&recall->task);
  g_clear_object (&recall->original);
  g_clear_object (&recall->translated);
  g_free (recall);
}

static void
on_subtitles_read (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubCatalogue *self = g_task_get_source_object (task);
  Recall *recall = g_task_get_task_data (task);
  g_autoptr (DubScript) subtitles = NULL;
  GError *error = NULL;

  subtitles = dub_store_get_script_finish (DUB_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           dub_library_item_new_from_task (recall->task, recall->original, recall->translated, subtitles,
                                                           lifetime_of (self, dub_task_get_account_id (recall->task))),
                           g_object_unref);
}

static void
on_translated_read (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Recall *recall = g_task_get_task_data (task);
  GError *error = NULL;

  recall->translated = dub_store_get_script_finish (DUB_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    dub_store_get_script_async (DUB_STORE (source), dub_task_get_id (recall->task), DUB_SCRIPT_SUBTITLES,
                                g_task_get_cancellable (task), on_subtitles_read, g_object_ref (task));
}

static void
on_original_read (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Recall *recall = g_task_get_task_data (task);
  GError *error = NULL;

  recall->original = dub_store_find_original_finish (DUB_STORE (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  dub_store_get_script_async (DUB_STORE (source), dub_task_get_id (recall->task), DUB_SCRIPT_TRANSLATED,
                              g_task_get_cancellable (task), on_translated_read, g_object_ref (task));
}

void
dub_catalogue_recall_async (DubCatalogue        *self,
                            DubTask             *task,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *recalling;
  Recall *recall;

  g_return_if_fail (DUB_IS_CATALOGUE (self) && DUB_IS_TASK (task));

  recalling = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (recalling, dub_catalogue_recall_async);
  recall = g_new0 (Recall, 1);
  recall->task = g_object_ref (task);
  g_task_set_task_data (recalling, recall, recall_free);
  dub_store_find_original_async (self->store, dub_task_get_id (task), cancellable, on_original_read, recalling);
}

DubLibraryItem *
dub_catalogue_recall_finish (DubCatalogue  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A reading of a whole account. */
typedef struct
{
  char *account_id;
  GPtrArray *items;
  GPtrArray *tasks; /* that the store is still to be asked for, the next one last */
} Read;

static void
read_free (gpointer data)
{
  Read *reading = data;

  g_free (reading->account_id);
  g_clear_pointer (&reading->items, g_ptr_array_unref);
  g_clear_pointer (&reading->tasks, g_ptr_array_unref);
  g_free (reading);
}

static int
compare_newest (gconstpointer a,
                gconstpointer b)
{
  DubLibraryItem *x = *(DubLibraryItem **) a;
  DubLibraryItem *y = *(DubLibraryItem **) b;
  gint64 difference = dub_library_item_get_created (y) - dub_library_item_get_created (x);

  if (difference != 0)
    return difference < 0 ? -1 : 1;
  return g_strcmp0 (dub_library_item_get_video_id (y), dub_library_item_get_video_id (x));
}

static void
finish_read (GTask *task)
{
  Read *reading = g_task_get_task_data (task);

  g_ptr_array_sort (reading->items, compare_newest);
  g_task_return_pointer (task, g_ptr_array_ref (reading->items), (GDestroyNotify) g_ptr_array_unref);
}

/* Returns: (transfer full): remote video → DubTask, of the account's dubs */
static GHashTable *
index_tasks (DubCatalogue *self,
             const char   *account_id)
{
  GHashTable *makers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  GListModel *tasks = G_LIST_MODEL (self->queue);

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (tasks, i);
      const char *video = dub_task_get_remote_video (task);

      if (dub_task_get_state (task) == DUB_TASK_SUCCEEDED && video != NULL &&
          g_strcmp0 (dub_task_get_account_id (task), account_id) == 0 && !g_hash_table_contains (makers, video))
        g_hash_table_insert (makers, (char *) video, g_steal_pointer (&task));
    }
  return makers;
}

static void fill_next_original (GTask *task);

static void
on_stored_original (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Read *reading = g_task_get_task_data (task);
  DubTask *made_by = reading->tasks->pdata[reading->tasks->len - 1];
  g_autoptr (DubScript) script = dub_store_find_original_finish (DUB_STORE (source), result, NULL);

  for (guint i = 0; script != NULL && i < reading->items->len; i++)
    if (g_strcmp0 (dub_library_item_get_video_id (reading->items->pdata[i]), dub_task_get_remote_video (made_by)) == 0)
      dub_library_item_set_original_script (reading->items->pdata[i], script);
  g_ptr_array_set_size (reading->tasks, reading->tasks->len - 1);
  fill_next_original (g_steal_pointer (&task));
}

/* Of dubs that were made from a script of the person's own. */
static void
fill_next_original (GTask *task)
{
  DubCatalogue *self = g_task_get_source_object (task);
  Read *reading = g_task_get_task_data (task);

  if (reading->tasks->len == 0)
    {
      finish_read (task);
      g_object_unref (task);
      return;
    }
  dub_store_find_original_async (self->store, dub_task_get_id (reading->tasks->pdata[reading->tasks->len - 1]), NULL,
                                 on_stored_original, task);
}

static void
take_videos (GTask     *task,
             GPtrArray *videos)
{
  DubCatalogue *self = g_task_get_source_object (task);
  Read *reading = g_task_get_task_data (task);
  DubSession *session = dub_accounts_get_session (self->accounts, reading->account_id);
  g_autoptr (GHashTable) makers = index_tasks (self, reading->account_id);

  for (guint i = 0; i < videos->len; i++)
    {
      DubRemoteVideo *video = videos->pdata[i];
      DubTask *made_by = video->video_id != NULL ? g_hash_table_lookup (makers, video->video_id) : NULL;
      gboolean trusted = session != NULL && dub_session_trusts (session, video->preview_url);
      gboolean given = video->original_script != NULL && video->translated_script != NULL &&
                       dub_script_equal (video->original_script, video->translated_script);
      DubLibraryItem *item = dub_library_item_new (reading->account_id, video, made_by, trusted ? video->preview_url : NULL,
                                                   lifetime_of (self, reading->account_id));

      g_ptr_array_add (reading->items, item);
      if (!given)
        continue;
      /* Service documentation, section 3: both are the script that the dub was made from. */
      dub_library_item_set_original_script (item, NULL);
      if (made_by != NULL)
        g_ptr_array_add (reading->tasks, g_object_ref (made_by));
    }
}

static void
on_list (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubCatalogue *self = g_task_get_source_object (task);
  Read *reading = g_task_get_task_data (task);
  DubSession *session = dub_accounts_get_session (self->accounts, reading->account_id);
  g_autoptr (GPtrArray) videos = NULL;
  GError *error = NULL;

  videos = dub_service_client_list_videos_finish (DUB_SERVICE_CLIENT (source), result, NULL, &error);
  if (videos == NULL)
    {
      if (session != NULL)
        dub_session_failed (session, error);
      g_task_return_error (task, error);
      return;
    }
  if (session != NULL)
    dub_session_succeeded (session);
  dub_queue_offer_videos (self->queue, reading->account_id, videos);
  take_videos (task, videos);
  fill_next_original (g_steal_pointer (&task));
}

static void
on_prepared (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubServiceClient *client = dub_session_get_client (DUB_SESSION (source));
  GError *error = NULL;

  if (!dub_session_prepare_finish (DUB_SESSION (source), result, &error))
    g_task_return_error (task, error);
  else if (client == NULL)
    g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_STUDIO,
                                     _("The built-in studio has stopped. It is started again by itself; your dubs are safe."));
  else
    dub_service_client_list_videos_async (client, g_task_get_cancellable (task), on_list, g_object_ref (task));
}

static void recall_next (GTask *task);

static void
on_recalled (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Read *reading = g_task_get_task_data (task);
  GError *error = NULL;
  DubLibraryItem *item = dub_catalogue_recall_finish (DUB_CATALOGUE (source), result, &error);

  if (item == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_ptr_array_add (reading->items, item);
  recall_next (g_steal_pointer (&task));
}

static void
recall_next (GTask *task)
{
  DubCatalogue *self = g_task_get_source_object (task);
  Read *reading = g_task_get_task_data (task);
  g_autoptr (DubTask) next = NULL;

  if (reading->tasks->len == 0)
    {
      finish_read (task);
      g_object_unref (task);
      return;
    }
  next = g_object_ref (reading->tasks->pdata[reading->tasks->len - 1]);
  g_ptr_array_set_size (reading->tasks, reading->tasks->len - 1);
  dub_catalogue_recall_async (self, next, g_task_get_cancellable (task), on_recalled, task);
}

static void
recall_all (GTask *task)
{
  DubCatalogue *self = g_task_get_source_object (task);
  Read *reading = g_task_get_task_data (task);
  GListModel *tasks = G_LIST_MODEL (self->queue);

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (DubTask) made_by = g_list_model_get_item (tasks, i);

      if (dub_task_get_state (made_by) == DUB_TASK_SUCCEEDED &&
          g_strcmp0 (dub_task_get_account_id (made_by), reading->account_id) == 0)
        g_ptr_array_add (reading->tasks, g_steal_pointer (&made_by));
    }
  recall_next (g_object_ref (task));
}

void
dub_catalogue_read_async (DubCatalogue        *self,
                          const char          *account_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  DubSession *session;
  Read *reading;

  g_return_if_fail (DUB_IS_CATALOGUE (self) && account_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_catalogue_read_async);
  reading = g_new0 (Read, 1);
  reading->account_id = g_strdup (account_id);
  reading->items = g_ptr_array_new_with_free_func (g_object_unref);
  reading->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, reading, read_free);

  session = dub_accounts_get_session (self->accounts, account_id);
  if (session == NULL || (dub_account_is_studio (dub_session_get_account (session)) && !dub_queue_get_working (self->queue)))
    recall_all (task);
  else
    dub_session_prepare_async (session, cancellable, on_prepared, g_steal_pointer (&task));
}

GPtrArray *
dub_catalogue_read_finish (DubCatalogue  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
