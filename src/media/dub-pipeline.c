/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-pipeline-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dub-decoders.h"
#include "dub-media-error-private.h"

/* GstPlayFlags has no public header: video, audio, software volume, buffering, deinterlacing. Subtitle tracks of a file are
 * left alone, for they may need plugins that nobody misses. */
#define PLAY_FLAGS (0x1 | 0x2 | 0x10 | 0x100 | 0x200)

/* A sink that keeps no time would run ahead, and the position with it. */
static GstElement *
make_sink (const char *factory)
{
  GstElement *sink = gst_element_factory_make (factory, NULL);

  if (sink != NULL && g_str_equal (factory, "fakesink"))
    g_object_set (sink, "sync", TRUE, NULL);
  return sink;
}

/* scaletempo takes interleaved samples only, and decoders give planar ones too. */
static GstElement *
pitch_filter (void)
{
  return gst_parse_bin_from_description_full ("audioconvert ! scaletempo ! audioconvert", TRUE, NULL,
                                              GST_PARSE_FLAG_FATAL_ERRORS, NULL);
}

gboolean
dub_pipeline_init (GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (gst_init_check (NULL, NULL, &reason))
    return TRUE;
  g_set_error (error, DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_FAILED,
               /* Translators: %s is a technical reason. */
               _("Videos cannot be opened, because the GStreamer library did not start: %s. Install GStreamer and its plugins again."),
               reason != NULL ? reason->message : _("unknown reason"));
  return FALSE;
}

GstElement *
dub_pipeline_new (const char   *uri,
                  const char   *video_sink_factory,
                  const char   *audio_sink_factory,
                  GstElement  **video_sink,
                  GError      **error)
{
  GstElement *pipeline, *audio_sink = NULL, *filter;

  if (!dub_pipeline_init (error))
    return NULL;
  pipeline = gst_element_factory_make ("playbin", NULL);
  if (pipeline == NULL)
    {
      g_propagate_error (error, dub_media_error_missing ("playbin", uri));
      return NULL;
    }
  gst_object_ref_sink (pipeline);
  dub_decoders_tame (pipeline);
  *video_sink = make_sink (video_sink_factory);
  if (*video_sink == NULL)
    {
      g_propagate_error (error, dub_media_error_missing (video_sink_factory, uri));
      gst_object_unref (pipeline);
      return NULL;
    }

  if (audio_sink_factory != NULL)
    audio_sink = make_sink (audio_sink_factory);
  if (audio_sink == NULL)
    audio_sink = make_sink ("fakesink");
  filter = pitch_filter ();
  g_object_set (pipeline, "uri", uri, "flags", PLAY_FLAGS, "video-sink", *video_sink, "audio-sink", audio_sink, NULL);
  if (filter != NULL)
    g_object_set (pipeline, "audio-filter", filter, NULL);
  return pipeline;
}

gboolean
dub_pipeline_is_sound_error (GstElement   *pipeline,
                             GstObject    *source,
                             const GError *error)
{
  g_autoptr (GstElement) sink = NULL;

  g_object_get (pipeline, "audio-sink", &sink, NULL);
  if (sink != NULL && source != NULL &&
      (source == GST_OBJECT (sink) || gst_object_has_as_ancestor (source, GST_OBJECT (sink))))
    return TRUE;
  /* The chain before it speaks for a sink that did not start. */
  return g_error_matches (error, GST_CORE_ERROR, GST_CORE_ERROR_STATE_CHANGE);
}

static int
compare_with_idle_demuxer (gconstpointer value,
                           gconstpointer unused)
{
  GstElement *element = g_value_get_object (value);
  const char *klass = gst_element_get_metadata (element, GST_ELEMENT_METADATA_KLASS);
  g_autoptr (GstPad) pad = NULL;

  if (klass == NULL || strstr (klass, "Demux") == NULL || element->numsrcpads > 0)
    return 1;
  pad = gst_element_get_static_pad (element, "sink");
  return pad != NULL && gst_pad_get_task_state (pad) == GST_TASK_PAUSED ? 0 : 1;
}

gboolean
dub_pipeline_found_nothing (GstElement *pipeline)
{
  g_autoptr (GstIterator) elements = gst_bin_iterate_recurse (GST_BIN (pipeline));
  g_auto (GValue) found = G_VALUE_INIT;

  return gst_iterator_find_custom (elements, compare_with_idle_demuxer, &found, NULL);
}
