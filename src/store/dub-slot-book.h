/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUB_TYPE_SLOT_BOOK (dub_slot_book_get_type ())
G_DECLARE_FINAL_TYPE (DubSlotBook, dub_slot_book, DUB, SLOT_BOOK, GObject)

/* The slots of an endpoint of an account, for all processes on the file at @path. Errors: DubStoreError. */
DubSlotBook *dub_slot_book_new         (const char          *path);
/* The next free one from @from on is taken, and the one after it is @interval later. */
void         dub_slot_book_take_async  (DubSlotBook         *self,
                                        const char          *account_id,
                                        const char          *endpoint,
                                        const char          *boot,
                                        gint64               from,
                                        gint64               interval,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gint64       dub_slot_book_take_finish (DubSlotBook         *self,
                                        GAsyncResult        *result,
                                        GError             **error);
void         dub_slot_book_rest        (DubSlotBook         *self,
                                        const char          *account_id,
                                        const char          *endpoint,
                                        const char          *boot,
                                        gint64               until);

G_END_DECLS
