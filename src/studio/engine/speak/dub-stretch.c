/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-stretch.h"

#include <math.h>
#include <sonic.h>

/* Sonic goes by periods of the voice: what it has too much is cut off, what it has too little is silent. */
#define FADE_MS 8

static DubPcm *
stretch (const DubPcm *pcm, double factor)
{
  sonicStream stream = sonicCreateStream (pcm->rate, 1);
  gsize n_frames = (gsize) round (pcm->n_frames / factor);
  gsize fade = MIN (n_frames, pcm->rate * FADE_MS / 1000);
  DubPcm *stretched = dub_pcm_new (pcm->rate, 1, n_frames);
  gsize until;

  sonicSetSpeed (stream, factor);
  sonicWriteFloatToStream (stream, pcm->samples, pcm->n_frames);
  sonicFlushStream (stream);
  until = MAX (sonicReadFloatFromStream (stream, stretched->samples, n_frames), 0);
  sonicDestroyStream (stream);
  for (gsize i = 0; i < MIN (fade, until); i++)
    stretched->samples[until - 1 - i] *= (float) i / fade;
  return stretched;
}

/**
 * dub_spoken_stretch:
 * @self: one channel
 * @factor: above 0
 */
void
dub_spoken_stretch (DubSpoken *self, double factor)
{
  DubPcm *stretched;

  g_return_if_fail (factor > 0 && self->sound->channels == 1);
  if (factor == 1 || self->sound->n_frames == 0)
    return;

  stretched = stretch (self->sound, factor);
  dub_pcm_free (self->sound);
  self->sound = stretched;
  for (guint i = 0; i < self->words->len; i++)
    {
      DubSpokenWord *word = &g_array_index (self->words, DubSpokenWord, i);

      word->start_ms /= factor;
      word->end_ms /= factor;
    }
}
