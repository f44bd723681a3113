/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-application.h"

#include <glib/gi18n-lib.h>

#include "dub-about.h"
#include "dub-notifier.h"
#include "dub-pictures.h"
#include "dub-preferences-dialog.h"
#include "dub-window.h"

#define APP_ID "io.github.dubroom.Dubroom"

/**
 * DubApplication:
 *
 * The application: one window, and, when that is closed with dubs under way, none until they are ready.
 */
struct _DubApplication
{
  AdwApplication parent_instance;

  /* owned */
  DubWorkflow *workflow;
  DubPictures *pictures;
  DubNotifier *notifier;
  GSettings *settings;
  GError *failure;          /* why the workflow could not be opened */
  char *sample;
  gint64 task_to_open;      /* asked for by a notification before there was a window */
  gboolean queue_wanted;    /* the same */
  gboolean opened;
  gboolean wanted;          /* activated before the workflow was open */
  gboolean watching;        /* held without a window */
  gboolean ending;
};

G_DEFINE_FINAL_TYPE (DubApplication, dub_application, ADW_TYPE_APPLICATION)

/* {The end} */

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DubApplication) self = user_data;
  GList *windows;

  dub_workflow_close_finish (DUB_WORKFLOW (source), result);
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (self))) != NULL)
    gtk_window_destroy (windows->data);
  g_application_release (G_APPLICATION (self));
  g_application_quit (G_APPLICATION (self));
}

/* The queue and the studio stop in order; what was under way is found again at the next start. */
static void
end (DubApplication *self)
{
  if (self->ending)
    return;

  self->ending = TRUE;
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL; link = link->next)
    gtk_widget_set_visible (link->data, FALSE);
  g_application_hold (G_APPLICATION (self));
  dub_workflow_close_async (self->workflow, on_closed, g_object_ref (self));
}

static void
stop_watching (DubApplication *self)
{
  if (!self->watching)
    return;

  self->watching = FALSE;
  g_application_release (G_APPLICATION (self));
}

static void
on_under_way_changed (DubApplication *self)
{
  if (self->watching && dub_queue_get_n_under_way (dub_workflow_get_queue (self->workflow)) == 0)
    {
      end (self);
      stop_watching (self);
    }
}

static gboolean
on_close_request (DubApplication *self)
{
  guint n = dub_queue_get_n_under_way (dub_workflow_get_queue (self->workflow));

  if (n == 0 || !g_settings_get_boolean (self->settings, "keep-watching"))
    {
      end (self);
      return GDK_EVENT_STOP;
    }

  self->watching = TRUE;
  g_application_hold (G_APPLICATION (self));
  dub_notifier_tell_of_watching (self->notifier, n);
  return GDK_EVENT_PROPAGATE;
}

/* {The window} */

static void
show_failure (DubApplication *self)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (self));
  GtkWidget *view = adw_toolbar_view_new (), *page = adw_status_page_new ();
  g_autofree char *text = g_markup_escape_text (self->failure->message, -1);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-error-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Dubroom Cannot Start"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), text);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_set_title (GTK_WINDOW (window), "Dubroom");
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 480);
  gtk_window_present (GTK_WINDOW (window));
}

static void
show_window (DubApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (self->ending)
    return;
  if (window == NULL && self->failure != NULL)
    {
      show_failure (self);
      return;
    }
  if (window == NULL)
    {
      window = dub_window_new (GTK_APPLICATION (self), self->workflow, self->pictures, self->settings, self->sample);
      g_signal_connect_object (window, "close-request", G_CALLBACK (on_close_request), self, G_CONNECT_SWAPPED);
    }
  stop_watching (self);
  gtk_window_present (window);
  if (self->task_to_open != 0 && DUB_IS_WINDOW (window))
    dub_window_open_task (DUB_WINDOW (window), self->task_to_open);
  else if (self->queue_wanted && DUB_IS_WINDOW (window))
    dub_window_show_queue (DUB_WINDOW (window));
  self->task_to_open = 0;
  self->queue_wanted = FALSE;
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DubApplication) self = user_data;

  dub_workflow_open_finish (DUB_WORKFLOW (source), result, &self->failure);
  self->opened = TRUE;
  if (self->wanted)
    show_window (self);
  g_application_release (G_APPLICATION (self));
}

static void
dub_application_activate (GApplication *application)
{
  DubApplication *self = DUB_APPLICATION (application);

  self->wanted = TRUE;
  if (self->opened)
    show_window (self);
}

/* {Actions} */

static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  end (user_data);
}

