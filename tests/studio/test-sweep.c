/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the studio forgets after 30 days, by a clock of the test's own. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include <utime.h>

#include "dub-job.h"
#include "dub-studio-room.h"
#include "dub-studio-sweep.h"
#include "dub-test-support.h"

#define DAY (24 * 60 * 60)
#define NOW G_GINT64_CONSTANT (2000000000)

typedef struct
{
  char *dir;
  DubStudioStore *store;
  DubStudioWorkspace *workspace;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  g_autofree char *database = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) made = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  fixture->dir = dub_test_make_dir ();
  database = g_build_filename (fixture->dir, "studio.db", NULL);
  fixture->store = dub_studio_store_new (database);
  fixture->workspace = dub_studio_workspace_new (fixture->dir);
  dub_studio_store_open_async (fixture->store, NULL, dub_test_keep_result, &slot);
  opened = dub_test_await (&slot);
  g_assert_true (dub_studio_store_open_finish (fixture->store, opened, &error));
  dub_studio_workspace_open_async (fixture->workspace, NULL, dub_test_keep_result, &slot);
  made = dub_test_await (&slot);
  g_assert_true (dub_studio_workspace_open_finish (fixture->workspace, made, &error));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  dub_studio_store_close (fixture->store);
  g_object_unref (fixture->store);
  g_object_unref (fixture->workspace);
  dub_test_remove_dir (fixture->dir);
}

static void
make_file (Fixture    *fixture,
           const char *id,
           gint64      changed)
{
  g_autofree char *path = dub_studio_workspace_dup_video (fixture->workspace, id);
  const struct utimbuf times = { (time_t) changed, (time_t) changed };

  g_assert_true (g_file_set_contents (path, "video", -1, NULL));
  g_assert_cmpint (g_utime (path, (struct utimbuf *) &times), ==, 0);
}

static gboolean
has_file (Fixture    *fixture,
          const char *id)
{
  g_autofree char *path = dub_studio_workspace_dup_video (fixture->workspace, id);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
update (Fixture             *fixture,
        const DubStudioTask *task)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_studio_store_update_async (fixture->store, task, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_true (dub_studio_store_update_finish (fixture->store, result, &error));
}

static DubScript *
make_script (void)
{
  DubScript *script = dub_script_new ();

  dub_script_append (script, "Hola.", 0, 900);
  return script;
}

/* A task with this end, and a video of that time. */
static void
add (Fixture        *fixture,
     const char     *id,
     DubRemoteStatus status,
     gint64          finished)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_studio_task_free);
  g_autoptr (GPtrArray) made = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) ids = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  DubStudioTask *task = dub_studio_task_new ();

  g_set_str (&task->task_id, id);
  task->video_url = g_strdup ("file:///a.mp4");
  task->language = g_strdup ("es");
  task->name = g_strdup ("Coat");
  task->script = make_script ();
  g_ptr_array_add (tasks, task);
  dub_studio_store_add_async (fixture->store, tasks, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  ids = dub_studio_store_add_finish (fixture->store, result, &made, &error);
  g_assert_no_error (error);

  task->status = status;
  task->finished = finished;
  if (status == DUB_REMOTE_STATUS_SUCCESS)
    {
      task->video_id = dub_studio_make_id ();
      task->output = dub_studio_workspace_dup_video (fixture->workspace, id);
      task->original = make_script ();
      task->translated = make_script ();
    }
  update (fixture, task);
  make_file (fixture, id, finished > 0 ? finished : NOW - 100 * DAY);
}

static void
sweep (Fixture *fixture,
       gint64   now)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_studio_sweep_async (fixture->store, fixture->workspace, now, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_true (dub_studio_sweep_finish (result, &error));
  g_assert_no_error (error);
}

