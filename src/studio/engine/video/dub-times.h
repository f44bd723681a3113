/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* The instants at which the pictures of a video are seen, in nanoseconds from its start, in the order in which they are
 * stored: (element-type gint64). One that is only there to decode others may have a negative one. */

/* The ticks a second, of those in use, on which all @times lie. */
guint   dub_times_find_timescale (GArray *times);
/* (transfer full) (element-type gint64): the earliest first. */
GArray *dub_times_in_order       (GArray *times);
/* How much earlier than one is shown one must be decoded. */
gint64  dub_times_get_delay      (GArray *times);

G_END_DECLS
