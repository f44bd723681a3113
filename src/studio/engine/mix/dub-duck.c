/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-duck.h"

#include <math.h>

/* It is low before the first sound is heard, and comes back slowly enough for nobody to notice. */
#define ATTACK_MS 200.0
#define RELEASE_MS 500.0
/* In a shorter pause it stays low: it would go down again before it is up, which is heard as pumping. */
#define JOIN_MS 1000.0

/* A raised cosine of decibels: without corners. */
static double
smooth (double t)
{
  return 0.5 - 0.5 * cos (G_PI * CLAMP (t, 0, 1));
}

static void
lower_between (DubPcm *sound, const DubDuckSpan *span, double depth_db)
{
  gsize from = dub_pcm_frame (sound, span->start_ms - ATTACK_MS);
  gsize until = dub_pcm_frame (sound, span->end_ms + RELEASE_MS);

  for (gsize i = from; i < until; i++)
    {
      double ms = 1000.0 * i / sound->rate;
      double low = MIN (smooth (1 - (span->start_ms - ms) / ATTACK_MS), smooth (1 - (ms - span->end_ms) / RELEASE_MS));
      float gain = pow (10, -depth_db * low / 20);

      for (guint c = 0; c < sound->channels; c++)
        sound->samples[i * sound->channels + c] *= gain;
    }
}

/**
 * dub_duck:
 * @sound: becomes quieter
 * @spans: (element-type DubDuckSpan): may overlap
 * @depth_db: by how much, above 0
 */
void
dub_duck (DubPcm *sound, GArray *spans, double depth_db)
{
  DubDuckSpan joined = { 0, -1 };

  for (guint i = 0; i < spans->len; i++)
    {
      const DubDuckSpan *span = &g_array_index (spans, DubDuckSpan, i);

      if (joined.end_ms >= 0 && span->start_ms - joined.end_ms <= JOIN_MS)
        {
          joined.end_ms = MAX (joined.end_ms, span->end_ms);
          continue;
        }
      if (joined.end_ms >= 0)
        lower_between (sound, &joined, depth_db);
      joined = *span;
    }
  if (joined.end_ms >= 0)
    lower_between (sound, &joined, depth_db);
}
