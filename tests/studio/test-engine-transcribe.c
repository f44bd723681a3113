/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stage that writes down what is said: where somebody speaks, how words become segments, and what is doubted. */

#include <gst/gst.h>
#include <math.h>
#include <string.h>
#include "dub-heard-segments.h"
#include "dub-heard-word.h"
#include "dub-job.h"
#include "dub-measure.h"
#include "dub-sentence.h"
#include "dub-sound.h"
#include "dub-speech-spans.h"
#include "dub-sphinx-transcriber.h"
#include "dub-test-support.h"

#define RATE 16000

static void
ignore_progress (const char *stage, double fraction, gpointer user_data)
{
}

/* Between -1 and 1, the same in each run. */
static double
noise_at (gsize at)
{
  guint32 x = at * 2654435761u;

  x ^= x >> 16;
  x *= 2246822519u;
  x ^= x >> 13;
  return x / (double) G_MAXUINT32 * 2 - 1;
}

/* Four syllables a second, whose pitch goes up and down between 100 and 150 Hz, with overtones. */
static double
voice_at (gsize at)
{
  double s = at / (double) RATE;
  double phase = 2 * G_PI * 125 * s + 2 * G_PI * 25 / (2 * G_PI * 1.3) * sin (2 * G_PI * 1.3 * s);
  double syllable = fmax (0, sin (2 * G_PI * 4 * s - 0.5));
  double sum = 0;

  for (int i = 1; i < 20; i++)
    sum += sin (i * phase) / i;
  return sum * syllable * 0.5;
}

static double
chord_at (gsize at)
{
  double since = at % (RATE / 2) / (double) RATE, sum = 0;
  static const double notes[] = { 220, 277.2, 329.6, 55 };

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    sum += sin (2 * G_PI * notes[i] * at / RATE) + 0.5 * sin (4 * G_PI * notes[i] * at / RATE);
  return sum * exp (-3 * since) * 0.3;
}

static double
drum_at (gsize at)
{
  return noise_at (at) * exp (-14 * (at % (RATE / 4) / (double) RATE));
}

static double
siren_at (gsize at)
{
  double s = at / (double) RATE;

  return sin (2 * G_PI * 200 * s - 100 * cos (2 * G_PI * 0.5 * s));
}

static double
tone_at (gsize at)
{
  return sin (2 * G_PI * 220 * at / RATE);
}

static double
silence_at (gsize at)
{
  return 0;
}

static void
add (DubPcm *pcm, double (*sample_at) (gsize at), double from_s, double until_s, double level)
{
  for (gsize i = from_s * RATE; i < until_s * RATE; i++)
    pcm->samples[i] += level * sample_at (i);
}

static DubPcm *
make (double (*sample_at) (gsize at), double seconds, double level)
{
  DubPcm *pcm = dub_pcm_new (RATE, 1, seconds * RATE);

  add (pcm, sample_at, 0, seconds, level);
  return pcm;
}

static DubTranscript *
transcribe (const DubPcm *sound, GError **error)
{
  g_autoptr (DubTranscriber) transcriber = dub_sphinx_transcriber_new ();
  g_autoptr (DubProgress) progress = dub_progress_new (ignore_progress, NULL);

  return dub_transcriber_transcribe (transcriber, sound, progress, error);
}

/* Whatever is in it: in order, and none too long. */
static void
check_order (GArray *spans)
{
  double end = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      DubSpan span = g_array_index (spans, DubSpan, i);

      g_assert_cmpfloat (span.start_ms, >=, end);
      g_assert_cmpfloat (span.end_ms, >, span.start_ms);
      g_assert_cmpfloat (span.end_ms - span.start_ms, <=, 10300);
      end = span.end_ms;
    }
}

static void
test_spans (void)
{
  g_autoptr (DubPcm) pcm = dub_pcm_new (RATE, 1, RATE * 40);
  g_autoptr (GArray) spans = NULL;

  add (pcm, voice_at, 1, 3, 0.2);
  add (pcm, voice_at, 4, 6, 0.1);
  add (pcm, voice_at, 8, 20, 0.2);
  add (pcm, voice_at, 20.25, 32, 0.2);
  spans = dub_speech_spans_find (pcm);
  check_order (spans);
  g_assert_cmpuint (spans->len, >=, 5);
  g_assert_cmpfloat_with_epsilon (g_array_index (spans, DubSpan, 0).start_ms, 920, 60);
  g_assert_cmpfloat_with_epsilon (g_array_index (spans, DubSpan, 0).end_ms, 3060, 100);
  g_assert_cmpfloat_with_epsilon (g_array_index (spans, DubSpan, spans->len - 1).end_ms, 32060, 100);
}

static double (*const voiceless[]) (gsize at) = { silence_at, noise_at, chord_at, drum_at, siren_at, tone_at };

/* Told at once, without the recogniser. */
static void
test_nobody_speaks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (voiceless); i++)
    {
      g_autoptr (DubPcm) pcm = make (voiceless[i], 12, 0.3);
      g_autoptr (GError) error = NULL;

      g_assert_null (transcribe (pcm, &error));
      g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
      g_assert_nonnull (strstr (error->message, "Nobody speaks in this video"));
    }
}

