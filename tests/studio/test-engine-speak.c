/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stage that speaks: its voice, what it can, and how a text is fitted into its time. */

#include <gst/gst.h>
#include <math.h>
#include <string.h>
#include <time.h>
#include "dub-espeak-speaker.h"
#include "dub-pitch.h"
#include "dub-reading.h"
#include "dub-speak.h"
#include "dub-studio-skills.h"
#include "dub-test-support.h"
#include "engine-examples.h"
#include "engine-fixture.h"
#include "test-speaker.h"

static void
on_progress (const char *stage, double fraction, gpointer user_data)
{
}

static void
begin (DubSpeaker *speaker, const char *language, double pitch_hz)
{
  const DubVoiceWish wish = { pitch_hz };
  g_autoptr (GError) error = NULL;

  g_assert_true (dub_speaker_begin (speaker, dub_language_from_code (language), &wish, &error));
  g_assert_no_error (error);
}

static void
fit_with (DubSpeaker *speaker, const char *text, double slot_ms, double room_ms, DubFit *fit)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dub_fit_say (speaker, text, slot_ms, room_ms, fit, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fit->speech->rate, ==, DUB_PCM_RATE);
  g_assert_cmpuint (fit->speech->channels, ==, 1);
  g_assert_cmpfloat_with_epsilon (fit->spoken_ms, 1000.0 * fit->speech->n_frames / DUB_PCM_RATE, 0.1);
  g_assert_cmpfloat_with_epsilon (fit->overrun_ms, MAX (fit->spoken_ms - slot_ms, 0), 0.1);
  g_assert_cmpfloat (fit->spoken_ms, <=, room_ms + 0.1);
  g_assert_cmpfloat (fit->stretch, <=, 1.3 + 1e-6);
}

static double
pitch_of (const DubPcm *pcm)
{
  g_autoptr (DubPitch) pitch = dub_pitch_new ();

  dub_pitch_add (pitch, pcm, 0, 1000.0 * pcm->n_frames / pcm->rate);
  return dub_pitch_get (pitch);
}

static DubVoiceQuality
quality (const char *language, const char *text, gboolean explained)
{
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();
  g_autofree char *why = NULL;
  DubVoiceQuality found = dub_speaker_serves (speaker, dub_language_from_code (language), text, &why);

  g_assert_true ((why != NULL) == explained);
  return found;
}

static void
test_serves (void)
{
  g_assert_cmpint (quality ("th", NULL, TRUE), ==, DUB_VOICE_NONE);
  g_assert_cmpint (quality ("th", engine_example ("th"), TRUE), ==, DUB_VOICE_NONE);
  g_assert_cmpint (quality ("ar", NULL, TRUE), ==, DUB_VOICE_POOR);
  g_assert_cmpint (quality ("ar", engine_example ("ar"), TRUE), ==, DUB_VOICE_POOR);
  /* One sign on one word does not make a text one with vowels. */
  g_assert_cmpint (quality ("ar", "قهوتنا الجديدة طازجة كلَّ صباح، اطلبها اليوم.", TRUE), ==, DUB_VOICE_POOR);
  g_assert_cmpint (quality ("ar", "قَهْوَتُنَا الْجَدِيدَةُ طَازَجَةٌ كُلَّ صَبَاحٍ.", FALSE), ==, DUB_VOICE_GOOD);
  g_assert_cmpint (quality ("ja", NULL, FALSE), ==, DUB_VOICE_GOOD);
  /* What is said before a dub is begun. */
  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    g_assert_true ((quality (dub_language_get_code (*l), NULL, strstr ("ar th", dub_language_get_code (*l)) != NULL)
                    != DUB_VOICE_NONE) == dub_studio_speaks (NULL, *l));
  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      const char *code = dub_language_get_code (*l);

      if (strstr ("ar th", code) == NULL)
        g_assert_cmpint (quality (code, engine_example (code), FALSE), ==, DUB_VOICE_GOOD);
    }
}

/* What the window knows of it without asking. */
static void
test_skills (void)
{
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();

  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      g_autofree char *why = NULL;

      g_assert_true ((dub_speaker_serves (speaker, *l, NULL, &why) != DUB_VOICE_NONE) == dub_studio_speaks (NULL, *l));
    }
}

