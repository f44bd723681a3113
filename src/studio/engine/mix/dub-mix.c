/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-mix.h"

#include <math.h>
#include "dub-duck.h"
#include "dub-limit.h"
#include "dub-loudness.h"
#include "dub-speak.h"

/* The dub is as loud as the speech that it replaces, within what is pleasant beside other videos: players aim at
 * -14 LUFS, television (EBU R 128) at -23, and what is below -30 has to be turned up. */
#define LOUDEST_LUFS -14.0
#define QUIETEST_LUFS -30.0
/* Where nothing was to be heard. */
#define USUAL_LUFS -18.0
#define SILENT_LUFS -50.0

/* What is left of the original is that much quieter than the dub, and has been lowered by that much at least:
 * music and room are heard, words do not compete. */
#define DUCK_DB 15.0

static double
from_db (double db)
{
  return pow (10, db / 20);
}

static double
loudness_of_original (const DubPcm *sound, GPtrArray *takes)
{
  g_autoptr (DubLoudness) loudness = dub_loudness_new (sound->rate);

  for (guint i = 0; i < takes->len; i++)
    {
      const DubTake *take = g_ptr_array_index (takes, i);

      dub_loudness_add (loudness, sound, dub_pcm_frame (sound, take->start_ms), dub_pcm_frame (sound, take->end_ms));
    }
  return dub_loudness_get (loudness);
}

static double
loudness_of_speech (GPtrArray *takes, guint rate)
{
  g_autoptr (DubLoudness) loudness = dub_loudness_new (rate);

  for (guint i = 0; i < takes->len; i++)
    {
      const DubTake *take = g_ptr_array_index (takes, i);

      dub_loudness_add (loudness, take->fit.speech, 0, take->fit.speech->n_frames);
    }
  return dub_loudness_get (loudness);
}

/* While a segment lasts, the words that it replaces stay low, even where the dub is over. */
static GArray *
spans_of (GPtrArray *takes)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (DubDuckSpan));

  for (guint i = 0; i < takes->len; i++)
    {
      const DubTake *take = g_ptr_array_index (takes, i);
      DubDuckSpan span = { take->start_ms, MAX (take->end_ms, take->start_ms + take->fit.spoken_ms) };

      g_array_append_val (spans, span);
    }
  return spans;
}

static void
lay_over (DubPcm *sound, const DubTake *take, float gain)
{
  const DubPcm *speech = take->fit.speech;
  gsize at = dub_pcm_frame (sound, take->start_ms);
  gsize n_frames = MIN (speech->n_frames, sound->n_frames - at);

  for (gsize i = 0; i < n_frames; i++)
    for (guint c = 0; c < sound->channels; c++)
      sound->samples[(at + i) * sound->channels + c] += gain * speech->samples[i];
}

/**
 * dub_mix:
 * @sound: the original sound, as long as the video; becomes the dub's
 * @takes: (element-type DubTake): one channel each, at the rate of @sound, in order of their start
 *
 * One gain for all takes: from segment to segment nothing jumps. The true peak of what comes out leaves room for
 * what the encoder adds (dub-limit.h).
 */
void
dub_mix (DubPcm *sound, GPtrArray *takes)
{
  g_autoptr (GArray) spans = spans_of (takes);
  double original = loudness_of_original (sound, takes), speech = loudness_of_speech (takes, sound->rate);
  double wanted = original > SILENT_LUFS ? CLAMP (original, QUIETEST_LUFS, LOUDEST_LUFS) : USUAL_LUFS;

  dub_duck (sound, spans, DUCK_DB + MAX (original - wanted, 0));
  if (speech > -INFINITY)
    for (guint i = 0; i < takes->len; i++)
      lay_over (sound, g_ptr_array_index (takes, i), from_db (wanted - speech));
  dub_limit (sound);
}
