/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-task-private.h"

#include <glib/gi18n-lib.h>

/* What a task tells of itself. */

/**
 * dub_task_get_id:
 *
 * Returns: the row id, greater than 0
 */
gint64
dub_task_get_id (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->record->id;
}

/**
 * dub_task_get_account_id:
 *
 * Returns: (transfer none): the account that it is dubbed with
 */
const char *
dub_task_get_account_id (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->record->account_id;
}

/**
 * dub_task_get_video:
 *
 * Returns: a number that is the same for all tasks of one video
 */
gint64
dub_task_get_video (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->record->video;
}

/**
 * dub_task_get_video_title:
 *
 * Returns: (transfer none): the original's title, for people
 */
const char *
dub_task_get_video_title (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->source->record->title;
}

/**
 * dub_task_get_video_uri:
 *
 * Returns: (transfer none): where the original is: file://, http:// or https://
 */
const char *
dub_task_get_video_uri (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->source->record->uri;
}

/**
 * dub_task_get_video_duration:
 *
 * Returns: in milliseconds, 0 where unknown
 */
gint64
dub_task_get_video_duration (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->source->record->info != NULL ? self->source->record->info->duration_ms : 0;
}

/**
 * dub_task_get_language_code:
 *
 * Returns: (transfer none): the target language, as the service names it
 */
const char *
dub_task_get_language_code (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->record->language;
}

/**
 * dub_task_get_language:
 *
 * Returns: (transfer none) (nullable): the target language
 */
const DubLanguage *
dub_task_get_language (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return dub_language_from_code (self->record->language);
}

/**
 * dub_task_get_round:
 *
 * Returns: 1 for the first dub of the video in this language, 2 for the next one, …
 */
int
dub_task_get_round (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->record->round;
}

/**
 * dub_task_get_name:
 *
 * Returns: (transfer none): the dub's name, unique within the account
 */
const char *
dub_task_get_name (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->record->name;
}

/**
 * dub_task_get_batch:
 *
 * Returns: (transfer none) (nullable): the same for all that was asked for together
 */
const char *
dub_task_get_batch (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->record->batch;
}

/**
 * dub_task_get_state:
 *
 * Returns: the state that is stored
 */
DubTaskState
dub_task_get_state (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), DUB_TASK_WAITING);
  return self->record->state;
}

/**
 * dub_task_get_created:
 *
 * Returns: Unix seconds, UTC
 */
gint64
dub_task_get_created (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->record->created / 1000;
}

/**
 * dub_task_get_changed:
 *
 * Returns: when the state was entered: Unix seconds, UTC
 */
gint64
dub_task_get_changed (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->record->changed / 1000;
}

/**
 * dub_task_get_submitted:
 *
 * Returns: when it was sent: Unix seconds, UTC; 0 before
 */
gint64
dub_task_get_submitted (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->record->submitted / 1000;
}

/**
 * dub_task_get_finished:
 *
 * Returns: Unix seconds, UTC; 0 before
 */
gint64
dub_task_get_finished (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->record->finished / 1000;
}

/**
 * dub_task_get_expected_from:
 *
 * Returns: the early end of the forecast: Unix seconds, UTC; 0 where there is none
 */
gint64
dub_task_get_expected_from (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->expected_from;
}

/**
 * dub_task_get_expected_to:
 *
 * Returns: the late end of the forecast: Unix seconds, UTC; 0 where there is none
 */
gint64
dub_task_get_expected_to (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->expected_to;
}

/* Of a failure or a refusal for which the service had no words: stored is nothing, so that ours are never taken for its. */
static const char *
get_our_words (const DubTaskRecord *record)
{
  if (record->state == DUB_TASK_REJECTED && record->return_code != 0)
    return _("The service refused this dub and did not say why. You can try again.");
  if (record->state != DUB_TASK_FAILED || record->remote_task == NULL)
    return NULL;
  /* Not named in an answer, or refused when it was asked for. */
  if (record->request_id == NULL || record->return_code != 0)
    return _("The service does not know this dub any more. Have it made again.");
  return _("The dubbing failed, and the service did not say why. You can try again.");
}

/**
 * dub_task_get_message:
 *
 * Returns: (transfer none) (nullable): what went wrong, in the service's words or ours
 */
const char *
dub_task_get_message (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->record->message != NULL ? self->record->message : get_our_words (self->record);
}

/**
 * dub_task_is_service_message:
 *
 * Returns: whether the message is the service's own words: those about a dub that it had taken, or about its refusal
 */
gboolean
dub_task_is_service_message (DubTask *self)
{
  const DubTaskRecord *record;

  g_return_val_if_fail (DUB_IS_TASK (self), FALSE);

  record = self->record;
  if (record->message == NULL)
    return FALSE;
  if (record->state == DUB_TASK_FAILED)
    return record->remote_task != NULL;
  return record->state == DUB_TASK_REJECTED && record->return_code != 0;
}

