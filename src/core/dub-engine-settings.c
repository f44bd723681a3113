/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-engine-settings.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "dub-error.h"

/* A few lines; what is longer is no such file. */
#define MAX_BYTES (64 * 1024)

G_DEFINE_BOXED_TYPE (DubEngineSettings, dub_engine_settings, dub_engine_settings_copy, dub_engine_settings_free)

/**
 * dub_engine_settings_new:
 *
 * Returns: (transfer full): settings in which all is built in
 */
DubEngineSettings *
dub_engine_settings_new (void)
{
  DubEngineSettings *self = g_new0 (DubEngineSettings, 1);

  for (guint i = 0; i < DUB_N_STAGES; i++)
    self->stages[i] = dub_engine_choice_new ();
  return self;
}

/**
 * dub_engine_settings_copy:
 * @self: settings
 *
 * Returns: (transfer full): the same
 */
DubEngineSettings *
dub_engine_settings_copy (const DubEngineSettings *self)
{
  DubEngineSettings *copy = g_new0 (DubEngineSettings, 1);

  for (guint i = 0; i < DUB_N_STAGES; i++)
    copy->stages[i] = dub_engine_choice_copy (self->stages[i]);
  return copy;
}

/**
 * dub_engine_settings_free:
 * @self: (nullable) (transfer full): settings
 */
void
dub_engine_settings_free (DubEngineSettings *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < DUB_N_STAGES; i++)
    dub_engine_choice_free (self->stages[i]);
  g_free (self);
}

/* NULL without an error: it is not there, or empty. */
static char *
read_word (GKeyFile   *file,
           const char *group,
           const char *key,
           GError    **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *text = g_key_file_get_string (file, group, key, &failure);

  if (text != NULL)
    return *g_strstrip (text) != '\0' ? g_steal_pointer (&text) : NULL;
  if (!g_error_matches (failure, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND)
      && !g_error_matches (failure, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND))
    g_set_error (error, DUB_ERROR, DUB_ERROR_ENGINE,
                 /* Translators: two words of a configuration file. */
                 _("What “%s” of “%s” says in the engines of the built-in studio cannot be read. Choose them again in Preferences."),
                 key, group);
  return NULL;
}

static gboolean
read_number (GKeyFile   *file,
             const char *group,
             const char *key,
             guint      *number,
             GError    **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *text = read_word (file, group, key, &failure);
  guint64 value;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  /* What is no number is out of its range, and said to be. */
  if (text != NULL)
    *number = g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &value, NULL) ? (guint) value : 0;
  return TRUE;
}

