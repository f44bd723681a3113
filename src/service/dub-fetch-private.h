/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-fetch.h"

G_BEGIN_DECLS

/* How long a server may take until the headers of the dub are there, redirects included. */
#define DUB_FETCH_HEADERS_MS (60 * 1000)

/* dub_fetch_async() with a time for the headers of the caller's, for tests. */
void dub_fetch_within_async (const char         *url,
                             guint               headers_ms,
                             GFile              *destination,
                             gboolean            replace,
                             GFile              *local_root,
                             DubFetchProgress    progress,
                             gpointer            progress_data,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data);

G_END_DECLS
