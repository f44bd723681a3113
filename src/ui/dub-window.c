/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-window.h"

#include <glib/gi18n-lib.h>

#include "dub-connect-dialog.h"
#include "dub-home-page.h"
#include "dub-messages.h"
#include "dub-new-dub-page.h"
#include "dub-result-page.h"
#include "dub-welcome-page.h"

/**
 * DubWindow:
 *
 * The window: pages one upon the other, and the ways between them.
 */
struct _DubWindow
{
  AdwApplicationWindow parent_instance;

  /* template widgets */
  AdwNavigationView *pages;
  DubHomePage *home;
  DubWelcomePage *welcome;

  /* owned */
  DubWorkflow *workflow;
  DubPictures *pictures;
  GSettings *settings;
  DubDraft *draft;           /* what was picked and not started yet */
  DubAccount *draft_account;
  GCancellable *cancellable;
  char *sample;
  char *layout;
  gboolean narrow;
  gboolean opening;
};

enum
{
  PROP_NARROW = 1,
  PROP_LAYOUT,
  PROP_ACCOUNT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubWindow, dub_window, ADW_TYPE_APPLICATION_WINDOW)

/* {First start} */

static gboolean
is_first_start (DubWindow *self)
{
  return !g_settings_get_boolean (self->settings, "welcomed") &&
         g_list_model_get_n_items (G_LIST_MODEL (dub_workflow_get_queue (self->workflow))) == 0 &&
         g_list_model_get_n_items (G_LIST_MODEL (dub_workflow_get_accounts (self->workflow))) <= 1;
}

static gboolean
is_shown (DubWindow  *self,
          const char *tag)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->pages);

  return page != NULL && g_strcmp0 (adw_navigation_page_get_tag (page), tag) == 0;
}

static void
go_home (DubWindow *self)
{
  adw_navigation_view_replace_with_tags (self->pages, (const char *const[]) { "home" }, 1);
}

/* An account was connected or a dub was started: the first page is over. */
static void
end_welcome (DubWindow *self)
{
  if (is_first_start (self))
    return;

  g_settings_set_boolean (self->settings, "welcomed", TRUE);
  if (is_shown (self, "welcome"))
    go_home (self);
}

/* {New dub} */

static void
on_generated (DubWindow     *self,
              guint          n,
              DubNewDubPage *page)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u dub is on its way", "%u dubs are on their way", n), n);

  g_clear_object (&self->draft);
  g_settings_set_boolean (self->settings, "welcomed", TRUE);
  dub_home_page_show (self->home, "queue");
  if (adw_navigation_view_find_page (self->pages, "home") != NULL &&
      adw_navigation_view_get_previous_page (self->pages, ADW_NAVIGATION_PAGE (page)) == ADW_NAVIGATION_PAGE (self->home))
    adw_navigation_view_pop_to_tag (self->pages, "home");
  else
    go_home (self);
  dub_messages_toast (GTK_WIDGET (self->pages), text);
}

/* What was picked before and not started is still there, for the same account. */
static void
prepare_draft (DubWindow *self)
{
  DubAccount *current = dub_accounts_get_current (dub_workflow_get_accounts (self->workflow));

  if (self->draft != NULL && self->draft_account == current)
    return;

  g_clear_object (&self->draft);
  self->draft = dub_workflow_create_draft (self->workflow);
  g_set_object (&self->draft_account, current);
}

static void
show_new_dub (DubWindow *self,
              GFile     *file)
{
  AdwNavigationPage *visible = adw_navigation_view_get_visible_page (self->pages), *page;

  if (!DUB_IS_NEW_DUB_PAGE (visible))
    {
      prepare_draft (self);
      page = dub_new_dub_page_new (self->draft, self->draft_account);
      g_object_bind_property (self, "layout", page, "layout", G_BINDING_SYNC_CREATE);
      g_signal_connect_object (page, "generated", G_CALLBACK (on_generated), self, G_CONNECT_SWAPPED);
      adw_navigation_view_push (self->pages, page);
    }
  if (file != NULL && self->draft != NULL)
    dub_draft_add_file (self->draft, file);
}

static void
new_dub (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  show_new_dub (DUB_WINDOW (widget), NULL);
}

static void
new_dub_sample (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  DubWindow *self = DUB_WINDOW (widget);
  g_autoptr (GFile) file = self->sample != NULL ? g_file_new_for_path (self->sample) : NULL;

  show_new_dub (self, file);
  if (file != NULL && dub_draft_get_n_languages (self->draft) == 0)
    {
      dub_draft_set_language (self->draft, dub_language_from_code ("es"), TRUE);
      dub_draft_set_language (self->draft, dub_language_from_code ("fr"), TRUE);
    }
}

