/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-draft-video-private.h"

#include "dub-names.h"

/**
 * DubDraftVideo:
 *
 * A video that was picked, and what was found out about it. All on the main thread.
 */

enum
{
  PROP_URI = 1,
  PROP_TITLE,
  PROP_STATE,
  PROP_INFO,
  PROP_FINDINGS,
  PROP_THUMBNAIL,
  PROP_AGREED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (DubDraftVideoState, dub_draft_video_state,
                    G_DEFINE_ENUM_VALUE (DUB_DRAFT_VIDEO_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (DUB_DRAFT_VIDEO_ACCEPTED, "accepted"),
                    G_DEFINE_ENUM_VALUE (DUB_DRAFT_VIDEO_REFUSED, "refused"))

G_DEFINE_FINAL_TYPE (DubDraftVideo, dub_draft_video, G_TYPE_OBJECT)

static void
dub_draft_video_dispose (GObject *object)
{
  dub_draft_video_abandon (DUB_DRAFT_VIDEO (object));
  G_OBJECT_CLASS (dub_draft_video_parent_class)->dispose (object);
}

static void
dub_draft_video_finalize (GObject *object)
{
  DubDraftVideo *self = DUB_DRAFT_VIDEO (object);

  g_free (self->uri);
  g_free (self->title);
  g_free (self->file_name);
  g_free (self->identity);
  g_clear_pointer (&self->info, dub_media_info_free);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->dropped, g_ptr_array_unref);
  g_clear_pointer (&self->thumbnail, dub_thumbnail_free);
  g_clear_pointer (&self->scripts, g_hash_table_unref);
  g_clear_pointer (&self->script_files, g_hash_table_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (dub_draft_video_parent_class)->finalize (object);
}

static void
dub_draft_video_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DubDraftVideo *self = DUB_DRAFT_VIDEO (object);

  switch (id)
    {
    case PROP_URI:
      g_value_set_string (value, self->uri);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_INFO:
      g_value_set_boxed (value, self->info);
      break;
    case PROP_FINDINGS:
      g_value_set_boxed (value, self->findings);
      break;
    case PROP_THUMBNAIL:
      g_value_set_pointer (value, self->thumbnail);
      break;
    case PROP_AGREED:
      g_value_set_boolean (value, self->agreed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_draft_video_class_init (DubDraftVideoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = dub_draft_video_dispose;
  object_class->finalize = dub_draft_video_finalize;
  object_class->get_property = dub_draft_video_get_property;
  properties[PROP_URI] = g_param_spec_string ("uri", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, DUB_TYPE_DRAFT_VIDEO_STATE, DUB_DRAFT_VIDEO_CHECKING, flags);
  properties[PROP_INFO] = g_param_spec_boxed ("info", NULL, NULL, DUB_TYPE_MEDIA_INFO, flags);
  properties[PROP_FINDINGS] = g_param_spec_boxed ("findings", NULL, NULL, G_TYPE_PTR_ARRAY, flags);
  properties[PROP_THUMBNAIL] = g_param_spec_pointer ("thumbnail", NULL, NULL, flags);
  properties[PROP_AGREED] = g_param_spec_boolean ("agreed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

GPtrArray *
dub_draft_video_findings_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dub_finding_free);
}

static void
dub_draft_video_init (DubDraftVideo *self)
{
  self->findings = dub_draft_video_findings_new ();
  self->dropped = dub_draft_video_findings_new ();
  self->scripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->script_files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
}

gboolean
dub_draft_video_is_local (const char *uri)
{
  return g_ascii_strncasecmp (uri, "file:", 5) == 0;
}

static char *
make_file_name (const char *uri)
{
  g_autofree char *path = dub_draft_video_is_local (uri) ? g_filename_from_uri (uri, NULL, NULL) : NULL;

  /* Of an address the whole of it: its last part is often the same for all. */
  return path != NULL ? g_filename_display_basename (path) : g_utf8_make_valid (uri, -1);
}

DubDraftVideo *
dub_draft_video_new (const char *uri,
                     gboolean    local_files)
{
  DubDraftVideo *self;

  g_return_val_if_fail (uri != NULL, NULL);

  self = g_object_new (DUB_TYPE_DRAFT_VIDEO, NULL);
  self->uri = g_strdup (uri);
  self->title = dub_name_title (uri);
  self->file_name = make_file_name (uri);
  self->local_files = local_files;
  return self;
}

void
dub_draft_video_take_findings (DubDraftVideo *self,
                               GPtrArray     *findings)
{
  g_ptr_array_unref (self->findings);
  self->findings = findings;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINDINGS]);
}

void
dub_draft_video_set_state (DubDraftVideo      *self,
                           DubDraftVideoState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
dub_draft_video_take_info (DubDraftVideo *self,
                           DubMediaInfo  *info)
{
  self->info = info;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INFO]);
}

void
dub_draft_video_take_thumbnail (DubDraftVideo *self,
                                DubThumbnail  *thumbnail)
{
  self->thumbnail = thumbnail;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THUMBNAIL]);
}

