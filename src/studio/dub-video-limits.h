/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-script.h"

G_BEGIN_DECLS

/* What the service documentation says of a video's duration ("Create tasks"), for both halves of the studio. All
 * durations are in milliseconds, rounded; one that is not known is 0, and is let pass. */
#define DUB_VIDEO_MIN_DURATION_MS 1000
#define DUB_VIDEO_MAX_DURATION_MS (600 * 1000)

gboolean dub_video_limits_hold          (gint64       duration_ms);
gboolean dub_video_limits_check         (gint64       duration_ms,
                                         GError     **error);
int      dub_video_limits_late_segment  (DubScript   *script,
                                         gint64       duration_ms);
gboolean dub_video_limits_check_script  (DubScript   *script,
                                         gint64       duration_ms,
                                         GError     **error);

G_END_DECLS
