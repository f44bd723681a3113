/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fill.h"

static const char *const languages[] = { "es", "fr", "de", "it" };

static gint64
add_video (DubStore   *store,
           const char *directory,
           guint       number)
{
  g_autofree char *path = g_strdup_printf ("%s/video-%04u.mp4", directory, number);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *identity = g_strdup_printf ("sha256:%064x", number + 1);
  g_autofree char *title = g_strdup_printf ("Autumn coat %u", number);
  gint64 video = put_video (store, uri, identity, title);

  agree (store, identity);
  return video;
}

GPtrArray *
store_fill_add (DubStore   *store,
                const char *directory,
                guint       first,
                guint       n_tasks)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  g_autoptr (GError) error = NULL;
  GPtrArray *stored;
  gint64 video = 0;

  for (guint i = 0; i < n_tasks; i++)
    {
      guint number = first + i / G_N_ELEMENTS (languages);
      const char *language = languages[i % G_N_ELEMENTS (languages)];
      g_autofree char *name = g_strdup_printf ("Autumn coat %u %s", number, language);
      DubTaskRecord *task;

      if (i % G_N_ELEMENTS (languages) == 0)
        video = add_video (store, directory, number);
      task = make_task (video, name);
      g_set_str (&task->language, language);
      g_ptr_array_add (tasks, task);
    }
  stored = add_tasks (store, tasks, NULL, &error);
  g_assert_no_error (error);
  return stored;
}

void
store_fill_step (DubStore     *store,
                 GPtrArray    *tasks,
                 DubTaskState  to)
{
  g_autofree DubTaskState *from = g_new (DubTaskState, tasks->len);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < tasks->len; i++)
    {
      DubTaskRecord *task = task_at (tasks, i);

      from[i] = task->state;
      task->state = to;
    }
  transition (store, tasks, from, &error);
  g_assert_no_error (error);
}
