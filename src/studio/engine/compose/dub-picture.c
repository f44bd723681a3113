/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-picture.h"

#include "dub-decoding.h"
#include "dub-gst.h"
#include "dub-mp4.h"
#include "dub-subtitle.h"
#include "dub-times.h"

struct _DubPicture
{
  GstElement *entry;
  DubSubtitle *subtitle;
  DubDecoding *decoding;
};

/**
 * dub_picture_free:
 * @self: (transfer full): a picture
 */
void
dub_picture_free (DubPicture *self)
{
  g_clear_pointer (&self->subtitle, dub_subtitle_free);
  g_clear_pointer (&self->decoding, dub_decoding_free);
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

/* MP4's own packets come with their times; to Matroska's, the one at which they are decoded is added. */
static gboolean
add_copy (DubPicture *self, GstElement *pipeline, GstElement *mux, DubSource *source, GError **error)
{
  const char *const chain[] = { "queue", NULL };
  const char *caps = source->is_hevc ? "video/x-h265,stream-format=(string){hvc1,hev1}"
                                     : "video/x-h264,stream-format=(string){avc,avc3}";
  GstElement *last = add_chain (self, pipeline, chain, error);

  if (last == NULL)
    return FALSE;
  if (!source->keeps_decoding_times)
    self->decoding = dub_decoding_new (self->entry, source->times);
  return dub_mp4_add_picture (mux, last, dub_times_find_timescale (source->times), error) &&
         dub_gst_add_stream (pipeline, source->path, source->video_id, caps, self->entry, error);
}

/* H.264 with halved colour knows no odd sizes: one row or column of pixels is left out. */
static GstElement *
add_crop (DubPicture *self, GstElement *pipeline, DubSource *source, GError **error)
{
  const char *const chain[] = { "queue", "videocrop", NULL };
  GstElement *crop = add_chain (self, pipeline, chain, error);

  if (crop != NULL)
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

/* Upright first: subtitles are drawn on the picture as it is seen. */
static gboolean
add_encode (DubPicture *self,
            GstElement *pipeline,
            GstElement *mux,
            DubSource *source,
            DubScript *subtitles,
            const DubLanguage *language,
            GError **error)
{
  GstElement *crop = add_crop (self, pipeline, source, error);
  GstElement *convert = crop != NULL ? dub_gst_add (pipeline, "videoconvert", error) : NULL;
  GstElement *flip = convert != NULL ? dub_gst_add (pipeline, "videoflip", error) : NULL;
  GstElement *drawn = flip;
  GstElement *again, *queue;

  if (flip != NULL && subtitles != NULL)
    drawn = add_subtitle (self, pipeline, subtitles, language, error);
  again = drawn != NULL ? dub_gst_add (pipeline, "videoconvert", error) : NULL;
  queue = again != NULL ? dub_gst_add (pipeline, "queue", error) : NULL;
  if (queue == NULL)
    return FALSE;

  gst_util_set_object_arg (G_OBJECT (flip), "video-direction", "auto");
  g_object_set (queue, "max-size-buffers", 8, "max-size-bytes", 0, "max-size-time", (guint64) 0, NULL);
  return dub_gst_link (crop, convert, error) && dub_gst_link (convert, flip, error) &&
         (drawn == flip || dub_gst_link (flip, drawn, error)) && dub_gst_link (drawn, again, error) &&
         dub_gst_link (again, queue, error) && dub_mp4_add_encoder (pipeline, mux, queue, dub_times_find_timescale (source->times), error) &&
         dub_gst_add_stream (pipeline, source->path, source->video_id, "video/x-raw(ANY)", self->entry, error);
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
  return added ? g_steal_pointer (&self) : NULL;
}
