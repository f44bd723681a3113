/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-apertium-translator.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include "dub-apertium-routes.h"
#include "dub-apertium-text.h"
#include "dub-command.h"
#include "dub-job.h"

/* Hundreds of words take a second; a run that takes so long has hung, even on a machine that is busy. */
#define LIMIT_MS 120000
/* Bytes of text for one run, so that the limit holds for a long script too; most scripts are shorter. */
#define RUN_BYTES 20000

struct _DubApertiumTranslator
{
  GObject parent_instance;
};

static void translator_init (DubTranslatorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubApertiumTranslator, dub_apertium_translator, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUB_TYPE_TRANSLATOR, translator_init))

/* What is to be translated, and how far that is. */
typedef struct
{
  const DubApertiumRoute *route;
  GPtrArray *lines;      /* (owned) one for each segment that has words */
  GPtrArray *translated; /* (owned) likewise */
  DubProgress *progress; /* (borrowed) */
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->lines, g_ptr_array_unref);
  g_clear_pointer (&work->translated, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static void
say_why_not (const char        *from,
             const DubLanguage *to,
             GError           **error)
{
  const char *code = dub_language_get_code (to);
  const char *name = dub_language_get_name (to);

  if (g_str_equal (from, code))
    g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
                 /* Translators: the name of a language, twice the same. */
                 _("This video speaks %s already, so there is nothing to translate into %s. Choose another language, or "
                   "give a script of your own (SRT, VTT or CSV)."),
                 name, name);
  else if (dub_apertium_route_begins (from) && !dub_apertium_route_begins (code))
    g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
                 /* Translators: the name of a language, twice the same. */
                 _("The built-in studio cannot translate into %s. Give a script of your own in %s "
                   "(SRT, VTT or CSV), choose another engine in Preferences, or use the dubbing service."),
                 name, name);
  else
    g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
                 /* Translators: the name of a language, twice the same. */
                 _("The built-in studio cannot translate the language of this video into %s. Give a script of your own "
                   "in %s (SRT, VTT or CSV), choose another engine in Preferences, or use the dubbing service."),
                 name, name);
}

/* (transfer none) (nullable) */
static const DubApertiumRoute *
find_route (const char        *from,
            const DubLanguage *to,
            GError           **error)
{
  const DubApertiumRoute *route = dub_apertium_route_find (from, dub_language_get_code (to));
  g_autofree char *missing = NULL;

  if (route == NULL)
    {
      say_why_not (from, to, error);
      return NULL;
    }
  missing = dub_apertium_route_dup_missing (route);
  if (missing == NULL)
    return route;

  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
               /* Translators: names of packages, with blanks between. */
               _("The translation is not installed. Install these packages: %s. Then dub again, or give a script of "
                 "your own (SRT, VTT or CSV)."),
               missing);
  return NULL;
}

static gboolean
serves (DubTranslator *translator, const char *from, const DubLanguage *to, GError **error)
{
  return find_route (from, to, error) != NULL;
}

