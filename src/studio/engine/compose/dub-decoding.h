/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-source.h"

G_BEGIN_DECLS

/* Gives pictures that are copied the times at which they are decoded, which an MP4 has and Matroska has not. */
typedef struct _DubDecoding DubDecoding;

/* @entry: what the pictures of @source come into by dub_gst_add_stream(), not yet running. */
DubDecoding *dub_decoding_new  (GstElement  *entry,
                                DubSource   *source);
/* After the pipeline has stopped. */
void         dub_decoding_free (DubDecoding *self);

G_END_DECLS