static gboolean
read_kind (DubEngineChoice *choice,
           GKeyFile        *file,
           const char      *group,
           GError         **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *kind = read_word (file, group, "engine", &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (kind == NULL || dub_engine_kind_from_word (kind, &choice->kind))
    return TRUE;
  g_set_error (error, DUB_ERROR, DUB_ERROR_ENGINE,
               /* Translators: a word that somebody wrote into a configuration file. */
               _("There are no engines of the kind “%s”. Choose one in Preferences."), kind);
  return FALSE;
}

static gboolean
read_words (DubEngineChoice *choice,
            GKeyFile        *file,
            const char      *group,
            GError         **error)
{
  const struct
  {
    const char *key;
    char **word;
  } words[] = { { "address", &choice->address }, { "model", &choice->model }, { "voice", &choice->voice } };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GError) failure = NULL;

      *words[i].word = read_word (file, group, words[i].key, &failure);
      if (failure == NULL)
        continue;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_stage (DubEngineChoice *choice,
            GKeyFile        *file,
            DubStage         stage,
            GError         **error)
{
  const char *group = dub_stage_to_word (stage);

  if (!read_kind (choice, file, group, error) || !read_words (choice, file, group, error)
      || !read_number (file, group, "parallel", &choice->parallel, error)
      || !read_number (file, group, "timeout", &choice->timeout_s, error))
    return FALSE;
  /* Only what is known to be served is left out by it: what cannot be read is not known. */
  choice->languages = g_key_file_get_string_list (file, group, "languages", NULL, NULL);
  if (choice->languages != NULL && *choice->languages == NULL)
    g_clear_pointer (&choice->languages, g_strfreev);
  return dub_engine_choice_check (choice, stage, error);
}

static DubEngineSettings *
refuse_file (const char *path,
             const char *why,
             GError    **error)
{
  g_set_error (error, DUB_ERROR, DUB_ERROR_FILE,
               /* Translators: the path of a file, then what the system says. */
               _("The engines of the built-in studio cannot be read from “%s” (%s). Choose them again in Preferences."), path, why);
  return NULL;
}

/**
 * dub_engine_settings_load:
 * @studio_dir: the directory of the built-in studio
 * @error: return location; %DUB_ERROR_ENGINE for what cannot be used, %DUB_ERROR_FILE for what cannot be read
 *
 * Reads the configuration file. Blocks.
 *
 * Returns: (transfer full) (nullable): the settings
 */
DubEngineSettings *
dub_engine_settings_load (const char *studio_dir,
                          GError    **error)
{
  g_autofree char *path = g_build_filename (studio_dir, DUB_ENGINE_SETTINGS_FILE, NULL);
  g_autoptr (DubEngineSettings) self = dub_engine_settings_new ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) failure = NULL;
  GStatBuf info;
  int result = g_stat (path, &info), reason = result == 0 ? 0 : errno;

  if (reason == ENOENT)
    return g_steal_pointer (&self);
  /* A pipe would be waited for. */
  if (reason != 0 || !S_ISREG (info.st_mode))
    return refuse_file (path, reason != 0 ? g_strerror (reason) : _("it is no file"), error);
  if (info.st_size > MAX_BYTES)
    return refuse_file (path, _("the file is too large"), error);
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &failure))
    return refuse_file (path, failure->message, error);
  for (guint i = 0; i < DUB_N_STAGES; i++)
    if (!read_stage (self->stages[i], file, i, error))
      return NULL;
  return g_steal_pointer (&self);
}

static void
write_word (GKeyFile   *file,
            const char *group,
            const char *key,
            const char *word)
{
  if (word != NULL && *word != '\0')
    g_key_file_set_string (file, group, key, word);
}

/**
 * dub_engine_settings_save:
 * @self: settings
 * @studio_dir: the directory of the built-in studio
 * @error: return location; %DUB_ERROR_FILE
 *
 * Writes the configuration file, which appears whole. Blocks.
 *
 * Returns: whether it is written
 */
gboolean
dub_engine_settings_save (const DubEngineSettings *self,
                          const char              *studio_dir,
                          GError                 **error)
{
  g_autofree char *path = g_build_filename (studio_dir, DUB_ENGINE_SETTINGS_FILE, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;
  gsize length;

  for (guint i = 0; i < DUB_N_STAGES; i++)
    {
      const char *group = dub_stage_to_word (i);
      const DubEngineChoice *choice = self->stages[i];

      g_key_file_set_string (file, group, "engine", dub_engine_kind_to_word (choice->kind));
      write_word (file, group, "address", choice->address);
      write_word (file, group, "model", choice->model);
      write_word (file, group, "voice", choice->voice);
      if (choice->languages != NULL)
        g_key_file_set_string_list (file, group, "languages", (const char *const *) choice->languages,
                                    g_strv_length (choice->languages));
      g_key_file_set_integer (file, group, "parallel", (int) choice->parallel);
      g_key_file_set_integer (file, group, "timeout", (int) choice->timeout_s);
    }
  text = g_key_file_to_data (file, &length, NULL);
  if (g_mkdir_with_parents (studio_dir, 0700) == 0
      && g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &failure))
    return TRUE;

  g_set_error (error, DUB_ERROR, DUB_ERROR_FILE,
               /* Translators: the path of a file, then what the system says. */
               _("The engines of the built-in studio could not be written to “%s” (%s). Nothing was changed. Check the disk and "
                 "the permissions, then try again."),
               path, failure != NULL ? failure->message : g_strerror (errno));
  return FALSE;
}
