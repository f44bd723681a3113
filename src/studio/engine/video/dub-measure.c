/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-measure.h"

#include <glib/gi18n-lib.h>
#include "dub-format.h"
#include "dub-job.h"
#include "dub-gst.h"
#include "dub-video-limits.h"

/* Where the sound goes on for less than this after the picture, it is but the rest of its last packet. */
#define LAST_PACKET (100 * GST_MSECOND)

/* Files state their duration roughly. */
#define ROUGHLY (1500 * GST_MSECOND)

/* Nothing that goes on beyond this can be dubbed, whatever it states. */
#define FURTHEST (DUB_VIDEO_MAX_DURATION_MS * GST_MSECOND + ROUGHLY)

/* 10 minutes of 1,000 pictures a second. What has more is no video, and is not kept in memory. */
#define MAX_PICTURES 600000

/* Written by one streaming thread, and read after the pipeline has stopped. @end and @times are those of the file's clock
 * where @by_clock, and else those of the video. */
typedef struct
{
  GstElement *pipeline;
  DubTrack *track;
  GArray *times;
  GstClockTime end;
  GstClockTime origin;
  gboolean by_clock;
  GstSegment segment;
  gboolean is_edited;
} Stream;

typedef struct
{
  DubSource *source;
  GstElement *pipeline;
  GPtrArray *streams;
} Measuring;

/* How long a picture is seen where the file does not say. */
static GstClockTime
usual_duration (GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  int n, d;

  if (caps != NULL && gst_structure_get_fraction (gst_caps_get_structure (caps, 0), "framerate", &n, &d) && n > 0 && d > 0)
    return gst_util_uint64_scale (GST_SECOND, d, n);
  return 0;
}

static gint64
signed_stream_time (const GstSegment *segment, guint64 position)
{
  guint64 time;
  int sign = gst_segment_to_stream_time_full (segment, GST_FORMAT_TIME, position, &time);

  return sign < 0 ? -(gint64) time : (gint64) time;
}

/* Whether the file (MP4 has lists of edits) shows the stream from its first picture on, in one piece. */
static void
note_edits (Stream *stream, const GstSegment *segment, guint64 start)
{
  if (stream->segment.format == GST_FORMAT_UNDEFINED)
    gst_segment_copy_into (segment, &stream->segment);
  stream->is_edited |= segment->start != stream->segment.start || segment->stop != stream->segment.stop ||
                       segment->time != stream->segment.time || start < segment->start;
}

static void
note_buffer (Stream *stream, GstPad *pad, GstBuffer *buffer, const GstSegment *segment)
{
  guint64 start = GST_BUFFER_PTS_IS_VALID (buffer) ? GST_BUFFER_PTS (buffer) : GST_BUFFER_DTS (buffer);
  guint64 end = start + (GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : usual_duration (pad));
  gint64 time = stream->by_clock ? (gint64) start : signed_stream_time (segment, start);

  if (stream->times != NULL && stream->times->len < MAX_PICTURES)
    g_array_append_val (stream->times, time);
  if (!stream->by_clock)
    note_edits (stream, segment, start);
  stream->origin = MIN (stream->origin, segment->start);
  if (GST_CLOCK_TIME_IS_VALID (segment->stop))
    end = MIN (end, segment->stop);
  if (!stream->by_clock)
    end = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, end);
  if (GST_CLOCK_TIME_IS_VALID (end))
    stream->end = MAX (stream->end, end);
}

static gboolean
goes_too_far (Stream *stream)
{
  return stream->end > FURTHEST + (stream->by_clock ? stream->origin : 0);
}

/* A file may go on for days after it has said that it ends: it is not followed there. */
static GstPadProbeReturn
on_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Stream *stream = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;

  if (event == NULL || !GST_CLOCK_TIME_IS_VALID (GST_BUFFER_DTS_OR_PTS (buffer)))
    return GST_PAD_PROBE_OK;

  gst_event_parse_segment (event, &segment);
  note_buffer (stream, pad, buffer, segment);
  if (!goes_too_far (stream))
    return GST_PAD_PROBE_OK;

  gst_element_post_message (stream->pipeline, gst_message_new_eos (GST_OBJECT (stream->pipeline)));
  return GST_PAD_PROBE_REMOVE;
}

