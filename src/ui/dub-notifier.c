/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-notifier.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

/**
 * DubNotifier:
 *
 * Tells the person on the desktop what became of the dubs, unless the window is in front of them.
 */
struct _DubNotifier
{
  GObject parent_instance;

  /* owned */
  DubBatchNews *news;
  GSettings *settings;
  /* borrowed: it owns this object */
  GApplication *application;
};

G_DEFINE_FINAL_TYPE (DubNotifier, dub_notifier, G_TYPE_OBJECT)

/**
 * dub_notifier_make:
 *
 * Returns: (transfer full): what is said of a batch; a click opens its dub where it is one, else the queue
 */
GNotification *
dub_notifier_make (const DubBatchReport *report)
{
  g_autofree char *title = dub_batch_report_dup_title (report), *body = dub_batch_report_dup_body (report);
  GNotification *notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  if (report->n_dubs == 1)
    g_notification_set_default_action_and_target (notification, "app.open-task", "x", dub_task_get_id (report->first));
  else
    g_notification_set_default_action (notification, "app.show-queue");
  return notification;
}

/* What was said of the same batch before is replaced. */
static void
on_news (DubNotifier          *self,
         const DubBatchReport *report)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self->application));
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *id = NULL;

  if (!g_settings_get_boolean (self->settings, "notifications") || (window != NULL && gtk_window_is_active (window)))
    return;

  notification = dub_notifier_make (report);
  id = g_strdup_printf ("batch-%s", report->id);
  g_application_send_notification (self->application, id, notification);
}

/**
 * dub_notifier_tell_of_watching:
 * @n_under_way: how many dubs are watched
 */
void
dub_notifier_tell_of_watching (DubNotifier *self,
                               guint        n_under_way)
{
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *body = NULL;

  g_return_if_fail (DUB_IS_NOTIFIER (self));

  if (g_settings_get_boolean (self->settings, "told-of-watching"))
    return;

  body = g_strdup_printf (ngettext ("%u dub is under way. Dubroom ends by itself when it is ready; this can be turned off in the preferences.",
                                    "%u dubs are under way. Dubroom ends by itself when they are ready; this can be turned off in the preferences.",
                                    n_under_way),
                          n_under_way);
  notification = g_notification_new (_("Dubroom keeps watching"));
  g_notification_set_body (notification, body);
  g_notification_add_button (notification, _("Quit Now"), "app.quit");
  g_application_send_notification (self->application, "watching", notification);
  g_settings_set_boolean (self->settings, "told-of-watching", TRUE);
}

static void
dub_notifier_dispose (GObject *object)
{
  DubNotifier *self = DUB_NOTIFIER (object);

  g_clear_object (&self->news);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (dub_notifier_parent_class)->dispose (object);
}

static void
dub_notifier_class_init (DubNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dub_notifier_dispose;
}

static void
dub_notifier_init (DubNotifier *self)
{
}

/**
 * dub_notifier_new:
 * @application: a #GtkApplication that lives longer
 *
 * Returns: (transfer full): an object that notifies as long as it lives
 */
DubNotifier *
dub_notifier_new (GApplication *application,
                  DubQueue     *queue,
                  GSettings    *settings)
{
  DubNotifier *self = g_object_new (DUB_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->news = dub_batch_news_new (G_LIST_MODEL (queue));
  self->settings = g_object_ref (settings);
  g_signal_connect_object (queue, "task-finished", G_CALLBACK (dub_batch_news_note), self->news, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "notify::n-under-way", G_CALLBACK (dub_batch_news_look), self->news, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->news, "news", G_CALLBACK (on_news), self, G_CONNECT_SWAPPED);
  return self;
}
