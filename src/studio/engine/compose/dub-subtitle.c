/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-subtitle.h"

#include <gst/video/video.h>
#include "dub-subtitle-box.h"

struct _DubSubtitle
{
  DubScript *script;
  const DubLanguage *language;
  GstVideoInfo picture;
  int drawn_index;
  GstVideoOverlayComposition *drawn;
};

static void
forget_drawn (DubSubtitle *self)
{
  g_clear_pointer (&self->drawn, gst_video_overlay_composition_unref);
  self->drawn_index = -1;
}

/* Luma and colour differences (ITU-R BT.601; only emoji have colours at all), in the picture's range: GStreamer's blending
 * leaves these as they are, where of RGB it makes the narrow range, whatever that of the picture is, and anew for each one. */
static void
to_ayuv (const DubSubtitleBox *box, gboolean full_range, guint8 *ayuv)
{
  double luma = full_range ? 1 : 219.0 / 255, base = full_range ? 0 : 16, colour = full_range ? 1 : 224.0 / 255;

  for (int row = 0; row < box->height; row++)
    for (int column = 0; column < box->width; column++, ayuv += 4)
      {
        guint32 pixel = ((const guint32 *) (gconstpointer) (box->pixels + (gsize) row * box->stride))[column];
        double r = (pixel >> 16) & 0xff, g = (pixel >> 8) & 0xff, b = pixel & 0xff;
        double y = 0.299 * r + 0.587 * g + 0.114 * b;

        ayuv[0] = 0xff;
        ayuv[1] = (guint8) (base + luma * y + 0.5);
        ayuv[2] = (guint8) (128.5 + colour * (b - y) / 1.772);
        ayuv[3] = (guint8) (128.5 + colour * (r - y) / 1.402);
      }
}

static GstBuffer *
make_pixels (DubSubtitle *self, const DubSubtitleBox *box)
{
  gsize size = (gsize) box->width * box->height * 4;
  guint8 *ayuv = g_malloc (size);
  GstBuffer *pixels;

  to_ayuv (box, self->picture.colorimetry.range == GST_VIDEO_COLOR_RANGE_0_255, ayuv);
  pixels = gst_buffer_new_wrapped (ayuv, size);
  gst_buffer_add_video_meta (pixels, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_YUV, box->width,
                             box->height);
  return pixels;
}

static GstVideoOverlayComposition *
compose (DubSubtitle *self, const char *text)
{
  const GstVideoInfo *info = &self->picture;
  DubSubtitlePicture picture = { info->width, info->height, (double) info->par_n / MAX (info->par_d, 1) };
  g_autoptr (DubSubtitleBox) box = dub_subtitle_box_new (text, dub_language_get_code (self->language), &picture);
  g_autoptr (GstBuffer) pixels = make_pixels (self, box);
  GstVideoOverlayRectangle *rectangle = gst_video_overlay_rectangle_new_raw (
      pixels, box->x, box->y, box->width, box->height, GST_VIDEO_OVERLAY_FORMAT_FLAG_NONE);
  GstVideoOverlayComposition *composition = gst_video_overlay_composition_new (rectangle);

  gst_video_overlay_rectangle_unref (rectangle);
  return composition;
}

static int
find_segment (DubSubtitle *self, double position_ms)
{
  int index = dub_script_find (self->script, position_ms);

  if (index < 0 || position_ms >= dub_segment_get_end (dub_script_get_segment (self->script, index)))
    return -1;
  return index;
}

/* On the thread of the picture; the box is the same for all pictures of a segment. */
static GstVideoOverlayComposition *
on_draw (GstElement *overlay, GstSample *sample, gpointer user_data)
{
  DubSubtitle *self = user_data;
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  guint64 time =
      gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  int index = GST_CLOCK_TIME_IS_VALID (time) ? find_segment (self, (double) time / GST_MSECOND) : -1;

  if (index < 0)
    return NULL;
  if (index != self->drawn_index)
    {
      forget_drawn (self);
      self->drawn = compose (self, dub_segment_get_text (dub_script_get_segment (self->script, index)));
      self->drawn_index = index;
    }
  return gst_video_overlay_composition_ref (self->drawn);
}

static void
on_caps (GstElement *overlay, GstCaps *caps, guint window_width, guint window_height, gpointer user_data)
{
  DubSubtitle *self = user_data;

  forget_drawn (self);
  gst_video_info_from_caps (&self->picture, caps);
}

/**
 * dub_subtitle_check:
 * @script: what is to be written
 * @language: that it is in
 * @error: return location; %DUB_STUDIO_ERROR_MISSING, which names the package to install
 *
 * Without a font, boxes or nothing would be drawn.
 *
 * Returns: whether the installed fonts can write it all
 */
gboolean
dub_subtitle_check (DubScript *script, const DubLanguage *language, GError **error)
{
  for (guint i = 0; i < dub_script_get_length (script); i++)
    if (!dub_subtitle_box_check (dub_segment_get_text (dub_script_get_segment (script, i)),
                                 dub_language_get_code (language), error))
      return FALSE;
  return TRUE;
}

/**
 * dub_subtitle_new:
 * @overlay: an element “overlaycomposition” that does not run yet
 * @script: what is written, as dub_subtitle_lines_new() has it
 * @language: that it is in
 *
 * Draws the script on the pictures that come through @overlay.
 *
 * Returns: (transfer full): the subtitles; to be freed after @overlay has stopped
 */
DubSubtitle *
dub_subtitle_new (GstElement *overlay, DubScript *script, const DubLanguage *language)
{
  DubSubtitle *self = g_new0 (DubSubtitle, 1);

  self->script = g_object_ref (script);
  self->language = language;
  self->drawn_index = -1;
  g_signal_connect (overlay, "caps-changed", G_CALLBACK (on_caps), self);
  g_signal_connect (overlay, "draw", G_CALLBACK (on_draw), self);
  return self;
}

/**
 * dub_subtitle_free:
 * @self: (transfer full): a subtitle
 */
void
dub_subtitle_free (DubSubtitle *self)
{
  forget_drawn (self);
  g_object_unref (self->script);
  g_free (self);
}
