/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-workspace.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dub-job.h"
#include "dub-names.h"

struct _DubStudioWorkspace
{
  GObject parent_instance;

  /* owned */
  char *work;
  char *videos;
};

G_DEFINE_FINAL_TYPE (DubStudioWorkspace, dub_studio_workspace, G_TYPE_OBJECT)

/**
 * dub_studio_workspace_dup_stages:
 *
 * Returns: (transfer full): the directory for what lies between
 */
char *
dub_studio_workspace_dup_stages (DubStudioWorkspace *self,
                                 const char         *task_id)
{
  return g_build_filename (self->work, task_id, "stages", NULL);
}

static char *
dup_fetched (DubStudioWorkspace *self,
             const char         *task_id)
{
  return g_build_filename (self->work, task_id, "original", NULL);
}

/**
 * dub_studio_workspace_dup_original:
 * @self: the workspace
 * @task_id: a task
 * @video_url: the address of its video
 *
 * Names it as the address does, since sentences about the file name it.
 *
 * Returns: (transfer full): the file that a video from the web is fetched to
 */
char *
dub_studio_workspace_dup_original (DubStudioWorkspace *self,
                                   const char         *task_id,
                                   const char         *video_url)
{
  g_autofree char *directory = dup_fetched (self, task_id);
  g_autofree char *title = dub_name_title (video_url);
  g_autofree char *valid = g_utf8_make_valid (title, -1);
  g_autofree char *name = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), DUB_NAME_MAX_CHARS));

  g_strdelimit (name, "/", '_');
  if (*name == '\0' || *name == '.')
    g_set_str (&name, "video");
  return g_build_filename (directory, name, NULL);
}

/**
 * dub_studio_workspace_dup_dub:
 *
 * Returns: (transfer full): the file that the working process makes
 */
char *
dub_studio_workspace_dup_dub (DubStudioWorkspace *self,
                              const char         *task_id)
{
  return g_build_filename (self->work, task_id, "dub.mp4", NULL);
}

/**
 * dub_studio_workspace_dup_video:
 *
 * Returns: (transfer full): where the dub lies once it is published
 */
char *
dub_studio_workspace_dup_video (DubStudioWorkspace *self,
                                const char         *task_id)
{
  g_autofree char *name = g_strconcat (task_id, ".mp4", NULL);

  return g_build_filename (self->videos, name, NULL);
}

/* --- on a worker thread --- */

/* Links are removed, never followed. What cannot be removed is left for the next start. */
static void
sweep (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_unlink (path) == 0 || errno == ENOENT)
    return;

  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      sweep (child);
    }
  g_rmdir (path);
}

