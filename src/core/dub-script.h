/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-segment.h"

G_BEGIN_DECLS

#define DUB_TYPE_SCRIPT (dub_script_get_type ())
G_DECLARE_FINAL_TYPE (DubScript, dub_script, DUB, SCRIPT, GObject)

/* The segments of one language of one video: a GListModel of DubSegment, in order of their start. */
DubScript  *dub_script_new         (void);
/* Adds a segment, at its place by its start. */
void        dub_script_append      (DubScript  *self,
                                    const char *text,
                                    double      start_ms,
                                    double      end_ms);
/* The same; transfer none. */
void        dub_script_add_segment (DubScript *self,
                                    DubSegment *segment);
guint       dub_script_get_length  (DubScript *self);
/* transfer none */
DubSegment *dub_script_get_segment (DubScript *self,
                                    guint      index);
/* The segment spoken at @position_ms, or the last one before it; -1 before the first. */
int         dub_script_find        (DubScript *self,
                                    double     position_ms);
gboolean    dub_script_equal       (DubScript *a,
                                    DubScript *b);
/* The rules of the service documentation (`scripts`): at least one segment, no empty text, start >= 0, end > start,
 * end <= duration (not checked where @duration_ms is 0). The error names the segment (1-based). */
gboolean    dub_script_check       (DubScript *self,
                                    gint64     duration_ms,
                                    GError   **error);

G_END_DECLS
