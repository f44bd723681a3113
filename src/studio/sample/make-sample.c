/* SPDX-License-Identifier: GPL-3.0-or-later */

/* dubroom-make-sample OUTPUT.mp4: makes the advertisement that the first start offers to dub. Run when Dubroom is
 * built; all of it is drawn, spoken and played here, so that nobody else has rights to it. */

#include <gst/app/app.h>
#include <locale.h>
#include "dub-gst.h"
#include "dub-mp4.h"
#include "dub-sample.h"

typedef struct
{
  guint n_drawn;
} Drawing;

static GstBuffer *
draw_frame (guint index)
{
  int stride = cairo_format_stride_for_width (CAIRO_FORMAT_RGB24, DUB_SAMPLE_WIDTH);
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, (gsize) stride * DUB_SAMPLE_HEIGHT, NULL);
  cairo_surface_t *surface;
  GstMapInfo pixels;
  cairo_t *cr;

  gst_buffer_map (buffer, &pixels, GST_MAP_WRITE);
  surface = cairo_image_surface_create_for_data (pixels.data, CAIRO_FORMAT_RGB24, DUB_SAMPLE_WIDTH,
                                                 DUB_SAMPLE_HEIGHT, stride);
  cr = cairo_create (surface);
  dub_sample_draw (cr, (double) index / DUB_SAMPLE_FPS);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  gst_buffer_unmap (buffer, &pixels);

  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (index, GST_SECOND, DUB_SAMPLE_FPS);
  GST_BUFFER_DURATION (buffer) =
      gst_util_uint64_scale (index + 1, GST_SECOND, DUB_SAMPLE_FPS) - GST_BUFFER_PTS (buffer);
  return buffer;
}

static void
on_need_data (GstAppSrc *src, guint length, gpointer user_data)
{
  Drawing *drawing = user_data;

  if (drawing->n_drawn < DUB_SAMPLE_N_FRAMES)
    gst_app_src_push_buffer (src, draw_frame (drawing->n_drawn++));
  else
    gst_app_src_end_of_stream (src);
}

static gboolean
add_picture (GstElement *pipeline, GstElement *mux, Drawing *drawing, GError **error)
{
  GstElement *src = dub_gst_add (pipeline, "appsrc", error);
  GstElement *convert = src != NULL ? dub_gst_add (pipeline, "videoconvert", error) : NULL;
  GstAppSrcCallbacks callbacks = { .need_data = on_need_data };
  g_autoptr (GstCaps) caps = gst_caps_new_simple (
      "video/x-raw", "format", G_TYPE_STRING, G_BYTE_ORDER == G_LITTLE_ENDIAN ? "BGRx" : "xRGB", "width",
      G_TYPE_INT, DUB_SAMPLE_WIDTH, "height", G_TYPE_INT, DUB_SAMPLE_HEIGHT, "framerate", GST_TYPE_FRACTION,
      DUB_SAMPLE_FPS, 1, NULL);

  if (convert == NULL)
    return FALSE;
  g_object_set (src, "caps", caps, "format", GST_FORMAT_TIME, NULL);
  gst_app_src_set_callbacks (GST_APP_SRC (src), &callbacks, drawing, NULL);
  return dub_gst_link (src, convert, error) && dub_mp4_add_encoder (pipeline, mux, convert, DUB_SAMPLE_FPS * 1000, error);
}

static void
ignore_progress (const char *stage, double fraction, gpointer user_data)
{
}

static gboolean
make (const char *output, GError **error)
{
  g_autoptr (DubPcm) sound = dub_sample_sound (error);
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  g_autoptr (DubProgress) progress = dub_progress_new (ignore_progress, NULL);
  GstElement *mux = sound != NULL ? dub_mp4_add (pipeline, output, error) : NULL;
  Drawing drawing = { 0 };

  return mux != NULL && add_picture (pipeline, mux, &drawing, error) &&
         dub_mp4_add_sound (pipeline, mux, sound, "en", error) && dub_gst_run (pipeline, 0, progress, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  gst_init (&argc, &argv);
  if (argc != 2)
    {
      g_printerr ("usage: dubroom-make-sample OUTPUT.mp4\n");
      return 2;
    }
  if (make (argv[1], &error))
    return 0;
  g_printerr ("dubroom-make-sample: %s\n", error->message);
  return 1;
}