/* Matroska marks the track that is to be played; MP4 those that are not. */
static GstPadProbeReturn
on_stream_start (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Stream *stream = user_data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstStreamFlags flags;

  if (GST_EVENT_TYPE (event) != GST_EVENT_STREAM_START || stream->track == NULL)
    return GST_PAD_PROBE_OK;
  gst_event_parse_stream_flags (event, &flags);
  stream->track->is_default = (flags & GST_STREAM_FLAG_SELECT) != 0;
  stream->track->is_disabled = (flags & GST_STREAM_FLAG_UNSELECT) != 0;
  return GST_PAD_PROBE_OK;
}

/* (transfer none) (nullable): what is to be noted of @pad. */
static Stream *
find_stream (Measuring *self, GstPad *pad)
{
  for (guint i = 0; i < self->streams->len; i++)
    {
      Stream *stream = g_ptr_array_index (self->streams, i);

      if (dub_gst_pad_is (pad, stream->track != NULL ? stream->track->id : self->source->video_id))
        return stream;
    }
  return NULL;
}

static void
on_pad (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  Measuring *self = user_data;
  Stream *stream = find_stream (self, pad);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (sink, "sink");

  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  gst_element_sync_state_with_parent (sink);
  if (stream != NULL)
    {
      gst_pad_add_probe (sink_pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_stream_start, stream, NULL);
      gst_pad_add_probe (sink_pad, GST_PAD_PROBE_TYPE_BUFFER, on_buffer, stream, NULL);
    }
  gst_pad_link (pad, sink_pad);
}

/* Streams are taken as the file holds them: only what holds other streams is looked into. */
static gboolean
on_autoplug_continue (GstElement *decoder, GstPad *pad, GstCaps *caps, gpointer user_data)
{
  GList *demuxers =
      gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DEMUXER, GST_RANK_MARGINAL);
  GList *fitting = gst_element_factory_list_filter (demuxers, caps, GST_PAD_SINK, FALSE);
  gboolean is_container = fitting != NULL;

  gst_plugin_feature_list_free (fitting);
  gst_plugin_feature_list_free (demuxers);
  return is_container;
}

static void
add_stream (Measuring *self, DubTrack *track, GArray *times)
{
  Stream *stream = g_new0 (Stream, 1);

  stream->pipeline = self->pipeline;
  stream->track = track;
  stream->times = times;
  stream->origin = GST_CLOCK_TIME_NONE;
  gst_segment_init (&stream->segment, GST_FORMAT_UNDEFINED);
  stream->by_clock = !self->source->keeps_decoding_times;
  g_ptr_array_add (self->streams, stream);
}

static void
add_streams (Measuring *self)
{
  self->streams = g_ptr_array_new_with_free_func (g_free);
  g_array_set_size (self->source->times, 0);
  add_stream (self, NULL, self->source->times);
  for (guint i = 0; i < self->source->tracks->len; i++)
    add_stream (self, g_ptr_array_index (self->source->tracks, i), NULL);
}

static gboolean
build (Measuring *self, GError **error)
{
  GstElement *file, *demuxer;

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  add_streams (self);
  file = dub_gst_add (self->pipeline, "filesrc", error);
  demuxer = file != NULL ? dub_gst_add (self->pipeline, "decodebin", error) : NULL;
  if (demuxer == NULL)
    return FALSE;

  g_object_set (file, "location", self->source->path, NULL);
  g_signal_connect (demuxer, "autoplug-continue", G_CALLBACK (on_autoplug_continue), NULL);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (on_pad), self);
  return dub_gst_link (file, demuxer, error);
}

