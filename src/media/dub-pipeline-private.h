/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Starts GStreamer if nobody did; any thread. */
gboolean    dub_pipeline_init           (GError **error);
/* A playbin for @uri with these sinks and a filter that keeps the pitch at other speeds. @audio_sink_factory NULL:
 * nothing is heard, but time goes on as if. @video_sink: (out) (transfer none). (transfer full) */
GstElement *dub_pipeline_new            (const char  *uri,
                                         const char  *video_sink_factory,
                                         const char  *audio_sink_factory,
                                         GstElement **video_sink,
                                         GError     **error);
/* Whether @error, reported by @source, is about the way to the loudspeaker, not about the video. */
gboolean    dub_pipeline_is_sound_error (GstElement   *pipeline,
                                         GstObject    *source,
                                         const GError *error);
/* Whether a demuxer came to rest without having found a single stream; any thread. decodebin loses the error of one that
 * is quicker than itself. */
gboolean    dub_pipeline_found_nothing  (GstElement *pipeline);

G_END_DECLS
