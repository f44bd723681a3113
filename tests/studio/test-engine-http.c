/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Engines over HTTP, against strict fakes of the conventions: right answers, and the ways of a request. */

#include <gst/gst.h>
#include <string.h>
#include "dub-apy-translator.h"
#include "dub-decode-speech.h"
#include "dub-http-round.h"
#include "dub-language-pairs.h"
#include "dub-libretranslate-translator.h"
#include "dub-openai-speaker.h"
#include "dub-openai-transcriber.h"
#include "dub-test-support.h"
#include "dub-test-video.h"
#include "engines-fixture.h"

#define KEY ENGINES_TEST_KEY
/* So that nothing is waited for. */
#define AT_ONCE "Retry-After: 0\r\n"

static DubScript *
make_script (guint n_segments)
{
  DubScript *script = dub_script_new ();

  for (guint i = 0; i < n_segments; i++)
    {
      g_autofree char *text = g_strdup_printf ("Sentence %u.", i + 1);

      dub_script_append (script, text, i * 1000, i * 1000 + 900);
    }
  return script;
}

static const char *
text_at (DubScript *script, guint index)
{
  return dub_segment_get_text (dub_script_get_segment (script, index));
}

static DubScript *
translate (DubTranslator *translator, guint n_segments, const char *to, GError **error)
{
  g_autoptr (DubScript) script = make_script (n_segments);
  g_autoptr (DubProgress) progress = engines_test_progress ();

  dub_progress_begin (progress, "translate", 1);
  return dub_translator_translate (translator, script, "en", dub_language_from_code (to), progress, error);
}

static void
assert_translation (DubScript *translated, guint n_segments, const char *word)
{
  g_assert_nonnull (translated);
  g_assert_cmpuint (dub_script_get_length (translated), ==, n_segments);
  for (guint i = 0; i < n_segments; i++)
    {
      g_autofree char *expected = g_strdup_printf ("[%s] Sentence %u.", word, i + 1);

      g_assert_cmpstr (text_at (translated, i), ==, expected);
      g_assert_cmpfloat (dub_segment_get_start (dub_script_get_segment (translated, i)), ==, i * 1000);
    }
}

static DubTranslator *
make_libretranslate (DubFakeEngine *fake, const char *key)
{
  g_autoptr (DubEngineChoice) choice = engines_test_choice (DUB_ENGINE_LIBRETRANSLATE, dub_fake_engine_get_url (fake));

  return dub_libretranslate_translator_new (choice, key);
}

static DubTranslator *
make_apy (DubFakeEngine *fake, const char *key)
{
  g_autoptr (DubEngineChoice) choice = engines_test_choice (DUB_ENGINE_APERTIUM, dub_fake_engine_get_url (fake));

  return dub_apy_translator_new (choice, key);
}

static void
test_libretranslate (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_LIBRETRANSLATE, KEY);
  g_autoptr (DubTranslator) translator = make_libretranslate (fake, KEY);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubScript) spanish = translate (translator, 47, "es", &error);
  g_autoptr (DubScript) portuguese = NULL;

  g_assert_no_error (error);
  assert_translation (spanish, 47, "es");
  /* The list of languages, and 20 texts at a time. */
  g_assert_cmpuint (dub_fake_engine_count (fake), ==, 1 + 3);
  portuguese = translate (translator, 1, "pt", &error);
  g_assert_no_error (error);
  assert_translation (portuguese, 1, "pt-BR");
  engines_test_assert_content (fake);
}

static void
test_libretranslate_old (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_LIBRETRANSLATE, NULL);
  g_autoptr (DubTranslator) translator = make_libretranslate (fake, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubScript) german = NULL;

  dub_fake_engine_set_no_lists (fake);
  german = translate (translator, 5, "de", &error);
  g_assert_no_error (error);
  assert_translation (german, 5, "de");
}

static void
test_apy (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_APY, KEY);
  g_autoptr (DubTranslator) translator = make_apy (fake, KEY);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubScript) spanish = translate (translator, 9, "es", &error);
  g_autoptr (DubScript) french = NULL;

  g_assert_no_error (error);
  assert_translation (spanish, 9, "spa");
  french = translate (translator, 2, "fr", &error);
  g_assert_no_error (error);
  /* There is no direct pair. */
  assert_translation (french, 2, "fra] [cat");
  engines_test_assert_content (fake);
}

