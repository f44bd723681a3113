/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Fetches a finished dub to a file: no token is ever sent, redirects are followed (up to 5, https stays https),
 * the bytes go to a new file "NAME.part" beside @destination, are flushed to the disk and renamed when all have arrived.
 * https, and http to loopback; a file:// address only below @local_root (the studio's own directory; NULL: none).
 * An existing @destination is replaced only with @replace, and only by the rename. On error or cancel nothing is left.
 * @progress is called on the caller's main context. */
typedef void (*DubFetchProgress) (guint64  bytes,
                                  guint64  total,
                                  gpointer user_data);

void     dub_fetch_async  (const char          *url,
                           GFile               *destination,
                           gboolean             replace,
                           GFile               *local_root,
                           DubFetchProgress     progress,
                           gpointer             progress_data,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data);
gboolean dub_fetch_finish (GAsyncResult        *result,
                           GError             **error);

G_END_DECLS
