/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mix: how the original is lowered, how loud the dub is, and its peaks. */

#include <gst/gst.h>
#include <math.h>
#include <ebur128.h>
#include "dub-duck.h"
#include "dub-limit.h"
#include "dub-loudness.h"
#include "dub-mix.h"
#include "dub-speak.h"

static double
level_db (const DubPcm *pcm, double from_ms, double until_ms)
{
  return 20 * log10 (dub_pcm_rms (pcm, dub_pcm_frame (pcm, from_ms), dub_pcm_frame (pcm, until_ms)) + 1e-9);
}

static void
add_tone (DubPcm *pcm, double from_ms, double until_ms, double hz, double level)
{
  for (gsize i = dub_pcm_frame (pcm, from_ms); i < dub_pcm_frame (pcm, until_ms); i++)
    for (guint c = 0; c < pcm->channels; c++)
      pcm->samples[i * pcm->channels + c] += level * sin (2 * G_PI * hz * i / pcm->rate);
}

static DubPcm *
stereo (double seconds)
{
  return dub_pcm_new (DUB_PCM_RATE, DUB_PCM_CHANNELS, DUB_PCM_RATE * seconds);
}

static GPtrArray *
new_takes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dub_take_free);
}

static void
add_take (GPtrArray *takes, double start_ms, double end_ms, double spoken_ms, double level)
{
  DubTake *take = dub_take_new (start_ms, end_ms);

  take->fit.speech = dub_pcm_new (DUB_PCM_RATE, 1, DUB_PCM_RATE * spoken_ms / 1000);
  take->fit.spoken_ms = spoken_ms;
  add_tone (take->fit.speech, 0, spoken_ms, 700, level);
  g_ptr_array_add (takes, take);
}

/* The largest second difference: a click is a corner. */
static double
sharpest_corner (const DubPcm *pcm)
{
  double sharpest = 0;

  for (gsize i = 2; i < pcm->n_frames; i++)
    sharpest = MAX (sharpest, fabs (pcm->samples[i * 2] - 2 * pcm->samples[i * 2 - 2] + pcm->samples[i * 2 - 4]));
  return sharpest;
}

static void
test_lowers_the_original (void)
{
  g_autoptr (DubPcm) sound = stereo (8);
  g_autoptr (GPtrArray) takes = new_takes ();
  double before, corner;

  add_tone (sound, 0, 8000, 440, 0.1);
  before = level_db (sound, 0, 1000);
  corner = sharpest_corner (sound);
  add_take (takes, 2000, 3000, 0, 0);
  add_take (takes, 3800, 4500, 0, 0);
  dub_mix (sound, takes);

  g_assert_cmpfloat_with_epsilon (level_db (sound, 0, 1790), before, 0.02);
  /* Before the first instant already, and through a short pause. */
  g_assert_cmpfloat_with_epsilon (level_db (sound, 1998, 4500), before - 15, 0.1);
  g_assert_cmpfloat_with_epsilon (level_db (sound, 5010, 8000), before, 0.02);
  g_assert_cmpfloat (sharpest_corner (sound), <=, corner * 1.001);
}

/* It goes down, stays, and comes up, without a way back in between. */
static void
test_ducks_smoothly (void)
{
  g_autoptr (DubPcm) sound = stereo (5);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (DubDuckSpan));
  const DubDuckSpan span = { 1000, 2000 };
  double steepest = 0;

  for (gsize i = 0; i < sound->n_frames * 2; i++)
    sound->samples[i] = 0.5;
  g_array_append_val (spans, span);
  dub_duck (sound, spans, 15);
  for (gsize i = 1; i < sound->n_frames; i++)
    {
      double step = sound->samples[i * 2] - sound->samples[i * 2 - 2];

      g_assert_true (i < dub_pcm_frame (sound, 1500) ? step <= 0 : step >= 0);
      steepest = MAX (steepest, fabs (step));
    }
  g_assert_cmpfloat (steepest, <, 1e-4);
  g_assert_cmpfloat_with_epsilon (level_db (sound, 1000, 2000), 20 * log10 (0.5) - 15, 0.001);
}

static double
loudness (const DubPcm *pcm, double from_ms, double until_ms)
{
  g_autoptr (DubLoudness) measure = dub_loudness_new (pcm->rate);

  dub_loudness_add (measure, pcm, dub_pcm_frame (pcm, from_ms), dub_pcm_frame (pcm, until_ms));
  return dub_loudness_get (measure);
}

/* By the definition of BS.1770: 997 Hz at full scale on one channel is -3.01 LUFS. */
static void
test_loudness (void)
{
  g_autoptr (DubPcm) left = stereo (4);
  g_autoptr (DubPcm) mono = dub_pcm_new (DUB_PCM_RATE, 1, DUB_PCM_RATE * 4);
  g_autoptr (DubPcm) nothing = stereo (0);

  for (gsize i = 0; i < left->n_frames; i++)
    left->samples[i * 2] = sin (2 * G_PI * 997 * i / DUB_PCM_RATE);
  add_tone (mono, 0, 4000, 997, 0.1);
  g_assert_cmpfloat_with_epsilon (loudness (left, 0, 4000), -3.01, 0.05);
  g_assert_cmpfloat_with_epsilon (loudness (mono, 0, 4000), -20, 0.05);
  /* Less than a block of the measure. */
  g_assert_cmpfloat_with_epsilon (loudness (mono, 1000, 1150), -20, 0.3);
  g_assert_cmpfloat (loudness (nothing, 0, 1000), ==, -INFINITY);
}

