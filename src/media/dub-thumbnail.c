/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-thumbnail.h"

#include <glib/gi18n-lib.h>
#include <gst/app/app.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include "dub-decoders.h"
#include "dub-demux-check-private.h"
#include "dub-media-error-private.h"
#include "dub-pipeline-private.h"
#include "dub-sniff-private.h"

#define AT_ONCE 2
#define LIMIT_US (15 * G_USEC_PER_SEC)
#define SLICE (100 * GST_MSECOND)
#define NO_PICTURE "dub-no-picture"
#define LATEST (3 * GST_SECOND)

typedef struct
{
  char *uri;
  int   max_width;
  int   max_height;
} Request;

typedef struct
{
  GstElement   *pipeline;
  GstElement   *flip;
  GstElement   *sink;
  GCancellable *cancellable;
  const char   *uri;
  gint64        deadline;
} Shot;

static void
request_free (Request *request)
{
  g_free (request->uri);
  g_free (request);
}

/**
 * dub_thumbnail_free:
 * @self: (transfer full): a thumbnail
 */
void
dub_thumbnail_free (DubThumbnail *self)
{
  g_bytes_unref (self->pixels);
  g_free (self);
}

/* Runs on a streaming thread; only the first picture is linked. */
static void
on_pad_added (GstElement *decoder,
              GstPad     *pad,
              GstElement *flip)
{
  g_autoptr (GstPad) target = gst_element_get_static_pad (flip, "sink");
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  if (caps != NULL && gst_structure_has_name (gst_caps_get_structure (caps, 0), "video/x-raw") && !gst_pad_is_linked (target))
    gst_pad_link (pad, target);
}

static void
on_no_more_pads (GstElement *decoder,
                 GstElement *flip)
{
  g_autoptr (GstPad) target = gst_element_get_static_pad (flip, "sink");

  if (!gst_pad_is_linked (target))
    gst_element_post_message (decoder, gst_message_new_application (GST_OBJECT (decoder), gst_structure_new_empty (NO_PICTURE)));
}

/* What is no picture needs no decoder here: without one in the way, decodebin leaves it as it is. */
static gboolean
on_autoplug_continue (GstElement *decoder,
                      GstPad     *pad,
                      GstCaps    *caps)
{
  return !g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "audio/");
}

static GstElement *
add_element (GstBin      *bin,
             const char  *factory,
             const char  *uri,
             GError     **error)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (element == NULL)
    {
      g_propagate_error (error, dub_media_error_missing (factory, uri));
      return NULL;
    }
  gst_bin_add (bin, element);
  return element;
}

static gboolean
build (Shot           *shot,
       const Request  *request,
       GError        **error)
{
  g_autoptr (GstCaps) wanted = NULL;
  GstElement *decoder, *scale;

  shot->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  dub_decoders_tame (shot->pipeline);
  decoder = add_element (GST_BIN (shot->pipeline), "uridecodebin", shot->uri, error);
  shot->flip = decoder != NULL ? add_element (GST_BIN (shot->pipeline), "videoflip", shot->uri, error) : NULL;
  scale = shot->flip != NULL ? add_element (GST_BIN (shot->pipeline), "videoconvertscale", shot->uri, error) : NULL;
  shot->sink = scale != NULL ? add_element (GST_BIN (shot->pipeline), "appsink", shot->uri, error) : NULL;
  if (shot->sink == NULL)
    return FALSE;

  wanted = gst_caps_new_simple ("video/x-raw",
                                "format", G_TYPE_STRING, "RGBA",
                                "width", GST_TYPE_INT_RANGE, 1, request->max_width,
                                "height", GST_TYPE_INT_RANGE, 1, request->max_height,
                                "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1,
                                NULL);
  g_object_set (decoder, "uri", request->uri, NULL);
  g_object_set (shot->flip, "video-direction", GST_VIDEO_ORIENTATION_AUTO, NULL);
  g_object_set (shot->sink, "caps", wanted, "sync", FALSE, "max-buffers", 1, "enable-last-sample", FALSE, NULL);
  g_signal_connect (decoder, "autoplug-continue", G_CALLBACK (on_autoplug_continue), NULL);
  g_signal_connect_object (decoder, "pad-added", G_CALLBACK (on_pad_added), shot->flip, G_CONNECT_DEFAULT);
  g_signal_connect_object (decoder, "no-more-pads", G_CALLBACK (on_no_more_pads), shot->flip, G_CONNECT_DEFAULT);
  if (gst_element_link_many (shot->flip, scale, shot->sink, NULL))
    return TRUE;
  g_propagate_error (error, dub_media_error_from_gst (NULL, shot->uri));
  return FALSE;
}

static GError *
no_picture (Shot *shot)
{
  g_autofree char *name = dub_media_error_dup_subject (shot->uri);

  return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_MEDIA,
                      _("%s has no picture, only sound. Pick a video file, such as an MP4."), name);
}

static gboolean
handle_message (Shot        *shot,
                GstMessage  *message,
                gboolean    *done,
                GError     **error)
{
  g_autoptr (GError) reason = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ASYNC_DONE)
    {
      *done = TRUE;
      return TRUE;
    }
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_APPLICATION)
    {
      g_propagate_error (error, no_picture (shot));
      return FALSE;
    }
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &reason, NULL);
  g_propagate_error (error, dub_media_error_from_gst (reason, shot->uri));
  return FALSE;
}

