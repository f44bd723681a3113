/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A listener's checks, by measurement: a video in which somebody speaks over music is dubbed by a script, in
 * each language. */

#include <ebur128.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>
#include "dub-espeak-speaker.h"
#include "dub-loudness.h"
#include "dub-pitch.h"
#include "dub-test-support.h"
#include "dub-test-video.h"
#include "dub-test-worker.h"
#include "engine-examples.h"
#include "engine-fixture.h"

#define LENGTH_MS 15000
#define PITCH_HZ 205
/* The original speech begins a little after its segment, as people's do. */
#define LATE_MS 150
/* How much is taken for a seam around an instant. */
#define SEAM_MS 4
/* 30 dB below the loudest: from there on somebody hears that it speaks. What is left of the music is far below. */
#define HEARD 0.0316

/* Roomy; tight; too tight, with a pause after it; too tight, without; the last one. */
static const double times[][2] = { { 500, 4800 }, { 5300, 7600 }, { 7800, 8600 }, { 10800, 11600 }, { 11800, 13500 } };

typedef struct
{
  char *dir;
  char *video;
  DubPcm *original;
} Fixture;

static void
add (DubPcm *sound, const DubPcm *speech, double start_ms, double end_ms)
{
  gsize at = dub_pcm_frame (sound, start_ms), until = MIN (dub_pcm_frame (sound, end_ms), at + speech->n_frames);

  for (gsize i = at; i < until; i++)
    for (guint c = 0; c < sound->channels; c++)
      sound->samples[i * sound->channels + c] += 0.5f * speech->samples[i - at];
}

/* Chords on either side, and a woman's voice in each segment. */
static DubPcm *
make_original (void)
{
  DubPcm *sound = dub_pcm_new (DUB_PCM_RATE, DUB_PCM_CHANNELS, DUB_PCM_RATE * LENGTH_MS / 1000);
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();
  const DubVoiceWish wish = { PITCH_HZ };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < sound->n_frames; i++)
    {
      sound->samples[i * 2] = 0.003 * sin (2 * G_PI * 220 * i / DUB_PCM_RATE);
      sound->samples[i * 2 + 1] = 0.003 * sin (2 * G_PI * 277 * i / DUB_PCM_RATE);
    }
  g_assert_true (dub_speaker_begin (speaker, dub_language_from_code ("en"), &wish, &error));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (DubSpoken) spoken = dub_speaker_say (speaker, engine_example ("en"), 1, 10000, &error);
      g_autoptr (DubPcm) speech = dub_pcm_convert (spoken->sound, DUB_PCM_RATE, 1);

      add (sound, speech, times[i][0] + LATE_MS, times[i][1]);
    }
  return sound;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *raw = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = dub_test_make_dir ();
  fixture->video = g_build_filename (fixture->dir, "video.mov", NULL);
  fixture->original = make_original ();
  raw = g_build_filename (fixture->dir, "sound.raw", NULL);
  g_assert_true (g_file_set_contents (raw, (const char *) fixture->original->samples,
                                      fixture->original->n_frames * 2 * sizeof (float), &error));
  dub_test_run_pipeline ("videotestsrc pattern=black num-buffers=375 ! video/x-raw,width=160,height=120,framerate=25/1 ! "
                         "x264enc speed-preset=ultrafast ! qtmux name=m ! filesink location=%s filesrc location=%s ! "
                         "rawaudioparse format=pcm pcm-format=f32le sample-rate=48000 num-channels=2 ! audioconvert ! "
                         "audio/x-raw,format=S16LE ! m.",
                         fixture->video, raw);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  dub_pcm_free (fixture->original);
  g_free (fixture->video);
  dub_test_remove_dir (g_steal_pointer (&fixture->dir));
}

static DubTestOutcome *
dub (Fixture *fixture, const char *code, char **output)
{
  g_autoptr (DubJob) job = dub_job_new ();

  job->video = g_strdup (fixture->video);
  job->language = g_strdup (code);
  job->work_dir = g_strdup (fixture->dir);
  job->output = g_build_filename (fixture->dir, "output.mp4", NULL);
  job->script = dub_script_new ();
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    dub_script_append (job->script, engine_example (code), times[i][0], times[i][1]);
  *output = g_strdup (job->output);
  return dub_test_worker_run (g_getenv ("DUBROOM_TEST_WORKER"), job, FALSE);
}

static double
loudest (const DubPcm *sound, double from_ms, double until_ms)
{
  double most = 0;

  for (double at = from_ms; at + 5 <= until_ms; at += 1)
    most = MAX (most, dub_pcm_rms (sound, dub_pcm_frame (sound, at), dub_pcm_frame (sound, at + 5)));
  return most;
}

static double
first_heard (const DubPcm *sound, double from_ms, double until_ms, double level)
{
  for (double at = from_ms; at + 5 <= until_ms; at += 0.5)
    if (dub_pcm_rms (sound, dub_pcm_frame (sound, at), dub_pcm_frame (sound, at + 5)) > level)
      return at;
  return until_ms;
}

static double
end_of (DubScript *heard, guint index)
{
  return dub_segment_get_end (dub_script_get_segment (heard, index));
}

static void
check_onsets (const DubPcm *sound, DubScript *heard)
{
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      double end_ms = end_of (heard, i);
      double level = HEARD * loudest (sound, times[i][0], end_ms);
      double onset = first_heard (sound, times[i][0] - 30, end_ms, level);

      g_test_message ("segment %u begins %.1f ms after its start", i + 1, onset - times[i][0]);
      g_assert_cmpfloat (fabs (onset - times[i][0]), <=, 20);
    }
}

