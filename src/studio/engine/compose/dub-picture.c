/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-picture.h"

#include <glib/gi18n-lib.h>
#include "dub-gst.h"
#include "dub-job.h"
#include "dub-mp4.h"
#include "dub-retiming.h"
#include "dub-subtitle.h"
#include "dub-times.h"

#define QUEUED_PICTURES 3
#define SMALLEST_PICTURE 16

struct _DubPicture
{
  GstElement *entry;
  DubSubtitle *subtitle;
  DubRetiming *retiming;
};

/**
 * dub_picture_free:
 * @self: (transfer full): a picture
 */
void
dub_picture_free (DubPicture *self)
{
  g_clear_pointer (&self->subtitle, dub_subtitle_free);
  g_clear_pointer (&self->retiming, dub_retiming_free);
  g_free (self);
}

/* Adds elements one after the other, from self->entry on. (transfer none) (nullable): the last one. */
static GstElement *
add_chain (DubPicture *self, GstElement *pipeline, const char *const *factories, GError **error)
{
  GstElement *last = NULL;

  for (guint i = 0; factories[i] != NULL; i++)
    {
      GstElement *element = dub_gst_add (pipeline, factories[i], error);

      if (element == NULL || (last != NULL && !dub_gst_link (last, element, error)))
        return NULL;
      if (last == NULL)
        self->entry = element;
      last = element;
    }
  return last;
}

/* Covers are no part of the dub: the muxer would write them as a picture beside the moving one. */
static GstPadProbeReturn
on_event (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstTagList *tags;

  if (GST_EVENT_TYPE (event) != GST_EVENT_TAG)
    return GST_PAD_PROBE_OK;
  gst_event_parse_tag (event, &tags);
  tags = gst_tag_list_copy (tags);
  gst_tag_list_remove_tag (tags, GST_TAG_IMAGE);
  gst_tag_list_remove_tag (tags, GST_TAG_PREVIEW_IMAGE);
  info->data = gst_event_new_tag (tags);
  gst_event_unref (event);
  return GST_PAD_PROBE_OK;
}

static void
leave_covers (DubPicture *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->entry, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_event, NULL, NULL);
}

static gboolean
add_copy (DubPicture *self, GstElement *pipeline, GstElement *mux, DubSource *source, GError **error)
{
  const char *const chain[] = { "queue", NULL };
  const char *caps = source->is_hevc ? "video/x-h265,stream-format=(string){hvc1,hev1}"
                                     : "video/x-h264,stream-format=(string){avc,avc3}";
  GstElement *last = add_chain (self, pipeline, chain, error);

  if (last == NULL || !dub_mp4_add_picture (mux, last, dub_times_find_timescale (source->times), error) ||
      !dub_gst_add_stream (pipeline, source, source->video_id, caps, self->entry, error))
    return FALSE;
  self->retiming = dub_retiming_new_for_copy (self->entry, source);
  return TRUE;
}

/* Raw pictures are large: by the default, a queue takes a second of them. */
static void
limit_queue (GstElement *queue)
{
  g_object_set (queue, "max-size-buffers", QUEUED_PICTURES, "max-size-bytes", 0, "max-size-time", (guint64) 0, NULL);
}

/* H.264 with halved colour knows no odd sizes: one row or column of pixels is left out. */
static GstElement *
add_crop (DubPicture *self, GstElement *pipeline, DubSource *source, GError **error)
{
  const char *const chain[] = { "queue", "videocrop", NULL };
  GstElement *crop = add_chain (self, pipeline, chain, error);

  if (crop == NULL)
    return NULL;
  limit_queue (self->entry);
  g_object_set (crop, "right", source->width % 2, "bottom", source->height % 2, NULL);
  return crop;
}

static GstElement *
add_subtitle (DubPicture *self,
              GstElement *pipeline,
              DubScript *subtitles,
              const DubLanguage *language,
              GError **error)
{
  GstElement *overlay = dub_gst_add (pipeline, "overlaycomposition", error);

  if (overlay != NULL)
    self->subtitle = dub_subtitle_new (overlay, subtitles, language);
  return overlay;
}

/* The least that all encoders take. */
static gboolean
check_size (DubSource *source, GError **error)
{
  if (MIN (source->width, source->height) >= SMALLEST_PICTURE)
    return TRUE;
  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
               /* Translators: width and height of a picture, in pixels; then the least of both. */
               _("The picture of this video is too small to be dubbed (%d × %d pixels). Choose one of at least %d pixels "
                  "in width and height."),
               source->width, source->height, SMALLEST_PICTURE);
  return FALSE;
}

/* Upright first: subtitles are drawn on the picture as it is seen. What the encoder takes is made at once, so that nothing
 * behind it has more to carry than that. */
static GstElement *
add_upright (DubPicture *self, GstElement *pipeline, DubSource *source, GError **error)
{
  GstElement *crop = add_crop (self, pipeline, source, error);
  GstElement *convert = crop != NULL ? dub_gst_add (pipeline, "videoconvert", error) : NULL;
  GstElement *flip = convert != NULL ? dub_gst_add (pipeline, "videoflip", error) : NULL;
  g_autoptr (GstCaps) caps = gst_caps_from_string ("video/x-raw,format=I420");

  if (flip == NULL || !dub_gst_link (crop, convert, error))
    return NULL;
  gst_util_set_object_arg (G_OBJECT (flip), "video-direction", "auto");
  if (gst_element_link_filtered (convert, flip, caps))
    return flip;
  dub_gst_set_link_error (error);
  return NULL;
}

static gboolean
add_encode (DubPicture *self,
            GstElement *pipeline,
            GstElement *mux,
            DubSource *source,
            DubScript *subtitles,
            const DubLanguage *language,
            GError **error)
{
  GstElement *upright, *drawn, *queue;

  if (!check_size (source, error))
    return FALSE;
  drawn = upright = add_upright (self, pipeline, source, error);
  if (upright != NULL && subtitles != NULL)
    drawn = add_subtitle (self, pipeline, subtitles, language, error);
  queue = drawn != NULL ? dub_gst_add (pipeline, "queue", error) : NULL;
  if (queue == NULL)
    return FALSE;

  limit_queue (queue);
  if ((drawn != upright && !dub_gst_link (upright, drawn, error)) || !dub_gst_link (drawn, queue, error) ||
      !dub_mp4_add_encoder (pipeline, mux, queue, dub_times_find_timescale (source->times), error) ||
      !dub_gst_add_stream (pipeline, source, source->video_id, "video/x-raw(ANY)", self->entry, error))
    return FALSE;
  self->retiming = dub_retiming_new_for_pixels (self->entry, source);
  return TRUE;
}

/**
 * dub_picture_add:
 * @mux: its pad "video_0" is taken
 * @subtitles: (nullable): what to draw on the picture
 *
 * Returns: (transfer full) (nullable): the branch; the picture is copied where it can be, and encoded else
 */
DubPicture *
dub_picture_add (GstElement *pipeline,
                 GstElement *mux,
                 DubSource *source,
                 DubScript *subtitles,
                 const DubLanguage *language,
                 GError **error)
{
  g_autoptr (DubPicture) self = g_new0 (DubPicture, 1);
  gboolean added;

  if (subtitles == NULL && source->copyable)
    added = add_copy (self, pipeline, mux, source, error);
  else
    added = add_encode (self, pipeline, mux, source, subtitles, language, error);
  if (!added)
    return NULL;
  leave_covers (self);
  return g_steal_pointer (&self);
}
