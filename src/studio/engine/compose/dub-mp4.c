/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-mp4.h"

#include <gst/app/app.h>
#include <gst/audio/audio.h>
#include "dub-gst.h"

/* Of 0 (best) to 51: no difference from the original can be seen beside it. */
#define X264_QUALITY 21
#define OPENH264_BITRATE 6000000
#define VP9_QUALITY 24

#define CHUNK_FRAMES (DUB_PCM_RATE / 5)
#define AUDIO_BITRATE 160000

/* Frames of silence that each encoder puts in front; dropping as many keeps the sound in its place. */
static const struct
{
  const char *factory;
  guint priming;
} sound_encoders[] = {
  { "avenc_aac", 1024 },
  { "voaacenc", 1600 },
};

static const char *const sound_encoder_names[] = { "avenc_aac", "voaacenc", NULL };

typedef struct
{
  const DubPcm *sound;
  gsize priming;
  gsize next;
} Feeding;

static void
on_need_data (GstAppSrc *src, guint length, gpointer user_data)
{
  Feeding *self = user_data;
  gsize n_frames = MIN (CHUNK_FRAMES, self->sound->n_frames - MIN (self->next, self->sound->n_frames));
  const gsize frame_size = DUB_PCM_CHANNELS * sizeof (float);
  GstBuffer *buffer;

  if (n_frames == 0)
    {
      gst_app_src_end_of_stream (src);
      return;
    }

  buffer =
      gst_buffer_new_memdup (self->sound->samples + self->next * DUB_PCM_CHANNELS, n_frames * frame_size);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (self->next - self->priming, GST_SECOND, DUB_PCM_RATE);
  self->next += n_frames;
  GST_BUFFER_DURATION (buffer) =
      gst_util_uint64_scale (self->next - self->priming, GST_SECOND, DUB_PCM_RATE) - GST_BUFFER_PTS (buffer);
  gst_app_src_push_buffer (src, buffer);
}

static gsize
priming_of (GstElement *encoder)
{
  const char *name = GST_OBJECT_NAME (gst_element_get_factory (encoder));

  for (guint i = 0; i < G_N_ELEMENTS (sound_encoders); i++)
    if (g_str_equal (sound_encoders[i].factory, name))
      return sound_encoders[i].priming;
  return 0;
}

static const char *const picture_encoder_names[] = { "x264enc", "openh264enc", "vp9enc", NULL };

/* Whoever does not want one says so in GStreamer's own way: rank none, in GST_PLUGIN_FEATURE_RANK. */
static gboolean
is_wanted (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL && gst_plugin_feature_get_rank (GST_PLUGIN_FEATURE (factory)) > GST_RANK_NONE;
}

static GstElement *
add_picture_encoder (GstElement *pipeline, GError **error)
{
  const char *const *name = picture_encoder_names;

  while (*name != NULL && !is_wanted (*name))
    name++;
  return dub_gst_add (pipeline, *name != NULL ? *name : picture_encoder_names[0], error);
}

/**
 * dub_mp4_add:
 * @output: path of the file; while @pipeline runs, there is a second one with ".moov" behind its name
 *
 * The index goes to the front, so that a browser can begin to play before it has the whole file.
 *
 * Returns: (transfer none) (nullable): the muxer
 */
GstElement *
dub_mp4_add (GstElement *pipeline, const char *output, GError **error)
{
  GstElement *mux = dub_gst_add (pipeline, "mp4mux", error);
  GstElement *sink = mux != NULL ? dub_gst_add (pipeline, "filesink", error) : NULL;
  g_autofree char *beside = g_strconcat (output, ".moov", NULL);

  if (sink == NULL)
    return NULL;
  g_object_set (mux, "faststart", TRUE, "faststart-file", beside, NULL);
  g_object_set (sink, "location", output, NULL);
  return dub_gst_link (mux, sink, error) ? mux : NULL;
}

/**
 * dub_mp4_add_sound:
 * @sound: 48 kHz, left and right; must outlive @pipeline
 * @language: the code of the language that is spoken in it
 *
 * The sound lies in the file where it lies in @sound, to the sample; of its beginning, some 20 ms are lost.
 *
 * Returns: whether an encoder is installed
 */
