/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-media-info.h"

G_BEGIN_DECLS

/* Finds out what a video is (GstDiscoverer, at most 20 s). For a local file: the size, whether it is a folder, empty, or
 * text is looked at first. (transfer full) */
void          dub_probe_async  (const char          *uri,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
DubMediaInfo *dub_probe_finish (GAsyncResult        *result,
                                GError             **error);
/* The same, blocking. */
DubMediaInfo *dub_probe        (const char          *uri,
                                GCancellable        *cancellable,
                                GError             **error);

G_END_DECLS