static void
test_too_short (void)
{
  for (gsize n = 0; n < 2000; n += 159)
    {
      g_autoptr (DubPcm) pcm = dub_pcm_new (RATE, 1, n);
      g_autoptr (GError) error = NULL;

      add (pcm, voice_at, 0, n / (double) RATE, 0.5);
      g_assert_null (transcribe (pcm, &error));
      g_assert_nonnull (strstr (error->message, "Nobody speaks"));
    }
}

/* Music before and after is cut off; music below is not in the way. */
static void
test_voice_in_music (void)
{
  g_autoptr (DubPcm) pcm = make (chord_at, 30, 0.05);
  g_autoptr (GArray) spans = NULL;
  double spoken = 0;

  add (pcm, chord_at, 0, 10, 0.15);
  add (pcm, chord_at, 20, 30, 0.15);
  add (pcm, voice_at, 10, 20, 0.3);
  spans = dub_speech_spans_find (pcm);
  check_order (spans);
  g_assert_cmpuint (spans->len, >=, 1);
  for (guint i = 0; i < spans->len; i++)
    {
      DubSpan span = g_array_index (spans, DubSpan, i);

      g_assert_cmpfloat (span.start_ms, >=, 9000);
      g_assert_cmpfloat (span.end_ms, <=, 21000);
      spoken += span.end_ms - span.start_ms;
    }
  g_assert_cmpfloat (spoken, >=, 9000);
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

static GPtrArray *
new_words (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dub_heard_word_free);
}

static void
say (GPtrArray *words, const char *text, double start_ms, double end_ms, double confidence)
{
  g_ptr_array_add (words, dub_heard_word_new (text, start_ms, end_ms, confidence));
}

static void
assert_segment (DubScript *script, guint index, const char *text, double start_ms, double end_ms)
{
  DubSegment *segment = dub_script_get_segment (script, index);

  g_assert_cmpstr (dub_segment_get_text (segment), ==, text);
  g_assert_cmpfloat (dub_segment_get_start (segment), ==, start_ms);
  g_assert_cmpfloat (dub_segment_get_end (segment), ==, end_ms);
}

/* Divided where somebody pauses; what is too short is joined to what is nearer; what stands alone stays. */
static void
test_segments (void)
{
  g_autoptr (GPtrArray) words = new_words ();
  g_autoptr (DubScript) script = dub_script_new ();

  say (words, "this", 100, 400, 1);
  say (words, "is", 450, 700, 1);
  say (words, "one", 1030, 1500, 1);
  say (words, "that", 1900, 2300, 1);
  say (words, "was", 2300, 2700, 1);
  say (words, "two", 2700, 3200, 1);
  say (words, "yes", 3750, 4200, 1);
  say (words, "i", 4600, 5000, 1);
  say (words, "know", 5000, 5800, 1);
  say (words, "banana", 20000, 20600, 1);
  dub_heard_segments_append (words, script);

  g_assert_cmpuint (dub_script_get_length (script), ==, 4);
  assert_segment (script, 0, "This is one.", 100, 1500);
  assert_segment (script, 1, "That was two.", 1900, 3200);
  assert_segment (script, 2, "Yes I know.", 3750, 5800);
  assert_segment (script, 3, "Banana.", 20000, 20600);
}

static void
test_long_segments (void)
{
  g_autoptr (GPtrArray) words = new_words ();
  g_autoptr (DubScript) script = dub_script_new ();
  guint n_words = 0;

  for (guint i = 0; i < 200; i++)
    say (words, "word", i * 300, i * 300 + (i % 23 == 22 ? 100 : 290), 1);
  dub_heard_segments_append (words, script);
  for (guint i = 0; i < dub_script_get_length (script); i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);
      double length = dub_segment_get_end (segment) - dub_segment_get_start (segment);
      g_auto (GStrv) parts = g_strsplit (dub_segment_get_text (segment), " ", -1);

      g_assert_cmpfloat (length, >=, 1000);
      g_assert_cmpfloat (length, <=, 10000);
      n_words += g_strv_length (parts);
    }
  g_assert_cmpuint (n_words, ==, 200);
}

static void
test_no_words (void)
{
  g_autoptr (GPtrArray) words = new_words ();
  g_autoptr (DubScript) script = dub_script_new ();

  dub_heard_segments_append (words, script);
  g_assert_cmpuint (dub_script_get_length (script), ==, 0);
}

/* Characters of the sentence as it is shown, not bytes of the words. */
static void
test_doubts (void)
{
  g_autoptr (GPtrArray) words = new_words ();
  g_autoptr (DubScript) script = dub_script_new ();
  const DubRemarks *remarks;
  const char *text;

  say (words, "i", 0, 200, 0.1);
  say (words, "like", 200, 500, 0.9);
  say (words, "café", 500, 900, 1);
  say (words, "façades", 900, 1400, 0.2);
  say (words, "today", 1400, 2000, 0.3);
  dub_heard_segments_append (words, script);
  text = dub_segment_get_text (dub_script_get_segment (script, 0));
  remarks = dub_segment_get_remarks (dub_script_get_segment (script, 0));
  g_assert_cmpstr (text, ==, "I like café façades today.");
  g_assert_cmpfloat_with_epsilon (remarks->confidence, 0.5, 1e-9);
  g_assert_cmpuint (remarks->doubts->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      static const char *const doubted[] = { "I", "façades", "today" };
      DubTextRange range = g_array_index (remarks->doubts, DubTextRange, i);
      g_autofree char *part = g_utf8_substring (text, range.from, range.until);

      g_assert_cmpstr (part, ==, doubted[i]);
    }
}

