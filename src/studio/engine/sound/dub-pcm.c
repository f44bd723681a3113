/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-pcm.h"

#include <gst/audio/audio.h>
#include <math.h>
#include <string.h>

#define CONVERT_CHUNK 16384

/**
 * dub_pcm_new:
 *
 * Returns: (transfer full): @n_frames of silence
 */
DubPcm *
dub_pcm_new (guint rate, guint channels, gsize n_frames)
{
  DubPcm *self = g_new0 (DubPcm, 1);

  self->rate = rate;
  self->channels = channels;
  dub_pcm_resize (self, n_frames);
  return self;
}

/**
 * dub_pcm_free:
 * @self: (transfer full): sound
 */
void
dub_pcm_free (DubPcm *self)
{
  g_free (self->samples);
  g_free (self);
}

/**
 * dub_pcm_resize:
 *
 * Cuts the end off, or appends silence.
 */
void
dub_pcm_resize (DubPcm *self, gsize n_frames)
{
  gsize before = self->n_frames * self->channels;
  gsize after = n_frames * self->channels;

  self->samples = g_renew (float, self->samples, after);
  if (after > before)
    memset (self->samples + before, 0, (after - before) * sizeof (float));
  self->n_frames = n_frames;
}

static void
append (GArray *out, GstAudioConverter *converter, const float *in, gsize in_frames, guint out_channels)
{
  gsize out_frames = gst_audio_converter_get_out_frames (converter, in_frames);
  guint start = out->len;
  gpointer in_planes[1] = { (gpointer) in };
  gpointer out_planes[1];

  g_array_set_size (out, start + out_frames * out_channels);
  out_planes[0] = (float *) (gpointer) out->data + start;
  gst_audio_converter_samples (converter, GST_AUDIO_CONVERTER_FLAG_NONE, in != NULL ? in_planes : NULL,
                               in_frames, out_planes, out_frames);
}

/**
 * dub_pcm_convert:
 *
 * Frame 0 of both is the same instant: the resampler begins in the middle of its filter.
 *
 * Returns: (transfer full): the same sound with another rate or number of channels
 */
DubPcm *
dub_pcm_convert (const DubPcm *self, guint rate, guint channels)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (float));
  gsize n_frames = gst_util_uint64_scale_round (self->n_frames, rate, self->rate);
  DubPcm *converted = dub_pcm_new (rate, channels, n_frames);
  GstAudioConverter *converter;
  GstAudioInfo from, to;

  gst_audio_info_set_format (&from, GST_AUDIO_FORMAT_F32, self->rate, self->channels, NULL);
  gst_audio_info_set_format (&to, GST_AUDIO_FORMAT_F32, rate, channels, NULL);
  converter = gst_audio_converter_new (GST_AUDIO_CONVERTER_FLAG_NONE, &from, &to, NULL);

  for (gsize at = 0; at < self->n_frames; at += CONVERT_CHUNK)
    append (out, converter, self->samples + at * self->channels, MIN (CONVERT_CHUNK, self->n_frames - at),
            channels);
  append (out, converter, NULL, gst_audio_converter_get_max_latency (converter), channels);
  gst_audio_converter_free (converter);

  n_frames = MIN (n_frames, out->len / channels);
  if (n_frames > 0)
    memcpy (converted->samples, out->data, n_frames * channels * sizeof (float));
  return converted;
}

/**
 * dub_pcm_rms:
 * @from: the first frame
 * @until: the frame after the last one
 *
 * Returns: the root of the mean square over all channels; 0 for an empty range
 */
double
dub_pcm_rms (const DubPcm *self, gsize from, gsize until)
{
  double sum = 0;

  until = MIN (until, self->n_frames);
  if (from >= until)
    return 0;
  for (gsize i = from * self->channels; i < until * self->channels; i++)
    sum += (double) self->samples[i] * self->samples[i];
  return sqrt (sum / ((until - from) * self->channels));
}

/**
 * dub_pcm_frame:
 * @ms: milliseconds from the start
 *
 * Returns: the frame at that instant, at most one past the end
 */
gsize
dub_pcm_frame (const DubPcm *self, double ms)
{
  double frame = round (ms * self->rate / 1000);

  return (gsize) CLAMP (frame, 0, (double) self->n_frames);
}