/* Waits for the pipeline to have a picture; looks up between slices, so that cancelling works. */
static gboolean
await_picture (Shot    *shot,
               GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (shot->pipeline);
  gboolean done = FALSE;

  while (!done)
    {
      g_autoptr (GstMessage) message =
        gst_bus_timed_pop_filtered (bus, SLICE,
                                  GST_MESSAGE_ASYNC_DONE | GST_MESSAGE_APPLICATION | GST_MESSAGE_ERROR | GST_MESSAGE_EOS);

      if (g_cancellable_set_error_if_cancelled (shot->cancellable, error))
        return FALSE;
      if (message != NULL && !handle_message (shot, message, &done, error))
        return FALSE;
      if (message == NULL && dub_pipeline_found_nothing (shot->pipeline))
        {
          g_propagate_error (error, dub_media_error_damaged (shot->uri));
          return FALSE;
        }
      if (!done && g_get_monotonic_time () > shot->deadline)
        {
          g_propagate_error (error, dub_media_error_timed_out (shot->uri));
          return FALSE;
        }
    }
  return TRUE;
}

static DubThumbnail *
thumbnail_from_sample (GstSample *sample)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  DubThumbnail *self;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  self = g_new0 (DubThumbnail, 1);
  self->width = GST_VIDEO_FRAME_WIDTH (&frame);
  self->height = GST_VIDEO_FRAME_HEIGHT (&frame);
  self->stride = (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);
  self->pixels = g_bytes_new (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0), self->stride * (gsize) self->height);
  gst_video_frame_unmap (&frame);
  return self;
}

static DubThumbnail *
shoot (Shot    *shot,
       GError **error)
{
  g_autoptr (GstSample) sample = NULL;
  DubThumbnail *thumbnail = NULL;
  gint64 duration = 0;

  gst_element_set_state (shot->pipeline, GST_STATE_PAUSED);
  if (!await_picture (shot, error))
    return NULL;
  if (gst_element_query_duration (shot->pipeline, GST_FORMAT_TIME, &duration) && duration > 0 &&
      gst_element_seek_simple (shot->pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                               MIN (duration / 10, (gint64) LATEST)) &&
      !await_picture (shot, error))
    return NULL;

  sample = gst_app_sink_try_pull_preroll (GST_APP_SINK (shot->sink), 2 * GST_SECOND);
  if (sample != NULL)
    thumbnail = thumbnail_from_sample (sample);
  if (thumbnail == NULL)
    g_propagate_error (error, dub_media_error_damaged (shot->uri));
  return thumbnail;
}

static DubThumbnail *
take (const Request  *request,
      GCancellable   *cancellable,
      GError        **error)
{
  Shot shot = { .cancellable = cancellable, .uri = request->uri, .deadline = g_get_monotonic_time () + LIMIT_US };
  g_auto (DubSniff) sniff = { NULL, 0 };
  DubThumbnail *thumbnail = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !dub_pipeline_init (error))
    return NULL;
  if (g_ascii_strncasecmp (request->uri, "file:", 5) == 0 &&
      (!dub_sniff_file (request->uri, &sniff, error) || !dub_demux_check (request->uri, cancellable, error)))
    return NULL;
  if (build (&shot, request, error))
    thumbnail = shoot (&shot, error);
  gst_element_set_state (shot.pipeline, GST_STATE_NULL);
  gst_object_unref (shot.pipeline);
  return thumbnail;
}

static void
run_task (gpointer data,
          gpointer unused)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  DubThumbnail *thumbnail = take (g_task_get_task_data (task), g_task_get_cancellable (task), &error);

  if (thumbnail != NULL)
    g_task_return_pointer (task, thumbnail, (GDestroyNotify) dub_thumbnail_free);
  else
    g_task_return_error (task, error);
}

/* One for the process: the limit protects the machine, whoever asks. GTask's own threads would be used up by waiting. */
static GThreadPool *
shared_pool (void)
{
  static GThreadPool *pool = NULL;

  if (g_once_init_enter_pointer (&pool))
    g_once_init_leave_pointer (&pool, g_thread_pool_new (run_task, NULL, AT_ONCE, FALSE, NULL));
  return pool;
}

/**
 * dub_thumbnail_async:
 * @uri: address of a video
 * @max_width: in pixels, at least 1
 * @max_height: in pixels, at least 1
 * @cancellable: (nullable): a #GCancellable
 * @callback: called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Takes a picture of a video at a tenth of its duration, at most 3 s in. Two at a time are taken; once its turn has come
 * it takes at most 17 s: 15 for opening the video and finding the picture, 2 for getting hold of it.
 */
void
dub_thumbnail_async (const char          *uri,
                     int                  max_width,
                     int                  max_height,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (uri != NULL);
  g_return_if_fail (max_width > 0 && max_height > 0);

  request = g_new0 (Request, 1);
  request->uri = g_strdup (uri);
  request->max_width = max_width;
  request->max_height = max_height;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_thumbnail_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_thread_pool_push (shared_pool (), task, NULL);
}

/**
 * dub_thumbnail_finish:
 * @result: the result given to the callback
 * @error: return location for a %DUB_MEDIA_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the picture, or %NULL
 */
DubThumbnail *
dub_thumbnail_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
