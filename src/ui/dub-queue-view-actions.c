/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-view-private.h"

#include <glib/gi18n-lib.h>

#include "dub-messages.h"
#include "dub-task-row.h"

/* What a person is asked about a dub. */
typedef struct
{
  DubQueueView *view;
  DubTask *task;
} Question;

static Question *
question_new (DubQueueView *view,
              DubTask      *task)
{
  Question *question = g_new0 (Question, 1);

  question->view = g_object_ref (view);
  question->task = g_object_ref (task);
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->view);
  g_object_unref (question->task);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static const char *
name_of_language (DubTask *task)
{
  const DubLanguage *language = dub_task_get_language (task);

  return language != NULL ? dub_language_get_name (language) : dub_task_get_language_code (task);
}

static void
on_cancelled (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DubQueueView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_queue_cancel_finish (DUB_QUEUE (source), result, &error))
    dub_messages_error (GTK_WIDGET (self), _("Not Cancelled"), error);
}

static void
cancel (DubQueueView *self,
        DubTask      *task)
{
  if (self->workflow != NULL)
    dub_queue_cancel_async (dub_workflow_get_queue (self->workflow), task, self->cancellable, on_cancelled, g_object_ref (self));
}

static void
on_removed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DubQueueView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_queue_remove_finish (DUB_QUEUE (source), result, &error))
    dub_messages_error (GTK_WIDGET (self), _("Not Removed"), error);
}

static void
put_away (DubQueueView *self,
          DubTask      *task)
{
  if (self->workflow != NULL)
    dub_queue_remove_async (dub_workflow_get_queue (self->workflow), task, self->cancellable, on_removed, g_object_ref (self));
}

static void
on_retried (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DubQueueView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dub_queue_retry_finish (DUB_QUEUE (source), result, &error) == NULL)
    dub_messages_error (GTK_WIDGET (self), _("Not Tried Again"), error);
}

static void
on_retry_answered (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  DubQueueView *self = question->view;

  if (g_strcmp0 (answer, "again") == 0 && self->workflow != NULL)
    dub_queue_retry_async (dub_workflow_get_queue (self->workflow), question->task, self->cancellable, on_retried, g_object_ref (self));
}

static void
ask_again (DubQueueView          *self,
           DubTask               *task,
           const char            *heading,
           const char            *body,
           const char            *label,
           AdwResponseAppearance  appearance)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_add_response (dialog, "cancel", _("_Cancel"));
  adw_alert_dialog_add_response (dialog, "again", label);
  adw_alert_dialog_set_response_appearance (dialog, "again", appearance);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  if (appearance == ADW_RESPONSE_SUGGESTED)
    adw_alert_dialog_set_default_response (dialog, "again");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), self->cancellable, on_retry_answered, question_new (self, task));
}

static void
ask_retry (DubQueueView *self,
           DubTask      *task)
{
  /* Translators: the first %s is a language, the second the title of a video */
  g_autofree char *heading = g_strdup_printf (_("Dub “%2$s” in %1$s Again?"), name_of_language (task), dub_task_get_video_title (task));

  ask_again (self, task, heading,
             _("The same video, options and script are used. If nothing about the video has changed, the outcome may be the same."),
             _("Dub _Again"), ADW_RESPONSE_SUGGESTED);
}

static void
ask_send_again (DubQueueView *self,
                DubTask      *task)
{
  ask_again (self, task, _("Send It Again?"),
             _("The first sending may have arrived. Then a second dub of the same video is made, and it may be charged. "
               "If you can wait, let Dubroom look for the first one in the library."),
             _("_Send Again"), ADW_RESPONSE_DESTRUCTIVE);
}

static void
on_dropped (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DubQueueView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_queue_drop_finish (DUB_QUEUE (source), result, &error))
    dub_messages_error (GTK_WIDGET (self), _("Not Given Up"), error);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_library_refresh_finish (DUB_LIBRARY (source), result, &error))
    dub_messages_error (GTK_WIDGET (question->view), _("The Library Cannot Be Read Now"), error);
  else if (dub_task_get_state (question->task) == DUB_TASK_UNCONFIRMED)
    dub_messages_toast (GTK_WIDGET (question->view), _("Not in the library yet"));
}

static void
on_details_answered (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  DubQueueView *self = question->view;

  if (self->workflow == NULL)
    return;
  if (g_strcmp0 (answer, "look") == 0)
    dub_library_refresh_async (dub_workflow_get_library (self->workflow), self->cancellable, on_looked, g_steal_pointer (&question));
  else if (g_strcmp0 (answer, "again") == 0)
    ask_send_again (self, question->task);
  else if (g_strcmp0 (answer, "drop") == 0)
    dub_queue_drop_async (dub_workflow_get_queue (self->workflow), question->task, self->cancellable, on_dropped, g_object_ref (self));
}

