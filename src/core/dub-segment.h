/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-remarks.h"

G_BEGIN_DECLS

#define DUB_TYPE_SEGMENT (dub_segment_get_type ())
G_DECLARE_FINAL_TYPE (DubSegment, dub_segment, DUB, SEGMENT, GObject)

/* A text with the time in which it is spoken. Times are milliseconds from the start of the video,
 * as doubles, as the service has them. Properties: text (string), start (double), end (double). Whoever made it may
 * have remarks on it (the built-in studio has); they are no part of what it is. */
DubSegment *dub_segment_new       (const char *text,
                                   double      start_ms,
                                   double      end_ms);
const char *dub_segment_get_text  (DubSegment *self);
double      dub_segment_get_start (DubSegment *self);
double      dub_segment_get_end   (DubSegment *self);
/* (nullable) (transfer none) */
const DubRemarks *dub_segment_get_remarks (DubSegment *self);
/* (transfer full). To be called by whoever made the segment, before anybody else has it. */
void        dub_segment_set_remarks (DubSegment *self,
                                     DubRemarks *remarks);
gboolean    dub_segment_equal     (DubSegment *a,
                                   DubSegment *b);

G_END_DECLS
