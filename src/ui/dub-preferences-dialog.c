/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-preferences-dialog.h"

#include <glib/gi18n-lib.h>

#include "dub-account-row.h"
#include "dub-connect-dialog.h"
#include "dub-engine-dialog.h"
#include "dub-engine-words.h"
#include "dub-messages.h"

/**
 * DubPreferencesDialog:
 *
 * The accounts, the engines of the built-in studio, notifications, and whether the application goes on without a window. One page of a few rows; AdwPreferencesDialog
 * wants more than the 350 px that are left of a narrow window.
 */
struct _DubPreferencesDialog
{
  AdwDialog parent_instance;

  /* template widgets */
  AdwPreferencesGroup *accounts_group;
  AdwActionRow *engines_problem;
  AdwActionRow *recognition;
  AdwActionRow *translation;
  AdwActionRow *voice;
  AdwSwitchRow *notifications;
  AdwSwitchRow *keep_watching;

  /* owned */
  DubAccounts *accounts;
  DubStudioEngines *engines;
  GSettings *settings;
  GPtrArray *rows;         /* of DubAccountRow, borrowed */
  GtkCheckButton *group;   /* never shown: with it a single account is a radio button too */
};

G_DEFINE_FINAL_TYPE (DubPreferencesDialog, dub_preferences_dialog, ADW_TYPE_DIALOG)

static void
show_current (DubPreferencesDialog *self)
{
  DubAccount *current = dub_accounts_get_current (self->accounts);

  for (guint i = 0; i < self->rows->len; i++)
    dub_account_row_set_current (self->rows->pdata[i], dub_account_row_get_account (self->rows->pdata[i]) == current);
}

static void
fill (DubPreferencesDialog *self)
{
  GListModel *accounts = G_LIST_MODEL (self->accounts);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->accounts_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (DubAccount) account = g_list_model_get_item (accounts, i);
      GtkWidget *row = dub_account_row_new (account);

      dub_account_row_join (DUB_ACCOUNT_ROW (row), self->group);
      adw_preferences_group_add (self->accounts_group, row);
      g_ptr_array_add (self->rows, row);
    }
  show_current (self);
}

static void
choose_account (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  DubPreferencesDialog *self = DUB_PREFERENCES_DIALOG (widget);
  DubAccount *account = dub_accounts_find (self->accounts, g_variant_get_string (parameter, NULL));

  if (account != NULL && account != dub_accounts_get_current (self->accounts))
    dub_accounts_set_current (self->accounts, account);
}

static void
connect_account (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  DubPreferencesDialog *self = DUB_PREFERENCES_DIALOG (widget);
  g_autofree char *address = g_settings_get_string (self->settings, "service-address");

  adw_dialog_present (dub_connect_dialog_new (self->accounts, NULL, address), widget);
}

static void
replace_token (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DubPreferencesDialog *self = DUB_PREFERENCES_DIALOG (widget);
  DubAccount *account = dub_accounts_find (self->accounts, g_variant_get_string (parameter, NULL));

  if (account != NULL)
    adw_dialog_present (dub_connect_dialog_new (self->accounts, account, NULL), widget);
}

static void
on_removed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DubPreferencesDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_accounts_remove_finish (DUB_ACCOUNTS (source), result, &error))
    dub_messages_error (GTK_WIDGET (self), _("Not Removed"), error);
}

static void
on_remove_answered (AdwAlertDialog       *dialog,
                    const char           *answer,
                    DubPreferencesDialog *self)
{
  DubAccount *account = g_object_get_data (G_OBJECT (dialog), "account");

  if (g_strcmp0 (answer, "remove") == 0)
    dub_accounts_remove_async (self->accounts, account, NULL, on_removed, g_object_ref (self));
}

static void
remove_account (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  DubPreferencesDialog *self = DUB_PREFERENCES_DIALOG (widget);
  DubAccount *account = dub_accounts_find (self->accounts, g_variant_get_string (parameter, NULL));
  g_autofree char *body = NULL;
  AdwAlertDialog *dialog;

  if (account == NULL)
    return;

  /* Translators: %s is the name of an account */
  body = g_strdup_printf (_("The token of “%s” is removed from this computer. The dubs stay at the service; "
                            "those under way are no longer watched."),
                          dub_account_get_name (account));
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Remove Account?"), body));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (dialog), "account", g_object_ref (account), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_answered), self, 0);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
show_engine (DubPreferencesDialog *self,
             AdwActionRow         *row,
             DubStage              stage)
{
  g_autofree char *summary = dub_engine_words_dup_summary (dub_studio_engines_get_settings (self->engines)->stages[stage]);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), dub_engine_words_get_stage (stage));
  adw_action_row_set_subtitle (row, summary);
}

