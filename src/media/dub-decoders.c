/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-decoders.h"

static void
on_deep_element_added (GstBin     *bin,
                       GstBin     *parent,
                       GstElement *element)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "direct-rendering") != NULL)
    g_object_set (element, "direct-rendering", FALSE, NULL);
}

/**
 * dub_decoders_tame:
 * @bin: what holds decoders, or will
 *
 * With its own picture buffers gst-libav (1.26) aborts the process (“video meta uses 368x640 instead of 360x640”), one
 * time in twenty, after a seek among others, where the width is no multiple of 16.
 */
void
dub_decoders_tame (GstElement *bin)
{
  g_signal_connect (bin, "deep-element-added", G_CALLBACK (on_deep_element_added), NULL);
}

/* The discoverer hands out its pipeline by no other way. */
static void
on_source_setup (GstDiscoverer *discoverer,
                 GstElement    *source)
{
  g_autoptr (GstObject) decoder = gst_object_get_parent (GST_OBJECT (source));
  g_autoptr (GstObject) pipeline = decoder != NULL ? gst_object_get_parent (decoder) : NULL;

  if (pipeline != NULL && GST_IS_BIN (pipeline))
    dub_decoders_tame (GST_ELEMENT (pipeline));
}

/**
 * dub_decoders_tame_in_discoverer:
 * @discoverer: a discoverer that has not begun
 *
 * As dub_decoders_tame(), for each pipeline that it makes.
 */
void
dub_decoders_tame_in_discoverer (GstDiscoverer *discoverer)
{
  g_signal_connect (discoverer, "source-setup", G_CALLBACK (on_source_setup), NULL);
}
