/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-test-video.h"

#include <gst/gst.h>

void
dub_test_run_pipeline (const char *description,
                       ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, description);
  line = g_strdup_vprintf (description, args);
  va_end (args);
  g_assert_true (gst_init_check (NULL, NULL, &error));
  pipeline = gst_parse_launch (line, &error);
  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

char *
dub_test_uri (const char *path)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  char *uri = g_filename_to_uri (full, NULL, NULL);

  g_assert_nonnull (uri);
  return uri;
}

char *
dub_test_make_video (const char *dir,
                     const char *name,
                     int         seconds)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  dub_test_run_pipeline ("videotestsrc pattern=ball num-buffers=%d ! video/x-raw,width=160,height=120,framerate=30/1 ! "
                         "vp8enc deadline=1 keyframe-max-dist=30 ! queue ! webmmux name=mux ! filesink location=\"%s\" "
                         "audiotestsrc num-buffers=%d samplesperbuffer=480 ! audio/x-raw,rate=48000,channels=1 ! "
                         "vorbisenc ! queue ! mux.",
                         seconds * 30, path, seconds * 100);
  return dub_test_uri (path);
}