void
dub_draft_video_find (DubDraftVideo *self,
                      gboolean       all_scripted)
{
  g_autoptr (GPtrArray) findings = NULL;

  g_return_if_fail (DUB_IS_DRAFT_VIDEO (self));

  if (self->info == NULL || self->state == DUB_DRAFT_VIDEO_REFUSED)
    return;
  findings = dub_checks_run (self->info);
  for (guint i = findings->len; all_scripted && i > 0; i--)
    if (g_strcmp0 (((DubFinding *) findings->pdata[i - 1])->id, "no-sound") == 0)
      g_ptr_array_remove_index (findings, i - 1);
  for (guint i = 0; i < self->dropped->len; i++)
    g_ptr_array_add (findings, dub_finding_copy (self->dropped->pdata[i]));
  dub_draft_video_take_findings (self, g_steal_pointer (&findings));
}

void
dub_draft_video_abandon (DubDraftVideo *self)
{
  g_return_if_fail (DUB_IS_DRAFT_VIDEO (self));
  g_cancellable_cancel (self->cancellable);
}

const char *
dub_draft_video_get_identity (DubDraftVideo *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT_VIDEO (self), NULL);
  return self->identity;
}

void
dub_draft_video_set_agreed (DubDraftVideo *self,
                            gboolean       agreed)
{
  g_return_if_fail (DUB_IS_DRAFT_VIDEO (self));

  if (self->agreed == agreed)
    return;
  self->agreed = agreed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AGREED]);
}

DubVideoRecord *
dub_draft_video_make_record (DubDraftVideo *self)
{
  DubVideoRecord *record;

  g_return_val_if_fail (DUB_IS_DRAFT_VIDEO (self), NULL);

  record = dub_video_record_new ();
  record->uri = g_strdup (self->uri);
  record->identity = g_strdup (self->identity);
  record->title = g_strdup (self->title);
  record->info = dub_media_info_copy (self->info);
  return record;
}

DubScript *
dub_draft_video_get_script (DubDraftVideo     *self,
                            const DubLanguage *language)
{
  g_return_val_if_fail (DUB_IS_DRAFT_VIDEO (self) && language != NULL, NULL);
  return g_hash_table_lookup (self->scripts, dub_language_get_code (language));
}

void
dub_draft_video_set_script (DubDraftVideo     *self,
                            const DubLanguage *language,
                            DubScript         *script)
{
  g_return_if_fail (DUB_IS_DRAFT_VIDEO (self) && language != NULL);

  dub_draft_video_set_script_file (self, language, NULL);
  if (script != NULL)
    g_hash_table_replace (self->scripts, g_strdup (dub_language_get_code (language)), g_object_ref (script));
  else
    g_hash_table_remove (self->scripts, dub_language_get_code (language));
}

const char *
dub_draft_video_get_script_file (DubDraftVideo     *self,
                                 const DubLanguage *language)
{
  g_return_val_if_fail (DUB_IS_DRAFT_VIDEO (self) && language != NULL, NULL);
  return g_hash_table_lookup (self->script_files, dub_language_get_code (language));
}

void
dub_draft_video_set_script_file (DubDraftVideo     *self,
                                 const DubLanguage *language,
                                 const char        *file_name)
{
  g_return_if_fail (DUB_IS_DRAFT_VIDEO (self) && language != NULL);

  if (file_name != NULL)
    g_hash_table_replace (self->script_files, g_strdup (dub_language_get_code (language)), g_strdup (file_name));
  else
    g_hash_table_remove (self->script_files, dub_language_get_code (language));
}

/**
 * dub_draft_video_get_uri:
 *
 * Returns: (transfer none): file://, http:// or https://
 */
const char *
dub_draft_video_get_uri (DubDraftVideo *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT_VIDEO (self), NULL);
  return self->uri;
}

/**
 * dub_draft_video_get_title:
 *
 * Returns: (transfer none): the title that names are made of
 */
const char *
dub_draft_video_get_title (DubDraftVideo *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT_VIDEO (self), NULL);
  return self->title;
}

/**
 * dub_draft_video_get_file_name:
 *
 * Returns: (transfer none): the file's name or the address, for people
 */
const char *
dub_draft_video_get_file_name (DubDraftVideo *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT_VIDEO (self), NULL);
  return self->file_name;
}

/**
 * dub_draft_video_get_state:
 *
 * Returns: whether it can be dubbed, as far as is known
 */
DubDraftVideoState
dub_draft_video_get_state (DubDraftVideo *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT_VIDEO (self), DUB_DRAFT_VIDEO_REFUSED);
  return self->state;
}

/**
 * dub_draft_video_get_info:
 *
 * Returns: (transfer none) (nullable): what it is; %NULL while that is not known
 */
const DubMediaInfo *
dub_draft_video_get_info (DubDraftVideo *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT_VIDEO (self), NULL);
  return self->info;
}

/**
 * dub_draft_video_get_findings:
 *
 * Returns: (transfer none) (element-type DubFinding): the gravest first
 */
GPtrArray *
dub_draft_video_get_findings (DubDraftVideo *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT_VIDEO (self), NULL);
  return self->findings;
}

/**
 * dub_draft_video_get_thumbnail:
 *
 * Returns: (transfer none) (nullable): a picture of it
 */
const DubThumbnail *
dub_draft_video_get_thumbnail (DubDraftVideo *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT_VIDEO (self), NULL);
  return self->thumbnail;
}

/**
 * dub_draft_video_get_agreed:
 *
 * Returns: whether a consent to the current text is stored for these bytes
 */
gboolean
dub_draft_video_get_agreed (DubDraftVideo *self)
{
  g_return_val_if_fail (DUB_IS_DRAFT_VIDEO (self), FALSE);
  return self->agreed;
}
