/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-http-translation.h"

#include <glib/gi18n-lib.h>
#include "dub-job.h"

/**
 * dub_http_translation_script:
 * @source: what was translated
 * @texts: (element-type utf8): as many as @source has segments
 *
 * Returns: (transfer full): the translation
 */
DubScript *
dub_http_translation_script (DubScript *source, GPtrArray *texts)
{
  DubScript *translated = dub_script_new ();

  g_return_val_if_fail (texts->len == dub_script_get_length (source), translated);

  for (guint i = 0; i < texts->len; i++)
    {
      DubSegment *segment = dub_script_get_segment (source, i);

      dub_script_append (translated, g_ptr_array_index (texts, i), dub_segment_get_start (segment),
                         dub_segment_get_end (segment));
    }
  return translated;
}

/**
 * dub_http_translation_refuse:
 * @from: the code of a language
 * @to: another one
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE
 *
 * Returns: %FALSE
 */
gboolean
dub_http_translation_refuse (DubHttpPeer *peer, const char *from, const DubLanguage *to, GError **error)
{
  const DubLanguage *spoken = dub_language_from_code (from);

  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
               /* Translators: the name of a server, then two languages. */
               _("The engine at %s does not translate from %s into %s. Give a script of your own (SRT, VTT or CSV), or "
                 "choose another engine in Preferences."),
               peer->name, spoken != NULL ? dub_language_get_name (spoken) : from, dub_language_get_name (to));
  return FALSE;
}

/**
 * dub_http_translation_check:
 * @from: the code of the language that is spoken
 * @to: what is wanted
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE
 *
 * Returns: whether they are two
 */
gboolean
dub_http_translation_check (const char *from, const DubLanguage *to, GError **error)
{
  if (!g_str_equal (from, dub_language_get_code (to)))
    return TRUE;

  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
               /* Translators: a language, twice the same. */
               _("%s is spoken in this video already, so there is nothing to translate into %s. Choose another language, or "
                 "give a script of your own (SRT, VTT or CSV)."),
               dub_language_get_name (to), dub_language_get_name (to));
  return FALSE;
}

typedef struct
{
  DubProgress *progress;
  guint n_requests;
} Telling;

static void
on_progress (guint n_done, gpointer user_data)
{
  Telling *telling = user_data;

  if (telling->progress != NULL)
    dub_progress_set (telling->progress, (double) n_done / telling->n_requests);
}

/**
 * dub_http_translation_call:
 * @requests: (element-type DubHttpRequest): at least one
 * @progress: (nullable): is told
 *
 * Returns: (transfer full) (element-type GBytes) (nullable): the answers
 */
GPtrArray *
dub_http_translation_call (DubHttpPeer *peer, GPtrArray *requests, DubProgress *progress, GError **error)
{
  Telling telling = { progress, requests->len };

  return dub_http_call_all (peer, requests, on_progress, &telling, error);
}
