/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUB_STUDIO_DOWNLOAD_MAX_BYTES (G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024)

/* What is slower than that would keep the studio busy for days. */
#define DUB_STUDIO_DOWNLOAD_LEAST_BYTES (64 * 1024)
#define DUB_STUDIO_DOWNLOAD_WINDOW_MS   (60 * 1000)

/**
 * DubStudioDownloadLimits:
 * @max_bytes: more than that is refused
 * @least_bytes: less than that in @window_ms is given up
 * @window_ms: milliseconds, at least 1
 */
typedef struct
{
  guint64 max_bytes;
  guint64 least_bytes;
  guint   window_ms;
} DubStudioDownloadLimits;

/* @fraction: of the whole, 0 to 1; not called where the server does not tell how much that is. */
typedef void (*DubStudioDownloadProgress) (double   fraction,
                                           gpointer user_data);

/* Fetches a video from the web to the file @path, which it makes. Errors are DUB_STUDIO_ERROR_UNSUITABLE with a
 * sentence for a person; a part of the file may be left, for the caller to sweep with its directory. */
void     dub_studio_download_async  (const char                     *url,
                                     const char                     *path,
                                     const DubStudioDownloadLimits  *limits,
                                     DubStudioDownloadProgress       progress,
                                     gpointer                        progress_data,
                                     GCancellable                   *cancellable,
                                     GAsyncReadyCallback             callback,
                                     gpointer                        user_data);
gboolean dub_studio_download_finish (GAsyncResult                   *result,
                                     GError                        **error);

G_END_DECLS
