/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-draft-private.h"

/**
 * DubDraft:
 *
 * What the person is about to have dubbed. Nothing of it is stored, and no request to the service is made for it, before
 * dub_draft_generate_async(). All on the main thread.
 */

enum
{
  PROP_SUBTITLES = 1,
  PROP_LIPSYNC,
  PROP_NAME_STYLE,
  PROP_AGREED,
  PROP_CHECKING,
  PROP_N_ACCEPTED,
  PROP_N_LANGUAGES,
  PROP_N_DUBS,
  PROP_N_LEFT_OUT,
  PROP_NEEDS_AGREEMENT,
  PROP_CAN_GENERATE,
  PROP_EXPECTED_FROM,
  PROP_EXPECTED_TO,
  N_PROPS,
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DubDraft, dub_draft, G_TYPE_OBJECT)

static void
dub_draft_dispose (GObject *object)
{
  DubDraft *self = DUB_DRAFT (object);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->videos)); i++)
    {
      g_autoptr (DubDraftVideo) video = g_list_model_get_item (G_LIST_MODEL (self->videos), i);

      g_signal_handlers_disconnect_by_data (video, self);
      dub_draft_video_abandon (video);
    }
  G_OBJECT_CLASS (dub_draft_parent_class)->dispose (object);
}

static void
dub_draft_finalize (GObject *object)
{
  DubDraft *self = DUB_DRAFT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->queue);
  g_clear_object (&self->engines);
  g_clear_object (&self->account);
  g_clear_object (&self->videos);
  g_free (self->name);
  g_clear_error (&self->name_problem);
  G_OBJECT_CLASS (dub_draft_parent_class)->finalize (object);
}

static void
dub_draft_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  DubDraft *self = DUB_DRAFT (object);

  switch (id)
    {
    case PROP_SUBTITLES:
      g_value_set_boolean (value, self->subtitles);
      break;
    case PROP_LIPSYNC:
      g_value_set_boolean (value, self->lipsync);
      break;
    case PROP_NAME_STYLE:
      g_value_set_int (value, self->name_style);
      break;
    case PROP_AGREED:
      g_value_set_boolean (value, self->agreed);
      break;
    case PROP_CHECKING:
      g_value_set_boolean (value, self->checking);
      break;
    case PROP_N_ACCEPTED:
      g_value_set_uint (value, self->n_accepted);
      break;
    case PROP_N_LANGUAGES:
      g_value_set_uint (value, self->n_languages);
      break;
    case PROP_N_DUBS:
      g_value_set_uint (value, self->n_dubs);
      break;
    case PROP_N_LEFT_OUT:
      g_value_set_uint (value, self->n_left_out);
      break;
    case PROP_NEEDS_AGREEMENT:
      g_value_set_boolean (value, self->needs_agreement);
      break;
    case PROP_CAN_GENERATE:
      g_value_set_boolean (value, self->can_generate);
      break;
    case PROP_EXPECTED_FROM:
      g_value_set_int64 (value, self->expected_from);
      break;
    case PROP_EXPECTED_TO:
      g_value_set_int64 (value, self->expected_to);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_flag (DubDraft   *self,
          gboolean   *flag,
          gboolean    value,
          GParamSpec *pspec)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
  dub_draft_update (self);
}

