/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-source.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <gst/pbutils/pbutils.h>
#include <gst/video/video.h>
#include "dub-decoders.h"
#include "dub-job.h"

#define PROBE_TIMEOUT (15 * GST_SECOND)
/* Whatever a file says of the shape of its pixels. */
#define MAX_SEEN_SIZE 32768.0

/**
 * dub_source_free:
 * @self: (transfer full): a source
 */
void
dub_source_free (DubSource *self)
{
  g_free (self->path);
  g_free (self->video_id);
  g_ptr_array_unref (self->tracks);
  g_array_unref (self->times);
  g_free (self->audio_id);
  g_free (self);
}

static gboolean
is_kind_of (GstDiscovererStreamInfo *info, const char *media_type)
{
  g_autoptr (GstCaps) caps = info != NULL ? gst_discoverer_stream_info_get_caps (info) : NULL;

  if (caps == NULL || gst_caps_is_empty (caps) || gst_caps_is_any (caps))
    return FALSE;
  return gst_structure_has_name (gst_caps_get_structure (caps, 0), media_type);
}

static gboolean
is_aac (GstDiscovererStreamInfo *info)
{
  g_autoptr (GstCaps) caps = gst_discoverer_stream_info_get_caps (info);
  int version;

  return is_kind_of (info, "audio/mpeg") &&
         gst_structure_get_int (gst_caps_get_structure (caps, 0), "mpegversion", &version) && version != 1;
}

/* A cover is a picture as well. What is coded as a JPEG may be one, or a video of them. */
static gboolean
is_moving (GstDiscovererVideoInfo *info)
{
  return !gst_discoverer_video_info_is_image (info) && !is_kind_of (GST_DISCOVERER_STREAM_INFO (info), "image/png");
}

static GstDiscovererVideoInfo *
find_picture (GstDiscovererInfo *info)
{
  GList *streams = gst_discoverer_info_get_video_streams (info);
  GstDiscovererVideoInfo *found = NULL;

  for (GList *l = streams; l != NULL && found == NULL; l = l->next)
    if (is_moving (l->data))
      found = g_object_ref (l->data);
  gst_discoverer_stream_info_list_free (streams);
  return found;
}

static void
take_tracks (DubSource *self, GstDiscovererInfo *info)
{
  GList *streams = gst_discoverer_info_get_audio_streams (info);

  for (GList *l = streams; l != NULL; l = l->next)
    {
      const char *language = gst_discoverer_audio_info_get_language (l->data);

      DubTrack *track = dub_track_new (gst_discoverer_stream_info_get_stream_id (l->data), language);

      track->is_aac = is_aac (l->data);
      g_ptr_array_add (self->tracks, track);
    }
  gst_discoverer_stream_info_list_free (streams);
}

static gboolean
lies_on_its_side (GstDiscovererStreamInfo *stream)
{
  const GstTagList *tags = gst_discoverer_stream_info_get_tags (stream);
  GstVideoOrientationMethod method = GST_VIDEO_ORIENTATION_IDENTITY;

  if (tags == NULL || !gst_video_orientation_from_tag ((GstTagList *) tags, &method))
    return FALSE;
  return method == GST_VIDEO_ORIENTATION_90R || method == GST_VIDEO_ORIENTATION_90L ||
         method == GST_VIDEO_ORIENTATION_UL_LR || method == GST_VIDEO_ORIENTATION_UR_LL;
}

static void
take_seen_size (DubSource *self, GstDiscovererVideoInfo *video)
{
  double n = gst_discoverer_video_info_get_par_num (video);
  double d = gst_discoverer_video_info_get_par_denom (video);
  double width = self->width * (n > 0 && d > 0 ? n / d : 1);
  gboolean on_its_side = lies_on_its_side (GST_DISCOVERER_STREAM_INFO (video));

  self->seen_width = CLAMP (on_its_side ? self->height : width, 1, MAX_SEEN_SIZE);
  self->seen_height = CLAMP (on_its_side ? width : self->height, 1, MAX_SEEN_SIZE);
}