static void
check_loudness (double original, double expected)
{
  g_autoptr (DubPcm) sound = stereo (4);
  g_autoptr (GPtrArray) takes = new_takes ();

  if (original > 0)
    add_tone (sound, 1000, 3000, 997, original);
  add_take (takes, 1000, 3000, 2000, 0.01);
  dub_mix (sound, takes);
  g_assert_cmpfloat_with_epsilon (loudness (sound, 1000, 3000), expected, 0.3);
  g_assert_cmpfloat (level_db (sound, 3000, 4000), <, -80);
}

static void
test_is_as_loud (void)
{
  check_loudness (0.1, -20);
  check_loudness (0.05, -26);
  /* Beyond what is pleasant. */
  check_loudness (0.7, -14);
  check_loudness (0.01, -30);
  /* Nobody spoke. */
  check_loudness (0, -18);
}

static double
true_peak_db (const DubPcm *pcm)
{
  ebur128_state *state = ebur128_init (2, pcm->rate, EBUR128_MODE_TRUE_PEAK);
  double left, right;

  ebur128_add_frames_float (state, pcm->samples, pcm->n_frames);
  ebur128_true_peak (state, 0, &left);
  ebur128_true_peak (state, 1, &right);
  ebur128_destroy (&state);
  return 20 * log10 (MAX (left, right));
}

static void
test_stays_below_the_ceiling (void)
{
  g_autoptr (DubPcm) sound = stereo (2);
  g_autoptr (DubPcm) between = stereo (1);

  add_tone (sound, 500, 900, 440, 2.5);
  dub_limit (sound);
  g_assert_cmpfloat (true_peak_db (sound), <, DUB_LIMIT_DBTP + 0.1);
  g_assert_cmpfloat (level_db (sound, 600, 800), >, -6);
  g_assert_cmpfloat (level_db (sound, 0, 400), <, -80);

  /* A quarter of the rate, between the samples: each is 3 dB below the peak. */
  for (gsize i = 0; i < between->n_frames; i++)
    for (guint c = 0; c < 2; c++)
      between->samples[i * 2 + c] = sin (G_PI / 2 * i + G_PI / 4);
  dub_limit (between);
  g_assert_cmpfloat (true_peak_db (between), <, DUB_LIMIT_DBTP + 0.1);
  g_assert_cmpfloat (true_peak_db (between), >, DUB_LIMIT_DBTP - 0.5);
}

static void
test_leaves_what_is_below (void)
{
  g_autoptr (DubPcm) sound = stereo (1);
  g_autofree float *before = NULL;

  add_tone (sound, 0, 1000, 440, 0.75);
  before = g_memdup2 (sound->samples, sound->n_frames * 2 * sizeof (float));
  dub_limit (sound);
  g_assert_cmpmem (before, sound->n_frames * 2 * sizeof (float), sound->samples, sound->n_frames * 2 * sizeof (float));
}

/* What is on one side stays there, also where it is limited. */
static void
test_stereo_stays (void)
{
  g_autoptr (DubPcm) sound = stereo (3);
  g_autoptr (GPtrArray) takes = new_takes ();

  for (gsize i = 0; i < sound->n_frames; i++)
    sound->samples[i * 2] = 1.2 * sin (2 * G_PI * 300 * i / DUB_PCM_RATE);
  add_take (takes, 1000, 1500, 0, 0);
  dub_mix (sound, takes);
  for (gsize i = 0; i < sound->n_frames; i++)
    g_assert_cmpfloat (sound->samples[i * 2 + 1], ==, 0);
}

static void
test_without_sound (void)
{
  g_autoptr (DubPcm) sound = stereo (0);
  g_autoptr (GPtrArray) takes = new_takes ();

  add_take (takes, 1000, 2000, 500, 0.1);
  dub_mix (sound, takes);
  g_assert_cmpuint (sound->n_frames, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/engine/mix/lowers-the-original", test_lowers_the_original);
  g_test_add_func ("/engine/mix/ducks-smoothly", test_ducks_smoothly);
  g_test_add_func ("/engine/mix/loudness", test_loudness);
  g_test_add_func ("/engine/mix/is-as-loud", test_is_as_loud);
  g_test_add_func ("/engine/mix/stays-below-the-ceiling", test_stays_below_the_ceiling);
  g_test_add_func ("/engine/mix/leaves-what-is-below", test_leaves_what_is_below);
  g_test_add_func ("/engine/mix/stereo-stays", test_stereo_stays);
  g_test_add_func ("/engine/mix/without-sound", test_without_sound);
  return g_test_run ();
}