static void
test_reading (void)
{
  const char *text = "私は東京でcoffeeを飲みます。";
  g_autoptr (GError) error = NULL;
  g_autoptr (DubReading) reading = dub_reading_new (text, &error);
  const DubReadWord *word;

  g_assert_no_error (error);
  g_assert_cmpstr (reading->text, ==, "ワタシワトーキョーデcoffeeヲノミマス。 ");
  /* The second one is 東京で, トーキョーデ: a particle belongs to its word. */
  word = &g_array_index (reading->words, DubReadWord, 1);
  g_assert_cmpuint (word->from, ==, 2);
  g_assert_cmpuint (word->until, ==, 5);
  g_assert_cmpuint (word->read_from, ==, 4);
  g_assert_cmpuint (word->read_until, ==, 10);
}

/* The words are where the text has them, in order, and they fill the sound. */
static void
test_words (void)
{
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();

  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      const char *text = engine_example (dub_language_get_code (*l));
      g_autoptr (GError) error = NULL;
      g_autoptr (DubSpoken) spoken = NULL;
      double before_ms = 0;
      guint before = 0;

      begin (speaker, dub_language_get_code (*l), 0);
      spoken = dub_speaker_say (speaker, text, 1, 60000, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (spoken->words->len, >=, 4);
      for (guint i = 0; i < spoken->words->len; i++)
        {
          const DubSpokenWord *word = &g_array_index (spoken->words, DubSpokenWord, i);

          g_assert_cmpuint (word->from, >=, before);
          g_assert_cmpuint (word->until, >, word->from);
          g_assert_cmpuint (word->until, <=, g_utf8_strlen (text, -1));
          g_assert_cmpfloat (word->start_ms, >=, before_ms - 0.001);
          g_assert_cmpfloat (word->end_ms, >, word->start_ms);
          before = word->until;
          before_ms = word->end_ms;
        }
    }
}

static void
test_voice_has_the_pitch (gconstpointer data)
{
  const double wanted = *(const double *) data;
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();

  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      const char *code = dub_language_get_code (*l);
      g_auto (DubFit) fit = { 0 };

      if (g_str_equal (code, "th"))
        continue;
      begin (speaker, code, wanted);
      fit_with (speaker, engine_example (code), 9000, 9000, &fit);
      g_test_message ("%s: %.0f Hz, wanted %.0f", code, pitch_of (fit.speech), wanted);
      g_assert_cmpfloat (fabs (pitch_of (fit.speech) / wanted - 1), <, 0.15);
    }
}

static DubPcm *
make_voice (double hz, double glide)
{
  DubPcm *pcm = dub_pcm_new (16000, 1, 16000 * 2);
  double phase = 0;

  for (gsize i = 0; i < pcm->n_frames; i++)
    {
      phase += 2 * G_PI * hz * (1 + glide * sin (2 * G_PI * i / pcm->n_frames)) / pcm->rate;
      for (int k = 1; k <= 8; k++)
        pcm->samples[i] += 0.1 * sin (k * phase) / k;
    }
  return pcm;
}

static void
test_pitch_of_made_voices (void)
{
  const double all[] = { 75, 110, 165, 240, 380 };
  g_autoptr (DubPcm) tone = make_voice (220, 0);
  g_autoptr (DubPcm) noise = dub_pcm_new (16000, 1, 16000 * 2);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (DubPcm) voice = make_voice (all[i], 0.05);

      g_assert_cmpfloat_with_epsilon (pitch_of (voice), all[i], all[i] * 0.02);
    }
  /* Neither is a voice. */
  for (gsize i = 0; i < noise->n_frames; i++)
    noise->samples[i] = g_rand_double_range (rand, -0.2, 0.2);
  g_assert_cmpfloat (pitch_of (tone), ==, 0);
  g_assert_cmpfloat (pitch_of (noise), ==, 0);
}