gboolean
dub_mp4_add_sound (GstElement *pipeline, GstElement *mux, const DubPcm *sound, const char *language, GError **error)
{
  GstElement *src = dub_gst_add (pipeline, "appsrc", error);
  GstElement *convert = src != NULL ? dub_gst_add (pipeline, "audioconvert", error) : NULL;
  GstElement *encoder = convert != NULL ? dub_gst_add_first (pipeline, sound_encoder_names, error) : NULL;
  GstElement *queue = encoder != NULL ? dub_gst_add (pipeline, "queue", error) : NULL;
  GstAppSrcCallbacks callbacks = { .need_data = on_need_data };
  Feeding *feeding;
  g_autoptr (GstCaps) caps = gst_caps_new_simple (
      "audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (F32), "layout", G_TYPE_STRING, "interleaved",
      "rate", G_TYPE_INT, DUB_PCM_RATE, "channels", G_TYPE_INT, DUB_PCM_CHANNELS, NULL);

  if (queue == NULL)
    return FALSE;

  g_object_set (src, "caps", caps, "format", GST_FORMAT_TIME, NULL);
  g_object_set (encoder, "bitrate", AUDIO_BITRATE, NULL);
  feeding = g_new0 (Feeding, 1);
  feeding->sound = sound;
  feeding->next = feeding->priming = MIN (priming_of (encoder), sound->n_frames);
  gst_app_src_set_callbacks (GST_APP_SRC (src), &callbacks, feeding, g_free);
  gst_element_send_event (src, gst_event_new_tag (gst_tag_list_new (GST_TAG_LANGUAGE_CODE, language, NULL)));
  if (!dub_gst_link (src, convert, error) || !dub_gst_link (convert, encoder, error) ||
      !dub_gst_link (encoder, queue, error))
    return FALSE;
  if (gst_element_link_pads (queue, "src", mux, "audio_0"))
    return TRUE;
  return dub_gst_link (queue, mux, error);
}

/**
 * dub_mp4_add_picture:
 * @coded: gives the picture as it goes into the file
 * @timescale: ticks a second in which its times are written
 *
 * Returns: whether an MP4 can hold it
 */
gboolean
dub_mp4_add_picture (GstElement *mux, GstElement *coded, guint timescale, GError **error)
{
  g_autoptr (GstPad) pad = gst_element_request_pad_simple (mux, "video_0");
  g_autoptr (GstPad) src = gst_element_get_static_pad (coded, "src");

  if (pad == NULL)
    return dub_gst_set_link_error (error);
  g_object_set (pad, "trak-timescale", timescale, NULL);
  return gst_pad_link (src, pad) == GST_PAD_LINK_OK || dub_gst_set_link_error (error);
}

static gboolean
is_factory (GstElement *element, const char *name)
{
  return g_str_equal (GST_OBJECT_NAME (gst_element_get_factory (element)), name);
}

static void
set_quality (GstElement *encoder)
{
  if (is_factory (encoder, "x264enc"))
    {
      gst_util_set_object_arg (G_OBJECT (encoder), "speed-preset", "veryfast");
      gst_util_set_object_arg (G_OBJECT (encoder), "pass", "qual");
      /* Pictures in the order in which they are seen: with any other, uneven times would not be kept to the end. */
      g_object_set (encoder, "quantizer", X264_QUALITY, "vbv-buf-capacity", 0, "bframes", 0, NULL);
    }
  else if (is_factory (encoder, "openh264enc"))
    g_object_set (encoder, "bitrate", OPENH264_BITRATE, NULL);
  else
    {
      gst_util_set_object_arg (G_OBJECT (encoder), "end-usage", "cq");
      g_object_set (encoder, "cq-level", VP9_QUALITY, "cpu-used", 6, "row-mt", TRUE, "deadline", (gint64) 1,
                    NULL);
    }
}

/* What brings the streams of the other encoders into the form that the muxer knows, or finds in them what it must know. */
static GstElement *
add_parser (GstElement *pipeline, GstElement *encoder, GError **error)
{
  return dub_gst_add (pipeline, is_factory (encoder, "vp9enc") ? "vp9parse" : "h264parse", error);
}

/**
 * dub_mp4_add_encoder:
 * @raw: gives the picture as pixels, upright, with even sizes
 *
 * Returns: whether an encoder is installed
 */
gboolean
dub_mp4_add_encoder (GstElement *pipeline, GstElement *mux, GstElement *raw, guint timescale, GError **error)
{
  GstElement *encoder = add_picture_encoder (pipeline, error);
  GstElement *parser = NULL;
  GstElement *queue = encoder != NULL ? dub_gst_add (pipeline, "queue", error) : NULL;
  g_autoptr (GstCaps) raw_caps = gst_caps_from_string ("video/x-raw,format=I420");
  g_autoptr (GstCaps) coded_caps = NULL;

  if (queue == NULL)
    return FALSE;
  set_quality (encoder);
  /* Every player knows High; without this, x264 would keep rarer kinds of colour. */
  if (is_factory (encoder, "x264enc"))
    coded_caps = gst_caps_from_string ("video/x-h264,profile=high,stream-format=avc");
  else if ((parser = add_parser (pipeline, encoder, error)) == NULL)
    return FALSE;

  if (!gst_element_link_filtered (raw, encoder, raw_caps) ||
      !gst_element_link_filtered (encoder, parser != NULL ? parser : queue, coded_caps))
    return dub_gst_set_link_error (error);
  return (parser == NULL || dub_gst_link (parser, queue, error)) && dub_mp4_add_picture (mux, queue, timescale, error);
}
