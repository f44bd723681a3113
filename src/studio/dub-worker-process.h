/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A working process from its start to its end, in a process group of its own: bytes go in, one word comes out (see
 * dub-worker.h). Cancelling kills the whole group at once. */
void    dub_worker_process_run_async   (const char *const   *command,
                                        GBytes              *input,
                                        guint                patience_s,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
GBytes *dub_worker_process_run_finish  (GAsyncResult        *result,
                                        GError             **error);
GError *dub_worker_process_crash_error (void);

G_END_DECLS