static void
check_not_served (DubTranslator *translator, const char *from, const char *to, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dub_translator_serves (translator, from, dub_language_from_code (to), &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
  engines_test_assert_sentence (error->message, part);
}

static void
test_serves (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_LIBRETRANSLATE, NULL);
  g_autoptr (DubTranslator) translator = make_libretranslate (fake, NULL);
  g_autoptr (DubFakeEngine) other = dub_fake_engine_new (DUB_FAKE_APY, NULL);
  g_autoptr (DubTranslator) apy = make_apy (other, NULL);

  g_assert_true (dub_translator_serves (translator, "en", dub_language_from_code ("pt"), NULL));
  g_assert_true (dub_translator_serves (translator, "es", dub_language_from_code ("en"), NULL));
  check_not_served (translator, "es", "de", "does not translate from Spanish into German");
  check_not_served (translator, "ru", "de", "does not translate from ru into German");
  check_not_served (translator, "en", "en", "nothing to translate");
  g_assert_true (dub_translator_serves (apy, "en", dub_language_from_code ("fr"), NULL));
  check_not_served (apy, "en", "ja", "does not translate from English into Japanese");
  /* It is asked once. */
  g_assert_cmpuint (dub_fake_engine_count (fake), ==, 1);
  g_assert_cmpuint (dub_fake_engine_count (other), ==, 1);
}

static DubTranscriber *
make_transcriber (DubFakeEngine *fake, const char *suffix, const char *key)
{
  g_autofree char *address = g_strconcat (dub_fake_engine_get_url (fake), suffix, NULL);
  g_autoptr (DubEngineChoice) choice = engines_test_choice (DUB_ENGINE_OPENAI, address);

  return dub_openai_transcriber_new (choice, key);
}

static DubTranscript *
transcribe (DubTranscriber *transcriber, double seconds, GError **error)
{
  g_autoptr (DubPcm) sound = engines_test_sound (seconds);
  g_autoptr (DubProgress) progress = engines_test_progress ();

  dub_progress_begin (progress, "transcribe", 1);
  return dub_transcriber_transcribe (transcriber, sound, progress, error);
}

static void
test_transcription (void)
{
  static const char *const suffixes[] = { "", "/", "/v1", "/v1/" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_OPENAI, KEY);
      g_autoptr (DubTranscriber) transcriber = make_transcriber (fake, suffixes[i], KEY);
      g_autoptr (GError) error = NULL;
      g_autoptr (DubTranscript) transcript = transcribe (transcriber, 10, &error);
      const DubRemarks *remarks;

      g_assert_no_error (error);
      engines_test_assert_content (fake);
      g_assert_cmpstr (transcript->language, ==, "en");
      g_assert_cmpuint (dub_script_get_length (transcript->script), ==, 2);
      g_assert_cmpstr (text_at (transcript->script, 1), ==, "This is a test.");
      g_assert_cmpfloat_with_epsilon (dub_segment_get_start (dub_script_get_segment (transcript->script, 1)), 5500, 1);
      remarks = dub_segment_get_remarks (dub_script_get_segment (transcript->script, 0));
      g_assert_cmpfloat_with_epsilon (remarks->confidence, 0.7788, 0.001);
    }
}

static void
test_nobody_speaks (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_OPENAI, NULL);
  g_autoptr (DubTranscriber) transcriber = make_transcriber (fake, "", NULL);
  g_autoptr (GBytes) empty = engines_test_bytes ("{\"language\": \"english\", \"segments\": [], \"text\": \"\"}");
  g_autoptr (GError) error = NULL;

  dub_fake_engine_set_answer (fake, 200, "application/json", NULL, empty);
  g_assert_null (transcribe (transcriber, 2, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
  engines_test_assert_sentence (error->message, "Nobody speaks in this video");
  g_assert_true (dub_transcriber_serves (transcriber, "*", NULL));
}

static DubSpeaker *
make_speaker (DubFakeEngine *fake, const char *key)
{
  g_autoptr (DubEngineChoice) choice = engines_test_choice (DUB_ENGINE_OPENAI, dub_fake_engine_get_url (fake));
  DubSpeaker *speaker = dub_openai_speaker_new (choice, key);
  const DubVoiceWish wish = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (dub_speaker_begin (speaker, dub_language_from_code ("de"), &wish, &error));
  g_assert_no_error (error);
  return speaker;
}

static double
spoken_s (const DubSpoken *spoken)
{
  return (double) spoken->sound->n_frames / spoken->sound->rate;
}

static void
test_speech (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_OPENAI, KEY);
  g_autoptr (DubSpeaker) speaker = make_speaker (fake, KEY);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubSpoken) spoken = dub_speaker_say (speaker, "Ten letters and ten.", 1, 5000, &error);
  g_autoptr (DubSpoken) faster = NULL;
  g_autoptr (DubSpoken) cut = NULL;
  g_autoptr (DubSpoken) none = NULL;

  g_assert_no_error (error);
  /* 20 characters; the silence around them is gone. */
  g_assert_cmpfloat_with_epsilon (spoken_s (spoken), 1.2, 0.02);
  g_assert_false (spoken->too_long);
  faster = dub_speaker_say (speaker, "Ten letters and ten.", 1.5, 5000, &error);
  g_assert_cmpfloat_with_epsilon (spoken_s (faster), 0.8, 0.02);
  cut = dub_speaker_say (speaker, "Ten letters and ten.", 1, 500, &error);
  g_assert_cmpfloat_with_epsilon (spoken_s (cut), 0.5, 0.001);
  g_assert_true (cut->too_long);
  none = dub_speaker_say (speaker, "… ?", 1, 500, &error);
  g_assert_cmpuint (none->sound->n_frames, ==, 0);
  engines_test_assert_content (fake);
}

