/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-library-item-private.h"

#include <string.h>

/**
 * DubLibraryItem:
 *
 * A dubbed video of an account, made here or elsewhere. All on the main thread.
 */
struct _DubLibraryItem
{
  GObject parent_instance;

  char *video_id;
  char *account_id;
  char *name;
  char *title;
  char *language_code;
  char *preview_uri;
  char *original_uri;
  DubScript *original_script;
  DubScript *translated_script;
  DubScript *subtitle_lines; /* NULL: not known */
  gint64 created;
  gint64 expires;
  gint64 duration;
};

enum
{
  PROP_VIDEO_ID = 1,
  PROP_ACCOUNT_ID,
  PROP_NAME,
  PROP_TITLE,
  PROP_LANGUAGE_CODE,
  PROP_CREATED,
  PROP_EXPIRES,
  PROP_PREVIEW_URI,
  PROP_ORIGINAL_URI,
  PROP_DURATION,
  PROP_ORIGINAL_SCRIPT,
  PROP_TRANSLATED_SCRIPT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubLibraryItem, dub_library_item, G_TYPE_OBJECT)

static void
dub_library_item_finalize (GObject *object)
{
  DubLibraryItem *self = DUB_LIBRARY_ITEM (object);

  g_free (self->video_id);
  g_free (self->account_id);
  g_free (self->name);
  g_free (self->title);
  g_free (self->language_code);
  g_free (self->preview_uri);
  g_free (self->original_uri);
  g_clear_object (&self->original_script);
  g_clear_object (&self->translated_script);
  g_clear_object (&self->subtitle_lines);
  G_OBJECT_CLASS (dub_library_item_parent_class)->finalize (object);
}