static void
new_dub_of (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  DubWindow *self = DUB_WINDOW (widget);
  const char *uri = g_variant_get_string (parameter, NULL);
  g_autoptr (GFile) file = g_str_has_prefix (uri, "file:") ? g_file_new_for_uri (uri) : NULL;

  show_new_dub (self, file);
  if (file == NULL)
    g_ptr_array_unref (dub_draft_add_addresses (self->draft, uri));
}

/* {Results} */

static void
show_item (DubWindow      *self,
           DubLibraryItem *item)
{
  adw_navigation_view_push (self->pages, dub_result_page_new (self->workflow, item));
}

static void
on_item_opened (DubWindow      *self,
                DubLibraryItem *item)
{
  show_item (self, item);
}

static void
on_task_opened (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DubWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubLibraryItem) item = dub_library_open_finish (DUB_LIBRARY (source), result, &error);

  self->opening = FALSE;
  if (item != NULL)
    show_item (self, item);
  else if (self->pages != NULL)
    dub_messages_error (GTK_WIDGET (self), _("Dub Not Opened"), error);
}

/**
 * dub_window_open_task:
 * @id: of a dub that is ready; for any other the queue is shown
 */
void
dub_window_open_task (DubWindow *self,
                      gint64     id)
{
  DubTask *task;

  g_return_if_fail (DUB_IS_WINDOW (self));

  task = dub_queue_find (dub_workflow_get_queue (self->workflow), id);
  if (task == NULL || !dub_task_can_review (task))
    {
      if (DUB_IS_HOME_PAGE (adw_navigation_view_get_visible_page (self->pages)))
        dub_home_page_show (self->home, "queue");
      return;
    }
  if (self->opening)
    return;

  self->opening = TRUE;
  dub_library_open_async (dub_workflow_get_library (self->workflow), task, self->cancellable, on_task_opened, g_object_ref (self));
}

static void
open_task (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  dub_window_open_task (DUB_WINDOW (widget), g_variant_get_int64 (parameter));
}

/* {Accounts} */

static void
connect_account (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  DubWindow *self = DUB_WINDOW (widget);
  g_autofree char *address = g_settings_get_string (self->settings, "service-address");

  adw_dialog_present (dub_connect_dialog_new (dub_workflow_get_accounts (self->workflow), NULL, address), widget);
}

static void
fix_account (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DubWindow *self = DUB_WINDOW (widget);
  DubAccounts *accounts = dub_workflow_get_accounts (self->workflow);
  DubAccount *current = dub_accounts_get_current (accounts);

  if (current != NULL && !dub_account_is_studio (current))
    adw_dialog_present (dub_connect_dialog_new (accounts, current, NULL), widget);
  else
    gtk_widget_activate_action (widget, "app.preferences", NULL);
}

static void
try_account_again (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  DubAccounts *accounts = dub_workflow_get_accounts (DUB_WINDOW (widget)->workflow);
  DubAccount *current = dub_accounts_get_current (accounts);

  if (current != NULL)
    dub_accounts_try_again (accounts, current);
}