static void
take_picture (DubSource *self, GstDiscovererInfo *info, GstDiscovererVideoInfo *video)
{
  GstDiscovererStreamInfo *stream = GST_DISCOVERER_STREAM_INFO (video);
  g_autoptr (GstDiscovererStreamInfo) top = gst_discoverer_info_get_stream_info (info);

  self->video_id = g_strdup (gst_discoverer_stream_info_get_stream_id (stream));
  self->width = gst_discoverer_video_info_get_width (video);
  self->height = gst_discoverer_video_info_get_height (video);
  take_seen_size (self, video);
  self->is_hevc = is_kind_of (stream, "video/x-h265");
  self->keeps_decoding_times = is_kind_of (top, "video/quicktime");
  /* Others (AVI, MPEG) divide a stream otherwise than an MP4 does, and have their own idea of its times. */
  self->copyable = (self->is_hevc || is_kind_of (stream, "video/x-h264")) &&
                   (self->keeps_decoding_times || is_kind_of (top, "video/x-matroska"));
}

static gboolean
take_state (const char *path, guint64 *size, gint64 *changed)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
                         G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GDateTime) time = info != NULL ? g_file_info_get_modification_date_time (info) : NULL;

  if (time == NULL)
    return FALSE;
  *size = g_file_info_get_size (info);
  *changed = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
  return TRUE;
}

/* What a parser has read says all that must be known: a decoder would only take time, and of large pictures a lot. */
static gboolean
on_autoplug_continue (GstElement *decoder, GstPad *pad, GstCaps *caps, gpointer user_data)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  gboolean parsed = FALSE, framed = FALSE;

  gst_structure_get_boolean (structure, "parsed", &parsed);
  gst_structure_get_boolean (structure, "framed", &framed);
  return !parsed && !framed;
}

/* The discoverer hands out its decoder by no other way. */
static void
on_source_setup (GstDiscoverer *discoverer, GstElement *source, gpointer user_data)
{
  g_autoptr (GstObject) decoder = gst_object_get_parent (GST_OBJECT (source));

  if (decoder != NULL && g_signal_lookup ("autoplug-continue", G_OBJECT_TYPE (decoder)) != 0)
    g_signal_connect (decoder, "autoplug-continue", G_CALLBACK (on_autoplug_continue), NULL);
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
  g_signal_connect (discoverer, "source-setup", G_CALLBACK (on_source_setup), NULL);
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
 * @understands: (nullable): by which languages the sound to dub is chosen; as long as the source is
 *
 * Blocks for at most 15 seconds.
 *
 * Returns: (transfer full) (nullable): what there is to dub, or %NULL with %DUB_STUDIO_ERROR_UNSUITABLE
 */
DubSource *
dub_source_open (const char *path, DubUnderstands understands, gpointer user_data, GError **error)
{
  guint64 size = 0;
  gint64 changed = 0;
  /* Before it is looked at: what is seen afterwards may be another file. */
  gboolean has_state = take_state (path, &size, &changed);
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
  self->size = has_state ? size : 0;
  self->changed = has_state ? changed : 0;
  self->understands = understands;
  self->understands_data = user_data;
  self->origin = GST_CLOCK_TIME_NONE;
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_track_free);
  if (GST_CLOCK_TIME_IS_VALID (gst_discoverer_info_get_duration (info)))
    self->stated = gst_discoverer_info_get_duration (info);
  take_picture (self, info, video);
  take_tracks (self, info);
  return self;
}

/**
 * dub_source_check_unchanged:
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * Where a file is cut while it is read, that is its end for whoever reads it, and no error.
 *
 * Returns: whether the file is as it was when it was opened
 */
gboolean
dub_source_check_unchanged (DubSource *self, GError **error)
{
  guint64 size;
  gint64 changed;

  if (!take_state (self->path, &size, &changed))
    g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                         _("The video went away while it was being dubbed. Put the file back where it was, then dub again."));
  else if (size != self->size || changed != self->changed)
    g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                         _("The video was changed while it was being dubbed. Leave the file as it is until the dub is ready, "
                            "then dub again."));
  else
    return TRUE;
  return FALSE;
}
