/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUB_STUDIO_DOWNLOAD_MAX_BYTES (G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024)

/* Fetches a video from the web to the file @path, which it makes. Errors are DUB_STUDIO_ERROR_UNSUITABLE with a
 * sentence for a person; a part of the file may be left, for the caller to sweep with its directory. */
void     dub_studio_download_async  (const char          *url,
                                     const char          *path,
                                     guint64              max_bytes,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean dub_studio_download_finish (GAsyncResult        *result,
                                     GError             **error);

G_END_DECLS