static void
show_preferences (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  DubApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window != NULL)
    adw_dialog_present (dub_preferences_dialog_new (dub_workflow_get_accounts (self->workflow),
                                                    dub_workflow_get_engines (self->workflow), self->settings),
                        GTK_WIDGET (window));
}

static void
show_shortcuts (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  DubApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/dubroom/Dubroom/ui/shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (shortcuts, window);
  gtk_window_present (shortcuts);
}

static void
show_about (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  DubApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  adw_dialog_present (dub_about_new (dub_workflow_get_log (self->workflow)), GTK_WIDGET (window));
}

static void
open_task (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  DubApplication *self = user_data;

  self->task_to_open = g_variant_get_int64 (parameter);
  g_application_activate (G_APPLICATION (self));
}

static void
show_queue (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  DubApplication *self = user_data;

  self->queue_wanted = TRUE;
  g_application_activate (G_APPLICATION (self));
}

static void
close_window (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (window != NULL)
    gtk_window_close (window);
}

static void
add_actions (DubApplication *self)
{
  const GActionEntry entries[] = {
    { .name = "quit", .activate = quit },
    { .name = "preferences", .activate = show_preferences },
    { .name = "shortcuts", .activate = show_shortcuts },
    { .name = "about", .activate = show_about },
    { .name = "open-task", .activate = open_task, .parameter_type = "x" },
    { .name = "show-queue", .activate = show_queue },
    { .name = "close", .activate = close_window },
  };
  static const struct { const char *action, *keys[2]; } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.shortcuts", { "<Control>question" } },
    { "app.close", { "<Control>w" } },
    { "win.new-dub", { "<Control>n" } },
    { "win.search", { "<Control>f" } },
    { "win.toggle-sending", { "<Control>p" } },
    { "win.show::queue", { "<Control>1" } },
    { "win.show::library", { "<Control>2" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, (const char *const[]) { accels[i].keys[0], NULL });
}

/* {Object} */

/* GSettings ends the program without a word for the person when its schema is not there. */
static gboolean
dub_application_local_command_line (GApplication   *application,
                                    char         ***arguments,
                                    int            *status)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;

  if (schema == NULL)
    {
      g_printerr (_("Dubroom is not installed as a whole: the list of its settings is missing. Install it again.\n"));
      *status = 1;
      return TRUE;
    }
  return G_APPLICATION_CLASS (dub_application_parent_class)->local_command_line (application, arguments, status);
}

static void
dub_application_startup (GApplication *application)
{
  DubApplication *self = DUB_APPLICATION (application);
  DubQueue *queue = dub_workflow_get_queue (self->workflow);

  G_APPLICATION_CLASS (dub_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (APP_ID);
  add_actions (self);
  self->settings = g_settings_new (APP_ID);
  self->pictures = dub_pictures_new ();
  self->notifier = dub_notifier_new (application, queue, self->settings);
  g_signal_connect_object (queue, "notify::n-under-way", G_CALLBACK (on_under_way_changed), self, G_CONNECT_SWAPPED);

  g_application_hold (application);
  dub_workflow_open_async (self->workflow, NULL, on_opened, g_object_ref (self));
}

static void
dub_application_dispose (GObject *object)
{
  DubApplication *self = DUB_APPLICATION (object);

  g_clear_object (&self->notifier);
  g_clear_object (&self->pictures);
  g_clear_object (&self->settings);
  g_clear_object (&self->workflow);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->sample, g_free);
  G_OBJECT_CLASS (dub_application_parent_class)->dispose (object);
}

static void
dub_application_class_init (DubApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dub_application_dispose;
  G_APPLICATION_CLASS (klass)->local_command_line = dub_application_local_command_line;
  G_APPLICATION_CLASS (klass)->startup = dub_application_startup;
  G_APPLICATION_CLASS (klass)->activate = dub_application_activate;
}

static void
dub_application_init (DubApplication *self)
{
}

/**
 * dub_application_new:
 * @workflow: not yet open
 * @sample: (nullable): the path of a video to try
 *
 * The settings' schema must be installed, or be found by `GSETTINGS_SCHEMA_DIR`.
 *
 * Returns: (transfer full): the application
 */
DubApplication *
dub_application_new (DubWorkflow *workflow,
                     const char  *sample)
{
  DubApplication *self = g_object_new (DUB_TYPE_APPLICATION, "application-id", APP_ID,
                                       "resource-base-path", "/io/github/dubroom/Dubroom/ui", NULL);

  self->workflow = g_object_ref (workflow);
  self->sample = g_strdup (sample);
  return self;
}
