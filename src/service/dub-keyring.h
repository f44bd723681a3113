/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUB_TYPE_KEYRING (dub_keyring_get_type ())
G_DECLARE_FINAL_TYPE (DubKeyring, dub_keyring, DUB, KEYRING, GObject)

/* The tokens of the accounts, in the desktop's keyring (libsecret) and nowhere else. Errors are
 * DUB_SERVICE_ERROR_KEYRING or DUB_SERVICE_ERROR_NO_KEYRING with a sentence that says what is missing and what to do; no call hangs for
 * longer than 30 s (a prompt that nobody answers). */
DubKeyring *dub_keyring_new           (void);
void        dub_keyring_store_async   (DubKeyring          *self,
                                       const char          *account_id,
                                       const char          *label,
                                       const char          *token,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean    dub_keyring_store_finish  (DubKeyring          *self,
                                       GAsyncResult        *result,
                                       GError             **error);
/* NULL without error: there is none for this account. The string is freed with secret_password_free() by
 * dub_keyring_token_free(). */
void        dub_keyring_lookup_async  (DubKeyring          *self,
                                       const char          *account_id,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
char       *dub_keyring_lookup_finish (DubKeyring          *self,
                                       GAsyncResult        *result,
                                       GError             **error);
void        dub_keyring_clear_async   (DubKeyring          *self,
                                       const char          *account_id,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean    dub_keyring_clear_finish  (DubKeyring          *self,
                                       GAsyncResult        *result,
                                       GError             **error);
void        dub_keyring_token_free    (char                *token);

G_END_DECLS
