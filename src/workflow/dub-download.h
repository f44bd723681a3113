/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-library-item.h"
#include "dub-session.h"

G_BEGIN_DECLS

/* Saves a dub as a file, whole or not at all. Of an account that is gone (@session NULL) only https addresses are fetched. */
void     dub_download_async  (DubLibraryItem      *item,
                              DubSession          *session,
                              GFile               *destination,
                              gboolean             replace,
                              void               (*progress) (guint64, guint64, gpointer),
                              gpointer             progress_data,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
gboolean dub_download_finish (DubLibraryItem      *item,
                              GAsyncResult        *result,
                              GError             **error);

G_END_DECLS
