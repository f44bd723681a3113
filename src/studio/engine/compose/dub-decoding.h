/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Gives pictures that are copied the times at which they are decoded, which an MP4 has and Matroska has not. */
typedef struct _DubDecoding DubDecoding;

/* @entry: what the pictures come into, not yet running; @times: those of all pictures, see dub-times.h. */
DubDecoding *dub_decoding_new  (GstElement  *entry,
                                GArray      *times);
/* After the pipeline has stopped. */
void         dub_decoding_free (DubDecoding *self);

G_END_DECLS