static gboolean
has_task (Fixture    *fixture,
          const char *id)
{
  const char *ids[] = { id, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_studio_store_get_async (fixture->store, ids, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  tasks = dub_studio_store_get_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  return tasks->len == 1;
}

static void
test_old (Fixture      *fixture,
          gconstpointer unused)
{
  add (fixture, "1", DUB_REMOTE_STATUS_SUCCESS, NOW - 30 * DAY - 1);
  add (fixture, "2", DUB_REMOTE_STATUS_SUCCESS, NOW - 30 * DAY);
  add (fixture, "3", DUB_REMOTE_STATUS_FAILED, NOW - 31 * DAY);
  sweep (fixture, NOW);
  g_assert_false (has_task (fixture, "1") || has_file (fixture, "1"));
  g_assert_true (has_task (fixture, "2") && has_file (fixture, "2"));
  g_assert_false (has_task (fixture, "3") || has_file (fixture, "3"));
  sweep (fixture, NOW + 1);
  g_assert_false (has_task (fixture, "2") || has_file (fixture, "2"));
}

/* However old they are: they are still to be done. */
static void
test_under_way (Fixture      *fixture,
                gconstpointer unused)
{
  add (fixture, "1", DUB_REMOTE_STATUS_SUBMITTED, 0);
  add (fixture, "2", DUB_REMOTE_STATUS_PROCESSING, 0);
  sweep (fixture, NOW + 1000 * DAY);
  g_assert_true (has_task (fixture, "1") && has_file (fixture, "1"));
  g_assert_true (has_task (fixture, "2") && has_file (fixture, "2"));
}

/* Videos of nobody, and what a death left of a task that was given up. */
static void
test_left (Fixture      *fixture,
           gconstpointer unused)
{
  g_autofree char *other = g_build_filename (fixture->dir, "videos", "notes.txt", NULL);

  make_file (fixture, "7", NOW - 31 * DAY);
  make_file (fixture, "8", NOW - 29 * DAY);
  add (fixture, "9", DUB_REMOTE_STATUS_FAILED, NOW - DAY);
  g_assert_true (g_file_set_contents (other, "mine", -1, NULL));
  sweep (fixture, NOW);
  g_assert_false (has_file (fixture, "7"));
  g_assert_true (has_file (fixture, "8"));
  g_assert_true (has_task (fixture, "9"));
  g_assert_false (has_file (fixture, "9"));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

static gboolean
has_room (const char *video,
          const char *directory,
          GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_studio_room_check_async (video, directory, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_studio_room_check_finish (result, error);
}

/* A file that says that it is larger than any disk. */
static void
test_room (Fixture      *fixture,
           gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->dir, "large.mp4", NULL);
  g_autoptr (GError) error = NULL;
  int fd = g_open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (has_room (path, fixture->dir, &error));
  if (ftruncate (fd, (off_t) 1 << 43) != 0)
    {
      close (fd);
      g_test_skip ("files cannot be that large here");
      return;
    }
  close (fd);
  g_assert_false (has_room (path, fixture->dir, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "There is too little room on the disk for this dub: it needs 17.6 TB"));
  g_assert_true (has_room ("/nowhere/video.mp4", fixture->dir, NULL));
}

static void
test_jobs (Fixture      *fixture,
           gconstpointer unused)
{
  const guint64 gib = G_GUINT64_CONSTANT (1) << 30;

  g_assert_cmpuint (dub_studio_room_jobs (1, 16 * gib), ==, 1);
  g_assert_cmpuint (dub_studio_room_jobs (2, 16 * gib), ==, 1);
  g_assert_cmpuint (dub_studio_room_jobs (3, 16 * gib), ==, 2);
  g_assert_cmpuint (dub_studio_room_jobs (8, 16 * gib), ==, 4);
  g_assert_cmpuint (dub_studio_room_jobs (64, 256 * gib), ==, 4);
  g_assert_cmpuint (dub_studio_room_jobs (8, 2 * gib), ==, 2);
  g_assert_cmpuint (dub_studio_room_jobs (8, gib / 2), ==, 1);
}

#define ADD(path, function) g_test_add ("/studio/sweep/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("old", test_old);
  ADD ("under-way", test_under_way);
  ADD ("left", test_left);
  ADD ("room", test_room);
  ADD ("jobs", test_jobs);
  return g_test_run ();
}