/* What the result says is heard, and nothing of it when the next one begins. */
static void
check_pauses (const DubPcm *sound, DubScript *heard)
{
  for (guint i = 0; i + 1 < G_N_ELEMENTS (times); i++)
    {
      DubSegment *segment = dub_script_get_segment (heard, i);
      const DubRemarks *remarks = dub_segment_get_remarks (segment);
      double level = HEARD * loudest (sound, times[i][0], dub_segment_get_end (segment));
      double end = dub_segment_get_end (segment), next = times[i + 1][0];

      g_test_message ("segment %u: natural %.0f, over by %.0f, %u not said, ends %.0f, next %.0f", i + 1,
                      remarks->natural_ms, remarks->overrun_ms, remarks->unspoken, end, next);
      g_assert_cmpfloat (dub_segment_get_start (segment), ==, times[i][0]);
      g_assert_cmpfloat (dub_segment_get_end (segment), <=, next - 59);
      /* Where it was cut, what is left of the original's words goes on. */
      g_assert_cmpfloat (loudest (sound, MAX (dub_segment_get_end (segment), times[i][1]) + 8, next - 12), <, level);
      if (remarks->overrun_ms > 100)
        g_assert_cmpfloat (loudest (sound, end - 150, end), >, level);
    }
}

/* The voice is as high as the one that it replaces. */
static void
check_voice (const DubPcm *sound, DubScript *heard)
{
  g_autoptr (DubPitch) pitch = dub_pitch_new ();

  dub_pitch_add (pitch, sound, times[0][0], end_of (heard, 0));
  g_assert_cmpfloat (fabs (dub_pitch_get (pitch) / PITCH_HZ - 1), <, 0.15);
}

static double
loudness_in_segments (const DubPcm *sound)
{
  g_autoptr (DubLoudness) loudness = dub_loudness_new (sound->rate);

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    dub_loudness_add (loudness, sound, dub_pcm_frame (sound, times[i][0]), dub_pcm_frame (sound, times[i][1]));
  return dub_loudness_get (loudness);
}

static double
true_peak_db (const DubPcm *sound)
{
  ebur128_state *state = ebur128_init (2, sound->rate, EBUR128_MODE_TRUE_PEAK);
  double left, right;

  ebur128_add_frames_float (state, sound->samples, sound->n_frames);
  ebur128_true_peak (state, 0, &left);
  ebur128_true_peak (state, 1, &right);
  ebur128_destroy (&state);
  return 20 * log10 (MAX (left, right));
}

static double
sharpest_corner (const DubPcm *sound, double from_ms, double until_ms)
{
  const float *at = sound->samples;
  double sharpest = 0;

  for (gsize i = 2 * dub_pcm_frame (sound, from_ms) + 4; i < 2 * dub_pcm_frame (sound, until_ms); i++)
    sharpest = MAX (sharpest, fabs (at[i] - 2 * at[i - 2] + at[i - 4]));
  return sharpest;
}

/* Where speech begins and ends, and where the original goes down and comes up, nothing is sharper than inside of
 * speech. */
static void
check_seams (const DubPcm *sound, DubScript *heard)
{
  double inside = 0;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    inside = MAX (inside, sharpest_corner (sound, times[i][0] + 50, end_of (heard, i) - 50));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      double end = end_of (heard, i);
      const double seams[] = { times[i][0] - 200, times[i][0], end, end + 500 };

      for (guint k = 0; k < G_N_ELEMENTS (seams); k++)
        g_assert_cmpfloat (sharpest_corner (sound, seams[k] - SEAM_MS, seams[k] + SEAM_MS), <, inside);
    }
}

/* Before the first segment and after the last one the music is as it was, on either side. */
static void
check_music (const DubPcm *sound, const DubPcm *original)
{
  const double places[][2] = { { 20, 290 }, { 14050, 14950 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint c = 0; c < 2; c++)
      {
        double power = 0, apart = 0;

        for (gsize k = dub_pcm_frame (sound, places[i][0]); k < dub_pcm_frame (sound, places[i][1]); k++)
          {
            power += pow (original->samples[k * 2 + c], 2);
            apart += pow (sound->samples[k * 2 + c] - original->samples[k * 2 + c], 2);
          }
        g_assert_cmpfloat (apart, <, 0.1 * power);
      }
}

static void
check_dub (Fixture *fixture, const char *path, DubScript *heard)
{
  g_autoptr (GArray) samples = engine_test_stereo (path);
  const DubPcm sound = { (float *) (gpointer) samples->data, samples->len / 2, 2, DUB_PCM_RATE };
  double original = loudness_in_segments (fixture->original), dubbed = loudness_in_segments (&sound);
  double peak = true_peak_db (&sound);

  g_test_message ("original %.1f LUFS, dub %.1f LUFS, true peak %.1f dBTP", original, dubbed, peak);
  g_assert_cmpfloat (fabs (dubbed - original), <=, 1);
  g_assert_cmpfloat (peak, <, -1);
  check_voice (&sound, heard);
  check_onsets (&sound, heard);
  check_pauses (&sound, heard);
  check_seams (&sound, heard);
  check_music (&sound, fixture->original);
}

static void
test_listen (Fixture *fixture, gconstpointer data)
{
  guint n_refused = 0;

  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      g_autofree char *path = NULL;
      g_autoptr (DubTestOutcome) outcome = dub (fixture, dub_language_get_code (*l), &path);

      g_test_message ("%s", dub_language_get_code (*l));
      if (outcome->sentence != NULL)
        {
          n_refused++;
          g_assert_nonnull (strstr (outcome->sentence, "Thai"));
          continue;
        }
      check_dub (fixture, path, outcome->result->translated);
    }
  g_assert_cmpuint (n_refused, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add ("/engine/listen", Fixture, NULL, set_up, test_listen, tear_down);
  return g_test_run ();
}
