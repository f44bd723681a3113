/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-log.h"

G_BEGIN_DECLS

#define DUB_TYPE_STUDIO_PROCESS (dub_studio_process_get_type ())
G_DECLARE_FINAL_TYPE (DubStudioProcess, dub_studio_process, DUB, STUDIO_PROCESS, GObject)

/* The built-in studio as a child process: it ends with this one, and its address and token come through a pipe.
 * Signal "stopped": it ended by itself. */
DubStudioProcess *dub_studio_process_new           (const char           *program,
                                                    const char           *data_dir);
/* Where its starts and ends are noted; may be NULL. */
void              dub_studio_process_set_log       (DubStudioProcess     *self,
                                                    DubLog               *log);
GFile            *dub_studio_process_get_directory (DubStudioProcess     *self);
/* Runs already, or is started: after it has died several times, with a growing pause before. */
void              dub_studio_process_ensure_async  (DubStudioProcess     *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean          dub_studio_process_ensure_finish (DubStudioProcess     *self,
                                                    GAsyncResult         *result,
                                                    char                **base_url,
                                                    char                **token,
                                                    GError              **error);
/* It is asked to end; it is started again when it is needed. */
void              dub_studio_process_yield         (DubStudioProcess     *self);
/* It is asked to end, and made to after 5 s. It is not started again. Whoever drops it has to: what waits for its end holds it. */
void              dub_studio_process_end           (DubStudioProcess     *self);
/* The same, and waits for its end. */
void              dub_studio_process_stop_async    (DubStudioProcess     *self,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
void              dub_studio_process_stop_finish   (DubStudioProcess     *self,
                                                    GAsyncResult         *result);

G_END_DECLS
