/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-library-item.h"
#include "dub-queue-private.h"

G_BEGIN_DECLS

#define DUB_TYPE_CATALOGUE (dub_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (DubCatalogue, dub_catalogue, DUB, CATALOGUE, GObject)

/* Reads the dubs of an account: from its list, or (the built-in studio's, where another process works with it) from what is
 * stored of the tasks that made them. */
DubCatalogue *dub_catalogue_new         (DubStore             *store,
                                         DubAccounts          *accounts,
                                         DubQueue             *queue);
void          dub_catalogue_read_async  (DubCatalogue         *self,
                                         const char           *account_id,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
/* (transfer full) (element-type DubLibraryItem) newest first */
GPtrArray    *dub_catalogue_read_finish (DubCatalogue         *self,
                                         GAsyncResult         *result,
                                         GError              **error);
/* The dub of a succeeded task, from the store alone. */
void            dub_catalogue_recall_async  (DubCatalogue         *self,
                                             DubTask              *task,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
DubLibraryItem *dub_catalogue_recall_finish (DubCatalogue         *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
