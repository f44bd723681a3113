/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-sound.h"

#include <gst/app/app.h>
#include <gst/audio/audio.h>
#include <string.h>
#include "dub-gst.h"

/* The service takes 10 minutes; what a file holds beyond what it states is not followed without end. */
#define MAX_FRAMES ((gsize) DUB_PCM_RATE * 660)
/* Times in a file are rounded (Matroska: to 1 ms): only a jump that can be heard is a real one. */
#define SMALLEST_JUMP (DUB_PCM_RATE / 25)

/* A packet of AAC has 1024 or 2048 samples, at 44.1 or 48 kHz nearly always. */
#define SHORTEST_PACKET (DUB_PCM_RATE * 20 / 1000)
#define LONGEST_PACKET (DUB_PCM_RATE * 48 / 1000)

typedef struct
{
  DubSource *source;
  DubPcm *pcm;
  gsize capacity;
  gsize next;
  gboolean started;
} Decoding;

static void
make_room (Decoding *self, gsize n_frames)
{
  if (n_frames <= self->capacity)
    return;
  self->capacity = MIN (MAX (n_frames, self->capacity * 2), MAX_FRAMES);
  dub_pcm_resize (self->pcm, self->capacity);
}

/* The frame at which the samples lie; negative for those before the video. */
static gssize
place_of (Decoding *self, GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  guint64 time = GST_CLOCK_TIME_NONE;
  int sign = 0;
  gssize frame;

  if (GST_BUFFER_PTS_IS_VALID (buffer))
    sign = gst_segment_to_stream_time_full (gst_sample_get_segment (sample), GST_FORMAT_TIME, GST_BUFFER_PTS (buffer), &time);
  if (sign == 0 || time / GST_SECOND > MAX_FRAMES / DUB_PCM_RATE)
    return self->next;

  frame = sign * (gssize) gst_util_uint64_scale_round (time, DUB_PCM_RATE, GST_SECOND);
  if (self->started && ABS (frame - (gssize) self->next) < SMALLEST_JUMP)
    return self->next;
  return frame;
}

static GstFlowReturn
on_sample (GstAppSink *sink, gpointer user_data)
{
  Decoding *self = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer = sample != NULL ? gst_sample_get_buffer (sample) : NULL;
  const gsize frame_size = DUB_PCM_CHANNELS * sizeof (float);
  gsize n_frames, skipped;
  gssize place;

  if (buffer == NULL)
    return GST_FLOW_OK;

  place = place_of (self, sample);
  n_frames = gst_buffer_get_size (buffer) / frame_size;
  skipped = place < 0 ? MIN ((gsize) -place, n_frames) : 0;
  n_frames -= skipped;
  place = MAX (place, 0);
  if (n_frames == 0)
    return GST_FLOW_OK;
  if (place + n_frames > MAX_FRAMES)
    return GST_FLOW_EOS;

  make_room (self, place + n_frames);
  gst_buffer_extract (buffer, skipped * frame_size, self->pcm->samples + place * DUB_PCM_CHANNELS, n_frames * frame_size);
  self->started = TRUE;
  self->next = place + n_frames;
  return GST_FLOW_OK;
}

static GstElement *
build (Decoding *self, GError **error)
{
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  GstElement *convert = dub_gst_add (pipeline, "audioconvert", error);
  GstElement *resample = convert != NULL ? dub_gst_add (pipeline, "audioresample", error) : NULL;
  GstElement *sink = resample != NULL ? dub_gst_add (pipeline, "appsink", error) : NULL;
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };
  g_autoptr (GstCaps) format = gst_caps_new_simple (
      "audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (F32), "layout", G_TYPE_STRING, "interleaved",
      "rate", G_TYPE_INT, DUB_PCM_RATE, "channels", G_TYPE_INT, DUB_PCM_CHANNELS, NULL);

  if (sink == NULL)
    return NULL;
  g_object_set (sink, "caps", format, "sync", FALSE, "max-buffers", 64, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  if (!dub_gst_link (convert, resample, error) || !dub_gst_link (resample, sink, error) ||
      !dub_gst_add_stream (pipeline, self->source, self->source->audio_id, "audio/x-raw(ANY)", convert,
                           error))
    return NULL;
  return g_steal_pointer (&pipeline);
}

/* Of some files without an edit list, the decoder gives nothing for the first packet, and its time to what the second one holds: all of it
 * comes a packet too early, and ends a packet before the file's sound does. */
static void
make_up_for_first_packet (Decoding *self)
{
  gsize end = gst_util_uint64_scale_round (self->source->sound_end, DUB_PCM_RATE, GST_SECOND);
  gsize lost = end - MIN (self->next, end);
  DubPcm *pcm = self->pcm;

  if (!self->source->sound_is_aac || lost < SHORTEST_PACKET || lost > LONGEST_PACKET || end > MAX_FRAMES)
    return;
  dub_pcm_resize (pcm, end);
  memmove (pcm->samples + lost * pcm->channels, pcm->samples, self->next * pcm->channels * sizeof (float));
  memset (pcm->samples, 0, lost * pcm->channels * sizeof (float));
  self->next = end;
}

/**
 * dub_sound_decode:
 * @source: a video with sound
 *
 * Blocks. Frame 0 is the first instant of the video, wherever in the file the sound begins.
 *
 * Returns: (transfer full) (nullable): the sound at 48 kHz, left and right
 */
DubPcm *
dub_sound_decode (DubSource *source, DubProgress *progress, GError **error)
{
  g_autoptr (DubPcm) pcm = dub_pcm_new (DUB_PCM_RATE, DUB_PCM_CHANNELS, 0);
  Decoding decoding = { .source = source, .pcm = pcm };
  g_autoptr (GstElement) pipeline = NULL;

  g_return_val_if_fail (source->audio_id != NULL, NULL);

  pipeline = build (&decoding, error);
  if (pipeline == NULL || !dub_gst_run (pipeline, source->duration, progress, error))
    return NULL;

  make_up_for_first_packet (&decoding);
  dub_pcm_resize (pcm, decoding.next);
  return g_steal_pointer (&pcm);
}