static void
set_failed (const GError *reported, GError **error)
{
  g_info ("apertium: %s", reported->message);
  if (g_error_matches (reported, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                         _("The translation took too long and was stopped. Dub again; if it is stopped once more, give a "
                           "script of your own."));
  else
    g_set_error_literal (
        error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
        _("The translation failed. Dub again; if it fails once more, give a script of your own."));
}

/* (transfer full) (nullable): all steps of the way, one after the other. */
static char *
run_route (const DubApertiumRoute *route, const char *text, GError **error)
{
  g_autofree char *current = g_strdup (text);

  for (guint i = 0; route->modes[i] != NULL; i++)
    {
      const char *argv[] = { "apertium", "-u", route->modes[i], NULL };
      g_autoptr (GError) reported = NULL;
      char *next = dub_command_filter (argv, current, LIMIT_MS, &reported);

      if (next == NULL)
        {
          set_failed (reported, error);
          return NULL;
        }
      g_free (current);
      current = next;
    }
  return g_steal_pointer (&current);
}

/* Where all words were lost on the way, what is said stays as it is, rather than silence. */
static void
take (Work *work, const char *translated)
{
  const char *line = g_ptr_array_index (work->lines, work->translated->len);

  g_ptr_array_add (work->translated, g_strdup (*translated != '\0' ? translated : line));
}

/* Texts must not be spoken at each other's times: where the answer is not divided as the question was, each half is asked
 * by itself, down to single segments, of which all is one part. */
static gboolean
translate_lines (Work *work, guint from, guint until, GError **error)
{
  g_autofree char *text = dub_apertium_text_join (work->lines, from, until);
  g_autofree char *answer = run_route (work->route, text, error);
  g_autoptr (GPtrArray) parts = NULL;

  if (answer == NULL)
    return FALSE;
  parts = dub_apertium_text_divide (answer, until - from);
  if (parts == NULL && until - from > 1)
    return translate_lines (work, from, (from + until) / 2, error)
           && translate_lines (work, (from + until) / 2, until, error);
  if (parts == NULL)
    {
      g_autofree char *all = dub_apertium_text_line (answer);

      take (work, all);
    }
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    take (work, g_ptr_array_index (parts, i));
  dub_progress_set (work->progress, (double) work->translated->len / work->lines->len);
  return TRUE;
}

/* As many at a time as one run takes. */
static gboolean
translate_all (Work *work, GError **error)
{
  guint from = 0;

  while (from < work->lines->len)
    {
      gsize n_bytes = 0;
      guint until = from;

      while (until < work->lines->len && (until == from || n_bytes < RUN_BYTES))
        n_bytes += strlen (g_ptr_array_index (work->lines, until++));
      if (!translate_lines (work, from, until, error))
        return FALSE;
      from = until;
    }
  return TRUE;
}

/* What has no words is not handed to apertium, and stays as it is. */
static GPtrArray *
collect_lines (DubScript *script)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < dub_script_get_length (script); i++)
    {
      g_autofree char *line = dub_apertium_text_line (dub_segment_get_text (dub_script_get_segment (script, i)));

      if (dub_apertium_text_speaks (line))
        g_ptr_array_add (lines, g_steal_pointer (&line));
    }
  return lines;
}

/* With the times of the original; its remarks are of what was heard, and stay with it. */
static DubScript *
make_script (DubScript *original, GPtrArray *texts)
{
  DubScript *script = dub_script_new ();
  guint next = 0;

  for (guint i = 0; i < dub_script_get_length (original); i++)
    {
      DubSegment *segment = dub_script_get_segment (original, i);
      g_autofree char *line = dub_apertium_text_line (dub_segment_get_text (segment));
      const char *text = dub_apertium_text_speaks (line) ? g_ptr_array_index (texts, next++) : line;

      dub_script_append (script, text, dub_segment_get_start (segment), dub_segment_get_end (segment));
    }
  return script;
}

static DubScript *
translate (DubTranslator     *translator,
           DubScript         *script,
           const char        *from,
           const DubLanguage *to,
           DubProgress       *progress,
           GError           **error)
{
  g_auto (Work) work = { .route = find_route (from, to, error), .progress = progress };

  if (work.route == NULL)
    return NULL;
  work.lines = collect_lines (script);
  work.translated = g_ptr_array_new_with_free_func (g_free);
  if (!translate_all (&work, error))
    return NULL;
  return make_script (script, work.translated);
}

static void
translator_init (DubTranslatorInterface *iface)
{
  iface->serves = serves;
  iface->translate = translate;
}

static void
dub_apertium_translator_class_init (DubApertiumTranslatorClass *klass)
{
}

static void
dub_apertium_translator_init (DubApertiumTranslator *self)
{
}

/**
 * dub_apertium_translator_new:
 *
 * Returns: (transfer full): the translator
 */
DubTranslator *
dub_apertium_translator_new (void)
{
  return DUB_TRANSLATOR (g_object_new (DUB_TYPE_APERTIUM_TRANSLATOR, NULL));
}