static void
dub_draft_set_property (GObject      *object,
                        guint         id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  DubDraft *self = DUB_DRAFT (object);

  switch (id)
    {
    case PROP_SUBTITLES:
      set_flag (self, &self->subtitles, g_value_get_boolean (value), pspec);
      break;
    case PROP_LIPSYNC:
      set_flag (self, &self->lipsync, g_value_get_boolean (value), pspec);
      break;
    case PROP_NAME_STYLE:
      set_flag (self, &self->name_style, g_value_get_int (value), pspec);
      break;
    case PROP_AGREED:
      dub_draft_set_agreed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_flag (guint       id,
              const char *name,
              gboolean    writable)
{
  properties[id] = g_param_spec_boolean (name, NULL, NULL, FALSE,
                                         (writable ? G_PARAM_READWRITE : G_PARAM_READABLE) | G_PARAM_STATIC_STRINGS |
                                           G_PARAM_EXPLICIT_NOTIFY);
}

static void
dub_draft_class_init (DubDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = dub_draft_dispose;
  object_class->finalize = dub_draft_finalize;
  object_class->get_property = dub_draft_get_property;
  object_class->set_property = dub_draft_set_property;

  install_flag (PROP_SUBTITLES, "subtitles", TRUE);
  install_flag (PROP_LIPSYNC, "lipsync", TRUE);
  install_flag (PROP_AGREED, "agreed", TRUE);
  install_flag (PROP_CHECKING, "checking", FALSE);
  install_flag (PROP_NEEDS_AGREEMENT, "needs-agreement", FALSE);
  install_flag (PROP_CAN_GENERATE, "can-generate", FALSE);
  properties[PROP_NAME_STYLE] =
    g_param_spec_int ("name-style", NULL, NULL, DUB_NAME_STYLE_VIDEO_LANGUAGE, DUB_NAME_STYLE_VIDEO_CODE,
                      DUB_NAME_STYLE_VIDEO_LANGUAGE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_N_ACCEPTED] = g_param_spec_uint ("n-accepted", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_LANGUAGES] = g_param_spec_uint ("n-languages", NULL, NULL, 0, DUB_N_LANGUAGES, 0, flags);
  properties[PROP_N_DUBS] = g_param_spec_uint ("n-dubs", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_LEFT_OUT] = g_param_spec_uint ("n-left-out", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_EXPECTED_FROM] = g_param_spec_int64 ("expected-from", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_EXPECTED_TO] = g_param_spec_int64 ("expected-to", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
dub_draft_init (DubDraft *self)
{
  self->videos = g_list_store_new (DUB_TYPE_DRAFT_VIDEO);
}

/* What the studio can do is another matter with other engines. */
static void
on_engines_changed (DubDraft *self)
{
  dub_draft_update (self);
  dub_draft_update_findings (self);
}

DubDraft *
dub_draft_new (DubStore         *store,
               DubQueue         *queue,
               DubStudioEngines *engines,
               DubAccount       *account)
{
  DubDraft *self = g_object_new (DUB_TYPE_DRAFT, NULL);

  g_set_object (&self->store, store);
  g_set_object (&self->queue, queue);
  g_set_object (&self->account, account);
  self->engines = g_object_ref (engines);
  g_signal_connect_object (engines, "changed", G_CALLBACK (on_engines_changed), self, G_CONNECT_SWAPPED);
  return self;
}

GPtrArray *
dub_draft_list_accepted (DubDraft *self)
{
  GPtrArray *accepted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->videos)); i++)
    {
      g_autoptr (DubDraftVideo) video = g_list_model_get_item (G_LIST_MODEL (self->videos), i);

      if (dub_draft_video_get_state (video) == DUB_DRAFT_VIDEO_ACCEPTED)
        g_ptr_array_add (accepted, g_steal_pointer (&video));
    }
  return accepted;
}

static gboolean
is_checking (DubDraft *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->videos)); i++)
    {
      g_autoptr (DubDraftVideo) video = g_list_model_get_item (G_LIST_MODEL (self->videos), i);

      if (dub_draft_video_get_state (video) == DUB_DRAFT_VIDEO_CHECKING)
        return TRUE;
    }
  return FALSE;
}

