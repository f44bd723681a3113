/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-fill-store DATABASE TASKS VIDEO [WAITING]: a store as it is after months of work: each task went all its way, nine of ten
 * to a dub. Beside the database lie the videos, each a link to VIDEO. WAITING more wait, and the line is held by the person. */

#include <unistd.h>

#include "store-fill.h"

#define FAILED_OF 10

static char *
link_videos (const char *database,
             guint       n_videos,
             const char *video)
{
  g_autofree char *data_dir = g_path_get_dirname (database);
  char *directory = g_build_filename (data_dir, "videos", NULL);

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  for (guint i = 0; i < n_videos; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/video-%04u.mp4", directory, i);

      g_assert_cmpint (symlink (video, path), ==, 0);
    }
  return directory;
}

static void
finish (DubStore  *store,
        GPtrArray *tasks)
{
  g_autoptr (GPtrArray) good = g_ptr_array_new (), bad = g_ptr_array_new ();

  for (guint i = 0; i < tasks->len; i++)
    {
      DubTaskRecord *task = task_at (tasks, i);
      gboolean failed = i % FAILED_OF == 0;

      task->finished = g_get_real_time () / G_TIME_SPAN_MILLISECOND;
      if (failed)
        task->message = g_strdup ("The sound of this video could not be understood.");
      else
        task->remote_video = g_strdup_printf ("%u", i + 1);
      g_ptr_array_add (failed ? bad : good, task);
    }
  store_fill_step (store, good, DUB_TASK_SUCCEEDED);
  store_fill_step (store, bad, DUB_TASK_FAILED);
}

static void
add_waiting (DubStore   *store,
             const char *directory,
             guint       first,
             guint       n)
{
  g_autoptr (GPtrArray) waiting = store_fill_add (store, directory, first, n);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_store_put_setting_async (store, "queue-paused", "yes", NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_true (dub_store_put_setting_finish (store, result, NULL));
}

int
main (int    argc,
      char **argv)
{
  static const DubTaskState way[] = { DUB_TASK_PUBLISHING, DUB_TASK_SUBMITTING, DUB_TASK_SUBMITTED, DUB_TASK_PROCESSING };
  g_autoptr (DubStore) store = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autofree char *directory = NULL;
  guint n_tasks;

  if (argc != 4 && argc != 5)
    g_error ("usage: bench-fill-store DATABASE TASKS VIDEO [WAITING]");
  n_tasks = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  directory = link_videos (argv[1], (n_tasks + 3) / 4 + (argc == 5 ? (guint) g_ascii_strtoull (argv[4], NULL, 10) : 0) / 4 + 1, argv[3]);
  store = dub_store_new (argv[1]);
  tasks = store_fill_add (store, directory, 0, n_tasks);
  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    store_fill_step (store, tasks, way[i]);
  finish (store, tasks);
  if (argc == 5)
    add_waiting (store, directory, (n_tasks + 3) / 4, (guint) g_ascii_strtoull (argv[4], NULL, 10));
  dub_store_close (store);
  return 0;
}
