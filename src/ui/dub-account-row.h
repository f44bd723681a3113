/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-account.h"

G_BEGIN_DECLS

#define DUB_TYPE_ACCOUNT_ROW (dub_account_row_get_type ())
G_DECLARE_FINAL_TYPE (DubAccountRow, dub_account_row, DUB, ACCOUNT_ROW, AdwActionRow)

/* The actions "accounts.replace-token" and "accounts.remove" with the account's id are those of the preferences. */
GtkWidget  *dub_account_row_new         (DubAccount     *account);
DubAccount *dub_account_row_get_account (DubAccountRow  *self);
/* The rows' buttons become those of one group of radio buttons. */
void        dub_account_row_join        (DubAccountRow  *self,
                                         GtkCheckButton *group);
void        dub_account_row_set_current (DubAccountRow  *self,
                                         gboolean        current);

G_END_DECLS