/**
 * dub_task_get_return_code:
 *
 * Returns: the service's return code, 0 where there was none
 */
gint64
dub_task_get_return_code (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->record->return_code;
}

/**
 * dub_task_get_request_id:
 *
 * Returns: (transfer none) (nullable): what the service's support asks for
 */
const char *
dub_task_get_request_id (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->record->request_id;
}

/**
 * dub_task_get_preview_uri:
 *
 * Returns: (transfer none) (nullable): where the finished dub can be seen
 */
const char *
dub_task_get_preview_uri (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->record->preview_url;
}

/**
 * dub_task_get_remote_video:
 *
 * Returns: (transfer none) (nullable): the service's id of the finished dub
 */
const char *
dub_task_get_remote_video (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->record->remote_video;
}

/**
 * dub_task_can_cancel:
 *
 * Returns: whether nothing has been sent for it yet
 */
gboolean
dub_task_can_cancel (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), FALSE);
  return self->record->state == DUB_TASK_WAITING || self->record->state == DUB_TASK_PUBLISHING;
}

/**
 * dub_task_can_recall:
 *
 * Returns: whether the built-in studio has it, which can give it up
 */
gboolean
dub_task_can_recall (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), FALSE);
  return (self->record->state == DUB_TASK_SUBMITTED || self->record->state == DUB_TASK_PROCESSING) &&
         self->record->remote_task != NULL && g_strcmp0 (self->record->account_id, DUB_STUDIO_ACCOUNT_ID) == 0;
}

/**
 * dub_task_get_progress:
 *
 * Returns: how much of it the built-in studio has done, 0 to 1; -1 where that is not told
 */
double
dub_task_get_progress (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), -1);
  return self->progress;
}

/**
 * dub_task_get_progress_words:
 *
 * Returns: (transfer none) (nullable): what the built-in studio is doing with it
 */
const char *
dub_task_get_progress_words (DubTask *self)
{
  static const struct
  {
    const char *stage;
    const char *words;
  } stages[] = {
    { "fetch", N_("Fetching the video") },
    { "open", N_("Opening the video") },
    { "listen", N_("Listening to the speech") },
    { "transcribe", N_("Listening to the speech") },
    { "translate", N_("Translating") },
    { "speak", N_("Speaking") },
    { "compose", N_("Writing the video") },
  };

  g_return_val_if_fail (DUB_IS_TASK (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (g_strcmp0 (self->progress_stage, stages[i].stage) == 0)
      return _(stages[i].words);
  return NULL;
}

/**
 * dub_task_can_retry:
 *
 * Returns: whether the person may have it made again
 */
gboolean
dub_task_can_retry (DubTask *self)
{
  DubTaskState state;

  g_return_val_if_fail (DUB_IS_TASK (self), FALSE);

  state = self->record->state;
  return state == DUB_TASK_FAILED || state == DUB_TASK_REJECTED || state == DUB_TASK_CANCELLED ||
         state == DUB_TASK_UNCONFIRMED;
}

/**
 * dub_task_can_remove:
 *
 * Returns: whether it may be forgotten in the list
 */
gboolean
dub_task_can_remove (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), FALSE);
  return dub_task_state_is_final (self->record->state);
}

/**
 * dub_task_can_review:
 *
 * Returns: whether there is a dub to look at
 */
gboolean
dub_task_can_review (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), FALSE);
  return self->record->state == DUB_TASK_SUCCEEDED;
}

/**
 * dub_task_can_stop_following:
 *
 * Returns: whether the service makes it, and it is asked for
 */
gboolean
dub_task_can_stop_following (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), FALSE);
  return self->record->state == DUB_TASK_SUBMITTED || self->record->state == DUB_TASK_PROCESSING;
}

/**
 * dub_task_can_follow_again:
 *
 * Returns: whether the person stopped following it, and the service may still know it
 */
gboolean
dub_task_can_follow_again (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), FALSE);
  return self->record->state == DUB_TASK_DROPPED && self->record->remote_task != NULL;
}

/**
 * dub_task_get_place:
 *
 * Where it stands in the line of its account, or stood there before it was sent. It changes with #DubQueue::line-changed.
 *
 * Returns: a number: the least goes first, then the oldest
 */
gint64
dub_task_get_place (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->record->place;
}

/**
 * dub_task_get_next_look:
 *
 * Returns: when the library is read next to find it (Unix seconds, UTC); 0 where that is not known, or it is not unconfirmed
 */
gint64
dub_task_get_next_look (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), 0);
  return self->record->state == DUB_TASK_UNCONFIRMED ? self->next_look : 0;
}