static void
show_engines (DubPreferencesDialog *self)
{
  const char *problem = dub_studio_engines_get_problem (self->engines);

  gtk_widget_set_visible (GTK_WIDGET (self->engines_problem), problem != NULL);
  adw_action_row_set_subtitle (self->engines_problem, problem != NULL ? problem : "");
  show_engine (self, self->recognition, DUB_STAGE_TRANSCRIBE);
  show_engine (self, self->translation, DUB_STAGE_TRANSLATE);
  show_engine (self, self->voice, DUB_STAGE_SPEAK);
}

static void
on_engine_activated (DubPreferencesDialog *self,
                     AdwActionRow         *row)
{
  DubStage stage = row == self->recognition ? DUB_STAGE_TRANSCRIBE : row == self->translation ? DUB_STAGE_TRANSLATE : DUB_STAGE_SPEAK;

  adw_dialog_present (dub_engine_dialog_new (self->engines, stage), GTK_WIDGET (self));
}

static void
dub_preferences_dialog_dispose (GObject *object)
{
  DubPreferencesDialog *self = DUB_PREFERENCES_DIALOG (object);

  if (self->accounts != NULL)
    g_signal_handlers_disconnect_by_data (self->accounts, self);
  if (self->engines != NULL)
    g_signal_handlers_disconnect_by_data (self->engines, self);
  g_clear_object (&self->engines);
  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->group);
  G_OBJECT_CLASS (dub_preferences_dialog_parent_class)->dispose (object);
}

static void
dub_preferences_dialog_class_init (DubPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dub_preferences_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "accounts.choose", "s", choose_account);
  gtk_widget_class_install_action (widget_class, "accounts.connect", NULL, connect_account);
  gtk_widget_class_install_action (widget_class, "accounts.replace-token", "s", replace_token);
  gtk_widget_class_install_action (widget_class, "accounts.remove", "s", remove_account);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DubPreferencesDialog, accounts_group);
  gtk_widget_class_bind_template_child (widget_class, DubPreferencesDialog, engines_problem);
  gtk_widget_class_bind_template_child (widget_class, DubPreferencesDialog, recognition);
  gtk_widget_class_bind_template_child (widget_class, DubPreferencesDialog, translation);
  gtk_widget_class_bind_template_child (widget_class, DubPreferencesDialog, voice);
  gtk_widget_class_bind_template_callback (widget_class, on_engine_activated);
  gtk_widget_class_bind_template_child (widget_class, DubPreferencesDialog, notifications);
  gtk_widget_class_bind_template_child (widget_class, DubPreferencesDialog, keep_watching);
}

static void
dub_preferences_dialog_init (DubPreferencesDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->group = g_object_ref_sink (GTK_CHECK_BUTTON (gtk_check_button_new ()));
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
on_engines_read (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  /* Whatever is wrong is its problem from now on, and shown. */
  dub_studio_engines_load_finish (DUB_STUDIO_ENGINES (source), result, NULL);
}

/**
 * dub_preferences_dialog_new:
 *
 * Returns: (transfer floating): the preferences
 */
AdwDialog *
dub_preferences_dialog_new (DubAccounts      *accounts,
                            DubStudioEngines *engines,
                            GSettings        *settings)
{
  DubPreferencesDialog *self = g_object_new (DUB_TYPE_PREFERENCES_DIALOG, NULL);

  self->accounts = g_object_ref (accounts);
  self->engines = g_object_ref (engines);
  self->settings = g_object_ref (settings);
  g_settings_bind (settings, "notifications", self->notifications, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "keep-watching", self->keep_watching, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "notify::current", G_CALLBACK (show_current), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engines, "changed", G_CALLBACK (show_engines), self, G_CONNECT_SWAPPED);
  /* Another program may have chosen; what cannot be read is shown as well. */
  dub_studio_engines_load_async (engines, NULL, on_engines_read, NULL);
  fill (self);
  show_engines (self);
  return ADW_DIALOG (self);
}
