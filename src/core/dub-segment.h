/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define DUB_TYPE_SEGMENT (dub_segment_get_type ())
G_DECLARE_FINAL_TYPE (DubSegment, dub_segment, DUB, SEGMENT, GObject)

/* A text with the time in which it is spoken. Times are milliseconds from the start of the video,
 * as doubles, as the service has them. Properties: text (string), start (double), end (double). */
DubSegment *dub_segment_new       (const char *text,
                                   double      start_ms,
                                   double      end_ms);
const char *dub_segment_get_text  (DubSegment *self);
double      dub_segment_get_start (DubSegment *self);
double      dub_segment_get_end   (DubSegment *self);
gboolean    dub_segment_equal     (DubSegment *a,
                                   DubSegment *b);

G_END_DECLS
