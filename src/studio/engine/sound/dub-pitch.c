/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Normalised cross-correlation, as in D. Talkin, "A robust algorithm for pitch tracking" (RAPT, 1995), without
 * its tracking: of many frames the median is asked for, and a frame that is an octave off moves it little. */

#include "dub-pitch.h"

#include <math.h>

/* A period of 400 Hz is 20 samples of it; all that matters of a voice's fundamental is far below 4 kHz. */
#define RATE 8000
#define LOWEST_HZ 60
#define HIGHEST_HZ 400
#define SHORTEST (RATE / HIGHEST_HZ)
#define LONGEST (RATE / LOWEST_HZ)
/* With the longest period, a frame spans 40 ms. */
#define WINDOW (RATE * 40 / 1000 - LONGEST)
#define HOP (RATE / 100)
/* What is above it makes the formants, whose periods are taken for the voice's. */
#define CUTOFF_HZ 900.0

/* How alike two periods of a voice are at least; noise and several instruments are less so. */
#define VOICED 0.8
/* The shortest period that is nearly as alike as the best one: its multiples are alike as well. */
#define NEARLY 0.97
/* Below the loudest frame, in power: 30 dB. */
#define QUIET 1e-3
#define SILENT 1e-8
/* A voice glides: most of it goes on for 60 ms without a leap of more than two semitones. In noise hardly
 * anything does. */
#define SHORTEST_RUN 6
#define LEAP 1.12
#define GLIDING 0.45
/* 0.3 s. */
#define FEWEST_FRAMES 30
/* A voice moves: a third of its frames are further from the median than this ratio (a third of a semitone). What
 * does not is a tone. */
#define STEADY 1.02

typedef struct
{
  double hz;
  double power;
} Frame;

struct _DubPitch
{
  GArray *frames;
  gsize n_voiced; /* with those that were part of no run */
};

/**
 * dub_pitch_new:
 *
 * Returns: (transfer full): a measure that has heard nothing
 */
DubPitch *
dub_pitch_new (void)
{
  DubPitch *self = g_new0 (DubPitch, 1);

  self->frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  return self;
}

/**
 * dub_pitch_free:
 * @self: (nullable) (transfer full): a measure
 */
void
dub_pitch_free (DubPitch *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->frames);
  g_free (self);
}

/* Two poles each: below the voice there is hum, above it what is not needed. */
static void
keep_fundamentals (DubPcm *mono)
{
  const double low = 1 - exp (-2 * G_PI * CUTOFF_HZ / RATE), high = 1 - exp (-2 * G_PI * 40.0 / RATE);
  double a = 0, b = 0, hum = 0;

  for (gsize i = 0; i < mono->n_frames; i++)
    {
      a += low * (mono->samples[i] - a);
      b += low * (a - b);
      hum += high * (b - hum);
      mono->samples[i] = b - hum;
    }
}

static double
power_of (const float *samples)
{
  double sum = 0;

  for (guint i = 0; i < WINDOW; i++)
    sum += (double) samples[i] * samples[i];
  return sum;
}

static void
compare_periods (const float *samples, double *likeness)
{
  double first = power_of (samples);

  for (guint lag = SHORTEST - 1; lag <= LONGEST; lag++)
    {
      double product = 0;

      for (guint i = 0; i < WINDOW; i++)
        product += (double) samples[i] * samples[i + lag];
      likeness[lag] = product / sqrt (first * power_of (samples + lag) + 1e-12);
    }
}

static gboolean
is_peak (const double *likeness, guint lag)
{
  return likeness[lag] >= likeness[lag - 1] && likeness[lag] >= likeness[lag + 1];
}

/* The top of the parabola through a peak and its neighbours. */
static double
refine (const double *likeness, guint lag)
{
  double before = likeness[lag - 1], here = likeness[lag], after = likeness[lag + 1];
  double bend = before - 2 * here + after;

  return bend < 0 ? lag + 0.5 * (before - after) / bend : lag;
}

static double
hz_of (const float *samples)
{
  double likeness[LONGEST + 1];
  double best = 0;

  compare_periods (samples, likeness);
  for (guint lag = SHORTEST; lag < LONGEST; lag++)
    if (is_peak (likeness, lag))
      best = MAX (best, likeness[lag]);
  if (best < VOICED)
    return 0;
  for (guint lag = SHORTEST; lag < LONGEST; lag++)
    if (is_peak (likeness, lag) && likeness[lag] >= NEARLY * best)
      return RATE / refine (likeness, lag);
  return 0;
}

static gboolean
goes_on (const Frame *before, const Frame *frame)
{
  return frame->hz > 0 && frame->hz < before->hz * LEAP && frame->hz > before->hz / LEAP;
}

static void
end_run (DubPitch *self, GArray *run)
{
  if (run->len >= SHORTEST_RUN)
    g_array_append_vals (self->frames, run->data, run->len);
  g_array_set_size (run, 0);
}

/**
 * dub_pitch_add:
 * @self: a measure
 * @sound: of any rate
 * @from_ms: where somebody may speak
 * @until_ms: the end of it
 */
void
dub_pitch_add (DubPitch *self, const DubPcm *sound, double from_ms, double until_ms)
{
  gsize from = dub_pcm_frame (sound, from_ms), until = dub_pcm_frame (sound, until_ms);
  const DubPcm part = { sound->samples + from * sound->channels, until - MIN (from, until), sound->channels,
                        sound->rate };
  g_autoptr (DubPcm) mono = dub_pcm_convert (&part, RATE, 1);
  g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (Frame));

  keep_fundamentals (mono);
  for (gsize at = 0; at + WINDOW + LONGEST < mono->n_frames; at += HOP)
    {
      Frame frame = { 0, power_of (mono->samples + at) / WINDOW };

      if (frame.power > SILENT)
        frame.hz = hz_of (mono->samples + at);
      if (run->len > 0 && !goes_on (&g_array_index (run, Frame, run->len - 1), &frame))
        end_run (self, run);
      if (frame.hz > 0)
        g_array_append_val (run, frame);
      self->n_voiced += frame.hz > 0;
    }
  end_run (self, run);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static GArray *
sorted_pitches (DubPitch *self)
{
  GArray *pitches = g_array_new (FALSE, FALSE, sizeof (double));
  double loudest = 0;

  for (guint i = 0; i < self->frames->len; i++)
    loudest = MAX (loudest, g_array_index (self->frames, Frame, i).power);
  for (guint i = 0; i < self->frames->len; i++)
    if (g_array_index (self->frames, Frame, i).power > QUIET * loudest)
      g_array_append_val (pitches, g_array_index (self->frames, Frame, i).hz);
  g_array_sort (pitches, compare);
  return pitches;
}

/**
 * dub_pitch_get:
 * @self: a measure
 *
 * Returns: the median fundamental frequency of the voiced frames, in Hz; 0 where they are too few, too steady or
 * too wild for a voice
 */
double
dub_pitch_get (DubPitch *self)
{
  g_autoptr (GArray) pitches = sorted_pitches (self);
  guint n = pitches->len;

  if (n < FEWEST_FRAMES || self->frames->len < GLIDING * self->n_voiced)
    return 0;
  if (g_array_index (pitches, double, n * 5 / 6) < STEADY * g_array_index (pitches, double, n / 6))
    return 0;
  return g_array_index (pitches, double, n / 2);
}
