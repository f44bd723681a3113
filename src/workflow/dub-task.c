/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-task-private.h"

/**
 * DubTask:
 *
 * One video, one language, one round, as the queue knows it: what the store holds, with the forecast. Only the queue
 * changes it, after the store has. All on the main thread.
 */
struct _DubTask
{
  GObject parent_instance;

  DubTaskRecord *record;
  DubVideoRecord *source;
  gint64 expected_from;
  gint64 expected_to;
};

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
  PROP_MESSAGE,
  PROP_SERVICE_MESSAGE,
  PROP_RETURN_CODE,
  PROP_REQUEST_ID,
  PROP_PREVIEW_URI,
  PROP_REMOTE_VIDEO,
  PROP_CAN_CANCEL,
  PROP_CAN_RETRY,
  PROP_CAN_REMOVE,
  PROP_CAN_REVIEW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubTask, dub_task, G_TYPE_OBJECT)

static void
dub_task_finalize (GObject *object)
{
  DubTask *self = DUB_TASK (object);

  g_clear_pointer (&self->record, dub_task_record_free);
  g_clear_pointer (&self->source, dub_video_record_free);
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
    case PROP_CAN_RETRY:
      return dub_task_can_retry (self);
    case PROP_CAN_REMOVE:
      return dub_task_can_remove (self);
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
    { PROP_REMOTE_VIDEO, "remote-video" },
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
    { PROP_SERVICE_MESSAGE, "service-message" }, { PROP_CAN_CANCEL, "can-cancel" }, { PROP_CAN_RETRY, "can-retry" },
    { PROP_CAN_REMOVE, "can-remove" },           { PROP_CAN_REVIEW, "can-review" },
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
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, DUB_TYPE_TASK_STATE, DUB_TASK_WAITING, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dub_task_init (DubTask *self)
{
}

DubTask *
dub_task_new (const DubTaskRecord  *record,
              const DubVideoRecord *video)
{
  DubTask *self;

  g_return_val_if_fail (record != NULL && video != NULL, NULL);

  self = g_object_new (DUB_TYPE_TASK, NULL);
  self->record = dub_task_record_copy (record);
  self->source = dub_video_record_copy (video);
  return self;
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

  snapshot (self, before);
  old = self->record;
  self->record = dub_task_record_copy (record);
  dub_task_record_free (old);
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
  return self->source;
}

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
  return self->source->title;
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
  return self->source->uri;
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
  return self->source->info != NULL ? self->source->info->duration_ms : 0;
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

/**
 * dub_task_get_message:
 *
 * Returns: (transfer none) (nullable): what went wrong, in the service's words or ours
 */
const char *
dub_task_get_message (DubTask *self)
{
  g_return_val_if_fail (DUB_IS_TASK (self), NULL);
  return self->record->message;
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