static void
test_foresee (void)
{
  static const char *const texts[] = { "One.", "Two.", "…", "One.", "Three.", "Four.", NULL };
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_OPENAI, NULL);
  g_autoptr (DubSpeaker) speaker = make_speaker (fake, NULL);
  g_autoptr (DubProgress) progress = engines_test_progress ();
  g_autoptr (GError) error = NULL;

  dub_fake_engine_set_wait_for (fake, 2);
  g_assert_true (dub_speaker_foresee (speaker, texts, progress, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (dub_fake_engine_count (fake), ==, 4);
  g_assert_cmpuint (dub_fake_engine_count_parallel (fake), ==, 2);
  dub_fake_engine_set_wait_for (fake, 0);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr (DubSpoken) spoken = dub_speaker_say (speaker, texts[i], 1, 5000, &error);

      g_assert_no_error (error);
    }
  /* Nothing is asked for twice. */
  g_assert_cmpuint (dub_fake_engine_count (fake), ==, 4);
}

static void
check_no_sound (GBytes *bytes)
{
  g_autofree char *why = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_null (dub_decode_speech (bytes, 1000, &why));
  g_assert_nonnull (why);
  g_test_message ("%s, %.1f s", why, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
}

/* What is no sound is found out at once. */
static void
test_no_sound (void)
{
  static const char *const files[] = {
    "", "x", "RIFF", "not a sound at all, but some text that is long enough",
    "RIFF\xff\xff\xff\xffWAVE", "OggS", "ID3\x03", "fLaC", "<html><body>Good morning</body></html>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = engines_test_bytes (files[i]);

      check_no_sound (bytes);
    }
}

/* A file of which the end is missing, in front of it a picture that nobody asked for. */
static void
test_half_a_video (void)
{
  g_autofree char *dir = dub_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "tone.mp4", NULL);
  g_autofree char *content = NULL;
  gsize length;

  dub_test_run_pipeline ("videotestsrc num-buffers=75 ! video/x-raw,width=160,height=120,framerate=25/1 ! x264enc ! "
                         "mp4mux name=m ! filesink location=%s audiotestsrc num-buffers=144 "
                         "samplesperbuffer=1000 ! audio/x-raw,rate=48000,channels=2 ! avenc_aac ! m.",
                         path);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (guint i = 4; i < 7; i++)
    {
      g_autoptr (GBytes) part = g_bytes_new (content, length * i / 10);

      check_no_sound (part);
    }
  dub_test_remove_dir (g_steal_pointer (&dir));
}

static void
test_speaks_languages (void)
{
  g_autoptr (DubEngineChoice) choice = engines_test_choice (DUB_ENGINE_OPENAI, "https://example.com");
  const char *languages[] = { "en", "de", NULL };
  g_autoptr (DubSpeaker) speaker = NULL;
  g_autofree char *why = NULL;

  choice->languages = g_strdupv ((char **) languages);
  speaker = dub_openai_speaker_new (choice, NULL);
  g_assert_cmpint (dub_speaker_serves (speaker, dub_language_from_code ("de"), NULL, NULL), ==, DUB_VOICE_GOOD);
  g_assert_cmpint (dub_speaker_serves (speaker, dub_language_from_code ("th"), NULL, &why), ==, DUB_VOICE_NONE);
  engines_test_assert_sentence (why, "does not speak Thai");
}

