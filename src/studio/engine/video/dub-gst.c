/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-gst.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <gst/pbutils/pbutils.h>
#include <string.h>
#include "dub-decoders.h"
#include "dub-job.h"

#define ASK_EVERY (100 * GST_MSECOND)
/* A pipeline that does not move for so long never will. */
#define PATIENCE (60 * GST_SECOND)

static const struct
{
  const char *factory;
  const char *package;
} packages[] = {
  { "avenc_aac", "gstreamer1.0-libav" },
  { "x264enc", "gstreamer1.0-plugins-ugly" },
  { "openh264enc", "gstreamer1.0-plugins-bad" },
  { "voaacenc", "gstreamer1.0-plugins-bad" },
  { "h264parse", "gstreamer1.0-plugins-bad" },
  { "vp9parse", "gstreamer1.0-plugins-bad" },
  { "vp9enc", "gstreamer1.0-plugins-good" },
  { "mp4mux", "gstreamer1.0-plugins-good" },
  { "videocrop", "gstreamer1.0-plugins-good" },
  { "videoflip", "gstreamer1.0-plugins-good" },
};

static const char *
package_of (const char *factory)
{
  for (guint i = 0; i < G_N_ELEMENTS (packages); i++)
    if (g_str_equal (packages[i].factory, factory))
      return packages[i].package;
  return "gstreamer1.0-plugins-base";
}

/**
 * dub_gst_add:
 * @factory: the name of an element of GStreamer
 *
 * Returns: (transfer none) (nullable): the new element, owned by @pipeline, or %NULL with
 *   %DUB_STUDIO_ERROR_MISSING, which names the package to install
 */
GstElement *
dub_gst_add (GstElement *pipeline, const char *factory, GError **error)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (element == NULL)
    {
      g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
                   /* Translators: first the name of a part of GStreamer, then that of a package. */
                   _("The video could not be dubbed because “%s” is not installed. "
                      "Install the package %s, then dub again."),
                   factory, package_of (factory));
      return NULL;
    }

  gst_bin_add (GST_BIN (pipeline), element);
  return element;
}

/**
 * dub_gst_add_first:
 * @factories: names in order of preference, %NULL-terminated
 *
 * Returns: (transfer none) (nullable): the first that is installed
 */
GstElement *
dub_gst_add_first (GstElement *pipeline, const char *const *factories, GError **error)
{
  for (guint i = 0; factories[i] != NULL; i++)
    {
      g_autoptr (GstElementFactory) factory = gst_element_factory_find (factories[i]);

      if (factory != NULL)
        return dub_gst_add (pipeline, factories[i], error);
    }
  return dub_gst_add (pipeline, factories[0], error);
}

/**
 * dub_gst_set_link_error:
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * What is said where elements could not be joined.
 *
 * Returns: %FALSE
 */
gboolean
dub_gst_set_link_error (GError **error)
{
  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                       _("The video’s picture or sound is of a kind that the built-in studio cannot put into a dub."));
  return FALSE;
}

/**
 * dub_gst_link:
 *
 * Returns: whether the elements could be joined
 */
gboolean
dub_gst_link (GstElement *from, GstElement *to, GError **error)
{
  return gst_element_link (from, to) || dub_gst_set_link_error (error);
}

static const char *
id_within_file (const char *stream_id)
{
  const char *slash = strrchr (stream_id, '/');

  return slash != NULL ? slash + 1 : stream_id;
}

/**
 * dub_gst_pad_is:
 * @stream_id: as a #DubSource has it
 *
 * The part in front of the slash stands for how the file was opened, not for the stream.
 */
gboolean
dub_gst_pad_is (GstPad *pad, const char *stream_id)
{
  g_autofree char *id = gst_pad_get_stream_id (pad);

  return id != NULL && g_str_equal (id_within_file (id), id_within_file (stream_id));
}

typedef struct
{
  char *stream_id;
  GstElement *entry;
} Wanted;

static void
wanted_free (gpointer wanted, GClosure *closure)
{
  g_free (((Wanted *) wanted)->stream_id);
  g_free (wanted);
}

static void
on_pad_added (GstElement *decoder, GstPad *pad, gpointer user_data)
{
  Wanted *wanted = user_data;
  g_autoptr (GstPad) sink = gst_element_get_static_pad (wanted->entry, "sink");

  if (dub_gst_pad_is (pad, wanted->stream_id) && !gst_pad_is_linked (sink))
    gst_pad_link (pad, sink);
}

/* Without this, the pipeline would wait for the stream for ever. */
static void
on_no_more_pads (GstElement *decoder, gpointer user_data)
{
  Wanted *wanted = user_data;
  g_autoptr (GstPad) sink = gst_element_get_static_pad (wanted->entry, "sink");

  if (!gst_pad_is_linked (sink))
    GST_ELEMENT_ERROR (decoder, STREAM, WRONG_TYPE, ("the stream cannot be decoded"),
                       ("%s", wanted->stream_id));
}

/* Of Matroska, GStreamer takes the first picture or sound in the file for the earliest, and corrects itself after some; of
 * MPEG's streams it takes the clock's own zero. All parts of the engine must mean the same by a time. */
static GstPadProbeReturn
on_segment (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  const GstClockTime *origin = user_data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstSegment segment;

  if (GST_EVENT_TYPE (event) != GST_EVENT_SEGMENT)
    return GST_PAD_PROBE_OK;
  gst_event_copy_segment (event, &segment);
  segment.start = segment.position = *origin;
  segment.time = segment.base = segment.offset = 0;
  info->data = gst_event_new_segment (&segment);
  gst_event_unref (event);
  return GST_PAD_PROBE_OK;
}

