/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-skills.h"

#include <string.h>

/* A test of the studio holds them against its engines. */
static const char *const heard[] = { "en", NULL };
static const char *const translated[] = { "es", "fr", "it", "pt", NULL };
static const char *const unspoken[] = { "th", NULL };

static const DubEngineChoice *
find_other_engine (const DubEngineSettings *settings,
                   DubStage                 stage)
{
  if (settings == NULL || settings->stages[stage]->kind == DUB_ENGINE_BUILT_IN)
    return NULL;
  return settings->stages[stage];
}

/* "pt-BR" and "PT_br" are Portuguese. */
static gboolean
is_of_language (const char        *tag,
                const DubLanguage *language)
{
  const char *code = dub_language_get_code (language);
  gsize length = strlen (code);

  return g_ascii_strncasecmp (tag, code, length) == 0 && (tag[length] == '\0' || tag[length] == '-' || tag[length] == '_');
}

/* Where it never said what it serves, the person is not kept from trying. */
static gboolean
serves (const DubEngineChoice *choice,
        const DubLanguage     *language)
{
  if (choice->languages == NULL)
    return TRUE;
  for (guint i = 0; choice->languages[i] != NULL; i++)
    if (is_of_language (choice->languages[i], language))
      return TRUE;
  return FALSE;
}

/**
 * dub_studio_hears:
 * @settings: (nullable): its engines; %NULL: all built in
 * @language: what is spoken in the video
 *
 * Returns: whether the built-in studio understands speech in @language
 */
gboolean
dub_studio_hears (const DubEngineSettings *settings,
                  const DubLanguage       *language)
{
  const DubEngineChoice *choice = find_other_engine (settings, DUB_STAGE_TRANSCRIBE);

  g_return_val_if_fail (language != NULL, FALSE);

  return choice != NULL ? serves (choice, language) : g_strv_contains (heard, dub_language_get_code (language));
}

/* Whether there can be a video that it understands and that is not in @language already. */
static gboolean
hears_another (const DubEngineSettings *settings,
               const DubLanguage       *language)
{
  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    if (*l != language && dub_studio_hears (settings, *l))
      return TRUE;
  return FALSE;
}

/**
 * dub_studio_translates:
 * @settings: (nullable): its engines; %NULL: all built in
 * @language: what shall be dubbed into
 *
 * Returns: whether the built-in studio translates into @language
 */
gboolean
dub_studio_translates (const DubEngineSettings *settings,
                       const DubLanguage       *language)
{
  const DubEngineChoice *choice = find_other_engine (settings, DUB_STAGE_TRANSLATE);

  g_return_val_if_fail (language != NULL, FALSE);

  if (!hears_another (settings, language))
    return FALSE;
  return choice != NULL ? serves (choice, language) : g_strv_contains (translated, dub_language_get_code (language));
}

/**
 * dub_studio_speaks:
 * @settings: (nullable): its engines; %NULL: all built in
 * @language: what shall be dubbed into
 *
 * Returns: whether the built-in studio has a voice for @language
 */
gboolean
dub_studio_speaks (const DubEngineSettings *settings,
                   const DubLanguage       *language)
{
  const DubEngineChoice *choice = find_other_engine (settings, DUB_STAGE_SPEAK);

  g_return_val_if_fail (language != NULL, FALSE);

  return choice != NULL ? serves (choice, language) : !g_strv_contains (unspoken, dub_language_get_code (language));
}