/* Male, male, female, female, nobody: what a person hears in them. */
static void
test_pitch_of_media (void)
{
  static const struct
  {
    const char *file;
    double lowest;
    double highest;
  } cases[] = {
    { "audio/en_leopard.wav", 95, 135 },
    { "audio/de_leopard.wav", 70, 100 },
    { "audio/es_leopard.wav", 170, 340 },
    { "video/xx_portrait_woman_hevc_10s.mp4", 180, 260 },
    { "audio/none_noise_8s.wav", 0, 0 },
    { "video/q_tone_only_720p.mp4", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = dub_test_media (cases[i].file);
      g_autoptr (GArray) sound = NULL;
      DubPcm pcm = { .channels = 1, .rate = DUB_PCM_RATE };

      if (path == NULL)
        return;
      sound = engine_test_sound (path);
      pcm.samples = (float *) (gpointer) sound->data;
      pcm.n_frames = sound->len;
      g_test_message ("%s: %.0f Hz", cases[i].file, pitch_of (&pcm));
      g_assert_cmpfloat (pitch_of (&pcm), >=, cases[i].lowest);
      g_assert_cmpfloat (pitch_of (&pcm), <=, cases[i].highest);
    }
}

static void
test_fits (void)
{
  const char *text = "Nuestro nuevo café está fresco cada mañana, pídelo hoy en nuestro sitio.";
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();
  g_auto (DubFit) slow = { 0 }, exact = { 0 }, fast = { 0 }, over = { 0 }, cut = { 0 };
  double natural;

  begin (speaker, "es", 0);
  fit_with (speaker, text, 9000, 9940, &slow);
  natural = slow.natural_ms;
  g_assert_cmpfloat_with_epsilon (slow.spoken_ms, natural, 0.1);
  g_assert_cmpfloat (slow.speed, ==, 1);
  g_assert_cmpfloat (slow.stretch, ==, 1);

  fit_with (speaker, text, natural * 0.8, 9940, &exact);
  g_assert_cmpfloat_with_epsilon (exact.spoken_ms, natural * 0.8, 20);
  g_assert_cmpfloat (exact.speed, >, 1.1);
  g_assert_cmpfloat_with_epsilon (exact.stretch, 1, 0.031);

  fit_with (speaker, text, natural / 1.8, 9940, &fast);
  g_assert_cmpfloat_with_epsilon (fast.spoken_ms, natural / 1.8, 20);
  g_assert_cmpfloat (fast.stretch, >, 1.1);

  fit_with (speaker, text, 600, 9940, &over);
  g_assert_cmpfloat (over.overrun_ms, >, 900);
  g_assert_cmpfloat_with_epsilon (over.stretch, 1.3, 1e-6);
  g_assert_cmpuint (over.unspoken, ==, 0);

  fit_with (speaker, text, 600, 840, &cut);
  g_assert_cmpuint (cut.unspoken, >, 20);
  g_assert_cmpfloat (fabsf (cut.speech->samples[cut.speech->n_frames - 1]), <, 0.001);
  g_assert_cmpfloat_with_epsilon (cut.natural_ms, natural, 0.01 * natural);
}

/* What is lost begins with a word. */
static void
test_cut_at_a_word (void)
{
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();

  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      const char *code = dub_language_get_code (*l), *text = engine_example (code), *lost;
      g_auto (DubFit) fit = { 0 };

      begin (speaker, code, 0);
      fit_with (speaker, text, 700, 900, &fit);
      g_assert_cmpuint (fit.unspoken, >, 0);
      lost = g_utf8_offset_to_pointer (text, g_utf8_strlen (text, -1) - fit.unspoken);
      g_test_message ("%s: %.0f ms, not said: %s", code, fit.spoken_ms, lost);
      g_assert_cmpfloat (fit.spoken_ms, >, 150);
      if (strstr ("ja th", code) == NULL)
        g_assert_cmpint (lost[-1], ==, ' ');
    }
}

static void
test_no_room_for_a_word (void)
{
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();
  g_auto (DubFit) fit = { 0 };

  begin (speaker, "de", 0);
  fit_with (speaker, "Geschwindigkeitsbegrenzung.", 100, 120, &fit);
  g_assert_cmpuint (fit.speech->n_frames, ==, 0);
  g_assert_cmpuint (fit.unspoken, ==, 27);
}

static void
test_nothing_to_say (void)
{
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();
  g_auto (DubFit) fit = { 0 };

  begin (speaker, "es", 0);
  fit_with (speaker, "…", 1000, 2000, &fit);
  g_assert_cmpfloat (fit.spoken_ms, <, 1000);
  g_assert_cmpuint (fit.unspoken, ==, 0);
}

