/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-home-page.h"

#include <glib/gi18n-lib.h>

#include "dub-account-menu.h"

/**
 * DubHomePage:
 *
 * The queue and the library, and the way to everything else.
 */
struct _DubHomePage
{
  AdwNavigationPage parent_instance;

  /* template widgets */
  GtkWidget *new_dub;
  GtkMenuButton *menu_button;
  GtkMenuButton *account_button;
  AdwAvatar *avatar;
  GtkLabel *account_name;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  AdwBanner *banner;
  AdwViewStack *stack;
  AdwViewStackPage *queue_page;
  AdwViewStackPage *library_page;
  AdwWindowTitle *narrow_title;
  DubQueueView *queue;
  DubLibraryView *library;
  GMenuModel *main_menu;

  /* owned */
  DubWorkflow *workflow;
  DubAccount *account;
  GMenuModel *accounts_menu;
  gboolean narrow;
  gboolean stacked;
  gboolean has_sample;
  gboolean offline;
  gboolean was_shown;
  const char *banner_action; /* static */
};

enum
{
  PROP_NARROW = 1,
  PROP_STACKED,
  PROP_HAS_SAMPLE,
  PROP_OFFLINE,
  PROP_ACCOUNT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint opened_signal;

G_DEFINE_FINAL_TYPE (DubHomePage, dub_home_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
is_queue_shown (DubHomePage *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), "queue") == 0;
}

static gboolean
needs_fixing (DubHomePage *self)
{
  return self->account != NULL && dub_account_is_resting (self->account);
}

/* One thing on the page is emphasised: the way out of a problem, else the button of an empty page, else New Dub…. */
static void
update_emphasis (DubHomePage *self)
{
  gboolean empty;

  g_object_get (self->queue, "empty", &empty, NULL);
  if (needs_fixing (self) || (empty && is_queue_shown (self)))
    gtk_widget_remove_css_class (self->new_dub, "suggested-action");
  else
    gtk_widget_add_css_class (self->new_dub, "suggested-action");
}

static char *
dup_pause (DubHomePage *self)
{
  DubQueueSummary *summary = NULL;
  guint n;

  g_object_get (self->queue, "summary", &summary, NULL);
  n = summary != NULL ? dub_queue_summary_get_waiting (summary) : 0;
  g_clear_object (&summary);
  if (n == 0)
    return g_strdup (_("Sending is paused. New dubs wait until you resume."));
  return g_strdup_printf (ngettext ("Sending is paused. %'u dub waits.", "Sending is paused. %'u dubs wait.", n), n);
}

static void
show_banner (DubHomePage *self,
             const char  *title,
             const char  *button,
             const char  *action)
{
  /* The old one stays legible while it goes. */
  if (title != NULL)
    adw_banner_set_title (self->banner, title);
  adw_banner_set_button_label (self->banner, button);
  self->banner_action = action;
  adw_banner_set_revealed (self->banner, title != NULL);
  update_emphasis (self);
}

/* One at a time, and first what nobody but the person can mend: the account, then its troubles that end by themselves, then
 * what the person chose. */
static void
update_banner (DubHomePage *self)
{
  const char *problem = self->account != NULL ? dub_account_get_problem (self->account) : NULL;
  gboolean again = self->account != NULL && dub_account_can_try_again (self->account);
  gboolean paused;
  g_autofree char *pause = NULL;

  g_object_get (self->queue, "paused", &paused, NULL);
  adw_banner_set_button_style (self->banner, needs_fixing (self) ? ADW_BANNER_BUTTON_SUGGESTED : ADW_BANNER_BUTTON_DEFAULT);
  if (needs_fixing (self))
    show_banner (self, problem != NULL ? problem : _("The account does not work at the moment. Nothing is lost: the queue goes on when it does."),
                 again ? _("_Try Again") : _("_Fix…"), again ? "win.try-account-again" : "win.fix-account");
  else if (self->offline)
    show_banner (self, _("You are offline. Nothing is lost: dubs that were sent go on at the service, and the rest goes on by itself "
                         "when the connection is back."),
                 NULL, NULL);
  else if (problem != NULL)
    show_banner (self, problem, again ? _("_Try Again") : NULL, again ? "win.try-account-again" : NULL);
  else if (paused)
    {
      pause = dup_pause (self);
      show_banner (self, pause, _("_Resume"), "line.resume");
    }
  else
    show_banner (self, NULL, NULL, NULL);
}

static void
update_account (DubHomePage *self)
{
  gboolean studio;

  if (self->account == NULL)
    return;

  studio = dub_account_is_studio (self->account);
  gtk_label_set_label (self->account_name, dub_account_get_name (self->account));
  adw_avatar_set_text (self->avatar, dub_account_get_name (self->account));
  adw_avatar_set_show_initials (self->avatar, !studio);
  adw_avatar_set_icon_name (self->avatar, studio ? "computer-symbolic" : NULL);
  update_banner (self);
}

