/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-compose.h"

#include <gst/app/app.h>
#include <gst/audio/audio.h>
#include <glib/gi18n-lib.h>
#include "dub-job.h"
#include "dub-picture.h"
#include "dub-gst.h"

#define CHUNK_FRAMES (DUB_PCM_RATE / 5)
#define AUDIO_BITRATE 160000

/* Frames of silence that each encoder puts in front; dropping as many keeps the sound in its place. */
static const struct
{
  const char *factory;
  guint priming;
} encoders[] = {
  { "avenc_aac", 1024 },
  { "voaacenc", 1600 },
};

static const char *const encoder_names[] = { "avenc_aac", "voaacenc", NULL };

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

  for (guint i = 0; i < G_N_ELEMENTS (encoders); i++)
    if (g_str_equal (encoders[i].factory, name))
      return encoders[i].priming;
  return 0;
}

static gboolean
add_sound (GstElement *pipeline, GstElement *mux, Feeding *feeding, GError **error)
{
  GstElement *src = dub_gst_add (pipeline, "appsrc", error);
  GstElement *convert = src != NULL ? dub_gst_add (pipeline, "audioconvert", error) : NULL;
  GstElement *encoder = convert != NULL ? dub_gst_add_first (pipeline, encoder_names, error) : NULL;
  GstElement *queue = encoder != NULL ? dub_gst_add (pipeline, "queue", error) : NULL;
  GstAppSrcCallbacks callbacks = { .need_data = on_need_data };
  g_autoptr (GstCaps) caps = gst_caps_new_simple (
      "audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (F32), "layout", G_TYPE_STRING, "interleaved",
      "rate", G_TYPE_INT, DUB_PCM_RATE, "channels", G_TYPE_INT, DUB_PCM_CHANNELS, NULL);

  if (queue == NULL)
    return FALSE;

  g_object_set (src, "caps", caps, "format", GST_FORMAT_TIME, NULL);
  g_object_set (encoder, "bitrate", AUDIO_BITRATE, NULL);
  feeding->next = feeding->priming = MIN (priming_of (encoder), feeding->sound->n_frames);
  gst_app_src_set_callbacks (GST_APP_SRC (src), &callbacks, feeding, NULL);
  if (!dub_gst_link (src, convert, error) || !dub_gst_link (convert, encoder, error) ||
      !dub_gst_link (encoder, queue, error))
    return FALSE;
  if (gst_element_link_pads (queue, "src", mux, "audio_0"))
    return TRUE;
  return dub_gst_link (queue, mux, error);
}

static GstElement *
add_mux (GstElement *pipeline, const char *output, GError **error)
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
 * dub_compose:
 * @sound: as long as the dub is to be, 48 kHz, left and right
 * @subtitles: (nullable): what to write on the picture
 * @language: of @subtitles
 * @output: path of the MP4; incomplete where this fails
 *
 * Blocks. Without @subtitles the picture is copied bit for bit where an MP4 can hold it. A second file,
 * @output with
 * ".moov" behind it, is there while it runs.
 *
 * Returns: whether the file is complete
 */
gboolean
dub_compose (DubSource *source,
             const DubPcm *sound,
             DubScript *subtitles,
             const DubLanguage *language,
             const char *output,
             DubProgress *progress,
             GError **error)
{
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  Feeding feeding = { .sound = sound };
  GstElement *mux = add_mux (pipeline, output, error);
  g_autoptr (DubPicture) picture = NULL;

  if (mux == NULL)
    return FALSE;
  picture = dub_picture_add (pipeline, mux, source, subtitles, language, error);
  if (picture == NULL || !add_sound (pipeline, mux, &feeding, error))
    return FALSE;
  return dub_gst_run (pipeline, source->duration, progress, error);
}
