/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-decode-speech.h"

#include <gio/gio.h>
#include <gst/app/app.h>
#include <gst/audio/audio.h>
#include <math.h>
#include "dub-decoders.h"
#include "dub-gst.h"

/* All of it is in memory: what does not move for so long never will. Some demultiplexers, of a file that is cut, neither find
 * a stream nor say so. */
#define PATIENCE_US (10 * G_USEC_PER_SEC)
#define ASK_EVERY (100 * GST_MSECOND)

typedef struct
{
  GArray *samples;
  guint most;
  int n_buffers; /* atomic */
} Decoding;

static GstFlowReturn
on_sample (GstAppSink *sink, gpointer user_data)
{
  Decoding *self = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer = sample != NULL ? gst_sample_get_buffer (sample) : NULL;
  GstMapInfo map;
  guint n_taken;

  if (buffer == NULL || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return GST_FLOW_OK;
  n_taken = MIN ((guint) (map.size / sizeof (float)), self->most - self->samples->len);
  g_array_append_vals (self->samples, map.data, n_taken);
  gst_buffer_unmap (buffer, &map);
  g_atomic_int_inc (&self->n_buffers);
  return self->samples->len < self->most ? GST_FLOW_OK : GST_FLOW_EOS;
}

static void
on_pad_added (GstElement *decoder, GstPad *pad, gpointer convert)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (convert, "sink");

  if (!gst_pad_is_linked (sink))
    gst_pad_link (pad, sink);
}

/* Without this, the pipeline would wait for sound for ever. */
static void
on_no_more_pads (GstElement *decoder, gpointer convert)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (convert, "sink");

  if (!gst_pad_is_linked (sink))
    GST_ELEMENT_ERROR (decoder, STREAM, WRONG_TYPE, ("there is no sound in it"), (NULL));
}

static gboolean
add_decoder (GstElement *pipeline, GBytes *bytes, GstElement *convert, GError **error)
{
  GstElement *source = dub_gst_add (pipeline, "giostreamsrc", error);
  GstElement *decoder = source != NULL ? dub_gst_add (pipeline, "decodebin", error) : NULL;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GstCaps) wanted = gst_caps_new_empty_simple ("audio/x-raw");

  if (decoder == NULL)
    return FALSE;
  g_object_set (source, "stream", stream, NULL);
  dub_decoders_tame (decoder);
  g_object_set (decoder, "caps", wanted, "expose-all-streams", FALSE, NULL);
  g_signal_connect (decoder, "pad-added", G_CALLBACK (on_pad_added), convert);
  g_signal_connect (decoder, "no-more-pads", G_CALLBACK (on_no_more_pads), convert);
  return dub_gst_link (source, decoder, error);
}

static GstElement *
build (Decoding *self, GBytes *bytes, GError **error)
{
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  GstElement *convert = dub_gst_add (pipeline, "audioconvert", error);
  GstElement *resample = convert != NULL ? dub_gst_add (pipeline, "audioresample", error) : NULL;
  GstElement *sink = resample != NULL ? dub_gst_add (pipeline, "appsink", error) : NULL;
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };
  g_autoptr (GstCaps) format = gst_caps_new_simple (
      "audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (F32), "layout", G_TYPE_STRING, "interleaved",
      "rate", G_TYPE_INT, DUB_PCM_RATE, "channels", G_TYPE_INT, 1, NULL);

  if (sink == NULL)
    return NULL;
  g_object_set (sink, "caps", format, "sync", FALSE, "max-buffers", 64, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  if (!dub_gst_link (convert, resample, error) || !dub_gst_link (resample, sink, error) ||
      !add_decoder (pipeline, bytes, convert, error))
    return NULL;
  return g_steal_pointer (&pipeline);
}

/* Samples may be of any value in a file of floating-point numbers. */
static DubPcm *
take_samples (GArray *samples)
{
  DubPcm *pcm = dub_pcm_new (DUB_PCM_RATE, 1, samples->len);

  for (guint i = 0; i < samples->len; i++)
    {
      float sample = g_array_index (samples, float, i);

      pcm->samples[i] = isfinite (sample) ? CLAMP (sample, -1, 1) : 0;
    }
  return pcm;
}

/* Until the end, an error, or a standstill. (transfer full) (nullable): an error or the end. */
static GstMessage *
wait_for_end (Decoding *self, GstElement *pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gint64 last_moved = g_get_monotonic_time ();
  int n_buffers = 0;

  while (g_get_monotonic_time () - last_moved < PATIENCE_US)
    {
      GstMessage *message = gst_bus_timed_pop_filtered (bus, ASK_EVERY, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

      if (message != NULL)
        return message;
      if (g_atomic_int_get (&self->n_buffers) != n_buffers)
        {
          n_buffers = g_atomic_int_get (&self->n_buffers);
          last_moved = g_get_monotonic_time ();
        }
    }
  return NULL;
}

static gboolean
run (Decoding *self, GstElement *pipeline, GError **error)
{
  g_autoptr (GstMessage) message = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = wait_for_end (self, pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (message == NULL)
    g_set_error_literal (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, "decoding came to a standstill");
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, error, NULL);
  else
    return TRUE;
  return FALSE;
}

/**
 * dub_decode_speech:
 * @bytes: anything
 * @longest_ms: what follows is not decoded
 * @why: (out) (transfer full): what GStreamer says
 *
 * Returns: (transfer full) (nullable): the sound
 */
DubPcm *
dub_decode_speech (GBytes *bytes, double longest_ms, char **why)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (float));
  Decoding decoding = { .samples = samples, .most = (guint) MAX (longest_ms / 1000 * DUB_PCM_RATE, 1) };
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GError) error = NULL;

  pipeline = build (&decoding, bytes, &error);
  if (pipeline != NULL && run (&decoding, pipeline, &error))
    return take_samples (samples);
  *why = g_strdup (error->message);
  return NULL;
}