static void
set_account (DubHomePage *self,
             DubAccount  *account)
{
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_set_object (&self->account, account);
  if (account != NULL)
    g_signal_connect_object (account, "notify", G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  update_account (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

/* In a narrow window the main menu has what has no room elsewhere: the choice of the account, and reading the library again. */
static void
update_menus (DubHomePage *self)
{
  g_autoptr (GMenu) all = g_menu_new ();
  g_autoptr (GMenu) library = g_menu_new ();

  if (self->accounts_menu == NULL)
    return;

  gtk_menu_button_set_menu_model (self->account_button, self->accounts_menu);
  g_menu_append (library, _("_Reload Library"), "home.reload-library");
  if (self->narrow && !is_queue_shown (self))
    g_menu_append_section (all, NULL, G_MENU_MODEL (library));
  if (self->narrow)
    g_menu_append_section (all, NULL, self->accounts_menu);
  g_menu_append_section (all, NULL, self->main_menu);
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (all));
}

static void
on_page_changed (DubHomePage *self)
{
  gboolean queue = is_queue_shown (self);

  adw_window_title_set_title (self->narrow_title, queue ? _("Queue") : _("Library"));
  if (queue)
    adw_view_stack_page_set_needs_attention (self->queue_page, FALSE);
  update_menus (self);
  update_emphasis (self);
}

static void
on_search_changed (DubHomePage *self)
{
  const char *text = gtk_editable_get_text (self->search_entry);

  g_object_set (self->queue, "search", text, NULL);
  g_object_set (self->library, "search", text, NULL);
}

static void
on_search_mode (DubHomePage *self)
{
  if (!gtk_search_bar_get_search_mode (self->search_bar))
    gtk_editable_set_text (self->search_entry, "");
}

/* The actions of the queue are there; those of the window are found from there too. */
static void
on_banner_button (DubHomePage *self)
{
  if (self->banner_action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->queue), self->banner_action, NULL);
}

static void
on_queue_counted (DubHomePage *self)
{
  DubQueueSummary *summary = NULL;

  g_object_get (self->queue, "summary", &summary, NULL);
  if (summary != NULL)
    g_signal_connect_object (summary, "notify::n-waiting", G_CALLBACK (update_banner), self, G_CONNECT_SWAPPED);
  g_clear_object (&summary);
}

static void
on_opened (DubHomePage    *self,
           DubLibraryItem *item)
{
  g_signal_emit (self, opened_signal, 0, item);
}

static void
stop_search (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_search_bar_set_search_mode (DUB_HOME_PAGE (widget)->search_bar, FALSE);
}

static void
reload_library (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (DUB_HOME_PAGE (widget)->library), "library.refresh", NULL);
}

static void
on_task_finished (DubHomePage *self)
{
  if (!is_queue_shown (self))
    adw_view_stack_page_set_needs_attention (self->queue_page, TRUE);
}

/**
 * dub_home_page_set_accounts:
 * @accounts: a list of [class@DubAccount]
 *
 * Offers these accounts in the menus.
 */
void
dub_home_page_set_accounts (DubHomePage *self,
                            GListModel  *accounts)
{
  g_return_if_fail (DUB_IS_HOME_PAGE (self));

  g_clear_object (&self->accounts_menu);
  self->accounts_menu = dub_account_menu_new (accounts);
  update_menus (self);
}

/**
 * dub_home_page_set_workflow:
 *
 * Shows the queue, the library and the accounts of @workflow.
 */
void
dub_home_page_set_workflow (DubHomePage *self,
                            DubWorkflow *workflow,
                            DubPictures *pictures)
{
  DubAccounts *accounts = dub_workflow_get_accounts (workflow);
  DubQueue *queue = dub_workflow_get_queue (workflow);

  g_return_if_fail (DUB_IS_HOME_PAGE (self));

  g_set_object (&self->workflow, workflow);
  dub_queue_view_set_workflow (self->queue, workflow, pictures);
  dub_library_view_set_library (self->library, dub_workflow_get_library (workflow), pictures);
  dub_home_page_set_accounts (self, G_LIST_MODEL (accounts));
  g_object_bind_property (accounts, "current", self, "account", G_BINDING_SYNC_CREATE);
  g_object_bind_property (queue, "offline", self, "offline", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (queue, "task-finished", G_CALLBACK (on_task_finished), self, G_CONNECT_SWAPPED);
  update_emphasis (self);
}

/**
 * dub_home_page_get_queue_view:
 *
 * Returns: (transfer none): the queue
 */
DubQueueView *
dub_home_page_get_queue_view (DubHomePage *self)
{
  g_return_val_if_fail (DUB_IS_HOME_PAGE (self), NULL);

  return self->queue;
}

/**
 * dub_home_page_get_library_view:
 *
 * Returns: (transfer none): the library
 */
DubLibraryView *
dub_home_page_get_library_view (DubHomePage *self)
{
  g_return_val_if_fail (DUB_IS_HOME_PAGE (self), NULL);

  return self->library;
}

/**
 * dub_home_page_show:
 * @name: "queue" or "library"
 */
void
dub_home_page_show (DubHomePage *self,
                    const char  *name)
{
  g_return_if_fail (DUB_IS_HOME_PAGE (self));

  adw_view_stack_set_visible_child_name (self->stack, name);
}

/**
 * dub_home_page_toggle_sending:
 *
 * Pauses the sending of dubs, or resumes it.
 */
void
dub_home_page_toggle_sending (DubHomePage *self)
{
  g_return_if_fail (DUB_IS_HOME_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self->queue), "line.toggle", NULL);
}

