/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-script.h"

G_BEGIN_DECLS

#define DUB_TYPE_SEGMENT_PAIR (dub_segment_pair_get_type ())
G_DECLARE_FINAL_TYPE (DubSegmentPair, dub_segment_pair, DUB, SEGMENT_PAIR, GObject)

/* A segment of a dub with what is said there in the original. Properties: current (boolean): the playhead is in it. */
guint       dub_segment_pair_get_number      (DubSegmentPair *self);
double      dub_segment_pair_get_start       (DubSegmentPair *self);
double      dub_segment_pair_get_end         (DubSegmentPair *self);
const char *dub_segment_pair_get_original    (DubSegmentPair *self); /* NULL where nothing is known */
const char *dub_segment_pair_get_translation (DubSegmentPair *self);
/* The words of the original that may be wrong: (element-type DubTextRange), in order; characters of what is shown. */
GArray     *dub_segment_pair_get_doubts      (DubSegmentPair *self);
/* What whoever made the dub has to say of it; NULL for nothing. */
const DubRemarks *dub_segment_pair_get_remarks (DubSegmentPair *self);
gboolean    dub_segment_pair_get_current     (DubSegmentPair *self);
void        dub_segment_pair_set_current     (DubSegmentPair *self,
                                              gboolean        current);

/* All segments of @translated, of @original where that is NULL or empty. (transfer full) */
GListStore *dub_segment_pairs_new            (DubScript      *original,
                                              DubScript      *translated);

G_END_DECLS
