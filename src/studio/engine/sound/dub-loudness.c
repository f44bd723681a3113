/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-loudness.h"

#include <ebur128.h>
#include <math.h>

/* What is measured is heard from left and right: one channel counts as both. */
#define CHANNELS 2
/* Loudness is that of blocks of 400 ms, a new one each 100 ms: less is heard again and again until there are
 * some. */
#define LEAST_MS 1000
#define CHUNK 4096

struct _DubLoudness
{
  ebur128_state *state;
  GArray *beginning; /* as far as LEAST_MS */
  guint rate;
};

/**
 * dub_loudness_new:
 * @rate: of all that will be added
 *
 * Returns: (transfer full): a measure that has heard nothing
 */
DubLoudness *
dub_loudness_new (guint rate)
{
  DubLoudness *self = g_new0 (DubLoudness, 1);

  self->rate = rate;
  self->beginning = g_array_new (FALSE, FALSE, sizeof (float));
  self->state = ebur128_init (CHANNELS, rate, EBUR128_MODE_I);
  g_assert (self->state != NULL);
  return self;
}

/**
 * dub_loudness_free:
 * @self: (nullable) (transfer full): a measure
 */
void
dub_loudness_free (DubLoudness *self)
{
  if (self == NULL)
    return;

  ebur128_destroy (&self->state);
  g_array_unref (self->beginning);
  g_free (self);
}

/* Out of memory is all that can go wrong, and GLib's own allocations end the process there. */
static void
feed (DubLoudness *self, const float *samples, gsize n_frames)
{
  int status = ebur128_add_frames_float (self->state, samples, n_frames);

  g_assert (status == EBUR128_SUCCESS);
}

static void
keep_beginning (DubLoudness *self, const float *samples, gsize n_frames)
{
  gsize least = (gsize) self->rate * LEAST_MS / 1000, kept = self->beginning->len / CHANNELS;

  if (kept < least)
    g_array_append_vals (self->beginning, samples, MIN (n_frames, least - kept) * CHANNELS);
}

/**
 * dub_loudness_add:
 * @self: a measure
 * @sound: one or two channels
 * @from: the first frame
 * @until: the frame after the last one
 */
void
dub_loudness_add (DubLoudness *self, const DubPcm *sound, gsize from, gsize until)
{
  float chunk[CHUNK * CHANNELS];

  g_return_if_fail (sound->channels <= CHANNELS && sound->rate == self->rate);
  until = MIN (until, sound->n_frames);
  while (from < until)
    {
      gsize n_frames = MIN (until - from, CHUNK);

      for (gsize i = 0; i < n_frames; i++)
        for (guint c = 0; c < CHANNELS; c++)
          chunk[i * CHANNELS + c] = sound->samples[(from + i) * sound->channels + MIN (c, sound->channels - 1)];
      feed (self, chunk, n_frames);
      keep_beginning (self, chunk, n_frames);
      from += n_frames;
    }
}

/**
 * dub_loudness_get:
 * @self: a measure; nothing is to be added any more
 *
 * Returns: the integrated loudness in LUFS, gated; -%INFINITY where nothing is louder than -70 LUFS
 */
double
dub_loudness_get (DubLoudness *self)
{
  gsize least = (gsize) self->rate * LEAST_MS / 1000, n_frames = self->beginning->len / CHANNELS;
  double lufs;

  if (n_frames == 0)
    return -INFINITY;
  for (gsize heard = n_frames; n_frames < least && heard < least; heard += n_frames)
    feed (self, (const float *) (gpointer) self->beginning->data, n_frames);
  return ebur128_loudness_global (self->state, &lufs) == EBUR128_SUCCESS ? lufs : -INFINITY;
}
