/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @stage: one of dub_progress_stage_find(). @fraction: 0 to 1, as it was said: it may go back. */
typedef void (*DubWorkerProgress) (const char *stage,
                                   double      fraction,
                                   gpointer    user_data);

/**
 * DubWorkerLimits:
 * @patience_s: seconds of silence after which it is taken for hung
 * @longest_s: seconds after which it is ended, whatever it says; 0: not at all. Of processor time it gets as much for each
 *   processor.
 * @memory: bytes of data; 0: no limit
 *
 * What a working process may use.
 */
typedef struct
{
  guint   patience_s;
  guint   longest_s;
  guint64 memory;
} DubWorkerLimits;

/* A working process from its start to its end, in a process group of its own: bytes go in, one word comes out (see
 * dub-worker.h). Cancelling kills the whole group at once. @progress: (nullable): called until the callback is. */
void    dub_worker_process_run_async   (const char *const   *command,
                                        GBytes              *input,
                                        const DubWorkerLimits *limits,
                                        DubWorkerProgress    progress,
                                        gpointer             progress_data,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
GBytes *dub_worker_process_run_finish  (GAsyncResult        *result,
                                        GError             **error);
GError *dub_worker_process_crash_error (void);
/* (transfer full) (nullable): a process with pipes to its standard input and output, in a group of its own. */
GSubprocess *dub_worker_process_start  (const char *const     *command,
                                        const DubWorkerLimits *limits,
                                        GError               **error);
/* What a working process may have of this machine's memory, in bytes. */
guint64 dub_worker_memory              (void);

G_END_DECLS