/**
 * dub_home_page_search:
 *
 * Opens the search and puts the cursor there.
 */
void
dub_home_page_search (DubHomePage *self)
{
  g_return_if_fail (DUB_IS_HOME_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* The list must not have the focus at first: it would scroll its first row to the top and hide the head above it. */
static void
dub_home_page_showing (AdwNavigationPage *page)
{
  DubHomePage *self = DUB_HOME_PAGE (page);

  if (!self->was_shown)
    gtk_widget_grab_focus (self->new_dub);
  self->was_shown = TRUE;
}

/* A page that comes in place of another one gets no focus, and without one the keyboard begins nowhere. */
static void
dub_home_page_shown (AdwNavigationPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (page)))
    gtk_widget_grab_focus (DUB_HOME_PAGE (page)->new_dub);
}

static void
dub_home_page_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DubHomePage *self = DUB_HOME_PAGE (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_STACKED:
      g_value_set_boolean (value, self->stacked);
      break;
    case PROP_HAS_SAMPLE:
      g_value_set_boolean (value, self->has_sample);
      break;
    case PROP_OFFLINE:
      g_value_set_boolean (value, self->offline);
      break;
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_home_page_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  DubHomePage *self = DUB_HOME_PAGE (object);

  switch (id)
    {
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      update_menus (self);
      break;
    case PROP_STACKED:
      self->stacked = g_value_get_boolean (value);
      break;
    case PROP_HAS_SAMPLE:
      self->has_sample = g_value_get_boolean (value);
      break;
    case PROP_OFFLINE:
      self->offline = g_value_get_boolean (value);
      update_banner (self);
      break;
    case PROP_ACCOUNT:
      set_account (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_home_page_dispose (GObject *object)
{
  DubHomePage *self = DUB_HOME_PAGE (object);

  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_clear_object (&self->account);
  g_clear_object (&self->accounts_menu);
  g_clear_object (&self->workflow);
  G_OBJECT_CLASS (dub_home_page_parent_class)->dispose (object);
}

static void
dub_home_page_class_init (DubHomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = dub_home_page_dispose;
  object_class->get_property = dub_home_page_get_property;
  object_class->set_property = dub_home_page_set_property;
  ADW_NAVIGATION_PAGE_CLASS (klass)->showing = dub_home_page_showing;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = dub_home_page_shown;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_STACKED] = g_param_spec_boolean ("stacked", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_SAMPLE] = g_param_spec_boolean ("has-sample", NULL, NULL, FALSE, flags);
  properties[PROP_OFFLINE] = g_param_spec_boolean ("offline", NULL, NULL, FALSE, flags);
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, DUB_TYPE_ACCOUNT, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  opened_signal = g_signal_new ("opened", DUB_TYPE_HOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, DUB_TYPE_LIBRARY_ITEM);

  g_type_ensure (DUB_TYPE_QUEUE_VIEW);
  g_type_ensure (DUB_TYPE_LIBRARY_VIEW);
  gtk_widget_class_install_action (widget_class, "home.stop-search", NULL, stop_search);
  gtk_widget_class_install_action (widget_class, "home.reload-library", NULL, reload_library);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, new_dub);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, account_button);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, avatar);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, account_name);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, banner);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, queue_page);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, library_page);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, narrow_title);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, queue);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, library);
  gtk_widget_class_bind_template_child (widget_class, DubHomePage, main_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_mode);
  gtk_widget_class_bind_template_callback (widget_class, on_banner_button);
  gtk_widget_class_bind_template_callback (widget_class, on_queue_counted);
  gtk_widget_class_bind_template_callback (widget_class, update_banner);
  gtk_widget_class_bind_template_callback (widget_class, on_opened);
  gtk_widget_class_bind_template_callback (widget_class, update_emphasis);
}

static void
dub_home_page_init (DubHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A title is the name of its page as it is, with the mark of the mnemonic. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->queue_page), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Queue"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->library_page), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Library"), -1);
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  on_page_changed (self);
}