static gboolean
check_whole (DubSource *source, GError **error)
{
  g_autofree char *found_text = dub_format_duration (source->duration / GST_MSECOND);
  g_autofree char *stated_text = dub_format_duration (source->stated / GST_MSECOND);

  if (source->duration > 0 && source->duration + ROUGHLY >= source->stated)
    return TRUE;

  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
               /* Translators: two durations, like 0:12 and 0:42. */
               _("Only %s of the %s of this video can be read: it is damaged, or was not copied to its end. "
                  "Export or copy it again, then dub that."),
               found_text, stated_text);
  return FALSE;
}

/* The word of the file holds where it is roughly true: whoever wanted this dub was told by it that there can be one. */
static gboolean
check_duration (DubSource *source, GError **error)
{
  gboolean is_roughly_true = ABS (GST_CLOCK_DIFF (source->stated, source->duration)) <= (GstClockTimeDiff) ROUGHLY;
  GstClockTime duration = is_roughly_true ? source->stated : source->duration;

  return dub_video_limits_check ((gint64) gst_util_uint64_scale_round (duration, 1, GST_MSECOND), error);
}

/* The earliest that GStreamer took for the start, of all streams. */
static GstClockTime
find_origin (Measuring *self)
{
  GstClockTime origin = GST_CLOCK_TIME_NONE;

  for (guint i = 0; i < self->streams->len; i++)
    origin = MIN (origin, ((Stream *) g_ptr_array_index (self->streams, i))->origin);
  return GST_CLOCK_TIME_IS_VALID (origin) ? origin : 0;
}

/* From the file's clock to the video's. */
static void
move_to_start (Stream *stream, GstClockTime origin)
{
  stream->end -= MIN (origin, stream->end);
  for (guint i = 0; stream->times != NULL && i < stream->times->len; i++)
    g_array_index (stream->times, gint64, i) -= (gint64) origin;
}

/* What is stored, but not shown, cannot be left out of a copy: the others are made from it. */
static void
take_picture (DubSource *source, Stream *stream)
{
  source->picture_end = stream->end;
  if (stream->is_edited)
    source->copyable = FALSE;
}

static void
take_ends (Measuring *self)
{
  GstClockTime origin = find_origin (self);

  for (guint i = 0; i < self->streams->len; i++)
    {
      Stream *stream = g_ptr_array_index (self->streams, i);

      if (stream->by_clock)
        {
          move_to_start (stream, origin);
          self->source->origin = origin;
        }
      if (stream->track != NULL)
        stream->track->end = stream->end;
      else
        take_picture (self->source, stream);
    }
}

static void
take_measures (Measuring *self)
{
  DubSource *source = self->source;
  DubTrack *track;

  take_ends (self);
  track = dub_track_choose (source->tracks, source->understands, source->understands_data);
  g_free (source->audio_id);
  source->audio_id = track != NULL ? g_strdup (track->id) : NULL;
  source->sound_end = track != NULL ? track->end : 0;
  source->sound_is_aac = track != NULL && track->is_aac;
  source->duration = source->picture_end;
  if (source->sound_end > source->picture_end + LAST_PACKET)
    source->duration = source->sound_end;
}

static void
measuring_clear (Measuring *self)
{
  g_clear_pointer (&self->pipeline, gst_object_unref);
  g_clear_pointer (&self->streams, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Measuring, measuring_clear)

/**
 * dub_measure:
 * @source: a video; gets its duration, the times of its pictures, and the sound to dub
 *
 * A file that was cut off, or written without an index, states another duration than it has. Blocks for the
 * time that reading the file takes.
 *
 * Returns: whether @source can be read to its end, and is neither too short nor too long
 */
gboolean
dub_measure (DubSource *source, DubProgress *progress, GError **error)
{
  g_auto (Measuring) measuring = { .source = source };

  if (!build (&measuring, error) || !dub_gst_run (measuring.pipeline, 0, progress, error))
    return FALSE;

  take_measures (&measuring);
  if (source->duration <= FURTHEST && !check_whole (source, error))
    return FALSE;
  return check_duration (source, error);
}
