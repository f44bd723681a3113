/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>
#include "dub-progress.h"
#include "dub-source.h"

G_BEGIN_DECLS

/* (transfer none) (nullable): a new element of @pipeline; the error names the package to install. */
GstElement *dub_gst_add        (GstElement         *pipeline,
                                const char         *factory,
                                GError            **error);
/* (transfer none) (nullable): the first of @factories (NULL-terminated) that is installed, or an error for the first. */
GstElement *dub_gst_add_first  (GstElement         *pipeline,
                                const char *const  *factories,
                                GError            **error);
gboolean    dub_gst_link       (GstElement         *from,
                                GstElement         *to,
                                GError            **error);
/* For what is joined by other means; always FALSE. */
gboolean    dub_gst_set_link_error (GError        **error);
/* Reads @source and brings one stream of it, as far decoded as @caps say, to @entry. */
gboolean    dub_gst_add_stream (GstElement         *pipeline,
                                const DubSource    *source,
                                const char         *stream_id,
                                const char         *caps,
                                GstElement         *entry,
                                GError            **error);
/* Whether @pad carries the stream that GStreamer named @stream_id when the file was looked at. */
gboolean    dub_gst_pad_is     (GstPad             *pad,
                                const char         *stream_id);
/* Plays to the end on the calling thread, then sets it to NULL. */
gboolean    dub_gst_run        (GstElement         *pipeline,
                                GstClockTime        duration,
                                DubProgress        *progress,
                                GError            **error);

G_END_DECLS