static void
on_current_changed (DubWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

/* {Places} */

static void
show_place (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  DubWindow *self = DUB_WINDOW (widget);

  if (is_shown (self, "home"))
    dub_home_page_show (self->home, g_variant_get_string (parameter, NULL));
}

static void
search (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  DubWindow *self = DUB_WINDOW (widget);

  if (is_shown (self, "home"))
    dub_home_page_search (self->home);
}

static void
toggle_sending (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  DubWindow *self = DUB_WINDOW (widget);

  if (is_shown (self, "home"))
    dub_home_page_toggle_sending (self->home);
}

/**
 * dub_window_show_queue:
 *
 * Goes back to the queue from any page. What was picked for a new dub is kept.
 */
void
dub_window_show_queue (DubWindow *self)
{
  g_return_if_fail (DUB_IS_WINDOW (self));

  if (!is_shown (self, "home"))
    go_home (self);
  dub_home_page_show (self->home, "queue");
}

static void
on_page_changed (DubWindow *self)
{
  AdwNavigationPage *page = self->pages != NULL ? adw_navigation_view_get_visible_page (self->pages) : NULL;
  g_autofree char *title = NULL;

  if (page == NULL)
    return;

  if (is_shown (self, "home") || is_shown (self, "welcome"))
    title = g_strdup ("Dubroom");
  else
    /* Translators: the title of the window in a list of windows: “New Dub – Dubroom” */
    title = g_strdup_printf (_("%s – Dubroom"), adw_navigation_page_get_title (page));
  gtk_window_set_title (GTK_WINDOW (self), title);
}

/* {Object} */

static void
dub_window_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  DubWindow *self = DUB_WINDOW (object);
  DubAccount *current;

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_LAYOUT:
      g_value_set_string (value, self->layout);
      break;
    case PROP_ACCOUNT:
      current = self->workflow != NULL ? dub_accounts_get_current (dub_workflow_get_accounts (self->workflow)) : NULL;
      g_value_set_string (value, current != NULL ? dub_account_get_id (current) : "");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
choose_account (DubWindow  *self,
                const char *id)
{
  DubAccounts *accounts = dub_workflow_get_accounts (self->workflow);
  DubAccount *account = dub_accounts_find (accounts, id);

  if (account != NULL)
    dub_accounts_set_current (accounts, account);
}

static void
dub_window_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  DubWindow *self = DUB_WINDOW (object);

  switch (id)
    {
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      break;
    case PROP_LAYOUT:
      g_set_str (&self->layout, g_value_get_string (value));
      break;
    case PROP_ACCOUNT:
      if (self->workflow != NULL)
        choose_account (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_window_dispose (GObject *object)
{
  DubWindow *self = DUB_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->draft);
  g_clear_object (&self->draft_account);
  g_clear_object (&self->workflow);
  g_clear_object (&self->pictures);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->sample, g_free);
  g_clear_pointer (&self->layout, g_free);
  G_OBJECT_CLASS (dub_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-dub", NULL, new_dub);
  gtk_widget_class_install_action (widget_class, "win.new-dub-sample", NULL, new_dub_sample);
  gtk_widget_class_install_action (widget_class, "win.new-dub-of", "s", new_dub_of);
  gtk_widget_class_install_action (widget_class, "win.open-task", "x", open_task);
  gtk_widget_class_install_action (widget_class, "win.connect-account", NULL, connect_account);
  gtk_widget_class_install_action (widget_class, "win.fix-account", NULL, fix_account);
  gtk_widget_class_install_action (widget_class, "win.try-account-again", NULL, try_account_again);
  gtk_widget_class_install_action (widget_class, "win.show", "s", show_place);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.toggle-sending", NULL, toggle_sending);
  gtk_widget_class_install_property_action (widget_class, "win.account", "account");
}

static void
dub_window_class_init (DubWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = dub_window_dispose;
  object_class->get_property = dub_window_get_property;
  object_class->set_property = dub_window_set_property;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_LAYOUT] = g_param_spec_string ("layout", NULL, NULL, "wide", flags);
  properties[PROP_ACCOUNT] = g_param_spec_string ("account", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  install_actions (widget_class);
  g_type_ensure (DUB_TYPE_HOME_PAGE);
  g_type_ensure (DUB_TYPE_WELCOME_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DubWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, DubWindow, home);
  gtk_widget_class_bind_template_child (widget_class, DubWindow, welcome);
  gtk_widget_class_bind_template_callback (widget_class, on_item_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
}

static void
dub_window_init (DubWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->layout = g_strdup ("wide");
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_up (DubWindow *self)
{
  DubAccounts *accounts = dub_workflow_get_accounts (self->workflow);

  dub_home_page_set_workflow (self->home, self->workflow, self->pictures);
  g_object_set (self->home, "has-sample", self->sample != NULL, NULL);
  g_object_set (self->welcome, "has-sample", self->sample != NULL, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-dub-sample", self->sample != NULL);

  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);

  g_signal_connect_object (accounts, "notify::current", G_CALLBACK (on_current_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (end_welcome), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  if (is_first_start (self))
    adw_navigation_view_replace_with_tags (self->pages, (const char *const[]) { "welcome" }, 1);
  on_current_changed (self);
  on_page_changed (self);
}

/**
 * dub_window_new:
 * @sample: (nullable): the path of a video to try
 *
 * Returns: (transfer none): a window; the application keeps it
 */
GtkWindow *
dub_window_new (GtkApplication *application,
                DubWorkflow    *workflow,
                DubPictures    *pictures,
                GSettings      *settings,
                const char     *sample)
{
  DubWindow *self = g_object_new (DUB_TYPE_WINDOW, "application", application, NULL);

  self->workflow = g_object_ref (workflow);
  self->pictures = g_object_ref (pictures);
  self->settings = g_object_ref (settings);
  self->sample = g_strdup (sample);
  set_up (self);
  return GTK_WINDOW (self);
}
