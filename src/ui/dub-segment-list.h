/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-language.h"
#include "dub-script.h"

G_BEGIN_DECLS

#define DUB_TYPE_SEGMENT_LIST (dub_segment_list_get_type ())
G_DECLARE_FINAL_TYPE (DubSegmentList, dub_segment_list, DUB, SEGMENT_LIST, AdwBin)

/* The script of a dub, to be read. Property narrow (boolean): cards instead of columns. Signal chosen (double): a click or
 * Enter on a segment, with its start in ms. */
void     dub_segment_list_set_scripts  (DubSegmentList    *self,
                                        DubScript         *original,
                                        DubScript         *translated,
                                        const DubLanguage *language);
/* Lights the segment at @position_ms and keeps it in view; -1: none. */
void     dub_segment_list_set_position (DubSegmentList    *self,
                                        gint64             position_ms);
/* The start of the segment before or after the one at @position_ms; FALSE where there is none. */
gboolean dub_segment_list_find_start   (DubSegmentList    *self,
                                        gint64             position_ms,
                                        gboolean           forward,
                                        gint64            *start_ms);

G_END_DECLS
