/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-task-private.h"

/**
 * DubTask:
 *
 * One video, one language, one round, as the queue knows it: what the store holds, with the forecast. Only the queue
 * changes it, after the store has. All on the main thread.
 */

enum
{
  PROP_ID = 1,
  PROP_ACCOUNT_ID,
  PROP_VIDEO,
  PROP_VIDEO_TITLE,
  PROP_VIDEO_URI,
  PROP_VIDEO_DURATION,
  PROP_LANGUAGE_CODE,
  PROP_ROUND,
  PROP_NAME,
  PROP_BATCH,
  PROP_STATE,
  PROP_CREATED,
  PROP_CHANGED,
  PROP_SUBMITTED,
  PROP_FINISHED,
  PROP_EXPECTED_FROM,
  PROP_EXPECTED_TO,
  PROP_NEXT_LOOK,
  PROP_PROGRESS,
  PROP_PROGRESS_WORDS,
  PROP_MESSAGE,
  PROP_SERVICE_MESSAGE,
  PROP_RETURN_CODE,
  PROP_REQUEST_ID,
  PROP_PREVIEW_URI,
  PROP_REMOTE_VIDEO,
  PROP_CAN_CANCEL,
  PROP_CAN_RECALL,
  PROP_CAN_RETRY,
  PROP_CAN_REMOVE,
  PROP_CAN_REVIEW,
  PROP_CAN_STOP_FOLLOWING,
  PROP_CAN_FOLLOW_AGAIN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubTask, dub_task, G_TYPE_OBJECT)

static void
dub_task_finalize (GObject *object)
{
  DubTask *self = DUB_TASK (object);

  g_clear_pointer (&self->record, dub_task_record_free);
  g_clear_pointer (&self->source, dub_task_source_unref);
  G_OBJECT_CLASS (dub_task_parent_class)->finalize (object);
}

static void
get_number (DubTask *self,
            guint    id,
            GValue  *value)
{
  switch (id)
    {
    case PROP_ID:
      g_value_set_int64 (value, dub_task_get_id (self));
      break;
    case PROP_VIDEO:
      g_value_set_int64 (value, dub_task_get_video (self));
      break;
    case PROP_VIDEO_DURATION:
      g_value_set_int64 (value, dub_task_get_video_duration (self));
      break;
    case PROP_ROUND:
      g_value_set_int (value, dub_task_get_round (self));
      break;
    case PROP_CREATED:
      g_value_set_int64 (value, dub_task_get_created (self));
      break;
    case PROP_CHANGED:
      g_value_set_int64 (value, dub_task_get_changed (self));
      break;
    case PROP_SUBMITTED:
      g_value_set_int64 (value, dub_task_get_submitted (self));
      break;
    case PROP_FINISHED:
      g_value_set_int64 (value, dub_task_get_finished (self));
      break;
    case PROP_EXPECTED_FROM:
      g_value_set_int64 (value, self->expected_from);
      break;
    case PROP_EXPECTED_TO:
      g_value_set_int64 (value, self->expected_to);
      break;
    case PROP_NEXT_LOOK:
      g_value_set_int64 (value, dub_task_get_next_look (self));
      break;
    default:
      g_value_set_int64 (value, dub_task_get_return_code (self));
    }
}

static const char *
get_text (DubTask *self,
          guint    id)
{
  switch (id)
    {
    case PROP_ACCOUNT_ID:
      return dub_task_get_account_id (self);
    case PROP_VIDEO_TITLE:
      return dub_task_get_video_title (self);
    case PROP_VIDEO_URI:
      return dub_task_get_video_uri (self);
    case PROP_LANGUAGE_CODE:
      return dub_task_get_language_code (self);
    case PROP_NAME:
      return dub_task_get_name (self);
    case PROP_BATCH:
      return dub_task_get_batch (self);
    case PROP_PROGRESS_WORDS:
      return dub_task_get_progress_words (self);
    case PROP_MESSAGE:
      return dub_task_get_message (self);
    case PROP_REQUEST_ID:
      return dub_task_get_request_id (self);
    case PROP_PREVIEW_URI:
      return dub_task_get_preview_uri (self);
    default:
      return dub_task_get_remote_video (self);
    }
}