static void
show_details (DubQueueView *self,
              DubTask      *task)
{
  g_autofree char *detail = dub_task_words_dup_detail (task);
  g_autofree char *body = g_strdup_printf (_("%s\n\nLook Now searches the library of the account for “%s”. Give Up "
                                             "only ends the waiting: a dub that is under way goes on."),
                                           detail, dub_task_get_name (task));
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Was It Sent?"), body));

  adw_alert_dialog_add_responses (dialog, "close", _("_Close"), "drop", _("_Give Up"), "again", _("_Send Again…"),
                                  "look", _("_Look Now"), NULL);
  adw_alert_dialog_set_prefer_wide_layout (dialog, FALSE);
  adw_alert_dialog_set_response_appearance (dialog, "look", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_appearance (dialog, "again", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "look");
  adw_alert_dialog_set_close_response (dialog, "close");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), self->cancellable, on_details_answered, question_new (self, task));
}

static void
copy (DubQueueView *self,
      const char   *text,
      const char   *toast)
{
  if (text == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  dub_messages_toast (GTK_WIDGET (self), toast);
}

/* Actions on one dub: the parameter is its id. */
static void
act_on_task (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);
  g_autoptr (DubTask) task = NULL;

  g_set_object (&task, dub_queue_view_find (self, g_variant_get_int64 (parameter)));
  if (task == NULL)
    return;

  if (g_str_equal (name, "queue.review"))
    gtk_widget_activate_action (widget, "win.open-task", "x", dub_task_get_id (task));
  else if (g_str_equal (name, "queue.retry"))
    ask_retry (self, task);
  else if (g_str_equal (name, "queue.details"))
    show_details (self, task);
  else if (g_str_equal (name, "queue.cancel"))
    cancel (self, task);
  else if (g_str_equal (name, "queue.remove"))
    put_away (self, task);
  else if (g_str_equal (name, "queue.copy-request-id"))
    copy (self, dub_task_get_request_id (task), _("Request ID copied"));
  else if (g_str_equal (name, "queue.copy-name"))
    copy (self, dub_task_get_name (task), _("Name copied"));
}

/* Actions on all dubs of a video: the parameter is the video's number. */
static void
act_on_video (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);
  gint64 video = g_variant_get_int64 (parameter);
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->tasks != NULL && i < g_list_model_get_n_items (self->tasks); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (self->tasks, i);
      if (dub_task_get_video (task) == video)
        g_ptr_array_add (tasks, g_steal_pointer (&task));
    }

  for (guint i = 0; i < tasks->len; i++)
    {
      DubTask *task = tasks->pdata[i];

      if (g_str_equal (name, "queue.cancel-video") && dub_task_can_cancel (task))
        cancel (self, task);
      else if (g_str_equal (name, "queue.remove-video") && dub_task_can_remove (task))
        put_away (self, task);
    }
  if (g_str_equal (name, "queue.more-languages") && tasks->len > 0)
    gtk_widget_activate_action (widget, "win.new-dub-of", "s", dub_task_get_video_uri (tasks->pdata[0]));
}

static void
show_all (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);

  adw_toggle_group_set_active_name (self->filter_group, "all");
  gtk_widget_activate_action (widget, "home.stop-search", NULL);
}

/* The row that has the focus: removed where it is over, cancelled where it has not started. */
static void
put_away_focused (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, DUB_TYPE_TASK_ROW) : NULL;
  DubTask *task;

  if (row == NULL && focus != NULL && DUB_IS_TASK_ROW (gtk_widget_get_first_child (focus)))
    row = gtk_widget_get_first_child (focus);
  if (row == NULL)
    return;

  task = dub_task_row_get_task (DUB_TASK_ROW (row));
  if (task != NULL && dub_task_can_remove (task))
    put_away (self, task);
  else if (task != NULL && dub_task_can_cancel (task))
    cancel (self, task);
}

void
dub_queue_view_install_actions (DubQueueViewClass *klass)
{
  static const char *const of_task[] = { "queue.review", "queue.retry", "queue.details", "queue.cancel", "queue.remove",
                                         "queue.copy-request-id", "queue.copy-name" };
  static const char *const of_video[] = { "queue.cancel-video", "queue.remove-video", "queue.more-languages" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  for (guint i = 0; i < G_N_ELEMENTS (of_task); i++)
    gtk_widget_class_install_action (widget_class, of_task[i], "x", act_on_task);
  for (guint i = 0; i < G_N_ELEMENTS (of_video); i++)
    gtk_widget_class_install_action (widget_class, of_video[i], "x", act_on_video);
  gtk_widget_class_install_action (widget_class, "queue.show-all", NULL, show_all);
  gtk_widget_class_install_action (widget_class, "queue.put-away", NULL, put_away_focused);
}
