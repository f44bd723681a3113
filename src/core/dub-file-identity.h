/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The identity of a video: "sha256:…" of a local file's bytes. Read in pieces on a worker thread. */
void  dub_file_identity_async  (GFile               *file,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
char *dub_file_identity_finish (GAsyncResult        *result,
                                GError             **error);

G_END_DECLS
