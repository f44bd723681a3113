/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-connect-dialog.h"

#include <glib/gi18n-lib.h>

/**
 * DubConnectDialog:
 *
 * Takes a token, has it checked, and says in place what is wrong with it.
 */
struct _DubConnectDialog
{
  AdwDialog parent_instance;

  /* template widgets */
  GtkWidget *connect;
  GtkStack *connect_stack;
  GtkLabel *connect_label;
  GtkLabel *explanation;
  GtkWidget *token;
  GtkWidget *name;
  GtkWidget *problem;
  GtkLabel *problem_text;

  /* owned */
  DubAccounts *accounts;
  DubAccount *account;
  char *address;
  GCancellable *cancellable;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (DubConnectDialog, dub_connect_dialog, ADW_TYPE_DIALOG)

static char *
dup_token (DubConnectDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->token))));
}

static void
update (DubConnectDialog *self)
{
  g_autofree char *token = dup_token (self);

  gtk_widget_set_sensitive (self->connect, *token != '\0' && !self->busy);
  /* Not insensitive: the one that has the focus would lose it. */
  gtk_editable_set_editable (GTK_EDITABLE (self->token), !self->busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->name), !self->busy);
  gtk_stack_set_visible_child_name (self->connect_stack, self->busy ? "busy" : "label");
}

static void
on_changed (DubConnectDialog *self)
{
  gtk_widget_remove_css_class (self->token, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  update (self);
}

/* A dialog keeps the height it had at first. */
static void
make_room (DubConnectDialog *self)
{
  GtkWidget *child = adw_dialog_get_child (ADW_DIALOG (self));
  int height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (child), NULL, &height, NULL, NULL);
  adw_dialog_set_content_height (ADW_DIALOG (self), height);
}

static void
finish (DubConnectDialog *self,
        GError           *error)
{
  self->busy = FALSE;
  update (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL)
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }

  gtk_label_set_label (self->problem_text, error->message);
  gtk_widget_set_visible (self->problem, TRUE);
  make_room (self);
  gtk_widget_add_css_class (self->token, "error");
  gtk_widget_grab_focus (self->token);
}

static void
on_added (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DubConnectDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  dub_accounts_add_service_finish (DUB_ACCOUNTS (source), result, &error);
  finish (self, error);
}

static void
on_replaced (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DubConnectDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  dub_accounts_replace_token_finish (DUB_ACCOUNTS (source), result, &error);
  finish (self, error);
}

static void
on_connect (DubConnectDialog *self)
{
  g_autofree char *token = dup_token (self);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));

  if (*token == '\0' || self->busy)
    return;

  on_changed (self);
  self->busy = TRUE;
  update (self);
  if (self->account != NULL)
    dub_accounts_replace_token_async (self->accounts, self->account, token, self->cancellable, on_replaced, g_object_ref (self));
  else
    dub_accounts_add_service_async (self->accounts, name, token, self->address, self->cancellable, on_added, g_object_ref (self));
}

static void
dub_connect_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (DUB_CONNECT_DIALOG (dialog)->cancellable);
  if (ADW_DIALOG_CLASS (dub_connect_dialog_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (dub_connect_dialog_parent_class)->closed (dialog);
}

static void
dub_connect_dialog_dispose (GObject *object)
{
  DubConnectDialog *self = DUB_CONNECT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->accounts);
  g_clear_object (&self->account);
  g_clear_pointer (&self->address, g_free);
  G_OBJECT_CLASS (dub_connect_dialog_parent_class)->dispose (object);
}

static void
dub_connect_dialog_class_init (DubConnectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dub_connect_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = dub_connect_dialog_closed;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-connect-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DubConnectDialog, connect);
  gtk_widget_class_bind_template_child (widget_class, DubConnectDialog, connect_stack);
  gtk_widget_class_bind_template_child (widget_class, DubConnectDialog, connect_label);
  gtk_widget_class_bind_template_child (widget_class, DubConnectDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, DubConnectDialog, token);
  gtk_widget_class_bind_template_child (widget_class, DubConnectDialog, name);
  gtk_widget_class_bind_template_child (widget_class, DubConnectDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, DubConnectDialog, problem_text);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_connect);
}

static void
dub_connect_dialog_init (DubConnectDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dub_connect_dialog_new:
 * @account: (nullable): the account whose token is replaced
 * @address: (nullable): of the service
 *
 * Returns: (transfer floating): a dialog that asks for a token
 */
AdwDialog *
dub_connect_dialog_new (DubAccounts *accounts,
                        DubAccount  *account,
                        const char  *address)
{
  DubConnectDialog *self = g_object_new (DUB_TYPE_CONNECT_DIALOG, NULL);

  g_set_object (&self->accounts, accounts);
  g_set_object (&self->account, account);
  self->address = address != NULL && *address != '\0' ? g_strdup (address) : NULL;
  gtk_widget_set_visible (self->name, account == NULL);
  if (account != NULL)
    {
      g_autofree char *text = NULL;

      /* Translators: %s is the name of an account */
      text = g_strdup_printf (_("Paste a new token for %s. The queue goes on by itself when it works."), dub_account_get_name (account));
      gtk_label_set_label (self->explanation, text);
      gtk_label_set_label (self->connect_label, _("_Replace"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->connect), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Replace"), -1);
      adw_dialog_set_title (ADW_DIALOG (self), _("Replace Token"));
    }
  return ADW_DIALOG (self);
}