static void
dub_library_item_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DubLibraryItem *self = DUB_LIBRARY_ITEM (object);

  switch (id)
    {
    case PROP_VIDEO_ID:
      g_value_set_string (value, self->video_id);
      break;
    case PROP_ACCOUNT_ID:
      g_value_set_string (value, self->account_id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_LANGUAGE_CODE:
      g_value_set_string (value, self->language_code);
      break;
    case PROP_CREATED:
      g_value_set_int64 (value, self->created);
      break;
    case PROP_EXPIRES:
      g_value_set_int64 (value, self->expires);
      break;
    case PROP_PREVIEW_URI:
      g_value_set_string (value, self->preview_uri);
      break;
    case PROP_ORIGINAL_URI:
      g_value_set_string (value, self->original_uri);
      break;
    case PROP_DURATION:
      g_value_set_int64 (value, self->duration);
      break;
    case PROP_ORIGINAL_SCRIPT:
      g_value_set_object (value, self->original_script);
      break;
    case PROP_TRANSLATED_SCRIPT:
      g_value_set_object (value, self->translated_script);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_library_item_class_init (DubLibraryItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = dub_library_item_finalize;
  object_class->get_property = dub_library_item_get_property;

  properties[PROP_VIDEO_ID] = g_param_spec_string ("video-id", NULL, NULL, NULL, flags);
  properties[PROP_ACCOUNT_ID] = g_param_spec_string ("account-id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_LANGUAGE_CODE] = g_param_spec_string ("language-code", NULL, NULL, NULL, flags);
  properties[PROP_CREATED] = g_param_spec_int64 ("created", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_EXPIRES] = g_param_spec_int64 ("expires", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PREVIEW_URI] = g_param_spec_string ("preview-uri", NULL, NULL, NULL, flags);
  properties[PROP_ORIGINAL_URI] = g_param_spec_string ("original-uri", NULL, NULL, NULL, flags);
  properties[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ORIGINAL_SCRIPT] = g_param_spec_object ("original-script", NULL, NULL, DUB_TYPE_SCRIPT, flags);
  properties[PROP_TRANSLATED_SCRIPT] = g_param_spec_object ("translated-script", NULL, NULL, DUB_TYPE_SCRIPT, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dub_library_item_init (DubLibraryItem *self)
{
}

static void
take_from_task (DubLibraryItem *self,
                DubTask        *task)
{
  self->title = g_strdup (dub_task_get_video_title (task));
  self->original_uri = g_strdup (dub_task_get_video_uri (task));
  self->duration = dub_task_get_video_duration (task);
}

DubLibraryItem *
dub_library_item_new (const char           *account_id,
                      const DubRemoteVideo *video,
                      DubTask              *task,
                      const char           *preview_uri,
                      gint64                lifetime_s)
{
  DubLibraryItem *self;

  g_return_val_if_fail (account_id != NULL && video != NULL, NULL);

  self = g_object_new (DUB_TYPE_LIBRARY_ITEM, NULL);
  self->account_id = g_strdup (account_id);
  self->video_id = g_strdup (video->video_id);
  self->name = g_strdup (video->video_name);
  self->language_code = g_strdup (video->target_language);
  self->created = MAX (video->create_time, 0);
  self->expires = lifetime_s > 0 && self->created > 0 ? self->created + lifetime_s : 0;
  /* What the service gives no link to any more has expired, whatever its date says. */
  if (video->preview_url == NULL && self->expires > 0)
    self->expires = MIN (self->expires, g_get_real_time () / G_USEC_PER_SEC);
  self->preview_uri = g_strdup (preview_uri);
  g_set_object (&self->original_script, video->original_script);
  g_set_object (&self->translated_script, video->translated_script);
  g_set_object (&self->subtitle_lines, video->subtitle_lines);
  if (task != NULL)
    take_from_task (self, task);
  else
    self->title = g_strdup (video->video_name);
  return self;
}

DubLibraryItem *
dub_library_item_new_from_task (DubTask   *task,
                                DubScript *original,
                                DubScript *translated,
                                DubScript *subtitles,
                                gint64     lifetime_s)
{
  DubLibraryItem *self;

  g_return_val_if_fail (DUB_IS_TASK (task), NULL);

  self = g_object_new (DUB_TYPE_LIBRARY_ITEM, NULL);
  self->account_id = g_strdup (dub_task_get_account_id (task));
  self->video_id = g_strdup (dub_task_get_remote_video (task));
  self->name = g_strdup (dub_task_get_name (task));
  self->language_code = g_strdup (dub_task_get_language_code (task));
  self->created = dub_task_get_finished (task);
  self->expires = lifetime_s > 0 && self->created > 0 ? self->created + lifetime_s : 0;
  self->preview_uri = g_strdup (dub_task_get_preview_uri (task));
  g_set_object (&self->original_script, original);
  g_set_object (&self->translated_script, translated);
  g_set_object (&self->subtitle_lines, subtitles);
  take_from_task (self, task);
  return self;
}

void
dub_library_item_set_original_script (DubLibraryItem *self,
                                      DubScript      *script)
{
  g_return_if_fail (DUB_IS_LIBRARY_ITEM (self));

  if (g_set_object (&self->original_script, script))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORIGINAL_SCRIPT]);
}

/**
 * dub_library_item_get_video_id:
 *
 * Returns: (transfer none): the service's id of the dub
 */
const char *
dub_library_item_get_video_id (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), NULL);
  return self->video_id;
}

/**
 * dub_library_item_get_account_id:
 *
 * Returns: (transfer none): the account that it belongs to
 */
const char *
dub_library_item_get_account_id (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), NULL);
  return self->account_id;
}

/**
 * dub_library_item_get_name:
 *
 * Returns: (transfer none): the dub's name
 */
const char *
dub_library_item_get_name (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), NULL);
  return self->name;
}

/**
 * dub_library_item_get_title:
 *
 * Returns: (transfer none): the original's title where it is known, else the dub's name
 */
const char *
dub_library_item_get_title (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), NULL);
  return self->title;
}

/**
 * dub_library_item_get_language_code:
 *
 * Returns: (transfer none): as the service names it
 */
const char *
dub_library_item_get_language_code (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), NULL);
  return self->language_code;
}

