/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-sweep.h"

typedef struct
{
  DubStudioStore *store;
  DubStudioWorkspace *workspace;
  GPtrArray *videos;
  GQueue useless; /* ids of the videos that are to go */
  gint64 before;
} Sweep;

static void
sweep_free (Sweep *sweep)
{
  g_clear_object (&sweep->store);
  g_clear_object (&sweep->workspace);
  g_clear_pointer (&sweep->videos, g_ptr_array_unref);
  g_queue_clear_full (&sweep->useless, g_free);
  g_free (sweep);
}

static void discard_next (GTask *task);

static void
on_discarded (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  dub_studio_workspace_discard_finish (DUB_STUDIO_WORKSPACE (source), result);
  discard_next (task);
}

static void
discard_next (GTask *task)
{
  Sweep *sweep = g_task_get_task_data (task);
  g_autofree char *id = g_queue_pop_head (&sweep->useless);

  if (id == NULL)
    g_task_return_boolean (task, TRUE);
  else
    dub_studio_workspace_discard_async (sweep->workspace, id, on_discarded, g_object_ref (task));
}

static const DubStudioTask *
find_task (GPtrArray  *tasks,
           const char *task_id)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      const DubStudioTask *task = g_ptr_array_index (tasks, i);

      if (g_str_equal (task->task_id, task_id))
        return task;
    }
  return NULL;
}

static gboolean
is_useless (const DubStudioVideo *video,
            const DubStudioTask  *task,
            gint64                before)
{
  return task != NULL ? task->status == DUB_REMOTE_STATUS_FAILED : video->changed < before;
}

static void
on_tasks_found (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sweep *sweep = g_task_get_task_data (task);
  g_autoptr (GPtrArray) tasks = NULL;
  GError *error = NULL;

  tasks = dub_studio_store_get_finish (sweep->store, result, &error);
  if (tasks == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < sweep->videos->len; i++)
    {
      const DubStudioVideo *video = g_ptr_array_index (sweep->videos, i);

      if (is_useless (video, find_task (tasks, video->task_id), sweep->before))
        g_queue_push_tail (&sweep->useless, g_strdup (video->task_id));
    }
  discard_next (task);
}

static void
on_videos_listed (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sweep *sweep = g_task_get_task_data (task);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) strings = NULL;
  GError *error = NULL;

  sweep->videos = dub_studio_workspace_list_finish (sweep->workspace, result, &error);
  if (sweep->videos == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < sweep->videos->len; i++)
    g_strv_builder_add (ids, ((DubStudioVideo *) g_ptr_array_index (sweep->videos, i))->task_id);
  strings = g_strv_builder_end (ids);
  dub_studio_store_get_async (sweep->store, (const char *const *) strings, g_task_get_cancellable (task), on_tasks_found,
                              g_object_ref (task));
}

/* First the word on the disk, then the files: what is left by a death in between belongs to no task, and is found later. */
static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sweep *sweep = g_task_get_task_data (task);
  g_auto (GStrv) ids = NULL;
  GError *error = NULL;

  ids = dub_studio_store_forget_finish (sweep->store, result, &error);
  if (ids == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; ids[i] != NULL; i++)
    g_queue_push_tail (&sweep->useless, g_strdup (ids[i]));
  dub_studio_workspace_list_async (sweep->workspace, g_task_get_cancellable (task), on_videos_listed, g_object_ref (task));
}

/**
 * dub_studio_sweep_async:
 * @store: where the tasks are
 * @workspace: where their videos are
 * @now: Unix seconds, UTC
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Removes what is too old. Main thread.
 */
void
dub_studio_sweep_async (DubStudioStore     *store,
                        DubStudioWorkspace *workspace,
                        gint64              now,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Sweep *sweep = g_new0 (Sweep, 1);

  g_task_set_source_tag (task, dub_studio_sweep_async);
  g_task_set_task_data (task, sweep, (GDestroyNotify) sweep_free);
  g_queue_init (&sweep->useless);
  sweep->store = g_object_ref (store);
  sweep->workspace = g_object_ref (workspace);
  sweep->before = now - DUB_STUDIO_KEEPS_S;
  dub_studio_store_forget_async (store, sweep->before, cancellable, on_forgotten, task);
}

/**
 * dub_studio_sweep_finish:
 * @result: what the callback got
 * @error: return location; #DubStoreError or #GFileError
 *
 * Returns: whether all that is too old is gone
 */
gboolean
dub_studio_sweep_finish (GAsyncResult *result,
                         GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
