/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-source.h"

G_BEGIN_DECLS

/* Gives pictures the times that their file, or GStreamer, leaves open. */
typedef struct _DubRetiming DubRetiming;

/* Both: @entry is what the pictures of @source come into by dub_gst_add_stream(), not yet running. */
DubRetiming *dub_retiming_new_for_copy   (GstElement  *entry,
                                          DubSource   *source);
DubRetiming *dub_retiming_new_for_pixels (GstElement  *entry,
                                          DubSource   *source);
/* After the pipeline has stopped. */
void         dub_retiming_free           (DubRetiming *self);

G_END_DECLS
