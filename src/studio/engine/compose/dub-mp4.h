/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>
#include "dub-pcm.h"

G_BEGIN_DECLS

/* The end of a pipeline that writes an MP4. (transfer none) (nullable): the muxer. */
GstElement *dub_mp4_add         (GstElement    *pipeline,
                                 const char    *output,
                                 GError       **error);
/* @sound, spoken in @language, must outlive @pipeline. */
gboolean    dub_mp4_add_sound   (GstElement    *pipeline,
                                 GstElement    *mux,
                                 const DubPcm  *sound,
                                 const char    *language,
                                 GError       **error);
/* @coded gives the picture as it goes into the file; @timescale: ticks a second in which its times are written. */
gboolean    dub_mp4_add_picture (GstElement    *mux,
                                 GstElement    *coded,
                                 guint          timescale,
                                 GError       **error);
/* @raw gives the picture as pixels. */
gboolean    dub_mp4_add_encoder (GstElement    *pipeline,
                                 GstElement    *mux,
                                 GstElement    *raw,
                                 guint          timescale,
                                 GError       **error);

G_END_DECLS
