/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-source.h"

#include <glib/gi18n-lib.h>
#include <gst/pbutils/pbutils.h>
#include "dub-decoders.h"
#include "dub-job.h"

#define PROBE_TIMEOUT (15 * GST_SECOND)

/**
 * dub_source_free:
 * @self: (transfer full): a source
 */
void
dub_source_free (DubSource *self)
{
  g_free (self->path);
  g_free (self->video_id);
  g_free (self->audio_id);
  g_free (self);
}

static GstDiscovererVideoInfo *
find_picture (GstDiscovererInfo *info)
{
  GList *streams = gst_discoverer_info_get_video_streams (info);
  GstDiscovererVideoInfo *found = NULL;

  for (GList *l = streams; l != NULL && found == NULL; l = l->next)
    if (!gst_discoverer_video_info_is_image (l->data))
      found = g_object_ref (l->data);
  gst_discoverer_stream_info_list_free (streams);
  return found;
}

static int
audio_preference (GstDiscovererStreamInfo *info)
{
  const char *language = gst_discoverer_audio_info_get_language (GST_DISCOVERER_AUDIO_INFO (info));
  gboolean english = language != NULL && g_ascii_strncasecmp (language, "en", 2) == 0;

  return english ? 1 : 0;
}

/* English is what can be recognised: where a file has several languages, that one; else the first. */
static char *
find_sound (GstDiscovererInfo *info)
{
  GList *streams = gst_discoverer_info_get_audio_streams (info);
  GstDiscovererStreamInfo *best = NULL;
  char *id = NULL;

  for (GList *l = streams; l != NULL; l = l->next)
    if (best == NULL || audio_preference (l->data) > audio_preference (best))
      best = l->data;
  if (best != NULL)
    id = g_strdup (gst_discoverer_stream_info_get_stream_id (best));
  gst_discoverer_stream_info_list_free (streams);
  return id;
}

static gboolean
is_kind_of (GstDiscovererStreamInfo *info, const char *media_type)
{
  g_autoptr (GstCaps) caps = info != NULL ? gst_discoverer_stream_info_get_caps (info) : NULL;

  if (caps == NULL || gst_caps_is_empty (caps) || gst_caps_is_any (caps))
    return FALSE;
  return gst_structure_has_name (gst_caps_get_structure (caps, 0), media_type);
}

static void
take_picture (DubSource *self, GstDiscovererInfo *info, GstDiscovererVideoInfo *video)
{
  GstDiscovererStreamInfo *stream = GST_DISCOVERER_STREAM_INFO (video);
  g_autoptr (GstDiscovererStreamInfo) top = gst_discoverer_info_get_stream_info (info);

  self->video_id = g_strdup (gst_discoverer_stream_info_get_stream_id (stream));
  self->width = gst_discoverer_video_info_get_width (video);
  self->height = gst_discoverer_video_info_get_height (video);
  self->is_hevc = is_kind_of (stream, "video/x-h265");
  self->copyable = self->is_hevc || is_kind_of (stream, "video/x-h264");
  self->keeps_decoding_times = is_kind_of (top, "video/quicktime");
}

static GstDiscovererInfo *
discover (const char *path, GError **error)
{
  g_autofree char *uri = gst_filename_to_uri (path, error);
  g_autoptr (GstDiscoverer) discoverer = uri != NULL ? gst_discoverer_new (PROBE_TIMEOUT, error) : NULL;
  g_autoptr (GError) reported = NULL;
  GstDiscovererInfo *info;

  if (discoverer == NULL)
    return NULL;

  dub_decoders_tame_in_discoverer (discoverer);
  info = gst_discoverer_discover_uri (discoverer, uri, &reported);
  if (info != NULL && gst_discoverer_info_get_stream_info (info) != NULL)
    return info;

  g_clear_object (&info);
  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
               /* Translators: what GStreamer reported, in its own words. */
               _("This file cannot be read as a video (%s). Export it again as MP4 (H.264), then dub that."),
               reported != NULL ? reported->message : _("unknown kind"));
  return NULL;
}

/**
 * dub_source_open:
 * @path: a local file
 *
 * Blocks for at most 15 seconds.
 *
 * Returns: (transfer full) (nullable): what there is to dub, or %NULL with %DUB_STUDIO_ERROR_UNSUITABLE
 */
DubSource *
dub_source_open (const char *path, GError **error)
{
  g_autoptr (GstDiscovererInfo) info = discover (path, error);
  g_autoptr (GstDiscovererVideoInfo) video = NULL;
  DubSource *self;

  if (info == NULL)
    return NULL;
  video = find_picture (info);
  if (video == NULL)
    {
      g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
                           _("This file has no moving picture. Choose a video."));
      return NULL;
    }

  self = g_new0 (DubSource, 1);
  self->path = g_strdup (path);
  if (GST_CLOCK_TIME_IS_VALID (gst_discoverer_info_get_duration (info)))
    self->stated = gst_discoverer_info_get_duration (info);
  take_picture (self, info, video);
  self->audio_id = find_sound (info);
  return self;
}
