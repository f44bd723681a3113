/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-library.h"

G_BEGIN_DECLS

/* Saves the dub that a task made into a directory, under its name; what is there already is never overwritten. The callback's
 * source object is @library. */
void  dub_cli_save_async  (DubLibrary          *library,
                           DubTask             *task,
                           const char          *directory,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data);
/* (transfer full) the path */
char *dub_cli_save_finish (DubLibrary          *library,
                           GAsyncResult        *result,
                           GError             **error);

G_END_DECLS
