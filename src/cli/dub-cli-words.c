/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-cli-words.h"

#include <glib/gi18n-lib.h>

/**
 * dub_cli_words_dup_left_out:
 * @need: what it lacks
 * @video: the name of a video
 * @language: a language
 *
 * Returns: (transfer full): why a dub is not made, and what to do
 */
char *
dub_cli_words_dup_left_out (DubScriptNeed need,
                            const char   *video,
                            const char   *language)
{
  if (need == DUB_SCRIPT_NEED_SOUND)
    /* Translators: the first %s is a video, the second a language */
    return g_strdup_printf (_("%s is not dubbed into %s: it has no sound. Give a script of your own (SRT, VTT or CSV)."), video,
                            language);
  if (need == DUB_SCRIPT_NEED_VOICE)
    /* Translators: the first %s is a video, the second a language */
    return g_strdup_printf (_("%s is not dubbed into %s: the built-in studio has no voice for it. Choose an engine for the voice in "
                              "Preferences, or use the dubbing service."),
                            video, language);
  /* Translators: the first %s is a video, the second a language */
  return g_strdup_printf (_("%s is not dubbed into %s: the built-in studio does not translate into it. "
                            "Give a script of your own (SRT, VTT or CSV), or use the dubbing service."),
                          video, language);
}
