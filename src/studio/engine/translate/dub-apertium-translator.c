/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-apertium-translator.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include "dub-command.h"
#include "dub-job.h"

#define MAX_STEPS 2

struct _DubApertiumTranslator
{
  GObject parent_instance;
};

static void translator_init (DubTranslatorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubApertiumTranslator, dub_apertium_translator, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUB_TYPE_TRANSLATOR, translator_init))

/* Apertium's modes; where there is no direct one, the way by Catalan is better than that by Spanish. */
static const struct
{
  const char *language;
  const char *modes[MAX_STEPS + 1];
  const char *packages;
} routes[] = {
  { "es", { "eng-spa" }, "apertium-eng-spa" },
  { "fr", { "eng-cat", "cat-fra" }, "apertium-eng-cat apertium-fra-cat" },
  { "it", { "eng-cat", "cat-ita" }, "apertium-eng-cat apertium-cat-ita" },
  { "pt", { "eng-cat", "cat-por_BR" }, "apertium-eng-cat apertium-por-cat" },
};

static int
find_route (const DubLanguage *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].language, dub_language_get_code (language)))
      return i;
  return -1;
}

static gboolean
serves (DubTranslator *translator, const char *from, const DubLanguage *to, GError **error)
{
  if (g_str_equal (from, "en") && find_route (to) >= 0)
    return TRUE;

  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
               /* Translators: the name of a language, twice the same. */
               _("The built-in studio cannot translate into %s. Give a script of your own in %s "
                 "(SRT, VTT or CSV), or use the dubbing service."),
               dub_language_get_name (to), dub_language_get_name (to));
  return FALSE;
}

static void
set_missing (int route, GError **error)
{
  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
               /* Translators: names of packages. */
               _("The translation is not installed. Install the packages apertium %s, "
                  "or give a script of your own, then dub again."),
               routes[route].packages);
}

static gboolean
is_installed (const char *mode)
{
  g_autofree char *name = g_strconcat (mode, ".mode", NULL);
  g_autofree char *path = g_build_filename (DUB_APERTIUM_DATA, "modes", name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static char *
join_segments (DubScript *script)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < dub_script_get_length (script); i++)
    g_string_append_printf (joined, "%s\n\n", dub_segment_get_text (dub_script_get_segment (script, i)));
  return g_string_free_and_steal (joined);
}

/* Where a word has no counterpart, its blank stays. */
static char *
join_blanks (char *line)
{
  g_auto (GStrv) words = g_strsplit (g_strstrip (line), " ", -1);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", words[i]);
  return g_string_free_and_steal (joined);
}

/* A blank line divides segments; it must survive both steps, or texts would be spoken at the wrong time. */
static GPtrArray *
divide_segments (const char *text)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_ptr_array_add (parts, join_blanks (lines[i]));
  return parts;
}

static char *
run_route (int route, const char *text, GError **error)
{
  g_autofree char *current = g_strdup (text);

  for (guint i = 0; routes[route].modes[i] != NULL; i++)
    {
      const char *argv[] = { "apertium", "-u", routes[route].modes[i], NULL };
      g_autoptr (GError) reported = NULL;
      char *next;

      next = is_installed (routes[route].modes[i]) ? dub_command_filter (argv, current, &reported) : NULL;
      if (next == NULL &&
          (reported == NULL || g_error_matches (reported, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT)))
        {
          set_missing (route, error);
          return NULL;
        }
      if (next == NULL)
        {
          g_info ("apertium: %s", reported->message);
          g_set_error_literal (
              error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
              _("The translation failed. Dub again; if it fails once more, give a script of your own."));
          return NULL;
        }
      g_free (current);
      current = next;
    }
  return g_steal_pointer (&current);
}

static DubScript *
translate (DubTranslator     *translator,
           DubScript         *english,
           const char        *from,
           const DubLanguage *language,
           DubProgress       *progress,
           GError           **error)
{
  int route = find_route (language);
  g_autofree char *text = join_segments (english);
  g_autofree char *answer = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  DubScript *translated;

  g_return_val_if_fail (route >= 0, NULL);

  answer = run_route (route, text, error);
  if (answer == NULL)
    return NULL;
  parts = divide_segments (answer);
  if (parts->len != dub_script_get_length (english))
    {
      g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                           _("The translation lost its way between the sentences. Give a script of your own, then "
                              "dub again."));
      return NULL;
    }

  translated = dub_script_new ();
  for (guint i = 0; i < parts->len; i++)
    {
      DubSegment *segment = dub_script_get_segment (english, i);

      dub_script_append (translated, g_ptr_array_index (parts, i), dub_segment_get_start (segment),
                         dub_segment_get_end (segment));
    }
  return translated;
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
