/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* A playbin3 for @uri with these sinks and a filter that keeps the pitch at other speeds. @audio_sink_factory NULL:
 * nothing is heard, but time goes on as if. @video_sink: (out) (transfer none). (transfer full) */
GstElement *dub_pipeline_new                (const char  *uri,
                                             const char  *video_sink_factory,
                                             const char  *audio_sink_factory,
                                             GstElement **video_sink,
                                             GError     **error);
/* Whether @error is about the way to the loudspeaker, not about the video. */
gboolean    dub_pipeline_is_sound_error     (const GError *error);

G_END_DECLS
