/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-stages.h"

#include <glib/gi18n-lib.h>

#include "dub-apertium-translator.h"
#include "dub-apy-translator.h"
#include "dub-espeak-speaker.h"
#include "dub-libretranslate-translator.h"
#include "dub-openai-speaker.h"
#include "dub-openai-transcriber.h"
#include "dub-sphinx-transcriber.h"

/**
 * dub_stages_free:
 * @self: (nullable) (transfer full): engines
 */
void
dub_stages_free (DubStages *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->transcriber);
  g_clear_object (&self->translator);
  g_clear_object (&self->speaker);
  g_free (self);
}

static DubTranscriber *
make_transcriber (const DubEngineChoice *choice, const char *key)
{
  return choice->kind == DUB_ENGINE_OPENAI ? dub_openai_transcriber_new (choice, key) : dub_sphinx_transcriber_new ();
}

static DubTranslator *
make_translator (const DubEngineChoice *choice, const char *key)
{
  if (choice->kind == DUB_ENGINE_LIBRETRANSLATE)
    return dub_libretranslate_translator_new (choice, key);
  if (choice->kind == DUB_ENGINE_APERTIUM)
    return dub_apy_translator_new (choice, key);
  return dub_apertium_translator_new ();
}

static DubSpeaker *
make_speaker (const DubEngineChoice *choice, const char *key)
{
  return choice->kind == DUB_ENGINE_OPENAI ? dub_openai_speaker_new (choice, key) : dub_espeak_speaker_new ();
}

/**
 * dub_stages_new:
 * @engines: what was chosen
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE
 *
 * Servers are not spoken to before there is something to do for them.
 *
 * Returns: (transfer full) (nullable): the engines
 */
DubStages *
dub_stages_new (const DubJobEngines *engines, GError **error)
{
  DubEngineChoice *const *stages = engines->settings->stages;
  g_autoptr (GError) wrong = NULL;
  DubStages *self;

  for (guint i = 0; i < DUB_N_STAGES; i++)
    if (!dub_engine_choice_check (stages[i], i, &wrong))
      {
        g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE, wrong->message);
        return NULL;
      }
  self = g_new0 (DubStages, 1);
  self->transcriber = make_transcriber (stages[DUB_STAGE_TRANSCRIBE], engines->keys[DUB_STAGE_TRANSCRIBE]);
  self->translator = make_translator (stages[DUB_STAGE_TRANSLATE], engines->keys[DUB_STAGE_TRANSLATE]);
  self->speaker = make_speaker (stages[DUB_STAGE_SPEAK], engines->keys[DUB_STAGE_SPEAK]);
  return self;
}
