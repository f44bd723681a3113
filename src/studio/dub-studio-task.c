/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-task.h"

G_DEFINE_BOXED_TYPE (DubStudioTask, dub_studio_task, dub_studio_task_copy, dub_studio_task_free)

/**
 * dub_studio_make_id:
 *
 * Returns: (transfer full): nineteen decimal digits, as the service's ids have; random
 */
char *
dub_studio_make_id (void)
{
  guint64 high = g_random_int ();
  guint64 low = g_random_int ();

  return g_strdup_printf ("7%018" G_GUINT64_FORMAT, ((high << 32) | low) % G_GUINT64_CONSTANT (1000000000000000000));
}

/**
 * dub_studio_task_new:
 *
 * Returns: (transfer full): a task with a new id, submitted now; the rest is to be filled
 */
DubStudioTask *
dub_studio_task_new (void)
{
  DubStudioTask *self = g_new0 (DubStudioTask, 1);

  self->task_id = dub_studio_make_id ();
  self->status = DUB_REMOTE_STATUS_SUBMITTED;
  self->created = g_get_real_time () / G_USEC_PER_SEC;
  return self;
}

/**
 * dub_studio_task_copy:
 * @self: a task
 *
 * Returns: (transfer full): a copy; the scripts are shared
 */
DubStudioTask *
dub_studio_task_copy (const DubStudioTask *self)
{
  DubStudioTask *copy = g_new0 (DubStudioTask, 1);

  *copy = *self;
  copy->task_id = g_strdup (self->task_id);
  copy->video_url = g_strdup (self->video_url);
  copy->language = g_strdup (self->language);
  copy->name = g_strdup (self->name);
  copy->key = g_strdup (self->key);
  copy->video_id = g_strdup (self->video_id);
  copy->output = g_strdup (self->output);
  copy->error_msg = g_strdup (self->error_msg);
  copy->note = g_strdup (self->note);
  copy->script = self->script != NULL ? g_object_ref (self->script) : NULL;
  copy->original = self->original != NULL ? g_object_ref (self->original) : NULL;
  copy->translated = self->translated != NULL ? g_object_ref (self->translated) : NULL;
  copy->subtitle_lines = self->subtitle_lines != NULL ? g_object_ref (self->subtitle_lines) : NULL;
  return copy;
}

/**
 * dub_studio_task_free:
 * @self: (nullable) (transfer full): a task
 *
 * Frees the task and its strings, and drops its scripts.
 */
void
dub_studio_task_free (DubStudioTask *self)
{
  if (self == NULL)
    return;

  g_free (self->task_id);
  g_free (self->video_url);
  g_free (self->language);
  g_free (self->name);
  g_free (self->key);
  g_free (self->video_id);
  g_free (self->output);
  g_free (self->error_msg);
  g_free (self->note);
  g_clear_object (&self->script);
  g_clear_object (&self->original);
  g_clear_object (&self->translated);
  g_clear_object (&self->subtitle_lines);
  g_free (self);
}

/* A file:// address: it survives a restart of the studio (whose port and token change) and needs no token. */
static char *
make_preview_url (const DubStudioTask *self)
{
  return g_filename_to_uri (self->output, NULL, NULL);
}

/**
 * dub_studio_task_to_remote:
 * @self: a task
 *
 * The task as an entry of `task/list`, with the values that its status has (service documentation, "Task results").
 *
 * Returns: (transfer full): the entry
 */
DubRemoteTask *
dub_studio_task_to_remote (const DubStudioTask *self)
{
  DubRemoteTask *remote = dub_remote_task_new ();

  remote->task_id = g_strdup (self->task_id);
  remote->video_name = g_strdup (self->name);
  remote->status = self->status;
  if (self->status == DUB_REMOTE_STATUS_SUCCESS)
    {
      remote->video_id = g_strdup (self->video_id);
      remote->preview_url = make_preview_url (self);
    }
  else if (self->status == DUB_REMOTE_STATUS_FAILED)
    {
      remote->error_msg = g_strdup (self->error_msg);
    }
  return remote;
}

static gboolean
has_same_texts (DubScript *a,
                DubScript *b)
{
  if (a == NULL || b == NULL || dub_script_get_length (a) != dub_script_get_length (b))
    return FALSE;
  for (guint i = 0; i < dub_script_get_length (a); i++)
    if (!g_str_equal (dub_segment_get_text (dub_script_get_segment (a, i)),
                      dub_segment_get_text (dub_script_get_segment (b, i))))
      return FALSE;
  return TRUE;
}

/**
 * dub_studio_task_to_video:
 * @self: a task that succeeded, with its scripts
 *
 * The task's video as an entry of `video/list`. Both lists hold the given script where there was one (service
 * documentation, "Dubbed videos"), the translated one with the times at which it is really heard.
 *
 * Returns: (transfer full): the entry
 */
DubRemoteVideo *
dub_studio_task_to_video (const DubStudioTask *self)
{
  DubRemoteVideo *video = dub_remote_video_new ();
  DubScript *original = self->script != NULL ? self->script : self->original;
  DubScript *translated = self->translated;

  if (self->script != NULL && !has_same_texts (self->script, self->translated))
    translated = self->script;

  video->video_id = g_strdup (self->video_id);
  video->video_name = g_strdup (self->name);
  video->preview_url = make_preview_url (self);
  video->target_language = g_strdup (self->language);
  video->create_time = self->finished;
  g_set_object (&video->original_script, original);
  g_set_object (&video->translated_script, translated);
  g_set_object (&video->subtitle_lines, self->subtitle_lines);
  video->note = g_strdup (self->note);
  return video;
}
