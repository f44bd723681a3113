/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-account.h"

G_BEGIN_DECLS

#define DUB_TYPE_ACCOUNTS (dub_accounts_get_type ())
G_DECLARE_FINAL_TYPE (DubAccounts, dub_accounts, DUB, ACCOUNTS, GObject)

/* A GListModel of DubAccount; the built-in studio is the first. Property current (DubAccount, read-write, stored):
 * the one that new dubs go to. */
DubAccount *dub_accounts_get_current           (DubAccounts *self);
void        dub_accounts_set_current           (DubAccounts *self,
                                                DubAccount  *account);
/* (transfer none) or NULL */
DubAccount *dub_accounts_find                  (DubAccounts *self,
                                                const char  *id);
/* Asks the service whether @token is good, keeps it in the keyring, then adds the account and makes it the current one.
 * @base_url NULL: the service's own. @name NULL or empty: the service's name for it. */
void        dub_accounts_add_service_async     (DubAccounts         *self,
                                                const char          *name,
                                                const char          *token,
                                                const char          *base_url,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
DubAccount *dub_accounts_add_service_finish    (DubAccounts         *self,
                                                GAsyncResult        *result,
                                                GError             **error);
/* The same for an account that is there; its queue goes on by itself. */
void        dub_accounts_replace_token_async   (DubAccounts         *self,
                                                DubAccount          *account,
                                                const char          *token,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
gboolean    dub_accounts_replace_token_finish  (DubAccounts         *self,
                                                GAsyncResult        *result,
                                                GError             **error);
/* One that rests goes on with the token that it has, if that is taken: its status tells. */
void        dub_accounts_try_again             (DubAccounts         *self,
                                                DubAccount          *account);
void        dub_accounts_remove_async          (DubAccounts         *self,
                                                DubAccount          *account,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
gboolean    dub_accounts_remove_finish         (DubAccounts         *self,
                                                GAsyncResult        *result,
                                                GError             **error);

G_END_DECLS