/* What is beyond the room is not spoken, whatever there is of it; what is heard is the same. */
static void
test_without_end (void)
{
  const char *sentence = "Nuestro nuevo café está fresco cada mañana, pídelo hoy. ";
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *beginning = NULL;
  g_auto (DubFit) whole = { 0 }, part = { 0 };
  clock_t begun = clock ();

  while (text->len < 100 * 1000)
    g_string_append (text, sentence);
  beginning = g_strndup (text->str, 10 * strlen (sentence));
  begin (speaker, "es", 0);
  fit_with (speaker, text->str, 1000, 1940, &whole);
  g_assert_cmpfloat ((double) (clock () - begun) / CLOCKS_PER_SEC, <, 15);
  g_assert_cmpfloat (whole.natural_ms, ==, 600000);
  g_assert_cmpuint (whole.unspoken, >, 90 * 1000);

  fit_with (speaker, beginning, 1000, 1940, &part);
  /* Its voice trembles a little, by chance: not each sample is the same. */
  g_assert_cmpfloat_with_epsilon (whole.spoken_ms, part.spoken_ms, 150);
  g_assert_cmpuint (whole.unspoken - part.unspoken, ==, g_utf8_strlen (text->str, -1) - g_utf8_strlen (beginning, -1));
}

/* Each attempt costs there: natural, and one computed guess. */
static void
test_two_attempts (void)
{
  g_autoptr (TestSpeaker) speaker = test_speaker_new (2, 2);
  g_auto (DubFit) easy = { 0 }, fast = { 0 };

  fit_with (DUB_SPEAKER (speaker), "abcd efgh ijkl mnop", 2000, 3000, &easy);
  g_assert_cmpuint (test_speaker_count_attempts (speaker), ==, 1);
  g_assert_cmpfloat_with_epsilon (easy.spoken_ms, 950, 30);

  fit_with (DUB_SPEAKER (speaker), "abcd efgh ijkl mnop", 600, 3000, &fast);
  g_assert_cmpuint (test_speaker_count_attempts (speaker), ==, 3);
  g_assert_cmpfloat_with_epsilon (fast.spoken_ms, 600, 20);
}

static void
test_no_speed (void)
{
  g_autoptr (TestSpeaker) speaker = test_speaker_new (1, 2);
  g_auto (DubFit) fit = { 0 };

  fit_with (DUB_SPEAKER (speaker), "abcd efgh ijkl mnop", 800, 3000, &fit);
  g_assert_cmpuint (test_speaker_count_attempts (speaker), ==, 1);
  g_assert_cmpfloat_with_epsilon (fit.spoken_ms, 800, 20);
  g_assert_cmpfloat (fit.speed, ==, 1);
}

/* Nobody says where its words are: it is cut in a pause, and what is lost begins with a word all the same. */
static void
test_cut_where_it_is_quiet (void)
{
  g_autoptr (TestSpeaker) speaker = test_speaker_new (1, 2);
  g_auto (DubFit) fit = { 0 };

  fit_with (DUB_SPEAKER (speaker), "abcdefgh ijklmnop qrstuvwx", 400, 500, &fit);
  g_assert_cmpuint (fit.unspoken, ==, 17);
  g_assert_cmpfloat (fit.spoken_ms, >, 330);
  g_assert_cmpfloat (fit.spoken_ms, <, 400);
}