static gboolean
get_flag (DubTask *self,
          guint    id)
{
  switch (id)
    {
    case PROP_SERVICE_MESSAGE:
      return dub_task_is_service_message (self);
    case PROP_CAN_CANCEL:
      return dub_task_can_cancel (self);
    case PROP_CAN_RECALL:
      return dub_task_can_recall (self);
    case PROP_CAN_RETRY:
      return dub_task_can_retry (self);
    case PROP_CAN_REMOVE:
      return dub_task_can_remove (self);
    case PROP_CAN_STOP_FOLLOWING:
      return dub_task_can_stop_following (self);
    case PROP_CAN_FOLLOW_AGAIN:
      return dub_task_can_follow_again (self);
    default:
      return dub_task_can_review (self);
    }
}

static void
dub_task_get_property (GObject    *object,
                       guint       id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  DubTask *self = DUB_TASK (object);

  if (id == PROP_STATE)
    g_value_set_enum (value, dub_task_get_state (self));
  else if (id == PROP_PROGRESS)
    g_value_set_double (value, dub_task_get_progress (self));
  else if (G_VALUE_HOLDS_STRING (value))
    g_value_set_string (value, get_text (self, id));
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, get_flag (self, id));
  else
    get_number (self, id, value);
}

static void
install_texts (const GParamFlags flags)
{
  static const struct
  {
    guint id;
    const char *name;
  } texts[] = {
    { PROP_ACCOUNT_ID, "account-id" },       { PROP_VIDEO_TITLE, "video-title" }, { PROP_VIDEO_URI, "video-uri" },
    { PROP_LANGUAGE_CODE, "language-code" }, { PROP_NAME, "name" },               { PROP_BATCH, "batch" },
    { PROP_MESSAGE, "message" },             { PROP_REQUEST_ID, "request-id" },   { PROP_PREVIEW_URI, "preview-uri" },
    { PROP_REMOTE_VIDEO, "remote-video" },   { PROP_PROGRESS_WORDS, "progress-words" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    properties[texts[i].id] = g_param_spec_string (texts[i].name, NULL, NULL, NULL, flags);
}

static void
install_numbers (const GParamFlags flags)
{
  static const struct
  {
    guint id;
    const char *name;
  } numbers[] = {
    { PROP_ID, "id" },
    { PROP_VIDEO, "video" },
    { PROP_VIDEO_DURATION, "video-duration" },
    { PROP_CREATED, "created" },
    { PROP_CHANGED, "changed" },
    { PROP_SUBMITTED, "submitted" },
    { PROP_FINISHED, "finished" },
    { PROP_EXPECTED_FROM, "expected-from" },
    { PROP_EXPECTED_TO, "expected-to" },
    { PROP_NEXT_LOOK, "next-look" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    properties[numbers[i].id] = g_param_spec_int64 (numbers[i].name, NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_RETURN_CODE] = g_param_spec_int64 ("return-code", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_ROUND] = g_param_spec_int ("round", NULL, NULL, 0, G_MAXINT, 0, flags);
}

static void
install_flags (const GParamFlags flags)
{
  static const struct
  {
    guint id;
    const char *name;
  } booleans[] = {
    { PROP_SERVICE_MESSAGE, "service-message" }, { PROP_CAN_CANCEL, "can-cancel" }, { PROP_CAN_RECALL, "can-recall" },
    { PROP_CAN_RETRY, "can-retry" },
    { PROP_CAN_REMOVE, "can-remove" },           { PROP_CAN_REVIEW, "can-review" },
    { PROP_CAN_STOP_FOLLOWING, "can-stop-following" },
    { PROP_CAN_FOLLOW_AGAIN, "can-follow-again" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (booleans); i++)
    properties[booleans[i].id] = g_param_spec_boolean (booleans[i].name, NULL, NULL, FALSE, flags);
}

static void
dub_task_class_init (DubTaskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = dub_task_finalize;
  object_class->get_property = dub_task_get_property;

  install_texts (flags);
  install_numbers (flags);
  install_flags (flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, DUB_TYPE_TASK_STATE, DUB_TASK_WAITING, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dub_task_init (DubTask *self)
{
  self->progress = -1;
}

DubTask *
dub_task_new (const DubTaskRecord  *record,
              const DubVideoRecord *video)
{
  DubTask *self;

  g_return_val_if_fail (record != NULL && video != NULL, NULL);

  self = dub_task_new_take (dub_task_record_copy (record), NULL);
  self->source = dub_task_source_new (video);
  return self;
}

DubTask *
dub_task_new_take (DubTaskRecord *record,
                   DubTaskSource *source)
{
  DubTask *self;

  g_return_val_if_fail (record != NULL, NULL);

  self = g_object_new (DUB_TYPE_TASK, NULL);
  self->record = record;
  if (source != NULL)
    self->source = g_rc_box_acquire (source);
  return self;
}

static void
source_clear (gpointer data)
{
  dub_video_record_free (((DubTaskSource *) data)->record);
}

DubTaskSource *
dub_task_source_new (const DubVideoRecord *video)
{
  DubTaskSource *source = g_rc_box_new0 (DubTaskSource);

  source->record = dub_video_record_copy (video);
  return source;
}

void
dub_task_source_unref (DubTaskSource *source)
{
  g_rc_box_release_full (source, source_clear);
}

/* Compares by the properties themselves, so that no field can be forgotten. */
static void
snapshot (DubTask *self,
          GValue  *values)
{
  for (guint i = 1; i < N_PROPS; i++)
    {
      g_value_init (&values[i], properties[i]->value_type);
      g_object_get_property (G_OBJECT (self), properties[i]->name, &values[i]);
    }
}

static void
notify_differences (DubTask *self,
                    GValue  *before)
{
  GValue after[N_PROPS] = { G_VALUE_INIT };

  snapshot (self, after);
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    {
      if (g_param_values_cmp (properties[i], &before[i], &after[i]) != 0)
        g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
      g_value_unset (&before[i]);
      g_value_unset (&after[i]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
dub_task_update (DubTask             *self,
                 const DubTaskRecord *record)
{
  GValue before[N_PROPS] = { G_VALUE_INIT };
  DubTaskRecord *old;

  g_return_if_fail (DUB_IS_TASK (self));
  g_return_if_fail (record != NULL && record->id == self->record->id);

  if (dub_task_record_equal (self->record, record))
    return;
  snapshot (self, before);
  old = self->record;
  self->record = dub_task_record_copy (record);
  dub_task_record_free (old);
  /* How far it was is of interest while it is being made. */
  if (record->state != DUB_TASK_SUBMITTED && record->state != DUB_TASK_PROCESSING)
    {
      self->progress = -1;
      self->progress_stage = NULL;
    }
  notify_differences (self, before);
}

void
dub_task_set_expected (DubTask *self,
                       gint64   from,
                       gint64   to)
{
  g_return_if_fail (DUB_IS_TASK (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (self->expected_from != from)
    {
      self->expected_from = from;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPECTED_FROM]);
    }
  if (self->expected_to != to)
    {
      self->expected_to = to;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPECTED_TO]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
dub_task_set_progress (DubTask    *self,
                       const char *stage,
                       double      progress)
{
  double further = MAX (self->progress, CLAMP (progress, 0, 1));
  const char *words = dub_task_get_progress_words (self);

  g_return_if_fail (DUB_IS_TASK (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (self->progress != further)
    {
      self->progress = further;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
    }
  /* Two stages may be one to a person. */
  self->progress_stage = stage;
  if (g_strcmp0 (words, dub_task_get_progress_words (self)) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS_WORDS]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
dub_task_set_next_look (DubTask *self,
                        gint64   when)
{
  g_return_if_fail (DUB_IS_TASK (self));

  if (self->next_look == when)
    return;
  self->next_look = when;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEXT_LOOK]);
}

const DubTaskRecord *
dub_task_get_record (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->record;
}

const DubVideoRecord *
dub_task_get_source (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->source->record;
}