static gboolean
make_directory (const char *path,
                GError    **error)
{
  int fault;

  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  fault = errno;
  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
               /* Translators: the first %s is the path of a folder, the second what the system says. */
               _("The folder “%s” of the built-in studio cannot be made: %s. Check the disk and the permissions."),
               path, g_strerror (fault));
  return FALSE;
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  DubStudioWorkspace *self = source;
  GError *error = NULL;

  sweep (self->work);
  if (make_directory (self->work, &error) && make_directory (self->videos, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
prepare_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  DubStudioWorkspace *self = source;
  g_autofree char *directory = g_build_filename (self->work, data, NULL);
  g_autofree char *stages = dub_studio_workspace_dup_stages (self, data);
  g_autofree char *fetched = dup_fetched (self, data);
  GError *error = NULL;

  sweep (directory);
  if (make_directory (stages, &error) && make_directory (fetched, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static int
flush_to_disk (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  int status;

  if (fd < 0)
    return -1;
  status = fsync (fd);
  close (fd);
  return status;
}

static void
publish_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  DubStudioWorkspace *self = source;
  g_autofree char *directory = g_build_filename (self->work, data, NULL);
  g_autofree char *dub = dub_studio_workspace_dup_dub (self, data);
  g_autofree char *video = dub_studio_workspace_dup_video (self, data);
  int fault;

  if (flush_to_disk (dub) == 0 && g_rename (dub, video) == 0)
    {
      flush_to_disk (self->videos);
      sweep (directory);
      g_task_return_boolean (task, TRUE);
      return;
    }
  fault = errno;
  g_task_return_new_error (task, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                           /* Translators: %s is what the system says. */
                           _("The finished dub could not be kept: %s. Check the disk and try again."),
                           g_strerror (fault));
}

static void
discard_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  DubStudioWorkspace *self = source;
  g_autofree char *directory = g_build_filename (self->work, data, NULL);
  g_autofree char *video = dub_studio_workspace_dup_video (self, data);

  sweep (directory);
  sweep (video);
  g_task_return_boolean (task, TRUE);
}

/* --- asked for --- */

static void
run (DubStudioWorkspace *self,
     GTaskThreadFunc     work,
     const char         *task_id,
     GCancellable       *cancellable,
     GAsyncReadyCallback callback,
     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, run);
  g_task_set_task_data (task, g_strdup (task_id), g_free);
  g_task_run_in_thread (task, work);
}

/**
 * dub_studio_workspace_open_async:
 * @self: the workspace
 * @cancellable: (nullable): a cancellable
 * @callback: called when it can be used
 * @user_data: for @callback
 *
 * Makes the directories (mode 0700), empty where work was under way. Only one studio may use them.
 */
void
dub_studio_workspace_open_async (DubStudioWorkspace *self,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  run (self, open_in_thread, NULL, cancellable, callback, user_data);
}

/**
 * dub_studio_workspace_open_finish:
 * @self: the workspace
 * @result: what the callback got
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * Returns: whether the workspace can be used
 */
gboolean
dub_studio_workspace_open_finish (DubStudioWorkspace *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_studio_workspace_prepare_async:
 * @self: the workspace
 * @task_id: a task
 * @cancellable: (nullable): a cancellable
 * @callback: called when the task's directories are there
 * @user_data: for @callback
 *
 * Makes the directories of a task, empty.
 */
void
dub_studio_workspace_prepare_async (DubStudioWorkspace *self,
                                    const char         *task_id,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  run (self, prepare_in_thread, task_id, cancellable, callback, user_data);
}

/**
 * dub_studio_workspace_prepare_finish:
 * @self: the workspace
 * @result: what the callback got
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * Returns: whether the directories are there
 */
gboolean
dub_studio_workspace_prepare_finish (DubStudioWorkspace *self,
                                     GAsyncResult       *result,
                                     GError            **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_studio_workspace_publish_async:
 * @self: the workspace
 * @task_id: a task whose dub is whole
 * @cancellable: (nullable): a cancellable
 * @callback: called when the video is in its place
 * @user_data: for @callback
 *
 * Moves the dub to the videos, and sweeps the task's directories.
 */
void
dub_studio_workspace_publish_async (DubStudioWorkspace *self,
                                    const char         *task_id,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  run (self, publish_in_thread, task_id, cancellable, callback, user_data);
}

/**
 * dub_studio_workspace_publish_finish:
 * @self: the workspace
 * @result: what the callback got
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * Returns: whether the video is in its place
 */
gboolean
dub_studio_workspace_publish_finish (DubStudioWorkspace *self,
                                     GAsyncResult       *result,
                                     GError            **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_studio_workspace_discard_async:
 * @self: the workspace
 * @task_id: a task
 * @callback: called when nothing of it is left
 * @user_data: for @callback
 *
 * Sweeps all that belongs to a task, its video too.
 */
void
dub_studio_workspace_discard_async (DubStudioWorkspace *self,
                                    const char         *task_id,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  run (self, discard_in_thread, task_id, NULL, callback, user_data);
}

/**
 * dub_studio_workspace_discard_finish:
 * @self: the workspace
 * @result: what the callback got
 *
 * Ends the call.
 */
void
dub_studio_workspace_discard_finish (DubStudioWorkspace *self,
                                     GAsyncResult       *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
video_free (DubStudioVideo *video)
{
  g_free (video->task_id);
  g_free (video);
}

/* NULL: it is none of the studio's. */
static DubStudioVideo *
look_at_file (DubStudioWorkspace *self,
              const char         *name)
{
  g_autofree char *path = g_build_filename (self->videos, name, NULL);
  DubStudioVideo *video;
  GStatBuf status;

  if (!g_str_has_suffix (name, ".mp4") || g_lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return NULL;
  video = g_new0 (DubStudioVideo, 1);
  video->task_id = g_strndup (name, strlen (name) - strlen (".mp4"));
  video->changed = status.st_mtime;
  return video;
}

static void
list_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  DubStudioWorkspace *self = source;
  g_autoptr (GPtrArray) videos = g_ptr_array_new_with_free_func ((GDestroyNotify) video_free);
  g_autoptr (GDir) dir = NULL;
  GError *error = NULL;
  const char *name;

  dir = g_dir_open (self->videos, 0, &error);
  if (dir == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      DubStudioVideo *video = look_at_file (self, name);

      if (video != NULL)
        g_ptr_array_add (videos, video);
    }
  g_task_return_pointer (task, g_steal_pointer (&videos), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * dub_studio_workspace_list_async:
 * @self: the workspace
 * @cancellable: (nullable): a cancellable
 * @callback: called when the videos are known
 * @user_data: for @callback
 *
 * Looks which videos there are.
 */
void
dub_studio_workspace_list_async (DubStudioWorkspace *self,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  run (self, list_in_thread, NULL, cancellable, callback, user_data);
}

/**
 * dub_studio_workspace_list_finish:
 * @self: the workspace
 * @result: what the callback got
 * @error: return location; #GFileError
 *
 * Returns: (transfer full) (element-type DubStudioVideo) (nullable): the videos
 */
GPtrArray *
dub_studio_workspace_list_finish (DubStudioWorkspace *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
dub_studio_workspace_finalize (GObject *object)
{
  DubStudioWorkspace *self = DUB_STUDIO_WORKSPACE (object);

  g_free (self->work);
  g_free (self->videos);
  G_OBJECT_CLASS (dub_studio_workspace_parent_class)->finalize (object);
}

static void
dub_studio_workspace_class_init (DubStudioWorkspaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_studio_workspace_finalize;
}

static void
dub_studio_workspace_init (DubStudioWorkspace *self)
{
}

/**
 * dub_studio_workspace_new:
 * @data_dir: the studio's directory
 *
 * Returns: (transfer full): a workspace, to be opened
 */
DubStudioWorkspace *
dub_studio_workspace_new (const char *data_dir)
{
  DubStudioWorkspace *self = g_object_new (DUB_TYPE_STUDIO_WORKSPACE, NULL);
  g_autofree char *absolute = g_canonicalize_filename (data_dir, NULL);

  self->work = g_build_filename (absolute, "work", NULL);
  self->videos = g_build_filename (absolute, "videos", NULL);
  return self;
}