static GPtrArray *
speak_script (DubScript *script, double duration_ms)
{
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();
  g_autoptr (DubProgress) progress = dub_progress_new (on_progress, NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *takes;

  begin (speaker, "es", 0);
  takes = dub_speak (speaker, script, duration_ms, progress, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (takes->len, ==, dub_script_get_length (script));
  return takes;
}

static void
check_heard (DubScript *heard, guint index, double end_ms, double overrun_ms, guint unspoken)
{
  DubSegment *segment = dub_script_get_segment (heard, index);
  const DubRemarks *remarks = dub_segment_get_remarks (segment);

  g_assert_cmpfloat (dub_segment_get_end (segment), ==, end_ms);
  g_assert_cmpfloat (remarks->overrun_ms, ==, overrun_ms);
  g_assert_cmpuint (remarks->unspoken, ==, unspoken);
  g_assert_cmpfloat (remarks->natural_ms, >, 300);
  g_assert_cmpfloat (remarks->confidence, ==, 0.5);
}

static void
add (DubScript *script, const char *text, double start_ms, double end_ms)
{
  g_autoptr (DubSegment) segment = dub_segment_new (text, start_ms, end_ms);
  DubRemarks *remarks = dub_remarks_new ();

  remarks->confidence = 0.5;
  dub_segment_set_remarks (segment, remarks);
  dub_script_add_segment (script, segment);
}

/* Easy; over; cut; the last one, up to the end of the video. */
static void
test_heard (void)
{
  const char *sentence = "Nuestro nuevo café está fresco cada mañana, pídelo hoy.";
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (DubScript) heard = NULL;
  g_autoptr (GPtrArray) takes = NULL;
  const DubTake *over, *cut, *last;

  add (script, "Hola, buenos días.", 0, 2000);
  add (script, sentence, 3000, 4000);
  add (script, sentence, 9000, 9500);
  add (script, sentence, 10000, 11000);
  takes = speak_script (script, 11500);
  heard = dub_speak_heard (script, takes);
  over = g_ptr_array_index (takes, 1);
  cut = g_ptr_array_index (takes, 2);
  last = g_ptr_array_index (takes, 3);

  check_heard (heard, 0, 2000, 0, 0);
  g_assert_cmpfloat (over->fit.overrun_ms, >, 100);
  check_heard (heard, 1, round (3000 + over->fit.spoken_ms), round (over->fit.overrun_ms), 0);
  g_assert_cmpuint (cut->fit.unspoken, >, 0);
  g_assert_cmpfloat (9000 + cut->fit.spoken_ms, <=, 10000 - 60);
  check_heard (heard, 2, round (9000 + cut->fit.spoken_ms), round (cut->fit.overrun_ms), cut->fit.unspoken);
  g_assert_cmpfloat (10000 + last->fit.spoken_ms, <=, 11500);
}

/* Two segments share their time only where the script says so. */
static void
test_room (void)
{
  g_autoptr (DubScript) script = dub_script_new ();

  dub_script_append (script, "a", 0, 1000);
  dub_script_append (script, "b", 1500, 2500);
  dub_script_append (script, "c", 2500, 4000);
  dub_script_append (script, "d", 3500, 5000);
  g_assert_cmpfloat (dub_fit_room (script, 0, 6000), ==, 1440);
  g_assert_cmpfloat (dub_fit_room (script, 1, 6000), ==, 1000);
  g_assert_cmpfloat (dub_fit_room (script, 2, 6000), ==, 1500);
  g_assert_cmpfloat (dub_fit_room (script, 3, 6000), ==, 2500);
}

/* A rehearsal: the voice is warm. */
static void
test_is_quick (void)
{
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();

  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      const char *code = dub_language_get_code (*l);
      double best = G_MAXDOUBLE;

      for (int i = 0; i < 3; i++)
        {
          g_auto (DubFit) fit = { 0 };
          clock_t begun;

          begin (speaker, code, 140);
          begun = clock ();
          begin (speaker, code, 140);
          fit_with (speaker, engine_example (code), 1500, 2000, &fit);
          best = MIN (best, 1000.0 * (clock () - begun) / CLOCKS_PER_SEC);
        }
      g_test_message ("%s: %.1f ms", code, best);
      g_assert_cmpfloat (best, <, 150);
    }
}

int
main (int argc, char **argv)
{
  static const double man = 110, woman = 210, child = 280;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/engine/speak/serves", test_serves);
  g_test_add_func ("/engine/speak/skills", test_skills);
  g_test_add_func ("/engine/speak/reading", test_reading);
  g_test_add_func ("/engine/speak/words", test_words);
  g_test_add_data_func ("/engine/speak/pitch/man", &man, test_voice_has_the_pitch);
  g_test_add_data_func ("/engine/speak/pitch/woman", &woman, test_voice_has_the_pitch);
  g_test_add_data_func ("/engine/speak/pitch/child", &child, test_voice_has_the_pitch);
  g_test_add_func ("/engine/pitch/made", test_pitch_of_made_voices);
  g_test_add_func ("/engine/pitch/media", test_pitch_of_media);
  g_test_add_func ("/engine/fit/fits", test_fits);
  g_test_add_func ("/engine/fit/cut-at-a-word", test_cut_at_a_word);
  g_test_add_func ("/engine/fit/no-room-for-a-word", test_no_room_for_a_word);
  g_test_add_func ("/engine/fit/nothing-to-say", test_nothing_to_say);
  g_test_add_func ("/engine/fit/without-end", test_without_end);
  g_test_add_func ("/engine/fit/two-attempts", test_two_attempts);
  g_test_add_func ("/engine/fit/no-speed", test_no_speed);
  g_test_add_func ("/engine/fit/cut-where-it-is-quiet", test_cut_where_it_is_quiet);
  g_test_add_func ("/engine/fit/room", test_room);
  g_test_add_func ("/engine/fit/quick", test_is_quick);
  g_test_add_func ("/engine/speak/heard", test_heard);
  return g_test_run ();
}
