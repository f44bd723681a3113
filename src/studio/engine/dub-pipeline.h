/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>
#include "dub-progress.h"

G_BEGIN_DECLS

/* (transfer none) (nullable): a new element of @pipeline; the error names the package to install. */
GstElement *dub_pipeline_add  (GstElement   *pipeline,
                               const char   *factory,
                               GError      **error);
/* (transfer none) (nullable): the first of @factories (NULL-terminated) that is installed, or an error for the first. */
GstElement *dub_pipeline_add_first (GstElement         *pipeline,
                                    const char *const  *factories,
                                    GError            **error);
gboolean    dub_pipeline_link (GstElement   *from,
                               GstElement   *to,
                               GError      **error);
/* Plays to the end on the calling thread, then sets it to NULL. */
gboolean    dub_pipeline_run  (GstElement   *pipeline,
                               GstClockTime  duration,
                               DubProgress  *progress,
                               GError      **error);

G_END_DECLS
