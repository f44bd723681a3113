/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-job-runner.h"
#include "dub-studio-store.h"

G_BEGIN_DECLS

/* Reads and checks a create, down to the local videos that it names, as far as they can be looked at within @within_ms,
 * and makes the tasks of it; nothing is stored. An item whose key @store (NULL: none) knows is not looked at again.
 * The error is DUB_SERVICE_ERROR_PARAMETERS and names the field, or DUB_STORE_ERROR.
 * Returns (transfer full) (element-type DubStudioTask). */
void       dub_studio_create_async  (GBytes              *body,
                                     DubStudioStore      *store,
                                     DubJobRunner        *runner,
                                     guint                within_ms,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GPtrArray *dub_studio_create_finish (GAsyncResult        *result,
                                     GError             **error);

G_END_DECLS
