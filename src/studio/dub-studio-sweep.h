/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-studio-store.h"
#include "dub-studio-workspace.h"

G_BEGIN_DECLS

/* As long as the service's links are valid (service documentation, "Task results"). */
#define DUB_STUDIO_KEEPS_S (30 * 24 * 60 * 60)

/* Removes what is older than DUB_STUDIO_KEEPS_S at the time @now (Unix seconds, UTC): tasks that came to their end, with their
 * scripts and videos, and videos that belong to no task; and, however old, the video of a task that failed, which a death
 * may have left. Never anything of a task that is still to be done. @store and @workspace are open. */
void     dub_studio_sweep_async  (DubStudioStore       *store,
                                  DubStudioWorkspace   *workspace,
                                  gint64                now,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean dub_studio_sweep_finish (GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
