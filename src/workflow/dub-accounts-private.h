/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-accounts.h"
#include "dub-session.h"
#include "dub-slot-book.h"
#include "dub-store.h"

G_BEGIN_DECLS

#define DUB_CURRENT_ACCOUNT_KEY "current-account"

struct _DubAccounts
{
  GObject parent_instance;

  DubStore *store;
  DubKeyring *keyring;
  DubStudioProcess *studio;
  DubSlotBook *book;
  GListStore *list;
  GHashTable *sessions; /* id → DubSession */
  DubAccount *current;
  DubLog *log; /* NULL: there is none */
  guint interval_ms;
  gboolean loaded;
};

/* @interval_ms: between two requests to an endpoint of the service, whichever process on @book makes them; @log: may be NULL.
 * Signal "session-resumed" (DubSession). */
DubAccounts *dub_accounts_new         (DubStore            *store,
                                       DubKeyring          *keyring,
                                       DubStudioProcess    *studio,
                                       DubSlotBook         *book,
                                       guint                interval_ms,
                                       DubLog              *log);
/* Reads what is stored; called again, it adds and removes what another process did. */
void         dub_accounts_load_async  (DubAccounts         *self,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean     dub_accounts_load_finish (DubAccounts         *self,
                                       GAsyncResult        *result,
                                       GError             **error);
/* (transfer none) or NULL */
DubLog      *dub_accounts_get_log     (DubAccounts         *self);
/* (transfer none) or NULL */
DubSession  *dub_accounts_get_session (DubAccounts         *self,
                                       const char          *id);

/* For dub-accounts-token.c. */
DubAccount  *dub_accounts_add          (DubAccounts            *self,
                                        const DubAccountRecord *record);
void         dub_accounts_take_away    (DubAccounts            *self,
                                        DubAccount             *account);
void         dub_accounts_make_current (DubAccounts            *self,
                                        DubAccount             *account);

G_END_DECLS
