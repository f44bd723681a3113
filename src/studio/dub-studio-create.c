/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-create.h"

#include "dub-probe.h"
#include "dub-service-codec.h"
#include "dub-studio-rules.h"
#include "dub-studio-task.h"

/* A create under way: its videos are looked at one after the other, each once. */
typedef struct
{
  GPtrArray *items;
  GHashTable *infos; /* by address */
  guint next;
} Create;

static void
create_free (Create *create)
{
  g_hash_table_unref (create->infos); /* before the items, whose strings it has */
  g_clear_pointer (&create->items, g_ptr_array_unref);
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

static void look_at_next (GTask *task);

static void
on_probed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) failure = NULL;
  Create *create = g_task_get_task_data (task);
  DubCreateItem *item = g_ptr_array_index (create->items, create->next);
  DubMediaInfo *info;
  GError *error = NULL;

  info = dub_probe_finish (result, &failure);
  if (info != NULL)
    {
      g_hash_table_insert (create->infos, item->video_url, info);
      look_at_next (task);
    }
  else if (!g_task_return_error_if_cancelled (task))
    {
      dub_studio_refuse_field (&error, create->next, "video_url", failure->message);
      g_task_return_error (task, error);
    }
}

/* What lies on another machine is fetched, and looked at, when its turn comes. */
static void
look_at_next (GTask *task)
{
  Create *create = g_task_get_task_data (task);
  GError *error = NULL;

  for (; create->next < create->items->len; create->next++)
    {
      DubCreateItem *item = g_ptr_array_index (create->items, create->next);
      const DubMediaInfo *info = g_hash_table_lookup (create->infos, item->video_url);

      if (!dub_studio_is_local (item->video_url))
        continue;
      if (info == NULL)
        {
          dub_probe_async (item->video_url, g_task_get_cancellable (task), on_probed, g_object_ref (task));
          return;
        }
      if (!dub_studio_check_item_media (item, create->next, info, &error))
        {
          g_task_return_error (task, error);
          return;
        }
    }
  g_task_return_pointer (task, make_tasks (create->items), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * dub_studio_create_async:
 * @body: the body of a create
 * @cancellable: (nullable): a cancellable
 * @callback: called when all items were checked
 * @user_data: for @callback
 *
 * Reads the body and checks every field of every item (service documentation, "Create tasks"). Main thread.
 */
void
dub_studio_create_async (GBytes             *body,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Create *create = g_new0 (Create, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, dub_studio_create_async);
  g_task_set_task_data (task, create, (GDestroyNotify) create_free);
  create->infos = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) dub_media_info_free);

  create->items = dub_codec_decode_create (body, &error);
  if (create->items == NULL || !dub_studio_check_items (create->items, &error))
    g_task_return_error (task, error);
  else
    look_at_next (task);
}

/**
 * dub_studio_create_finish:
 * @result: what the callback got
 * @error: return location; %DUB_SERVICE_ERROR_PARAMETERS with a sentence that names the field by its path
 *
 * Returns: (transfer full) (element-type DubStudioTask) (nullable): a task for each item, in their order
 */
GPtrArray *
dub_studio_create_finish (GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
