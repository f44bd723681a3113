/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-service-types.h"

/**
 * dub_create_item_new:
 *
 * Returns: (transfer full): an item with all fields empty
 */
DubCreateItem *
dub_create_item_new (void)
{
  return g_new0 (DubCreateItem, 1);
}

/**
 * dub_create_item_free:
 * @self: (transfer full) (nullable): an item
 *
 * Frees an item with its strings and its script.
 */
void
dub_create_item_free (DubCreateItem *self)
{
  if (self == NULL)
    return;
  g_free (self->video_url);
  g_free (self->target_language);
  g_free (self->video_name);
  g_free (self->key);
  g_clear_object (&self->script);
  g_free (self);
}

/**
 * dub_remote_task_new:
 *
 * Returns: (transfer full): a task with all fields empty
 */
DubRemoteTask *
dub_remote_task_new (void)
{
  DubRemoteTask *self = g_new0 (DubRemoteTask, 1);

  self->progress = -1;
  return self;
}

/**
 * dub_remote_task_free:
 * @self: (transfer full) (nullable): a task
 *
 * Frees a task with its strings.
 */
void
dub_remote_task_free (DubRemoteTask *self)
{
  if (self == NULL)
    return;
  g_free (self->task_id);
  g_free (self->video_name);
  g_free (self->status_word);
  g_free (self->video_id);
  g_free (self->preview_url);
  g_free (self->error_msg);
  g_free (self);
}

/**
 * dub_progress_stage_find:
 * @word: (nullable): what may be the name of a stage
 *
 * Returns: (transfer none) (nullable): the name, which stays
 */
const char *
dub_progress_stage_find (const char *word)
{
  static const char *const stages[] = { "fetch", "open", "listen", "transcribe", "translate", "speak", "compose" };

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (stages); i++)
    if (g_str_equal (stages[i], word))
      return stages[i];
  return NULL;
}

/**
 * dub_remote_video_new:
 *
 * Returns: (transfer full): a video with all fields empty
 */
DubRemoteVideo *
dub_remote_video_new (void)
{
  return g_new0 (DubRemoteVideo, 1);
}

/**
 * dub_remote_video_free:
 * @self: (transfer full) (nullable): a video
 *
 * Frees a video with its strings and its scripts.
 */
void
dub_remote_video_free (DubRemoteVideo *self)
{
  if (self == NULL)
    return;
  g_free (self->video_id);
  g_free (self->video_name);
  g_free (self->preview_url);
  g_free (self->target_language);
  g_clear_object (&self->original_script);
  g_clear_object (&self->translated_script);
  g_clear_object (&self->subtitle_lines);
  g_free (self->note);
  g_free (self);
}

/**
 * dub_envelope_new:
 *
 * Returns: (transfer full): an envelope with code 0 and no texts
 */
DubEnvelope *
dub_envelope_new (void)
{
  return g_new0 (DubEnvelope, 1);
}

/**
 * dub_envelope_free:
 * @self: (transfer full) (nullable): an envelope
 *
 * Frees an envelope with its strings.
 */
void
dub_envelope_free (DubEnvelope *self)
{
  if (self == NULL)
    return;
  g_free (self->message);
  g_free (self->request_id);
  g_free (self);
}
