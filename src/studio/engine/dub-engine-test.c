/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-engine-test.h"

#include <glib/gi18n-lib.h>
#include "dub-espeak-speaker.h"
#include "dub-stages.h"

/* What is said, and what is translated: in English, whatever the language of the person. */
#define SPEECH "Good morning. This is a short test of an engine that writes down what people say."
#define WORD "Good morning."
#define WORD_MS 2000
#define LONGEST_MS 10000

/* In the languages that are spoken; a voice without the letters of a text says little of itself. */
static const struct
{
  const char *language;
  const char *greeting;
} greetings[] = {
  { "ar", "صباح الخير." },
  { "en", WORD },
  { "fr", "Bonjour." },
  { "de", "Guten Morgen." },
  { "id", "Selamat pagi." },
  { "it", "Buongiorno." },
  { "ja", "おはようございます。" },
  { "ko", "좋은 아침입니다." },
  { "pt", "Bom dia." },
  { "es", "Buenos días." },
  { "th", "สวัสดีตอนเช้า" },
  { "tr", "Günaydın." },
  { "vi", "Chào buổi sáng." },
};

static void
ignore_progress (const char *stage, double fraction, gpointer user_data)
{
}

static const char *
greeting_in (const DubLanguage *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (greetings); i++)
    if (g_str_equal (greetings[i].language, dub_language_get_code (language)))
      return greetings[i].greeting;
  return WORD;
}

static DubPcm *
make_speech (GError **error)
{
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();
  g_autoptr (DubSpoken) spoken = NULL;
  const DubVoiceWish wish = { 0 };

  if (!dub_speaker_begin (speaker, dub_language_from_code ("en"), &wish, error))
    return NULL;
  spoken = dub_speaker_say (speaker, SPEECH, 1, LONGEST_MS, error);
  return spoken != NULL ? g_steal_pointer (&spoken->sound) : NULL;
}

static gboolean
test_transcriber (DubTranscriber *transcriber, DubProgress *progress, DubEngineTrialResult *result, GError **error)
{
  g_autoptr (DubPcm) speech = NULL;
  g_autoptr (DubTranscript) transcript = NULL;

  if (!dub_transcriber_serves (transcriber, NULL, error))
    return FALSE;
  speech = make_speech (error);
  transcript = speech != NULL ? dub_transcriber_transcribe (transcriber, speech, progress, error) : NULL;
  if (transcript == NULL)
    return FALSE;
  /* Translators: what an engine has written down. */
  result->message = g_strdup_printf (_("It works. Of a sentence that was spoken to it, it understood “%s”."),
                                     dub_segment_get_text (dub_script_get_segment (transcript->script, 0)));
  return TRUE;
}

/* Into what it translates English. The error is that of the last one. */
static GStrv
find_targets (DubTranslator *translator, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) failure = NULL;
  gboolean any = FALSE;

  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    {
      const DubLanguage *language = dub_language_get_all ()[i];

      if (g_str_equal (dub_language_get_code (language), "en"))
        continue;
      g_clear_error (&failure);
      if (dub_translator_serves (translator, "en", language, &failure))
        {
          g_strv_builder_add (builder, dub_language_get_code (language));
          any = TRUE;
        }
      else if (!g_error_matches (failure, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE))
        break;
    }
  if (any)
    return g_strv_builder_end (builder);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static gboolean
test_translator (DubTranslator        *translator,
                 const DubLanguage    *language,
                 DubProgress          *progress,
                 DubEngineTrialResult *result,
                 GError              **error)
{
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (DubScript) translated = NULL;

  result->languages = find_targets (translator, error);
  if (result->languages == NULL)
    return FALSE;
  if (!g_strv_contains ((const char *const *) result->languages, dub_language_get_code (language)))
    language = dub_language_from_code (result->languages[0]);
  dub_script_append (script, WORD, 0, WORD_MS);
  translated = dub_translator_translate (translator, script, "en", language, progress, error);
  if (translated == NULL)
    return FALSE;
  result->message =
      /* Translators: English words, the same in another language, and the name of that. */
      g_strdup_printf (_("It works. “%s” is “%s” in %s."), WORD,
                       dub_segment_get_text (dub_script_get_segment (translated, 0)), dub_language_get_name (language));
  return TRUE;
}

static gboolean
test_speaker (DubSpeaker *speaker, const DubLanguage *language, DubEngineTrialResult *result, GError **error)
{
  const DubVoiceWish wish = { 0 };
  const char *greeting = greeting_in (language);
  g_autoptr (DubSpoken) spoken = NULL;

  if (!dub_speaker_begin (speaker, language, &wish, error))
    return FALSE;
  spoken = dub_speaker_say (speaker, greeting, 1, LONGEST_MS, error);
  if (spoken == NULL)
    return FALSE;
  /* Translators: words that were spoken, then seconds. */
  result->message = g_strdup_printf (_("It works. It said “%s” in %.1f seconds."), greeting,
                                     (double) spoken->sound->n_frames / spoken->sound->rate);
  return TRUE;
}

/**
 * dub_engine_test:
 * @trial: whose engines are checked
 * @error: return location; what a task would fail with
 *
 * A transcriber gets a sentence that the built-in voice speaks, a translator and a speaker two words. Blocks, for the
 * engine's time limit or two.
 *
 * Returns: (transfer full) (nullable): what the engine did
 */
DubEngineTrialResult *
dub_engine_test (DubEngineTrial *trial, GError **error)
{
  g_autoptr (DubStages) stages = dub_stages_new (&trial->engines, error);
  g_autoptr (DubEngineTrialResult) result = dub_engine_trial_result_new ();
  g_autoptr (DubProgress) progress = dub_progress_new (ignore_progress, NULL);
  const DubLanguage *language = dub_language_from_code (trial->language);
  gboolean works = FALSE;

  if (stages == NULL)
    return NULL;
  if (language == NULL)
    language = dub_language_from_code (trial->stage == DUB_STAGE_TRANSLATE ? "es" : "en");
  switch (trial->stage)
    {
    case DUB_STAGE_TRANSCRIBE:
      works = test_transcriber (stages->transcriber, progress, result, error);
      break;
    case DUB_STAGE_TRANSLATE:
      works = test_translator (stages->translator, language, progress, result, error);
      break;
    case DUB_STAGE_SPEAK:
      works = test_speaker (stages->speaker, language, result, error);
      break;
    default:
      g_assert_not_reached ();
    }
  return works ? g_steal_pointer (&result) : NULL;
}