static void
set_origin (GstElement *entry, GstClockTime origin)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (entry, "sink");

  if (GST_CLOCK_TIME_IS_VALID (origin))
    gst_pad_add_probe (sink, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_segment, g_memdup2 (&origin, sizeof origin), g_free);
}

/**
 * dub_gst_add_stream:
 * @source: measured
 * @stream_id: as a #DubSource has it
 * @caps: what @entry takes
 *
 * Other streams of the file are not looked at.
 *
 * Returns: whether all that is needed is installed; whether the stream can be decoded shows when @pipeline
 * runs
 */
gboolean
dub_gst_add_stream (GstElement *pipeline,
                    const DubSource *source,
                    const char *stream_id,
                    const char *caps,
                    GstElement *entry,
                    GError **error)
{
  GstElement *file = dub_gst_add (pipeline, "filesrc", error);
  GstElement *decoder = file != NULL ? dub_gst_add (pipeline, "decodebin", error) : NULL;
  g_autoptr (GstCaps) wanted_caps = gst_caps_from_string (caps);
  Wanted *wanted;

  if (decoder == NULL)
    return FALSE;
  g_object_set (file, "location", source->path, NULL);
  set_origin (entry, source->origin);
  dub_decoders_tame (decoder);
  g_object_set (decoder, "caps", wanted_caps, "expose-all-streams", FALSE, NULL);

  wanted = g_new0 (Wanted, 1);
  wanted->stream_id = g_strdup (stream_id);
  wanted->entry = entry;
  g_signal_connect_data (decoder, "pad-added", G_CALLBACK (on_pad_added), wanted, wanted_free, 0);
  g_signal_connect (decoder, "no-more-pads", G_CALLBACK (on_no_more_pads), wanted);
  return dub_gst_link (file, decoder, error);
}

/* Some elements report a failed write without its reason, which then stands in what is meant for the log. */
static gboolean
is_full_disk (const GError *reported, const char *debug)
{
  if (g_error_matches (reported, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE))
    return debug != NULL && strstr (debug, g_strerror (ENOSPC)) != NULL;
  return g_error_matches (reported, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT);
}

static void
take_error (GstMessage *message, GError **error)
{
  g_autoptr (GError) reported = NULL;
  g_autofree char *debug = NULL;

  gst_message_parse_error (message, &reported, &debug);
  g_info ("%s: %s (%s)", GST_MESSAGE_SRC_NAME (message), reported->message, debug);
  if (is_full_disk (reported, debug))
    g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                         _("The disk is full. Make room on it, then dub again."));
  else if (g_error_matches (reported, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE) ||
           g_error_matches (reported, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_WRITE))
    g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                 /* Translators: what GStreamer reported, in its own words. */
                 _("The dub could not be written (%s). Check the disk, then dub again."), reported->message);
  else
    g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                 /* Translators: what GStreamer reported, in its own words. */
                 _("The video could not be read to its end, it may be damaged (%s). "
                    "Your file is unchanged. Export it again, then dub that."),
                 reported->message);
}

static char *
missing_plugin (GstMessage *message)
{
  if (!gst_is_missing_plugin_message (message))
    return NULL;
  return gst_missing_plugin_message_get_description (message);
}

static gboolean
has_stalled (GstElement *pipeline,
             GstClockTime duration,
             DubProgress *progress,
             gint64 *last_position,
             gint64 *last_moved)
{
  gint64 position = 0;
  gint64 now = g_get_monotonic_time ();

  if (gst_element_query_position (pipeline, GST_FORMAT_TIME, &position) && position != *last_position)
    {
      *last_position = position;
      *last_moved = now;
      if (duration > 0)
        dub_progress_set (progress, (double) position / duration);
    }
  return now - *last_moved > (gint64) GST_TIME_AS_USECONDS (PATIENCE);
}

static gboolean
wait_for_end (GstElement *pipeline, GstClockTime duration, DubProgress *progress, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autofree char *missing = NULL;
  gint64 last_position = -1;
  gint64 last_moved = g_get_monotonic_time ();

  while (!has_stalled (pipeline, duration, progress, &last_position, &last_moved))
    {
      g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (
          bus, ASK_EVERY, GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT);

      if (message == NULL)
        continue;
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
        return TRUE;
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT && missing == NULL)
        missing = missing_plugin (message);
      if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
        continue;

      if (missing != NULL)
        g_set_error (
            error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
            /* Translators: a kind of media, like "H.265 (Main Profile) decoder". */
            _("This video needs “%s”, which is not installed. "
               "Install the package gstreamer1.0-libav, or export the video as MP4 (H.264), then dub again."),
            missing);
      else
        take_error (message, error);
      return FALSE;
    }

  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                       _("Reading the video came to a standstill, it may be damaged. "
                          "Your file is unchanged. Export it again, then dub that."));
  return FALSE;
}

/**
 * dub_gst_run:
 * @duration: what progress is measured against, or 0
 *
 * Plays @pipeline to its end on the calling thread and stops it.
 *
 * Returns: whether the end was reached without an error
 */
gboolean
dub_gst_run (GstElement *pipeline, GstClockTime duration, DubProgress *progress, GError **error)
{
  gboolean done;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  done = wait_for_end (pipeline, duration, progress, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return done;
}
