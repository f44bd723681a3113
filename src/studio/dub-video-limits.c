/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-video-limits.h"

#include <glib/gi18n-lib.h>

#include "dub-job.h"

/* A duration is in whole milliseconds: a segment may end within the one that was cut off. */
#define TOLERANCE_MS 1

/**
 * dub_video_limits_hold:
 * @duration_ms: of a video
 *
 * Returns: whether a video of this duration can be dubbed
 */
gboolean
dub_video_limits_hold (gint64 duration_ms)
{
  return duration_ms <= 0
         || (duration_ms >= DUB_VIDEO_MIN_DURATION_MS && duration_ms <= DUB_VIDEO_MAX_DURATION_MS);
}

/**
 * dub_video_limits_check:
 * @duration_ms: of a video
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE
 *
 * Returns: whether a video of this duration can be dubbed
 */
gboolean
dub_video_limits_check (gint64   duration_ms,
                        GError **error)
{
  if (dub_video_limits_hold (duration_ms))
    return TRUE;

  g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
                       _("Only a video of 1 second to 10 minutes can be dubbed. Cut it to that length and try again."));
  return FALSE;
}

/**
 * dub_video_limits_late_segment:
 * @script: (nullable): what is to be spoken
 * @duration_ms: of its video
 *
 * Returns: the first segment, from 0, that ends after the video, or -1
 */
int
dub_video_limits_late_segment (DubScript *script,
                               gint64     duration_ms)
{
  if (script == NULL || duration_ms <= 0)
    return -1;

  for (guint i = 0; i < dub_script_get_length (script); i++)
    if (dub_segment_get_end (dub_script_get_segment (script, i)) > (double) (duration_ms + TOLERANCE_MS))
      return (int) i;
  return -1;
}

/**
 * dub_video_limits_check_script:
 * @script: (nullable): what is to be spoken
 * @duration_ms: of its video
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE
 *
 * Returns: whether @script ends with the video
 */
gboolean
dub_video_limits_check_script (DubScript *script,
                               gint64     duration_ms,
                               GError   **error)
{
  int late = dub_video_limits_late_segment (script, duration_ms);

  if (late < 0)
    return TRUE;

  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
               /* Translators: %d is the number of a segment of the script. */
               _("Segment %d of the script ends after the end of the video. Correct its times and try again."),
               late + 1);
  return FALSE;
}
