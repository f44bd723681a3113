/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-create.h"

#include "dub-service-codec.h"
#include "dub-studio-rules.h"
#include "dub-studio-task.h"

/* A create under way: its local videos are looked at side by side, each once. */
typedef struct
{
  GPtrArray *items;
  GStrv known;       /* keys of items that were made before; NULL: none */
  DubStudioStore *store;
  DubJobRunner *runner;
  GHashTable *looks; /* by address */
  GCancellable *cancellable; /* the caller's, or the time that is over */
  gulong cancelled;
  guint under_way;
  guint within_ms;
  guint deadline;
  gboolean concluded;
} Create;

/* What was found of a video; neither of the two where nothing is known, and the engine is left to find out. */
typedef struct
{
  GTask *task;
  DubMediaInfo *info;
  char *fault;
} Look;

static void
look_free (Look *look)
{
  g_clear_pointer (&look->info, dub_media_info_free);
  g_free (look->fault);
  g_free (look);
}

static void
create_free (Create *create)
{
  g_hash_table_unref (create->looks); /* before the items, whose strings it has */
  g_clear_pointer (&create->items, g_ptr_array_unref);
  g_strfreev (create->known);
  g_clear_object (&create->store);
  g_clear_object (&create->runner);
  g_clear_object (&create->cancellable);
  g_free (create);
}

static DubStudioTask *
make_task (DubCreateItem *item)
{
  DubStudioTask *task = dub_studio_task_new ();
  gboolean named = item->video_name != NULL && *item->video_name != '\0';

  task->video_url = g_strdup (item->video_url);
  task->language = g_strdup (item->target_language);
  task->name = named ? g_strdup (item->video_name) : dub_studio_make_name ();
  task->lipsync = item->lipsync;
  task->subtitles = item->subtitles;
  task->key = g_strdup (item->key);
  g_set_object (&task->script, item->script);
  return task;
}

static GPtrArray *
make_tasks (GPtrArray *items)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_studio_task_free);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (tasks, make_task (g_ptr_array_index (items, i)));
  return tasks;
}

static gboolean
is_known (const Create        *create,
          const DubCreateItem *item)
{
  return create->known != NULL && item->key != NULL && g_strv_contains ((const char *const *) create->known, item->key);
}

/* What lies on another machine is fetched, and looked at, when its turn comes. */
static gboolean
check_found (Create *create,
             GError **error)
{
  for (guint i = 0; i < create->items->len; i++)
    {
      DubCreateItem *item = g_ptr_array_index (create->items, i);
      const Look *look = g_hash_table_lookup (create->looks, item->video_url);

      if (look == NULL || is_known (create, item))
        continue;
      if (look->fault != NULL)
        {
          dub_studio_refuse_field (error, i, "video_url", look->fault);
          return FALSE;
        }
      if (look->info != NULL && !dub_studio_check_item_media (item, i, look->info, error))
        return FALSE;
    }
  return TRUE;
}

static void
conclude (GTask *task)
{
  Create *create = g_task_get_task_data (task);
  GError *error = NULL;

  create->concluded = TRUE;
  g_clear_handle_id (&create->deadline, g_source_remove);
  if (create->cancelled != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), create->cancelled);

  if (check_found (create, &error))
    g_task_return_pointer (task, make_tasks (create->items), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* A look that comes to no end, and one that crashed, say nothing of the video. */
static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Look *look = user_data;
  g_autoptr (GTask) task = look->task;
  Create *create = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  look->info = dub_job_runner_look_finish (DUB_JOB_RUNNER (source), result, &error);
  if (g_error_matches (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED))
    look->fault = g_strdup (error->message);
  if (--create->under_way == 0 && !create->concluded)
    conclude (task);
}

/* Not even the end of the processes is waited for: one that hangs in the system cannot be ended. */
static gboolean
on_deadline (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Create *create = g_task_get_task_data (task);

  create->deadline = 0;
  g_cancellable_cancel (create->cancellable);
  conclude (task);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer,
                    GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

static void
look_at (GTask      *task,
         const char *video_url)
{
  Create *create = g_task_get_task_data (task);
  Look *look = g_new0 (Look, 1);

  look->task = g_object_ref (task);
  g_hash_table_insert (create->looks, (gpointer) video_url, look);
  create->under_way++;
  dub_job_runner_look_async (create->runner, video_url, create->cancellable, on_looked, look);
}

static void
look_at_videos (GTask *task)
{
  Create *create = g_task_get_task_data (task);
  GCancellable *outer = g_task_get_cancellable (task);

  create->cancellable = g_cancellable_new ();
  if (outer != NULL)
    create->cancelled = g_cancellable_connect (outer, G_CALLBACK (on_outer_cancelled), create->cancellable, NULL);
  for (guint i = 0; i < create->items->len; i++)
    {
      const DubCreateItem *item = g_ptr_array_index (create->items, i);

      if (dub_studio_is_local (item->video_url) && !is_known (create, item)
          && !g_hash_table_contains (create->looks, item->video_url))
        look_at (task, item->video_url);
    }

  if (create->under_way > 0)
    create->deadline = g_timeout_add (create->within_ms, on_deadline, task);
  else
    conclude (task);
}

static void
on_keys_listed (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Create *create = g_task_get_task_data (task);
  GError *error = NULL;

  create->known = dub_studio_store_list_keys_finish (create->store, result, &error);
  if (create->known == NULL)
    g_task_return_error (task, error);
  else
    look_at_videos (task);
}

static GStrv
list_keys (GPtrArray *items)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  for (guint i = 0; i < items->len; i++)
    {
      const DubCreateItem *item = g_ptr_array_index (items, i);

      if (item->key != NULL)
        g_strv_builder_add (keys, item->key);
    }
  return g_strv_builder_end (keys);
}

/**
 * dub_studio_create_async:
 * @body: the body of a create
 * @store: (nullable): where tasks of earlier creates are
 * @runner: what looks at the videos
 * @within_ms: how long looking may take; a video that is not through by then is let pass
 * @cancellable: (nullable): a cancellable
 * @callback: called when all items were checked
 * @user_data: for @callback
 *
 * Reads the body and checks every field of every item (service documentation, "Create tasks"). The video of an item
 * whose key is that of a task in @store is not looked at. Main thread.
 */
void
dub_studio_create_async (GBytes             *body,
                         DubStudioStore     *store,
                         DubJobRunner       *runner,
                         guint               within_ms,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Create *create = g_new0 (Create, 1);
  g_auto (GStrv) keys = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, dub_studio_create_async);
  g_task_set_task_data (task, create, (GDestroyNotify) create_free);
  g_set_object (&create->store, store);
  create->runner = g_object_ref (runner);
  create->within_ms = within_ms;
  create->looks = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) look_free);

  create->items = dub_codec_decode_create (body, &error);
  if (create->items == NULL || !dub_studio_check_items (create->items, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  keys = list_keys (create->items);
  if (store == NULL || *keys == NULL)
    look_at_videos (task);
  else
    dub_studio_store_list_keys_async (store, (const char *const *) keys, cancellable, on_keys_listed,
                                      g_steal_pointer (&task));
}

/**
 * dub_studio_create_finish:
 * @result: what the callback got
 * @error: return location; %DUB_SERVICE_ERROR_PARAMETERS with a sentence that names the field by its path, or a #DubStoreError
 *
 * Returns: (transfer full) (element-type DubStudioTask) (nullable): a task for each item, in their order
 */
GPtrArray *
dub_studio_create_finish (GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
