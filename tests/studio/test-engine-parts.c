/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gst/gst.h>
#include <math.h>
#include <string.h>
#include "dub-job.h"
#include "dub-progress.h"
#include "dub-sentence.h"
#include "dub-studio-skills.h"
#include "dub-speech-spans.h"
#include "dub-apertium-translator.h"

typedef struct
{
  guint n_told;
  double last;
  gboolean went_back;
} Told;

static void
on_progress (const char *stage, double fraction, gpointer user_data)
{
  Told *told = user_data;

  told->n_told++;
  told->went_back |= fraction < told->last;
  told->last = fraction;
}

static DubProgress *
quiet_progress (Told *told)
{
  return dub_progress_new (on_progress, told);
}

static void
add_tone (DubPcm *pcm, double from_ms, double until_ms, double level)
{
  for (gsize i = dub_pcm_frame (pcm, from_ms); i < dub_pcm_frame (pcm, until_ms); i++)
    for (guint c = 0; c < pcm->channels; c++)
      pcm->samples[i * pcm->channels + c] += level * sin (2 * G_PI * 440 * i / pcm->rate);
}

static void
test_progress (void)
{
  Told told = { 0 };
  g_autoptr (DubProgress) progress = quiet_progress (&told);

  dub_progress_begin (progress, "one", 0.5);
  dub_progress_set (progress, 0.5);
  g_assert_cmpfloat_with_epsilon (told.last, 0.25, 1e-9);
  dub_progress_set (progress, 0.1);
  dub_progress_begin (progress, "two", 1);
  dub_progress_set (progress, 7);
  g_assert_cmpfloat_with_epsilon (told.last, 1, 1e-9);
  g_assert_false (told.went_back);
  g_assert_cmpuint (told.n_told, ==, 4);
}

static gsize
find_peak (const DubPcm *pcm)
{
  gsize peak = 0;

  for (gsize i = 0; i < pcm->n_frames; i++)
    if (fabsf (pcm->samples[i * pcm->channels]) > fabsf (pcm->samples[peak * pcm->channels]))
      peak = i;
  return peak;
}

static void
test_convert_keeps_the_instant (void)
{
  g_autoptr (DubPcm) pcm = dub_pcm_new (22050, 1, 22050);
  g_autoptr (DubPcm) up = NULL;
  g_autoptr (DubPcm) down = NULL;

  pcm->samples[11025] = 1;
  up = dub_pcm_convert (pcm, 48000, 2);
  g_assert_cmpuint (up->n_frames, ==, 48000);
  g_assert_cmpint (ABS ((int) find_peak (up) - 24000), <=, 2);
  down = dub_pcm_convert (up, 16000, 1);
  g_assert_cmpuint (down->n_frames, ==, 16000);
  g_assert_cmpint (ABS ((int) find_peak (down) - 8000), <=, 1);
}

static void
test_spans (void)
{
  g_autoptr (DubPcm) pcm = dub_pcm_new (16000, 1, 16000 * 40);
  g_autoptr (GArray) none = dub_speech_spans_find (pcm);
  g_autoptr (GArray) spans = NULL;
  double end = 0;

  g_assert_cmpuint (none->len, ==, 0);

  add_tone (pcm, 1000, 3000, 0.2);
  add_tone (pcm, 4000, 6000, 0.1);
  add_tone (pcm, 8000, 20000, 0.2);
  add_tone (pcm, 20150, 32000, 0.2);
  spans = dub_speech_spans_find (pcm);
  g_assert_cmpuint (spans->len, >=, 5);
  for (guint i = 0; i < spans->len; i++)
    {
      DubSpan span = g_array_index (spans, DubSpan, i);

      g_assert_cmpfloat (span.start_ms, >=, end);
      g_assert_cmpfloat (span.end_ms - span.start_ms, <=, 10300);
      end = span.end_ms;
    }
  g_assert_cmpfloat_with_epsilon (g_array_index (spans, DubSpan, 0).start_ms, 900, 60);
  g_assert_cmpfloat_with_epsilon (g_array_index (spans, DubSpan, 0).end_ms, 3120, 60);
  g_assert_cmpfloat_with_epsilon (end, 32120, 60);
}

static void
test_sentence (void)
{
  static const char *const cases[][2] = {
    { "so i will say banana", "So I will say banana." },
    { "banana", "Banana." },
    { "what do you want for breakfast", "What do you want for breakfast?" },
    { "is what we do on monday", "Is what we do on Monday." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sentence = dub_sentence_from_words (cases[i][0]);

      g_assert_cmpstr (sentence, ==, cases[i][1]);
    }
}

static void
test_translate (void)
{
  static const struct
  {
    const char *language;
    const char *word;
  } cases[] = { { "es", "café" }, { "fr", "café" }, { "it", "caffè" }, { "pt", "café" } };
  g_autoptr (DubScript) english = dub_script_new ();
  g_autoptr (DubTranslator) translator = dub_apertium_translator_new ();
  Told told = { 0 };
  g_autoptr (DubProgress) progress = quiet_progress (&told);

  dub_script_append (english, "Our coffee is fresh.", 100, 900);
  dub_script_append (english, "Banana.", 1000, 1900);
  dub_script_append (english, "When the time reaches forty seconds I will say banana.", 2000, 2900);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const DubLanguage *language = dub_language_from_code (cases[i].language);
      g_autoptr (GError) error = NULL;
      g_autoptr (DubScript) translated = dub_translator_translate (translator, english, "en", language, progress, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (dub_script_get_length (translated), ==, 3);
      g_assert_nonnull (strstr (dub_segment_get_text (dub_script_get_segment (translated, 0)), cases[i].word));
      g_assert_null (strstr (dub_segment_get_text (dub_script_get_segment (translated, 2)), "  "));
      g_assert_cmpfloat (dub_segment_get_start (dub_script_get_segment (translated, 2)), ==, 2000);
      g_assert_cmpfloat (dub_segment_get_end (dub_script_get_segment (translated, 2)), ==, 2900);
    }
}

static void
test_translate_knows (void)
{
  g_autoptr (DubTranslator) translator = dub_apertium_translator_new ();
  guint n_known = 0;

  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      n_known += dub_translator_serves (translator, "en", *l, NULL);
      /* What is said before a dub is begun. */
      g_assert_true (dub_translator_serves (translator, "en", *l, NULL) == dub_studio_translates (NULL, *l));
    }
  g_assert_cmpuint (n_known, ==, 4);
  g_assert_false (dub_translator_serves (translator, "en", dub_language_from_code ("de"), NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/engine/progress", test_progress);
  g_test_add_func ("/engine/pcm/convert-keeps-the-instant", test_convert_keeps_the_instant);
  g_test_add_func ("/engine/spans", test_spans);
  g_test_add_func ("/engine/sentence", test_sentence);
  g_test_add_func ("/engine/translate", test_translate);
  g_test_add_func ("/engine/translate/knows", test_translate_knows);
  return g_test_run ();
}
