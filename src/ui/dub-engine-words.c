/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-engine-words.h"

#include <glib/gi18n-lib.h>

/**
 * dub_engine_words_get_stage:
 *
 * Returns: (transfer none): a step of a dub
 */
const char *
dub_engine_words_get_stage (DubStage stage)
{
  switch (stage)
    {
    case DUB_STAGE_TRANSCRIBE:
      return _("Recognition");
    case DUB_STAGE_TRANSLATE:
      return _("Translation");
    case DUB_STAGE_SPEAK:
    default:
      return _("Voice");
    }
}

/**
 * dub_engine_words_get_kind:
 *
 * Returns: (transfer none): a kind of engines
 */
const char *
dub_engine_words_get_kind (DubEngineKind kind)
{
  switch (kind)
    {
    case DUB_ENGINE_OPENAI:
      return _("OpenAI-compatible server");
    case DUB_ENGINE_LIBRETRANSLATE:
      return _("LibreTranslate server");
    case DUB_ENGINE_APERTIUM:
      return _("Apertium server");
    case DUB_ENGINE_BUILT_IN:
    default:
      return _("Built in");
    }
}

/**
 * dub_engine_words_dup_summary:
 * @choice: an engine
 *
 * Returns: (transfer full): a few words for a row
 */
char *
dub_engine_words_dup_summary (const DubEngineChoice *choice)
{
  g_autofree char *host = dub_engine_choice_dup_host (choice);

  if (host == NULL)
    return g_strdup (dub_engine_words_get_kind (choice->kind));
  if (choice->model == NULL)
    return g_steal_pointer (&host);
  /* Translators: the name of a model, then the server where it runs */
  return g_strdup_printf (_("%s at %s"), choice->model, host);
}

static char *
dup_sentence (DubStage    stage,
              const char *host)
{
  switch (stage)
    {
    case DUB_STAGE_TRANSCRIBE:
      /* Translators: %s is a server */
      return g_strdup_printf (_("The speech of your videos leaves this computer and goes to %s."), host);
    case DUB_STAGE_TRANSLATE:
      /* Translators: %s is a server */
      return g_strdup_printf (_("The text of your videos leaves this computer and goes to %s."), host);
    case DUB_STAGE_SPEAK:
    default:
      /* Translators: %s is a server */
      return g_strdup_printf (_("The translated text leaves this computer and goes to %s."), host);
    }
}

/**
 * dub_engine_words_dup_privacy:
 * @choice: an engine
 * @stage: what it does
 *
 * Returns: (transfer full): what leaves this computer for it
 */
char *
dub_engine_words_dup_privacy (const DubEngineChoice *choice,
                              DubStage               stage)
{
  g_autofree char *host = dub_engine_choice_dup_host (choice);

  if (host == NULL && choice->kind != DUB_ENGINE_BUILT_IN)
    return dup_sentence (stage, _("this server"));
  if (dub_engine_choice_is_local (choice))
    return g_strdup (_("All of it stays on this computer."));
  return dup_sentence (stage, host);
}
