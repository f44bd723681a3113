/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-retiming.h"

#include "dub-times.h"

struct _DubRetiming
{
  GArray *order;
  gint64 origin;
  gint64 end;
  gint64 delay;
  gboolean adds_decoding;
  gint64 first_decoding;
  guint next;
};

static DubRetiming *
new_retiming (GstElement *entry, DubSource *source, GstPadProbeType types, GstPadProbeCallback on_data)
{
  DubRetiming *self = g_new0 (DubRetiming, 1);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (entry, "sink");

  self->order = dub_times_in_order (source->times);
  self->origin = GST_CLOCK_TIME_IS_VALID (source->origin) ? (gint64) source->origin : 0;
  self->end = (gint64) source->picture_end;
  gst_pad_add_probe (pad, types, on_data, self, NULL);
  return self;
}

/**
 * dub_retiming_free:
 * @self: (transfer full): a retiming
 */
void
dub_retiming_free (DubRetiming *self)
{
  g_array_unref (self->order);
  g_free (self);
}

/* A picture may be decoded before the start of the video, but GStreamer has no negative times: all of them, and the start,
 * are moved by the delay. */
static GstEvent *
move_start (DubRetiming *self, GstEvent *event)
{
  GstSegment segment;
  GstEvent *moved;

  gst_event_copy_segment (event, &segment);
  segment.start += self->delay;
  segment.position += self->delay;
  if (GST_CLOCK_TIME_IS_VALID (segment.stop))
    segment.stop += self->delay;
  moved = gst_event_new_segment (&segment);
  gst_event_set_seqnum (moved, gst_event_get_seqnum (event));
  gst_event_unref (event);
  return moved;
}

/* One picture is decoded whenever one is shown. */
static void
add_decoding (DubRetiming *self, GstBuffer *buffer)
{
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    GST_BUFFER_PTS (buffer) += self->delay;
  GST_BUFFER_DTS (buffer) = MAX (g_array_index (self->order, gint64, self->next) + self->origin, 0);
}

/* To the muxer, a stream is as long as its pictures take to be decoded; what is shown after that would be left out. */
static void
last_until_end (DubRetiming *self, GstBuffer *buffer)
{
  gint64 shown = self->end - g_array_index (self->order, gint64, 0);
  gint64 rest = shown - ((gint64) GST_BUFFER_DTS (buffer) - self->first_decoding);

  if (rest > 0 && (!GST_BUFFER_DURATION_IS_VALID (buffer) || (gint64) GST_BUFFER_DURATION (buffer) < rest))
    GST_BUFFER_DURATION (buffer) = rest;
}

/* What has no place in the order is left as it is: the file is another one now, which is found later. */
static GstBuffer *
retime_copied (DubRetiming *self, GstBuffer *buffer)
{
  if (self->next >= self->order->len)
    return buffer;

  buffer = gst_buffer_make_writable (buffer);
  if (self->adds_decoding)
    add_decoding (self, buffer);
  if (self->next == 0)
    self->first_decoding = (gint64) GST_BUFFER_DTS (buffer);
  if (++self->next == self->order->len && GST_BUFFER_DTS_IS_VALID (buffer))
    last_until_end (self, buffer);
  return buffer;
}

static GstPadProbeReturn
on_copied (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  DubRetiming *self = user_data;

  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0)
    info->data = retime_copied (self, info->data);
  else if (self->adds_decoding && GST_EVENT_TYPE (info->data) == GST_EVENT_SEGMENT)
    info->data = move_start (self, info->data);
  return GST_PAD_PROBE_OK;
}

/**
 * dub_retiming_new_for_copy:
 * @entry: what coded pictures come into by dub_gst_add_stream(); not running yet
 * @source: measured
 *
 * Gives them the times at which they are decoded, which an MP4 has and Matroska has not, and sees to it that the last one is
 * shown.
 *
 * Returns: (transfer full): to be freed after the pipeline has stopped
 */
DubRetiming *
dub_retiming_new_for_copy (GstElement *entry, DubSource *source)
{
  DubRetiming *self =
      new_retiming (entry, source, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_copied);

  self->adds_decoding = !source->keeps_decoding_times;
  self->delay = dub_times_get_delay (source->times);
  return self;
}

/* When the picture is shown that comes in the @index-th place; the end of the last one behind it. */
static gint64
shown_at (DubRetiming *self, guint index)
{
  return self->origin + (index < self->order->len ? g_array_index (self->order, gint64, index) : self->end);
}

static GstPadProbeReturn
on_pixels (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  DubRetiming *self = user_data;
  GstBuffer *buffer = info->data;
  gint64 until = shown_at (self, self->next + 1);

  if (self->next < self->order->len && (!GST_BUFFER_PTS_IS_VALID (buffer) || !GST_BUFFER_DURATION_IS_VALID (buffer)))
    {
      info->data = buffer = gst_buffer_make_writable (buffer);
      if (!GST_BUFFER_PTS_IS_VALID (buffer))
        GST_BUFFER_PTS (buffer) = MAX (shown_at (self, self->next), 0);
      if (until > (gint64) GST_BUFFER_PTS (buffer))
        GST_BUFFER_DURATION (buffer) = until - (gint64) GST_BUFFER_PTS (buffer);
    }
  self->next++;
  return GST_PAD_PROBE_OK;
}

/**
 * dub_retiming_new_for_pixels:
 * @entry: what decoded pictures come into by dub_gst_add_stream(); not running yet
 * @source: measured
 *
 * Files that know only when pictures are decoded (MPEG-4 in Matroska, from the days of AVI) lose their times in a decoder:
 * the pictures are shown one by one, when one is decoded.
 *
 * Returns: (transfer full): to be freed after the pipeline has stopped
 */
DubRetiming *
dub_retiming_new_for_pixels (GstElement *entry, DubSource *source)
{
  return new_retiming (entry, source, GST_PAD_PROBE_TYPE_BUFFER, on_pixels);
}
