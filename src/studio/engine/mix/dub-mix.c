/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-mix.h"

#include <math.h>
#include "dub-speak.h"

#define DUCK_DB -15.0
#define RAMP_MS 120
/* Between two takes this near, the original stays low: coming up and going down again would be heard. */
#define JOIN_MS 500

/* The dub is as loud as the speech that it replaces, within what is pleasant. */
#define LOUDEST_DB -15.0
#define QUIETEST_DB -26.0
#define USUAL_DB -20.0
#define SILENT_DB -50.0

/* 0.5 dB below the ceiling of -1 dBTP, for what lies between the samples. */
#define CEILING_DB -1.5
#define LOOKAHEAD_MS 5
#define RELEASE_MS 80

static double
from_db (double db)
{
  return pow (10, db / 20);
}

static double
to_db (double level)
{
  return 20 * log10 (level + 1e-9);
}

/* A change without corners, so that it is not heard as one. */
static float
smooth (double t)
{
  t = CLAMP (t, 0, 1);
  return t * t * (3 - 2 * t);
}

static void
lower_between (DubPcm *sound, double start_ms, double end_ms)
{
  gsize from = dub_pcm_frame (sound, start_ms - RAMP_MS);
  gsize until = dub_pcm_frame (sound, end_ms + RAMP_MS);
  const float low = from_db (DUCK_DB);
  const double ramp = (double) RAMP_MS * sound->rate / 1000;
  const double start = start_ms * sound->rate / 1000, end = end_ms * sound->rate / 1000;

  for (gsize i = from; i < until; i++)
    {
      float down = smooth ((i - (start - ramp)) / ramp);
      float up = smooth (((end + ramp) - i) / ramp);
      float gain = 1 - (1 - low) * MIN (down, up);

      for (guint c = 0; c < sound->channels; c++)
        sound->samples[i * sound->channels + c] *= gain;
    }
}

static double
take_end (const DubTake *take)
{
  return MAX (take->end_ms, take->start_ms + 1000.0 * take->speech->n_frames / take->speech->rate);
}

static void
duck (DubPcm *sound, GPtrArray *takes)
{
  double start = 0, end = -1;

  for (guint i = 0; i < takes->len; i++)
    {
      const DubTake *take = g_ptr_array_index (takes, i);

      if (end >= 0 && take->start_ms - end > JOIN_MS)
        {
          lower_between (sound, start, end);
          end = -1;
        }
      if (end < 0)
        start = take->start_ms;
      end = MAX (end, take_end (take));
    }
  if (end >= 0)
    lower_between (sound, start, end);
}

static double
mean_square (const DubPcm *pcm, gsize from, gsize until, gsize *n_frames)
{
  double rms = dub_pcm_rms (pcm, from, until);

  *n_frames += until - MIN (from, until);
  return rms * rms * (until - MIN (from, until));
}

static float
find_gain (const DubPcm *sound, GPtrArray *takes)
{
  double original = 0, spoken = 0, wanted;
  gsize n_original = 0, n_spoken = 0;

  for (guint i = 0; i < takes->len; i++)
    {
      const DubTake *take = g_ptr_array_index (takes, i);

      original += mean_square (sound, dub_pcm_frame (sound, take->start_ms),
                               dub_pcm_frame (sound, take->end_ms), &n_original);
      spoken += mean_square (take->speech, 0, take->speech->n_frames, &n_spoken);
    }
  if (n_spoken == 0 || spoken == 0)
    return 1;

  wanted = n_original > 0 ? to_db (sqrt (original / n_original)) : SILENT_DB;
  wanted = wanted > SILENT_DB ? CLAMP (wanted, QUIETEST_DB, LOUDEST_DB) : USUAL_DB;
  return from_db (wanted) / sqrt (spoken / n_spoken);
}

static void
lay_over (DubPcm *sound, const DubTake *take, float gain)
{
  gsize at = dub_pcm_frame (sound, take->start_ms);
  gsize n_frames = MIN (take->speech->n_frames, sound->n_frames - at);

  for (gsize i = 0; i < n_frames; i++)
    for (guint c = 0; c < sound->channels; c++)
      sound->samples[(at + i) * sound->channels + c] += gain * take->speech->samples[i];
}

static float
frame_peak (const DubPcm *sound, gsize frame)
{
  float peak = 0;

  for (guint c = 0; c < sound->channels; c++)
    peak = MAX (peak, fabsf (sound->samples[frame * sound->channels + c]));
  return peak;
}

/* The gain is down before a peak comes (straight there, over the look-ahead) and comes back slowly. */
static void
limit (DubPcm *sound)
{
  const float ceiling = from_db (CEILING_DB);
  const gsize ahead = sound->rate * LOOKAHEAD_MS / 1000;
  const float release = 1 - expf (-1.0f / (sound->rate * RELEASE_MS / 1000));
  g_autofree float *gains = g_new (float, MAX (sound->n_frames, 1));

  for (gsize i = 0; i < sound->n_frames; i++)
    {
      float peak = frame_peak (sound, i);

      gains[i] = peak > ceiling ? ceiling / peak : 1;
    }
  for (gsize i = sound->n_frames; i-- > 1;)
    gains[i - 1] = MIN (gains[i - 1], gains[i] + 1.0f / ahead);
  for (gsize i = 1; i < sound->n_frames; i++)
    gains[i] = MIN (gains[i], gains[i - 1] + release * (1 - gains[i - 1]));

  for (gsize i = 0; i < sound->n_frames; i++)
    for (guint c = 0; c < sound->channels; c++)
      sound->samples[i * sound->channels + c] *= gains[i];
}

/**
 * dub_mix:
 * @sound: the original sound, as long as the video; becomes the dub's
 * @takes: (element-type DubTake): one channel each, at the rate of @sound
 */
void
dub_mix (DubPcm *sound, GPtrArray *takes)
{
  float gain = find_gain (sound, takes);

  duck (sound, takes);
  for (guint i = 0; i < takes->len; i++)
    lay_over (sound, g_ptr_array_index (takes, i), gain);
  limit (sound);
}
