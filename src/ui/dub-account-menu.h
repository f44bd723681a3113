/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A menu of the accounts, kept up to date for as long as it lives. Each entry is "win.account" with the id. */
GMenuModel *dub_account_menu_new (GListModel *accounts);

G_END_DECLS
