/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-decoding.h"

#include "dub-times.h"

struct _DubDecoding
{
  GArray *order;
  GstClockTime origin;
  GstClockTime delay;
  guint next;
};

/* A picture may be decoded before the start of the video, but GStreamer has no negative times: all of them, and the start,
 * are moved by the delay. */
static GstEvent *
move_start (DubDecoding *self, GstEvent *event)
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

/* What has no place in the order is left as it is: the file is another one now, which is found later. */
static GstBuffer *
add_time (DubDecoding *self, GstBuffer *buffer)
{
  buffer = gst_buffer_make_writable (buffer);
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    GST_BUFFER_PTS (buffer) += self->delay;
  if (self->next < self->order->len)
    GST_BUFFER_DTS (buffer) = MAX (g_array_index (self->order, gint64, self->next) + (gint64) self->origin, 0);
  self->next++;
  return buffer;
}

static GstPadProbeReturn
on_data (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  DubDecoding *self = user_data;

  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0)
    info->data = add_time (self, info->data);
  else if (GST_EVENT_TYPE (info->data) == GST_EVENT_SEGMENT)
    info->data = move_start (self, info->data);
  return GST_PAD_PROBE_OK;
}

/**
 * dub_decoding_new:
 * @entry: what the pictures come into by dub_gst_add_stream(); not running yet
 * @source: measured
 *
 * Returns: (transfer full): to be freed after the pipeline has stopped
 */
DubDecoding *
dub_decoding_new (GstElement *entry, DubSource *source)
{
  DubDecoding *self = g_new0 (DubDecoding, 1);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (entry, "sink");

  self->order = dub_times_make_decoding (source->times);
  self->delay = dub_times_get_delay (source->times);
  self->origin = GST_CLOCK_TIME_IS_VALID (source->origin) ? source->origin : 0;
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_data, self, NULL);
  return self;
}

/**
 * dub_decoding_free:
 * @self: (transfer full): what gives times
 */
void
dub_decoding_free (DubDecoding *self)
{
  g_array_unref (self->order);
  g_free (self);
}
