/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-cli-options.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dub-language.h"
#include "dub-names.h"
#include "dub-notices.h"

static gboolean
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, sentence);
  return FALSE;
}

/* "FILE", where there is one language, or "LANGUAGE=FILE". */
static gboolean
take_script (DubCliOptions  *self,
             const char     *value,
             GError        **error)
{
  const char *equals = strchr (value, '=');
  g_autofree char *code = equals != NULL ? g_strndup (value, (gsize) (equals - value)) : NULL;
  const DubLanguage *language = code != NULL ? dub_language_from_code (code) : NULL;
  const char *path = language != NULL ? equals + 1 : value;

  if (*path == '\0')
    return fail (error, _("Name the file of the script: --script FILE.srt"));
  if (language == NULL && self->languages->len == 1)
    language = self->languages->pdata[0];
  if (language == NULL)
    return fail (error, _("A script is in one language: with several languages write --script es=FILE."));
  if (!g_ptr_array_find (self->languages, language, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("There is a script for %s, which is not among the languages of --to."),
                   dub_language_get_name (language));
      return FALSE;
    }
  g_hash_table_replace (self->scripts, g_strdup (dub_language_get_code (language)), g_strdup (path));
  return TRUE;
}

static gboolean
take_format (DubCliOptions  *self,
             const char     *word,
             GError        **error)
{
  if (g_ascii_strcasecmp (word, "srt") == 0)
    self->subtitle_format = DUB_CAPTIONS_SRT;
  else if (g_ascii_strcasecmp (word, "vtt") == 0)
    self->subtitle_format = DUB_CAPTIONS_VTT;
  else
    return fail (error, _("Subtitles are saved as srt or vtt, for example: --subtitle-file srt"));
  self->subtitle_file = TRUE;
  return TRUE;
}

static gboolean
check (DubCliOptions      *self,
       const char         *to,
       const char *const  *scripts,
       GError            **error)
{
  if (self->videos->len == 0 || g_ptr_array_find_with_equal_func (self->videos, "", g_str_equal, NULL))
    return fail (error, _("Name at least one video: a file, or an address that begins with http."));
  if (to == NULL)
    return fail (error, _("Say into which languages, for example: --to es,fr"));
  self->languages = dub_language_parse_list (to, error);
  if (self->languages == NULL)
    return FALSE;
  if (self->languages->len == 0)
    return fail (error, _("Say into which languages, for example: --to es,fr"));
  if (self->output == NULL)
    self->output = g_get_current_dir ();
  if (*self->output == '\0')
    return fail (error, _("Say where the dubbed videos shall be saved: --output DIR"));
  if (self->name != NULL && !dub_name_check (self->name, error))
    return FALSE;
  if (scripts != NULL && self->videos->len > 1)
    return fail (error, _("A script belongs to one video: name one video with --script."));
  for (guint i = 0; scripts != NULL && scripts[i] != NULL; i++)
    if (!take_script (self, scripts[i], error))
      return FALSE;
  return TRUE;
}

/* "--" is left there when the word after it begins with a dash. */
static void
take_videos (DubCliOptions *self,
             GStrv          rest)
{
  gboolean separated = FALSE;

  self->videos = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 1; rest[i] != NULL; i++)
    {
      if (separated || !g_str_equal (rest[i], "--"))
        g_ptr_array_add (self->videos, g_strdup (rest[i]));
      else
        separated = TRUE;
    }
}

/**
 * dub_cli_options_parse:
 * @self: (out): the options, to be cleared with dub_cli_options_clear()
 * @arguments: the command line, with “dub” in the place of the program’s name
 * @error: return location
 *
 * Reads the command line. `--help` prints and ends the program.
 *
 * Returns: whether it could be read
 */
gboolean
dub_cli_options_parse (DubCliOptions  *self,
                       GStrv           arguments,
                       GError        **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_("VIDEO…"));
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autofree char *to = NULL;
  g_autofree char *subtitle_file = NULL;
  g_auto (GStrv) scripts = NULL;
  /* A text as a file name is taken as it is: UTF-8, whatever the locale says. */
  const GOptionEntry entries[] = {
    { "to", 't', 0, G_OPTION_ARG_FILENAME, &to, N_("Languages to dub into: es,fr,de…"), N_("LANGUAGES") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output, N_("Where the dubbed videos are saved (else: here)"), N_("DIR") },
    { "subtitles", 's', 0, G_OPTION_ARG_NONE, &self->subtitles, N_("Put subtitles on the picture"), NULL },
    { "subtitle-file", 0, 0, G_OPTION_ARG_FILENAME, &subtitle_file, N_("Save the subtitles too, beside each dub: srt or vtt"), N_("FORMAT") },
    { "lipsync", 0, 0, G_OPTION_ARG_NONE, &self->lipsync, N_("Move the lips with the new words, where the account can"), NULL },
    { "script", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &scripts,
      N_("Say these words instead of a translation (SRT, VTT or CSV)"), N_("[LANGUAGE=]FILE") },
    { "name", 'n', 0, G_OPTION_ARG_FILENAME, &self->name, N_("A name for the dubs, at most 50 characters"), N_("NAME") },
    { "account", 'a', 0, G_OPTION_ARG_FILENAME, &self->account, N_("Name of the account to dub with"), N_("ACCOUNT") },
    { "i-agree", 0, 0, G_OPTION_ARG_NONE, &self->agree, N_("You have read the terms and agree, for these videos"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_("Print what came of it as one JSON object"), NULL },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->data_dir, N_("Where Dubroom keeps its data"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };

  self->scripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_option_context_set_summary (context, _("Dubs videos and saves the dubs. Without --i-agree it prints the terms and does nothing."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &rest, error))
    {
      /* Who wants JSON gets it even where another option is wrong. */
      self->json = g_strv_contains ((const char *const *) arguments, "--json");
      return FALSE;
    }
  take_videos (self, rest);
  if (subtitle_file != NULL && !take_format (self, subtitle_file, error))
    return FALSE;
  return check (self, to, (const char *const *) scripts, error);
}

/**
 * dub_cli_options_clear:
 * @self: options
 *
 * Frees what is in @self, not @self.
 */
void
dub_cli_options_clear (DubCliOptions *self)
{
  g_clear_pointer (&self->videos, g_ptr_array_unref);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  g_clear_pointer (&self->scripts, g_hash_table_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->data_dir, g_free);
}

/**
 * dub_cli_options_print_notices:
 * @self: options
 *
 * Prints the three prescribed texts; to standard error where standard output is for what comes of it.
 */
void
dub_cli_options_print_notices (const DubCliOptions *self)
{
  static const DubNotice notices[] = { DUB_NOTICE_UPLOAD, DUB_NOTICE_CONSENT, DUB_NOTICE_DOWNLOAD };

  for (guint i = 0; i < G_N_ELEMENTS (notices); i++)
    {
      /* Once the work begins, standard output has the paths alone, or the JSON. */
      if (self->json || self->agree)
        g_printerr ("%s\n\n", dub_notice_get_text (notices[i]));
      else
        g_print ("%s\n\n", dub_notice_get_text (notices[i]));
    }
}
