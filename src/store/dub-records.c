/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-records.h"

/**
 * dub_account_record_new:
 *
 * Returns: (transfer full): an empty record
 */
DubAccountRecord *
dub_account_record_new (void)
{
  return g_new0 (DubAccountRecord, 1);
}

/**
 * dub_account_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
dub_account_record_free (DubAccountRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->base_url);
  g_free (self);
}

/**
 * dub_video_record_new:
 *
 * Returns: (transfer full): an empty record; its info is %NULL
 */
DubVideoRecord *
dub_video_record_new (void)
{
  return g_new0 (DubVideoRecord, 1);
}

/**
 * dub_video_record_copy:
 * @self: a record
 *
 * Returns: (transfer full): a copy, down to its strings
 */
DubVideoRecord *
dub_video_record_copy (const DubVideoRecord *self)
{
  DubVideoRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->uri = g_strdup (self->uri);
  copy->identity = g_strdup (self->identity);
  copy->title = g_strdup (self->title);
  copy->info = self->info != NULL ? dub_media_info_copy (self->info) : NULL;
  return copy;
}

/**
 * dub_video_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
dub_video_record_free (DubVideoRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_free (self->identity);
  g_free (self->title);
  g_clear_pointer (&self->info, dub_media_info_free);
  g_free (self);
}

/**
 * dub_task_record_new:
 *
 * Returns: (transfer full): an empty record, waiting
 */
DubTaskRecord *
dub_task_record_new (void)
{
  return g_new0 (DubTaskRecord, 1);
}

/**
 * dub_task_record_copy:
 * @self: a record
 *
 * Returns: (transfer full): a copy, down to its strings
 */
DubTaskRecord *
dub_task_record_copy (const DubTaskRecord *self)
{
  DubTaskRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->account_id = g_strdup (self->account_id);
  copy->language = g_strdup (self->language);
  copy->name = g_strdup (self->name);
  copy->batch = g_strdup (self->batch);
  copy->publish_url = g_strdup (self->publish_url);
  copy->remote_task = g_strdup (self->remote_task);
  copy->remote_video = g_strdup (self->remote_video);
  copy->preview_url = g_strdup (self->preview_url);
  copy->message = g_strdup (self->message);
  copy->request_id = g_strdup (self->request_id);
  return copy;
}

static gboolean
have_equal_texts (const DubTaskRecord *a,
                  const DubTaskRecord *b)
{
  return g_strcmp0 (a->account_id, b->account_id) == 0 && g_strcmp0 (a->language, b->language) == 0 &&
         g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->batch, b->batch) == 0 &&
         g_strcmp0 (a->publish_url, b->publish_url) == 0 && g_strcmp0 (a->remote_task, b->remote_task) == 0 &&
         g_strcmp0 (a->remote_video, b->remote_video) == 0 && g_strcmp0 (a->preview_url, b->preview_url) == 0 &&
         g_strcmp0 (a->message, b->message) == 0 && g_strcmp0 (a->request_id, b->request_id) == 0;
}

/**
 * dub_task_record_equal:
 * @a: a record
 * @b: another one
 *
 * Returns: whether they hold the same, down to their strings
 */
gboolean
dub_task_record_equal (const DubTaskRecord *a,
                       const DubTaskRecord *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->id == b->id && a->video == b->video && a->round == b->round && a->subtitles == b->subtitles &&
         a->lipsync == b->lipsync && a->state == b->state && a->return_code == b->return_code &&
         a->created == b->created && a->changed == b->changed && a->submitted == b->submitted &&
         a->finished == b->finished && a->place == b->place && have_equal_texts (a, b);
}

/**
 * dub_task_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
dub_task_record_free (DubTaskRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->account_id);
  g_free (self->language);
  g_free (self->name);
  g_free (self->batch);
  g_free (self->publish_url);
  g_free (self->remote_task);
  g_free (self->remote_video);
  g_free (self->preview_url);
  g_free (self->message);
  g_free (self->request_id);
  g_free (self);
}

/**
 * dub_transition_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
dub_transition_record_free (DubTransitionRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->message);
  g_free (self->request_id);
  g_free (self);
}

/**
 * dub_transcript_record_new:
 * @task: the row id of a task
 * @original: (nullable): what is said in its video
 * @translated: (nullable): what is said in its dub
 * @subtitles: (nullable): the lines that are drawn on its picture
 *
 * Returns: (transfer full): a record that holds the scripts
 */
DubTranscriptRecord *
dub_transcript_record_new (gint64     task,
                           DubScript *original,
                           DubScript *translated,
                           DubScript *subtitles)
{
  DubTranscriptRecord *self = g_new0 (DubTranscriptRecord, 1);

  self->task = task;
  g_set_object (&self->original, original);
  g_set_object (&self->translated, translated);
  g_set_object (&self->subtitles, subtitles);
  return self;
}

/**
 * dub_transcript_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
dub_transcript_record_free (DubTranscriptRecord *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->original);
  g_clear_object (&self->translated);
  g_clear_object (&self->subtitles);
  g_free (self);
}