static gboolean
needs_agreement (GPtrArray *accepted)
{
  for (guint i = 0; i < accepted->len; i++)
    if (!dub_draft_video_get_agreed (accepted->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_made (DubDraft      *self,
         DubDraftVideo *video,
         guint          i)
{
  return self->wanted[i] && dub_draft_get_script_need (self, video, dub_language_get_all ()[i]) == DUB_SCRIPT_NEED_NONE;
}

static void
notify_flag (DubDraft *self,
             gboolean *flag,
             gboolean  value,
             guint     id)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
notify_count (DubDraft *self,
              guint    *count,
              guint     value,
              guint     id)
{
  if (*count == value)
    return;
  *count = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
notify_moment (DubDraft *self,
               gint64   *moment,
               gint64    value,
               guint     id)
{
  if (*moment == value)
    return;
  *moment = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

/**
 * dub_draft_update_forecast:
 *
 * Finds out anew when the dubs would be ready, because time goes on.
 */
void
dub_draft_update_forecast (DubDraft *self)
{
  g_autoptr (GPtrArray) accepted = NULL;
  g_autoptr (GArray) durations = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 from = 0, to = 0;

  g_return_if_fail (DUB_IS_DRAFT (self));

  accepted = dub_draft_list_accepted (self);
  for (guint i = 0; i < accepted->len; i++)
    for (guint j = 0; j < DUB_N_LANGUAGES; j++)
      if (is_made (self, accepted->pdata[i], j))
        g_array_append_val (durations, dub_draft_video_get_info (accepted->pdata[i])->duration_ms);
  if (durations->len > 0 && self->account != NULL)
    dub_queue_forecast (self->queue, dub_account_get_id (self->account), (const gint64 *) durations->data, durations->len,
                        self->lipsync, &from, &to);
  notify_moment (self, &self->expected_from, from, PROP_EXPECTED_FROM);
  notify_moment (self, &self->expected_to, to, PROP_EXPECTED_TO);
}

static void
update_counts (DubDraft  *self,
               GPtrArray *accepted)
{
  guint n_languages = 0, n_dubs = 0;

  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    {
      n_languages += self->wanted[i] ? 1 : 0;
      for (guint j = 0; j < accepted->len; j++)
        n_dubs += is_made (self, accepted->pdata[j], i) ? 1 : 0;
    }
  notify_count (self, &self->n_accepted, accepted->len, PROP_N_ACCEPTED);
  notify_count (self, &self->n_languages, n_languages, PROP_N_LANGUAGES);
  notify_count (self, &self->n_dubs, n_dubs, PROP_N_DUBS);
  notify_count (self, &self->n_left_out, accepted->len * n_languages - n_dubs, PROP_N_LEFT_OUT);
}

void
dub_draft_update (DubDraft *self)
{
  g_autoptr (GPtrArray) accepted = dub_draft_list_accepted (self);

  g_object_freeze_notify (G_OBJECT (self));
  notify_flag (self, &self->checking, is_checking (self), PROP_CHECKING);
  notify_flag (self, &self->needs_agreement, needs_agreement (accepted), PROP_NEEDS_AGREEMENT);
  update_counts (self, accepted);
  dub_draft_update_name (self);
  dub_draft_update_forecast (self);
  notify_flag (self, &self->can_generate,
               self->account != NULL && self->n_dubs > 0 && !self->checking && !self->generating &&
                 self->name_problem == NULL && (self->agreed || !self->needs_agreement),
               PROP_CAN_GENERATE);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Without sound a video can be dubbed from scripts: whether it has them all depends on the languages. */
void
dub_draft_update_findings (DubDraft *self)
{
  const DubLanguage *const *languages = dub_language_get_all ();
  g_autoptr (GPtrArray) accepted = dub_draft_list_accepted (self);

  for (guint i = 0; i < accepted->len; i++)
    {
      gboolean all = self->n_languages > 0;

      if (dub_draft_video_get_info (accepted->pdata[i])->has_audio)
        continue;
      for (guint j = 0; j < DUB_N_LANGUAGES; j++)
        all = all && (!self->wanted[j] || dub_draft_video_get_script (accepted->pdata[i], languages[j]) != NULL);
      dub_draft_video_find (accepted->pdata[i], all);
    }
}

/**
 * dub_draft_get_videos:
 *
 * Returns: (transfer none): a list of #DubDraftVideo, in the order in which they were added
 */
GListModel *
dub_draft_get_videos (DubDraft *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self), NULL);
  return G_LIST_MODEL (self->videos);
}

/**
 * dub_draft_get_n_accepted:
 *
 * Returns: how many of the videos can be dubbed
 */
guint
dub_draft_get_n_accepted (DubDraft *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self), 0);
  return self->n_accepted;
}

/**
 * dub_draft_get_n_languages:
 *
 * Returns: how many languages are wanted
 */
guint
dub_draft_get_n_languages (DubDraft *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self), 0);
  return self->n_languages;
}

/**
 * dub_draft_get_n_dubs:
 *
 * Returns: how many dubs would be made
 */
guint
dub_draft_get_n_dubs (DubDraft *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self), 0);
  return self->n_dubs;
}

/**
 * dub_draft_get_n_left_out:
 *
 * Returns: how many dubs would not be made, because they lack a script that they need
 */
guint
dub_draft_get_n_left_out (DubDraft *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self), 0);
  return self->n_left_out;
}

/**
 * dub_draft_get_checking:
 *
 * Returns: whether a video is being looked at
 */
gboolean
dub_draft_get_checking (DubDraft *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self), FALSE);
  return self->checking;
}

/**
 * dub_draft_get_agreed:
 *
 * Returns: whether the person has ticked the box, for the videos that are there now
 */
gboolean
dub_draft_get_agreed (DubDraft *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self), FALSE);
  return self->agreed;
}

/**
 * dub_draft_set_agreed:
 * @agreed: whether the person has ticked the box
 *
 * Only ever called for what the person did.
 */
void
dub_draft_set_agreed (DubDraft *self,
                      gboolean  agreed)
{
  g_return_if_fail (DUB_IS_DRAFT (self));
  set_flag (self, &self->agreed, !!agreed, properties[PROP_AGREED]);
}

/**
 * dub_draft_get_can_generate:
 *
 * Returns: whether all is there: videos, languages, a name that does, and the agreement for each video
 */
gboolean
dub_draft_get_can_generate (DubDraft *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT (self), FALSE);
  return self->can_generate;
}
