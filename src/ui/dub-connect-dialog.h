/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-accounts.h"

G_BEGIN_DECLS

#define DUB_TYPE_CONNECT_DIALOG (dub_connect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DubConnectDialog, dub_connect_dialog, DUB, CONNECT_DIALOG, AdwDialog)

/* @account: the one whose token is replaced, or NULL for a new one. @address: of the service, or NULL for its own. */
AdwDialog *dub_connect_dialog_new (DubAccounts *accounts,
                                   DubAccount  *account,
                                   const char  *address);

G_END_DECLS
