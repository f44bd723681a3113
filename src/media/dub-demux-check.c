/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-demux-check-private.h"

#include <gst/base/base.h>
#include <gst/gst.h>

#include "dub-media-error-private.h"

#define HEAD_BYTES 65536
#define SLICE (100 * GST_MSECOND)
#define SLICES 50
#define FOUND "dub-stream-found"

static GstCaps *
find_type (GFile *file)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autofree guint8 *head = g_malloc (HEAD_BYTES);
  gsize length = 0;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, HEAD_BYTES, &length, NULL, NULL))
    return NULL;
  return gst_type_find_helper_for_data (NULL, head, length, NULL);
}

static GstElement *
create_demuxer (GFile *file)
{
  g_autoptr (GstCaps) caps = find_type (file);
  GList *all, *fitting;
  GstElement *demuxer = NULL;

  if (caps == NULL)
    return NULL;
  all = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DEMUXER, GST_RANK_MARGINAL);
  fitting = gst_element_factory_list_filter (all, caps, GST_PAD_SINK, FALSE);
  fitting = g_list_sort (fitting, gst_plugin_feature_rank_compare_func);
  if (fitting != NULL)
    demuxer = gst_element_factory_create (fitting->data, NULL);
  gst_plugin_feature_list_free (fitting);
  gst_plugin_feature_list_free (all);
  return demuxer;
}

/* On a streaming thread. */
static void
on_pad_added (GstElement *demuxer)
{
  gst_element_post_message (demuxer, gst_message_new_application (GST_OBJECT (demuxer), gst_structure_new_empty (FOUND)));
}

static gboolean
await_stream (GstElement    *pipeline,
              const char    *uri,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  for (guint i = 0; i < SLICES; i++)
    {
      g_autoptr (GstMessage) message =
        gst_bus_timed_pop_filtered (bus, SLICE, GST_MESSAGE_APPLICATION | GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
      g_autoptr (GError) reason = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (message == NULL)
        continue;
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_APPLICATION)
        return TRUE;
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
        {
          g_propagate_error (error, dub_media_error_damaged (uri));
          return FALSE;
        }
      gst_message_parse_error (message, &reason, NULL);
      g_propagate_error (error, dub_media_error_from_gst (reason, uri));
      return FALSE;
    }
  /* Slow is not wrong: whoever comes next has a limit of their own. */
  return TRUE;
}

/* decodebin (1.26) and with it GstDiscoverer may lose the error of a demuxer that fails at once, and then wait in vain for
 * as long as they are allowed to. A demuxer alone does not. */
gboolean
dub_demux_check (const char    *uri,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GstElement) pipeline = NULL;
  GstElement *source, *demuxer = create_demuxer (file);
  gboolean good;

  if (demuxer == NULL || path == NULL)
    {
      gst_clear_object (&demuxer);
      return TRUE;
    }
  pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  source = gst_element_factory_make ("filesrc", NULL);
  g_object_set (source, "location", path, NULL);
  gst_bin_add_many (GST_BIN (pipeline), source, demuxer, NULL);
  gst_element_link (source, demuxer);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (on_pad_added), NULL);
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  good = await_stream (pipeline, uri, cancellable, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return good;
}
