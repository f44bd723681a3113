/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-probe.h"

#include <gst/gst.h>
#include <gst/pbutils/pbutils.h>
#include <string.h>

#include "dub-decoders.h"
#include "dub-demux-check-private.h"
#include "dub-media-error-private.h"
#include "dub-pipeline-private.h"
#include "dub-sniff-private.h"

#define PROBE_LIMIT (15 * GST_SECOND)

/* "H.264 (High Profile)" → "H.264", "MPEG-4 AAC" → "AAC": profiles mean nothing to the person. */
static char *
describe_codec (GstDiscovererStreamInfo *stream)
{
  g_autoptr (GstCaps) caps = gst_discoverer_stream_info_get_caps (stream);
  g_autofree char *description = NULL;
  char *detail;

  if (caps == NULL || !gst_caps_is_fixed (caps))
    return NULL;
  description = gst_pb_utils_get_codec_description (caps);
  if (description == NULL)
    return NULL;
  if (g_str_has_suffix (description, "(MP3)"))
    return g_strdup ("MP3");
  if (strstr (description, "PCM") != NULL)
    return g_strdup ("PCM");
  detail = strstr (description, " (");
  if (detail != NULL)
    *detail = '\0';
  if (g_str_has_suffix (description, " AAC"))
    return g_strdup ("AAC");
  return g_steal_pointer (&description);
}

static gboolean
is_turned (GstDiscovererStreamInfo *stream)
{
  const GstTagList *tags = gst_discoverer_stream_info_get_tags (stream);
  g_autofree char *orientation = NULL;

  if (tags == NULL || !gst_tag_list_get_string (tags, GST_TAG_IMAGE_ORIENTATION, &orientation))
    return FALSE;
  return g_str_has_suffix (orientation, "rotate-90") || g_str_has_suffix (orientation, "rotate-270");
}

static void
take_video (DubMediaInfo           *info,
            GstDiscovererVideoInfo *video)
{
  guint width = gst_discoverer_video_info_get_width (video);
  guint height = gst_discoverer_video_info_get_height (video);
  guint par_n = gst_discoverer_video_info_get_par_num (video);
  guint par_d = gst_discoverer_video_info_get_par_denom (video);
  gboolean turned = is_turned (GST_DISCOVERER_STREAM_INFO (video));

  if (par_n > 0 && par_d > 0)
    width = (guint) gst_util_uint64_scale_int_round (width, (gint) par_n, (gint) par_d);
  info->has_video = TRUE;
  info->width = (int) (turned ? height : width);
  info->height = (int) (turned ? width : height);
  info->video_codec = describe_codec (GST_DISCOVERER_STREAM_INFO (video));
}

static void
take_streams (DubMediaInfo      *info,
              GstDiscovererInfo *found)
{
  GList *videos = gst_discoverer_info_get_video_streams (found);
  GList *audios = gst_discoverer_info_get_audio_streams (found);

  for (GList *l = videos; l != NULL && !info->has_video; l = l->next)
    if (!gst_discoverer_video_info_is_image (l->data))
      take_video (info, l->data);
  if (audios != NULL)
    {
      info->has_audio = TRUE;
      info->audio_codec = describe_codec (audios->data);
    }
  gst_discoverer_stream_info_list_free (videos);
  gst_discoverer_stream_info_list_free (audios);
}

/* By the bytes where they speak of a video, as a server would label them; else what GStreamer calls the container. */
static gboolean
is_media_type (const char *type)
{
  return type != NULL && (g_str_has_prefix (type, "video/") || g_str_has_prefix (type, "audio/"));
}

static char *
container_type (GstDiscovererInfo *found)
{
  g_autoptr (GstDiscovererStreamInfo) stream = gst_discoverer_info_get_stream_info (found);
  g_autoptr (GstCaps) caps = stream != NULL ? gst_discoverer_stream_info_get_caps (stream) : NULL;
  const GstStructure *structure;
  const char *name;

  if (caps == NULL || gst_caps_is_empty (caps) || gst_caps_is_any (caps))
    return NULL;
  structure = gst_caps_get_structure (caps, 0);
  name = gst_structure_get_name (structure);
  if (g_str_equal (name, "video/quicktime"))
    return g_strdup (g_strcmp0 (gst_structure_get_string (structure, "variant"), "apple") == 0 ? "video/quicktime" : "video/mp4");
  if (g_str_equal (name, "video/mpegts"))
    return g_strdup ("video/mp2t");
  return g_strdup (name);
}

