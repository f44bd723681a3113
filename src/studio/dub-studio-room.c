/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-room.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/statvfs.h>

#include "dub-job.h"

#define TIMES_VIDEO 2
/* For the sound of a short video, whose samples may be larger than its file. */
#define SPARE       (G_GUINT64_CONSTANT (64) << 20)

/* A task keeps one processor busy while it recognises and speaks, and two or more while it encodes a picture; a large
 * picture that is encoded takes a GiB (HACKING.md, "Figures"). Beyond four the disk is what they wait for. */
#define PROCESSORS_EACH 2
#define MEMORY_EACH     (G_GUINT64_CONSTANT (1) << 30)
#define MOST_JOBS       4

typedef struct
{
  char *video;
  char *directory;
} Check;

static void
check_free (Check *check)
{
  g_free (check->video);
  g_free (check->directory);
  g_free (check);
}

static void
check_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  const Check *check = data;
  GStatBuf video;
  struct statvfs disk;
  guint64 needed, free_bytes;
  g_autofree char *words_needed = NULL;
  g_autofree char *words_free = NULL;

  /* What cannot be looked at is for the working process to tell of. */
  if (g_stat (check->video, &video) != 0 || statvfs (check->directory, &disk) != 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  needed = TIMES_VIDEO * (guint64) video.st_size + SPARE;
  free_bytes = (guint64) disk.f_bavail * disk.f_frsize;
  if (free_bytes >= needed)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  words_needed = g_format_size (needed);
  words_free = g_format_size (free_bytes);
  g_task_return_new_error (task, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                           /* Translators: two amounts, such as “1.5 GB” and “200 MB”. */
                           _("There is too little room on the disk for this dub: it needs %s, and %s are free. Free some, "
                             "then dub again."),
                           words_needed, words_free);
}

/**
 * dub_studio_room_check_async:
 * @video: path of the video that is to be dubbed
 * @directory: where the dub will be made
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @user_data: for @callback
 */
void
dub_studio_room_check_async (const char         *video,
                             const char         *directory,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Check *check = g_new0 (Check, 1);

  check->video = g_strdup (video);
  check->directory = g_strdup (directory);
  g_task_set_source_tag (task, dub_studio_room_check_async);
  g_task_set_task_data (task, check, (GDestroyNotify) check_free);
  g_task_run_in_thread (task, check_in_thread);
}

/**
 * dub_studio_room_check_finish:
 * @result: what the callback got
 * @error: return location; %DUB_STUDIO_ERROR_FAILED, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether there is room
 */
gboolean
dub_studio_room_check_finish (GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_studio_room_jobs:
 * @processors: of the machine
 * @memory: of the machine, in bytes
 *
 * Returns: how many tasks are done at a time, at least 1
 */
guint
dub_studio_room_jobs (guint   processors,
                      guint64 memory)
{
  guint by_processors = (processors + PROCESSORS_EACH - 1) / PROCESSORS_EACH;

  return (guint) CLAMP (MIN (by_processors, memory / MEMORY_EACH), 1, MOST_JOBS);
}
