/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include "dub-language.h"
#include "dub-segment-pair.h"

G_BEGIN_DECLS

#define DUB_TYPE_SEGMENT_ROW (dub_segment_row_get_type ())
G_DECLARE_FINAL_TYPE (DubSegmentRow, dub_segment_row, DUB, SEGMENT_ROW, GtkWidget)

/* A segment: number, times, original beside translation; as a card, one above the other, where it is narrow. */
GtkWidget *dub_segment_row_new          (void);
/* NULL: for the next one. */
void       dub_segment_row_set_pair     (DubSegmentRow     *self,
                                         DubSegmentPair    *pair);
void       dub_segment_row_set_narrow   (DubSegmentRow     *self,
                                         gboolean           narrow);
/* Whether there is a column for originals, and the language of the translation, for its letters' shapes. */
void       dub_segment_row_set_columns  (DubSegmentRow     *self,
                                         gboolean           with_original,
                                         const DubLanguage *language);
void       dub_segment_row_join         (DubSegmentRow     *self,
                                         GtkSizeGroup      *numbers,
                                         GtkSizeGroup      *times);
/* What is read out: times and texts. (transfer full) */
char      *dub_segment_row_describe     (DubSegmentPair    *pair);

G_END_DECLS
