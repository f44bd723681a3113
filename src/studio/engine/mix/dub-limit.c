/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A look-ahead limiter: the least gain of what comes within the look-ahead, which comes back slowly, smoothed
 * over the look-ahead. */

#include "dub-limit.h"

#include <math.h>

#define LOOKAHEAD_MS 4
#define RELEASE_MS 100

/* ITU-R BS.1770-4, annex 2: four times the rate, by a filter of 48 taps. */
#define PHASES 4
#define TAPS 12
/* No point between samples is higher than twice the samples around it. */
#define HIGHEST_BETWEEN 2.0f
#define BLOCK 64

static void
make_filter (float filter[PHASES][TAPS])
{
  for (int phase = 0; phase < PHASES; phase++)
    {
      double sum = 0;

      for (int tap = 0; tap < TAPS; tap++)
        {
          double x = tap - (TAPS / 2 - 1) - (double) phase / PHASES;
          double window = 0.5 + 0.5 * cos (2 * G_PI * x / (TAPS + 1));

          filter[phase][tap] = window * (fabs (x) < 1e-9 ? 1 : sin (G_PI * x) / (G_PI * x));
          sum += filter[phase][tap];
        }
      for (int tap = 0; tap < TAPS; tap++)
        filter[phase][tap] /= sum;
    }
}

/* Around @frame, to the next one. */
static float
true_peak (const DubPcm *sound, gssize frame, float filter[PHASES][TAPS])
{
  const gssize first = frame - (TAPS / 2 - 1);
  float peak = 0;

  for (guint c = 0; c < sound->channels; c++)
    for (int phase = 0; phase < PHASES; phase++)
      {
        float value = 0;

        for (gssize tap = MAX (-first, 0); tap < TAPS && first + tap < (gssize) sound->n_frames; tap++)
          value += filter[phase][tap] * sound->samples[(first + tap) * sound->channels + c];
        peak = MAX (peak, fabsf (value));
      }
  return peak;
}

static float
sample_peak (const DubPcm *sound, gsize from, gsize until)
{
  float peak = 0;

  for (gsize i = from * sound->channels; i < MIN (until, sound->n_frames) * sound->channels; i++)
    peak = MAX (peak, fabsf (sound->samples[i]));
  return peak;
}

/* What each frame may be multiplied with at most; whether anything must be lowered. */
static gboolean
find_gains (const DubPcm *sound, float ceiling, float *gains)
{
  float filter[PHASES][TAPS];
  gboolean any = FALSE;

  make_filter (filter);
  for (gsize at = 0; at < sound->n_frames; at += BLOCK)
    {
      gboolean quiet = sample_peak (sound, at - MIN (at, TAPS), at + BLOCK + TAPS) * HIGHEST_BETWEEN < ceiling;

      for (gsize i = at; i < MIN (at + BLOCK, sound->n_frames); i++)
        {
          float peak = quiet ? 0 : true_peak (sound, i, filter);

          gains[i] = peak > ceiling ? ceiling / peak : 1;
          any |= peak > ceiling;
        }
    }
  return any;
}

typedef struct
{
  gsize frame;
  float gain;
} Candidate;

/* Each becomes the least of itself and the @width after it. A ring holds those that may still be the least: from its
 * head on, ever smaller ones, and each nearer than the one before it. */
static void
least_ahead (float *gains, gsize n_frames, gsize width)
{
  const gsize size = width + 2;
  g_autofree Candidate *ring = g_new (Candidate, size);
  gsize head = 0, tail = 0;

  for (gsize i = n_frames; i-- > 0;)
    {
      while (tail > head && ring[(tail - 1) % size].gain >= gains[i])
        tail--;
      ring[tail++ % size] = (Candidate) { i, gains[i] };
      while (ring[head % size].frame > i + width)
        head++;
      gains[i] = ring[head % size].gain;
    }
}

/* The mean of each and the @width before it. */
static void
mean_behind (float *gains, gsize n_frames, gsize width)
{
  g_autofree float *before = g_new (float, width + 1);
  double sum = gains[0] * (double) (width + 1);

  for (gsize i = 0; i <= width; i++)
    before[i] = gains[0];
  for (gsize i = 0; i < n_frames; i++)
    {
      float *oldest = &before[i % (width + 1)];

      sum += (double) gains[i] - *oldest;
      *oldest = gains[i];
      gains[i] = sum / (width + 1);
    }
}

/**
 * dub_limit:
 * @sound: any rate and number of channels
 *
 * All channels are lowered by the same gain, so that nothing moves from its place.
 */
void
dub_limit (DubPcm *sound)
{
  const gsize ahead = sound->rate * LOOKAHEAD_MS / 1000;
  const float release = 1 - expf (-1.0f / (sound->rate * RELEASE_MS / 1000));
  g_autofree float *gains = g_new (float, sound->n_frames + 1);

  if (sound->n_frames == 0 || !find_gains (sound, powf (10, DUB_LIMIT_DBTP / 20), gains))
    return;

  least_ahead (gains, sound->n_frames, ahead);
  for (gsize i = 1; i < sound->n_frames; i++)
    gains[i] = MIN (gains[i], gains[i - 1] + release * (1 - gains[i - 1]));
  /* Twice half of it: without corners, and never above what the peak allows. */
  mean_behind (gains, sound->n_frames, ahead / 2);
  mean_behind (gains, sound->n_frames, ahead - ahead / 2);
  for (gsize i = 0; i < sound->n_frames; i++)
    for (guint c = 0; c < sound->channels; c++)
      sound->samples[i * sound->channels + c] *= gains[i];
}