/* Which one fails first must not depend on which is faster. */
static void
test_first_failure (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_APY, NULL);
  g_autoptr (DubTranslator) translator = make_apy (fake, NULL);
  g_autoptr (GError) error = NULL;

  /* Two are answered at a time; both fail. */
  dub_fake_engine_set_wait_for (fake, 2);
  dub_fake_engine_set_wrong_text (fake, "Sentence 4.", 418);
  dub_fake_engine_set_answer (fake, 500, NULL, NULL, NULL);
  g_assert_null (translate (translator, 8, "es", &error));
  engines_test_assert_sentence (error->message, "has a fault of its own");
  g_clear_error (&error);

  dub_fake_engine_set_wrong_text (fake, "Sentence 1.", 418);
  g_assert_null (translate (translator, 8, "es", &error));
  engines_test_assert_sentence (error->message, "refused the request");
  g_clear_error (&error);

  dub_fake_engine_set_fault (fake, DUB_FAKE_RIGHT);
  dub_fake_engine_set_wrong_text (fake, "Sentence 4.", 418);
  g_assert_null (translate (translator, 8, "es", &error));
  engines_test_assert_sentence (error->message, "refused the request");
  engines_test_assert_content (fake);
}

static void
test_repeated (void)
{
  static const guint statuses[] = { 429, 502, 503, 504 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_OPENAI, NULL);
      g_autoptr (DubTranscriber) transcriber = make_transcriber (fake, "", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (DubTranscript) transcript = NULL;

      dub_fake_engine_set_busy (fake, 2, statuses[i], AT_ONCE);
      transcript = transcribe (transcriber, 4, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (dub_fake_engine_count (fake), ==, 3);
    }
}

static void
check_attempts (guint n_busy, guint status, const char *headers, guint n_attempts, const char *part)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_OPENAI, NULL);
  g_autoptr (DubTranscriber) transcriber = make_transcriber (fake, "", NULL);
  g_autoptr (GError) error = NULL;

  dub_fake_engine_set_busy (fake, n_busy, status, headers);
  g_assert_null (transcribe (transcriber, 4, &error));
  engines_test_assert_sentence (error->message, part);
  g_assert_cmpuint (dub_fake_engine_count (fake), ==, n_attempts);
}

static void
test_not_repeated (void)
{
  check_attempts (3, 429, AT_ONCE, 3, "takes no more requests for now");
  check_attempts (3, 503, AT_ONCE, 3, "has a fault of its own");
  /* Longer than the whole has. */
  check_attempts (1, 503, "Retry-After: 7200\r\n", 1, "has a fault of its own");
  check_attempts (1, 429, "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n", 1, "takes no more requests");
  check_attempts (1, 400, AT_ONCE, 1, "refused the request");
  check_attempts (1, 500, AT_ONCE, 1, "has a fault of its own");
}

static void
test_nobody_there (void)
{
  g_autoptr (DubEngineChoice) choice = NULL;
  g_autoptr (DubTranscriber) transcriber = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_OPENAI, NULL);

    address = g_strdup (dub_fake_engine_get_url (fake));
  }
  choice = engines_test_choice (DUB_ENGINE_OPENAI, address);
  /* Less than the first rest, so that it is tried once. */
  choice->timeout_s = 1;
  transcriber = dub_openai_transcriber_new (choice, NULL);
  g_assert_null (transcribe (transcriber, 2, &error));
  engines_test_assert_sentence (error->message, "Nothing answers at 127.0.0.1:");
}

/* A key does not go to whoever cannot prove who they are. */
static void
test_no_proof (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new_secure (DUB_FAKE_OPENAI, KEY);
  g_autoptr (DubTranscriber) transcriber = make_transcriber (fake, "", KEY);
  g_autoptr (GError) error = NULL;

  g_assert_null (transcribe (transcriber, 2, &error));
  engines_test_assert_sentence (error->message, "could not prove that it is the one");
  g_assert_cmpuint (dub_fake_engine_count (fake), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  g_test_add_func ("/engine-http/libretranslate/right", test_libretranslate);
  g_test_add_func ("/engine-http/libretranslate/old", test_libretranslate_old);
  g_test_add_func ("/engine-http/apy/right", test_apy);
  g_test_add_func ("/engine-http/serves", test_serves);
  g_test_add_func ("/engine-http/transcription/right", test_transcription);
  g_test_add_func ("/engine-http/transcription/nobody-speaks", test_nobody_speaks);
  g_test_add_func ("/engine-http/speech/right", test_speech);
  g_test_add_func ("/engine-http/speech/foresee", test_foresee);
  g_test_add_func ("/engine-http/speech/no-sound", test_no_sound);
  g_test_add_func ("/engine-http/speech/half-a-video", test_half_a_video);
  g_test_add_func ("/engine-http/speech/languages", test_speaks_languages);
  g_test_add_func ("/engine-http/way/first-failure", test_first_failure);
  g_test_add_func ("/engine-http/way/repeated", test_repeated);
  g_test_add_func ("/engine-http/way/not-repeated", test_not_repeated);
  g_test_add_func ("/engine-http/way/nobody-there", test_nobody_there);
  g_test_add_func ("/engine-http/way/no-proof", test_no_proof);
  return g_test_run ();
}