static GError *
missing_codec (GstDiscovererInfo *found,
               const char        *uri)
{
  const char **details = gst_discoverer_info_get_missing_elements_installer_details (found);

  for (guint i = 0; details != NULL && details[i] != NULL; i++)
    {
      g_auto (GStrv) fields = NULL;

      if (!dub_media_error_concerns_us (details[i]))
        continue;
      fields = g_strsplit (details[i], "|", -1);
      return dub_media_error_missing (fields[3], uri);
    }
  return NULL;
}

static GError *
check_result (GstDiscovererInfo *found,
              const GError      *reason,
              const char        *uri)
{
  switch (gst_discoverer_info_get_result (found))
    {
    case GST_DISCOVERER_OK:
      return NULL;
    case GST_DISCOVERER_MISSING_PLUGINS:
      return missing_codec (found, uri);
    case GST_DISCOVERER_TIMEOUT:
      return dub_media_error_timed_out (uri);
    case GST_DISCOVERER_URI_INVALID:
    case GST_DISCOVERER_ERROR:
    case GST_DISCOVERER_BUSY:
    default:
      return dub_media_error_from_gst (reason, uri);
    }
}

static DubMediaInfo *
discover (const char  *uri,
          DubSniff    *sniff,
          GError     **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GstDiscoverer) discoverer = NULL;
  g_autoptr (GstDiscovererInfo) found = NULL;
  g_autoptr (DubMediaInfo) info = dub_media_info_new ();

  discoverer = gst_discoverer_new (PROBE_LIMIT, &reason);
  if (discoverer != NULL)
    dub_decoders_tame_in_discoverer (discoverer);
  if (discoverer != NULL)
    found = gst_discoverer_discover_uri (discoverer, uri, &reason);
  problem = found != NULL ? check_result (found, reason, uri) : dub_media_error_from_gst (reason, uri);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  take_streams (info, found);
  info->size = sniff->size;
  info->duration_ms = gst_discoverer_info_get_duration (found) == GST_CLOCK_TIME_NONE
                        ? 0
                        : (gint64) ((gst_discoverer_info_get_duration (found) + GST_MSECOND / 2) / GST_MSECOND);
  info->content_type = is_media_type (sniff->content_type) ? g_steal_pointer (&sniff->content_type) : container_type (found);
  if (!info->has_video && !info->has_audio)
    {
      g_autoptr (GError) nothing = g_error_new_literal (GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE, "");
      g_propagate_error (error, dub_media_error_from_gst (nothing, uri));
      return NULL;
    }
  return g_steal_pointer (&info);
}

/**
 * dub_probe:
 * @uri: address of a video, `file:` or `http(s):`
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a %DUB_MEDIA_ERROR or %G_IO_ERROR_CANCELLED
 *
 * As dub_probe_async(), but blocks: for a worker thread, or a process that does nothing else.
 *
 * Returns: (transfer full): what was found, or %NULL
 */
DubMediaInfo *
dub_probe (const char    *uri,
           GCancellable  *cancellable,
           GError       **error)
{
  gboolean local = g_ascii_strncasecmp (uri, "file:", 5) == 0;
  g_auto (DubSniff) sniff = { NULL, 0 };

  if (!dub_pipeline_init (error))
    return NULL;
  if (local && (!dub_sniff_file (uri, &sniff, error) || !dub_demux_check (uri, cancellable, error)))
    return NULL;
  return discover (uri, &sniff, error);
}

static void
probe_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GError *error = NULL;
  DubMediaInfo *info = dub_probe (task_data, cancellable, &error);

  if (info != NULL)
    g_task_return_pointer (task, info, (GDestroyNotify) dub_media_info_free);
  else
    g_task_return_error (task, error);
}

/**
 * dub_probe_async:
 * @uri: address of a video, `file:` or `http(s):`
 * @cancellable: (nullable): a #GCancellable; cancelling answers at once
 * @callback: called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Finds out what a video is: kind, duration in ms, size in bytes, picture as shown, codecs. On a worker thread, it takes
 * at most 20 s: 5 for opening the container of a local file, 15 for what is in it.
 */
void
dub_probe_async (const char          *uri,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (uri != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_probe_async);
  g_task_set_task_data (task, g_strdup (uri), g_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, probe_in_thread);
}

/**
 * dub_probe_finish:
 * @result: the result given to the callback
 * @error: return location for a %DUB_MEDIA_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what was found, or %NULL
 */
DubMediaInfo *
dub_probe_finish (GAsyncResult  *result,
                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
