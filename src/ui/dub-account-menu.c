/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-account-menu.h"

#include <glib/gi18n-lib.h>

#include "dub-account.h"

/* An underline in a name is no mnemonic. */
static char *
dup_label (DubAccount *account)
{
  g_auto (GStrv) parts = g_strsplit (dub_account_get_name (account), "_", -1);

  return g_strjoinv ("__", parts);
}

static void
fill (GListModel *accounts,
      guint       position,
      guint       removed,
      guint       added,
      GMenu      *section)
{
  g_menu_remove_all (section);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (DubAccount) account = g_list_model_get_item (accounts, i);
      g_autofree char *label = dup_label (account);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.account", "s", dub_account_get_id (account));
      g_menu_append_item (section, item);
    }
}

/**
 * dub_account_menu_new:
 * @accounts: a list of [class@DubAccount]
 *
 * Returns: (transfer full): a menu to choose the account that new dubs go to
 */
GMenuModel *
dub_account_menu_new (GListModel *accounts)
{
  g_autoptr (GMenu) menu = g_menu_new (), section = g_menu_new (), more = g_menu_new ();

  fill (accounts, 0, 0, 0, section);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (fill), section, 0);
  g_menu_append (more, _("_Connect Account…"), "win.connect-account");
  g_menu_append_section (menu, _("New dubs go to"), G_MENU_MODEL (section));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}
