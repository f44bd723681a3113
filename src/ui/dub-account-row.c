/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-account-row.h"

#include <glib/gi18n-lib.h>

/**
 * DubAccountRow:
 *
 * An account in the preferences: whether new dubs go to it, how it does, and what can be done with it.
 */
struct _DubAccountRow
{
  AdwActionRow parent_instance;

  /* template widgets */
  GtkCheckButton *radio;
  GtkWidget *replace;
  GtkWidget *remove;

  /* owned */
  DubAccount *account;
};

G_DEFINE_FINAL_TYPE (DubAccountRow, dub_account_row, ADW_TYPE_ACTION_ROW)

static const char *
describe (DubAccount *account)
{
  if (dub_account_get_problem (account) != NULL)
    return dub_account_get_problem (account);
  if (dub_account_is_studio (account))
    return _("Dubs on this computer, without an account");

  switch (dub_account_get_status (account))
    {
    case DUB_ACCOUNT_STATUS_STARTING:
      return _("Is being checked…");
    case DUB_ACCOUNT_STATUS_NEEDS_TOKEN:
      return _("Needs a new token");
    case DUB_ACCOUNT_STATUS_LOCKED:
      return _("Its token cannot be read now");
    case DUB_ACCOUNT_STATUS_NO_PERMISSION:
      return _("May not dub");
    case DUB_ACCOUNT_STATUS_UNREACHABLE:
      return _("Cannot be reached now");
    case DUB_ACCOUNT_STATUS_HELD_UP:
      return _("Waits until Dubroom can store again");
    case DUB_ACCOUNT_STATUS_UNKNOWN:
    case DUB_ACCOUNT_STATUS_READY:
    default:
      return _("Connected to the dubbing service");
    }
}

static void
update (DubAccountRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), dub_account_get_name (self->account));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), describe (self->account));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->radio), GTK_ACCESSIBLE_PROPERTY_LABEL, dub_account_get_name (self->account), -1);
}

/**
 * dub_account_row_get_account:
 *
 * Returns: (transfer none): the account that is shown
 */
DubAccount *
dub_account_row_get_account (DubAccountRow *self)
{
  g_return_val_if_fail (DUB_IS_ACCOUNT_ROW (self), NULL);

  return self->account;
}

/**
 * dub_account_row_join:
 *
 * Makes the rows' buttons exclude each other.
 */
void
dub_account_row_join (DubAccountRow  *self,
                      GtkCheckButton *group)
{
  g_return_if_fail (DUB_IS_ACCOUNT_ROW (self));

  gtk_check_button_set_group (self->radio, group);
}

/**
 * dub_account_row_set_current:
 *
 * Shows whether new dubs go to this account.
 */
void
dub_account_row_set_current (DubAccountRow *self,
                             gboolean       current)
{
  g_return_if_fail (DUB_IS_ACCOUNT_ROW (self));

  gtk_check_button_set_active (self->radio, current);
}

static void
on_toggled (DubAccountRow *self)
{
  if (self->account != NULL && gtk_check_button_get_active (self->radio))
    gtk_widget_activate_action (GTK_WIDGET (self), "accounts.choose", "s", dub_account_get_id (self->account));
}

static void
dub_account_row_dispose (GObject *object)
{
  g_clear_object (&DUB_ACCOUNT_ROW (object)->account);
  G_OBJECT_CLASS (dub_account_row_parent_class)->dispose (object);
}

static void
dub_account_row_class_init (DubAccountRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dub_account_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DubAccountRow, radio);
  gtk_widget_class_bind_template_child (widget_class, DubAccountRow, replace);
  gtk_widget_class_bind_template_child (widget_class, DubAccountRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
}

static void
dub_account_row_init (DubAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dub_account_row_new:
 *
 * Returns: (transfer floating): a row for @account
 */
GtkWidget *
dub_account_row_new (DubAccount *account)
{
  DubAccountRow *self = g_object_new (DUB_TYPE_ACCOUNT_ROW, NULL);
  const char *id = dub_account_get_id (account);
  gboolean studio = dub_account_is_studio (account);

  self->account = g_object_ref (account);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->replace), "s", id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->remove), "s", id);
  gtk_widget_set_visible (self->replace, !studio);
  gtk_widget_set_visible (self->remove, !studio);
  g_signal_connect_object (account, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
