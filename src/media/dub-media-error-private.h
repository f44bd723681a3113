/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-media-error.h"

G_BEGIN_DECLS

/* What a sentence is about: "“summer.mp4”", from the end of the address's path, or "The video". (transfer full) */
char    *dub_media_error_dup_subject (const char *uri);
/* A sentence for what GStreamer reported about @uri. (transfer full) */
GError  *dub_media_error_from_gst    (const GError *error,
                                      const char   *uri);
/* A sentence for a missing decoder or plugin; @what is its name for people, or NULL. (transfer full) */
GError  *dub_media_error_missing     (const char *what,
                                      const char *uri);
/* Whether what is missing, by GStreamer's installer detail string, is needed for picture or sound: subtitles without a
 * decoder do no harm. */
gboolean dub_media_error_concerns_us (const char *installer_detail);
/* A sentence for a video that cannot be read. (transfer full) */
GError  *dub_media_error_damaged     (const char *uri);
/* A sentence for a video that took too long. (transfer full) */
GError  *dub_media_error_timed_out   (const char *uri);

G_END_DECLS