static DubPcm *
load_media (const char *relative)
{
  g_autofree char *path = dub_test_media (relative);
  g_autoptr (DubProgress) progress = dub_progress_new (ignore_progress, NULL);
  g_autoptr (DubSource) source = NULL;
  g_autoptr (GError) error = NULL;
  DubPcm *sound;

  if (path == NULL)
    return NULL;
  source = dub_source_open (path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dub_measure (source, progress, &error));
  sound = dub_sound_decode (source, progress, &error);
  g_assert_no_error (error);
  return sound;
}

static void
check_remarks (DubSegment *segment)
{
  const DubRemarks *remarks = dub_segment_get_remarks (segment);
  const char *text = dub_segment_get_text (segment);

  g_assert_cmpfloat (remarks->confidence, >, 0);
  g_assert_cmpfloat (remarks->confidence, <=, 1);
  for (guint i = 0; i < remarks->doubts->len; i++)
    {
      DubTextRange range = g_array_index (remarks->doubts, DubTextRange, i);
      g_autofree char *word = NULL;

      g_assert_cmpuint (range.until, <, g_utf8_strlen (text, -1));
      word = g_utf8_substring (text, range.from, range.until);
      g_assert_null (strchr (word, ' '));
      g_assert_true (range.from == 0 || g_utf8_offset_to_pointer (text, range.from)[-1] == ' ');
    }
}

/* What a person noted when each sentence begins and ends; the first word of the video is joined to the first of them. */
static void
test_known_times (void)
{
  static const double known[][2] = { { 5020, 10400 }, { 10700, 13050 }, { 13800, 17300 } };
  g_autoptr (DubPcm) sound = load_media ("video/en_example_720p.mp4");
  g_autoptr (DubTranscript) transcript = NULL;
  g_autoptr (GError) error = NULL;

  if (sound == NULL)
    return;
  dub_pcm_resize (sound, dub_pcm_frame (sound, 20000));
  transcript = transcribe (sound, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (transcript->language, ==, "en");
  for (guint i = 0; i < dub_script_get_length (transcript->script); i++)
    {
      DubSegment *segment = dub_script_get_segment (transcript->script, i);

      g_test_message ("%.0f to %.0f: %s", dub_segment_get_start (segment), dub_segment_get_end (segment),
                      dub_segment_get_text (segment));
      g_assert_cmpfloat (dub_segment_get_end (segment) - dub_segment_get_start (segment), <=, 10000);
      check_remarks (segment);
    }
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      DubSegment *segment = dub_script_get_segment (
          transcript->script, dub_script_find (transcript->script, (known[i][0] + known[i][1]) / 2));
      int first = dub_script_find (transcript->script, known[i][0] + 150);

      g_assert_cmpfloat_with_epsilon (dub_segment_get_start (dub_script_get_segment (transcript->script, first)),
                                      known[i][0], 100);
      g_assert_cmpfloat (dub_segment_get_end (segment), <=, known[i][1] + 100);
    }
}

/* Films, tones, handling noise: INDEX.tsv says that nobody speaks in them. */
static void
test_media_without_speech (void)
{
  static const char *const names[] = { "video/q_tone_only_720p.mp4", "video/q_near_silent_audio.mp4",
                                       "video/q_vfr_24in30.mp4", "video/q_webm_vp8_vorbis.webm",
                                       "video/q_mkv_delayed_track.mkv" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (DubPcm) sound = load_media (names[i]);
      g_autoptr (GError) error = NULL;

      if (sound == NULL)
        return;
      g_assert_null (transcribe (sound, &error));
      g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
      g_assert_nonnull (strstr (error->message, "Nobody speaks in this video"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/engine/transcribe/spans", test_spans);
  g_test_add_func ("/engine/transcribe/nobody-speaks", test_nobody_speaks);
  g_test_add_func ("/engine/transcribe/too-short", test_too_short);
  g_test_add_func ("/engine/transcribe/voice-in-music", test_voice_in_music);
  g_test_add_func ("/engine/transcribe/sentence", test_sentence);
  g_test_add_func ("/engine/transcribe/segments", test_segments);
  g_test_add_func ("/engine/transcribe/long-segments", test_long_segments);
  g_test_add_func ("/engine/transcribe/no-words", test_no_words);
  g_test_add_func ("/engine/transcribe/doubts", test_doubts);
  g_test_add_func ("/engine/transcribe/known-times", test_known_times);
  g_test_add_func ("/engine/transcribe/media-without-speech", test_media_without_speech);
  return g_test_run ();
}