/**
 * dub_library_item_get_language:
 *
 * Returns: (transfer none) (nullable): NULL for a language that is not known here
 */
const DubLanguage *
dub_library_item_get_language (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), NULL);
  return self->language_code != NULL ? dub_language_from_code (self->language_code) : NULL;
}

/**
 * dub_library_item_get_created:
 *
 * Returns: Unix seconds, UTC
 */
gint64
dub_library_item_get_created (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), 0);
  return self->created;
}

/**
 * dub_library_item_get_expires:
 *
 * Returns: Unix seconds, UTC; 0: never
 */
gint64
dub_library_item_get_expires (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), 0);
  return self->expires;
}

/**
 * dub_library_item_get_preview_uri:
 *
 * Returns: (transfer none) (nullable): where the dub can be seen; NULL where the service gave no address that can be trusted
 */
const char *
dub_library_item_get_preview_uri (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), NULL);
  return self->preview_uri;
}

/**
 * dub_library_item_get_original_uri:
 *
 * Returns: (transfer none) (nullable): NULL when it was not made here
 */
const char *
dub_library_item_get_original_uri (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), NULL);
  return self->original_uri;
}

/**
 * dub_library_item_get_duration:
 *
 * Returns: in milliseconds; 0 when unknown
 */
gint64
dub_library_item_get_duration (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), 0);
  return self->duration;
}

/**
 * dub_library_item_get_original_script:
 *
 * Returns: (transfer none) (nullable): what is said in the original
 */
DubScript *
dub_library_item_get_original_script (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), NULL);
  return self->original_script;
}

/**
 * dub_library_item_get_translated_script:
 *
 * Returns: (transfer none) (nullable): what is said in the dub
 */
DubScript *
dub_library_item_get_translated_script (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), NULL);
  return self->translated_script;
}

/**
 * dub_library_item_get_subtitles:
 *
 * Returns: (transfer none) (nullable): the lines that are drawn on the picture, else what is said in the dub
 */
DubScript *
dub_library_item_get_subtitles (DubLibraryItem *self)
{
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), NULL);
  return self->subtitle_lines != NULL ? self->subtitle_lines : self->translated_script;
}

/* Long enough for every name of 50 characters, short enough for a file system with its " (2)" and ".part". */
#define MAX_BYTES 200

/**
 * dub_library_item_dup_file_name:
 *
 * A file name made from the dub's name, without path separators, control characters or what other systems refuse; never
 * hidden, never "." or "..".
 *
 * Returns: (transfer full): ends in ".mp4"
 */
char *
dub_library_item_dup_file_name (DubLibraryItem *self)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *valid = NULL;

  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (self), NULL);

  valid = g_utf8_make_valid (self->name != NULL ? self->name : "", -1);
  for (const char *p = valid; *p != '\0' && name->len < MAX_BYTES; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || (c < 128 && strchr ("/\\:*?\"<>|", (int) c) != NULL))
        c = '-';
      /* Zero-width and direction marks would make the name look like another one. */
      if (g_unichar_type (c) == G_UNICODE_FORMAT || (name->len == 0 && (c == '.' || g_unichar_isspace (c))))
        continue;
      g_string_append_unichar (name, c);
    }
  while (name->len > 0 && (name->str[name->len - 1] == ' ' || name->str[name->len - 1] == '.'))
    g_string_truncate (name, name->len - 1);
  if (name->len == 0)
    g_string_append (name, "dub");
  g_string_append (name, ".mp4");
  return g_strdup (name->str);
}

/**
 * dub_library_item_dup_file_name_as:
 * @ending: such as ".srt"
 *
 * Returns: (transfer full): the name of a file beside that of dub_library_item_dup_file_name()
 */
char *
dub_library_item_dup_file_name_as (DubLibraryItem *self,
                                   const char     *ending)
{
  g_autofree char *name = dub_library_item_dup_file_name (self);

  g_return_val_if_fail (ending != NULL, NULL);
  name[strlen (name) - strlen (".mp4")] = '\0';
  return g_strconcat (name, ending, NULL);
}
