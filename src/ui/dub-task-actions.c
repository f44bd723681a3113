/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-task-actions.h"

#include <glib/gi18n-lib.h>

#include "dub-history-dialog.h"
#include "dub-messages.h"
#include "dub-queue-item.h"
#include "dub-task-words.h"

/**
 * DubTaskActions:
 *
 * What a person can do with the dubs of a list, as actions: the parameter is the id of a dub, or the number of a video.
 */
struct _DubTaskActions
{
  GSimpleActionGroup parent_instance;

  GtkWidget *widget; /* weak: it has this group */
  GListModel *tasks;
  DubWorkflow *workflow;
  GCancellable *cancellable; /* of what is asked, not of what is wished: that is done although the widget goes */
};

G_DEFINE_FINAL_TYPE (DubTaskActions, dub_task_actions, G_TYPE_SIMPLE_ACTION_GROUP)

/* What a person is asked about a dub. */
typedef struct
{
  DubTaskActions *actions;
  DubTask *task;
} Question;

static Question *
question_new (DubTaskActions *actions,
              DubTask        *task)
{
  Question *question = g_new0 (Question, 1);

  question->actions = g_object_ref (actions);
  question->task = g_object_ref (task);
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->actions);
  g_object_unref (question->task);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
tell_error (DubTaskActions *self,
            const char     *heading,
            const GError   *error)
{
  if (self->widget != NULL)
    dub_messages_error (self->widget, heading, error);
}

static void
on_cancelled (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DubTaskActions) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_queue_cancel_finish (DUB_QUEUE (source), result, &error))
    tell_error (self, _("Not Cancelled"), error);
}

static void
on_recalled (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DubTaskActions) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_queue_recall_finish (DUB_QUEUE (source), result, &error))
    tell_error (self, _("Not Cancelled"), error);
}

static void
cancel (DubTaskActions *self,
        DubTask        *task)
{
  if (self->workflow == NULL)
    return;
  if (dub_task_can_recall (task))
    dub_queue_recall_async (dub_workflow_get_queue (self->workflow), task, NULL, on_recalled, g_object_ref (self));
  else
    dub_queue_cancel_async (dub_workflow_get_queue (self->workflow), task, NULL, on_cancelled, g_object_ref (self));
}

static void
on_removed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DubTaskActions) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_queue_remove_finish (DUB_QUEUE (source), result, &error))
    tell_error (self, _("Not Removed"), error);
  else if (self->widget != NULL)
    dub_messages_toast (self->widget, _("Removed from the queue"));
}

static void
put_away (DubTaskActions *self,
          DubTask        *task)
{
  if (self->workflow != NULL)
    dub_queue_remove_async (dub_workflow_get_queue (self->workflow), task, NULL, on_removed, g_object_ref (self));
}

static void
on_retried (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DubTaskActions) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) made = dub_queue_retry_finish (DUB_QUEUE (source), result, &error);

  if (made == NULL)
    tell_error (self, _("Not Tried Again"), error);
}

static void
on_retry_answered (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  DubTaskActions *self = question->actions;

  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();

  g_ptr_array_add (tasks, question->task);
  if (g_strcmp0 (answer, "again") == 0 && self->widget != NULL && self->workflow != NULL)
    dub_queue_retry_async (dub_workflow_get_queue (self->workflow), tasks, NULL, on_retried, g_object_ref (self));
}

static void
ask_again (DubTaskActions        *self,
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
  adw_alert_dialog_choose (dialog, self->widget, self->cancellable, on_retry_answered, question_new (self, task));
}

static void
ask_retry (DubTaskActions *self,
           DubTask        *task)
{
  /* Translators: the first %s is the title of a video, the second a language */
  g_autofree char *body = g_strdup_printf (_("“%s” is dubbed in %s again, with the same options and script. "
                                             "If nothing about the video has changed, the outcome may be the same."),
                                           dub_task_get_video_title (task), dub_task_words_get_language (task));

  ask_again (self, task, _("Dub Again?"), body, _("Dub _Again"), ADW_RESPONSE_SUGGESTED);
}

static void
ask_send_again (DubTaskActions *self,
                DubTask        *task)
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
  g_autoptr (DubTaskActions) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_queue_drop_finish (DUB_QUEUE (source), result, &error))
    tell_error (self, _("Not Given Up"), error);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_library_refresh_finish (DUB_LIBRARY (source), result, &error))
    tell_error (question->actions, _("Library Not Read"), error);
  else if (question->actions->widget != NULL && dub_task_get_state (question->task) == DUB_TASK_UNCONFIRMED)
    dub_messages_toast (question->actions->widget, _("Not in the library yet"));
}

static void
on_details_answered (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  DubTaskActions *self = question->actions;

  if (self->widget == NULL || self->workflow == NULL)
    return;
  if (g_strcmp0 (answer, "look") == 0)
    dub_library_refresh_async (dub_workflow_get_library (self->workflow), self->cancellable, on_looked, g_steal_pointer (&question));
  else if (g_strcmp0 (answer, "again") == 0)
    ask_send_again (self, question->task);
  else if (g_strcmp0 (answer, "drop") == 0)
    dub_queue_drop_async (dub_workflow_get_queue (self->workflow), question->task, NULL, on_dropped, g_object_ref (self));
}

static void
show_details (DubTaskActions *self,
              DubTask        *task)
{
  g_autofree char *detail = dub_task_words_dup_detail (task, NULL, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *body = NULL;
  AdwAlertDialog *dialog;

  /* It may have been found between the menu and the choice. */
  if (detail == NULL)
    return;

  /* Translators: the first %s are sentences that say what happened, the second is the name of a dub */
  body = g_strdup_printf (_("%s\n\nLook Now searches the library of the account for “%s”. Send Again may make a second dub, "
                            "which may be charged. Give Up only ends the waiting: a dub that is under way goes on."),
                          detail, dub_task_get_name (task));
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Was It Sent?"), body));
  adw_alert_dialog_add_responses (dialog, "close", _("_Close"), "drop", _("_Give Up"), "again", _("_Send Again…"),
                                  "look", _("_Look Now"), NULL);
  adw_alert_dialog_set_prefer_wide_layout (dialog, FALSE);
  adw_alert_dialog_set_response_appearance (dialog, "look", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_appearance (dialog, "again", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "look");
  adw_alert_dialog_set_close_response (dialog, "close");
  adw_alert_dialog_choose (dialog, self->widget, self->cancellable, on_details_answered, question_new (self, task));
}

static void
copy (DubTaskActions *self,
      const char     *text,
      const char     *toast)
{
  if (text == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->widget), text);
  dub_messages_toast (self->widget, toast);
}

static void
show_history (DubTaskActions *self,
              DubTask        *task)
{
  DubAccount *account;

  if (self->workflow == NULL)
    return;
  account = dub_accounts_find (dub_workflow_get_accounts (self->workflow), dub_task_get_account_id (task));
  adw_dialog_present (dub_history_dialog_new (dub_workflow_get_queue (self->workflow), task, account,
                                              dub_workflow_get_log (self->workflow)),
                      self->widget);
}

static DubTask *
dup_task (DubTaskActions *self,
          gint64          id)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->tasks); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (self->tasks, i);
      if (dub_task_get_id (task) == id)
        return g_steal_pointer (&task);
    }
  return NULL;
}

static GPtrArray *
dup_tasks_of_video (DubTaskActions *self,
                    gint64          video)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (self->tasks); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (self->tasks, i);
      if (dub_task_get_video (task) == video)
        g_ptr_array_add (tasks, g_steal_pointer (&task));
    }
  return g_steal_pointer (&tasks);
}

static void
act_on_task (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DubTaskActions *self = DUB_TASK_ACTIONS (user_data);
  g_autoptr (DubTask) task = dup_task (self, g_variant_get_int64 (parameter));
  const char *name = g_action_get_name (G_ACTION (action));

  if (task == NULL || self->widget == NULL)
    return;

  if (g_str_equal (name, "review"))
    gtk_widget_activate_action (self->widget, "win.open-task", "x", dub_task_get_id (task));
  else if (g_str_equal (name, "retry"))
    ask_retry (self, task);
  else if (g_str_equal (name, "details"))
    show_details (self, task);
  else if (g_str_equal (name, "history"))
    show_history (self, task);
  else if (g_str_equal (name, "cancel"))
    cancel (self, task);
  else if (g_str_equal (name, "remove"))
    put_away (self, task);
  else if (g_str_equal (name, "copy-request-id"))
    copy (self, dub_task_get_request_id (task), _("Request ID copied"));
  else if (g_str_equal (name, "copy-name"))
    copy (self, dub_task_get_name (task), _("Name copied"));
}

static void
act_on_video (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  DubTaskActions *self = DUB_TASK_ACTIONS (user_data);
  g_autoptr (GPtrArray) tasks = dup_tasks_of_video (self, g_variant_get_int64 (parameter));
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; i < tasks->len; i++)
    {
      DubTask *task = tasks->pdata[i];

      if (g_str_equal (name, "cancel-video") && dub_task_can_cancel (task))
        cancel (self, task);
      else if (g_str_equal (name, "remove-video") && dub_task_can_remove (task))
        put_away (self, task);
    }
  if (g_str_equal (name, "more-languages") && tasks->len > 0 && self->widget != NULL)
    gtk_widget_activate_action (self->widget, "win.new-dub-of", "s", dub_task_get_video_uri (tasks->pdata[0]));
}

/* The row that has the focus: removed where it is over, cancelled where it has not started. */
static void
put_away_focused (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  DubTaskActions *self = DUB_TASK_ACTIONS (user_data);
  DubTask *task = self->widget != NULL ? dub_queue_item_find_focused (self->widget) : NULL;

  if (task != NULL && dub_task_can_remove (task))
    put_away (self, task);
  else if (task != NULL && dub_task_can_cancel (task))
    cancel (self, task);
}

static void
dub_task_actions_dispose (GObject *object)
{
  DubTaskActions *self = DUB_TASK_ACTIONS (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_object (&self->tasks);
  g_clear_object (&self->workflow);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (dub_task_actions_parent_class)->dispose (object);
}

static void
dub_task_actions_class_init (DubTaskActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dub_task_actions_dispose;
}

static void
dub_task_actions_init (DubTaskActions *self)
{
  static const GActionEntry entries[] = {
    { "review", act_on_task, "x" },
    { "retry", act_on_task, "x" },
    { "details", act_on_task, "x" },
    { "history", act_on_task, "x" },
    { "cancel", act_on_task, "x" },
    { "remove", act_on_task, "x" },
    { "copy-request-id", act_on_task, "x" },
    { "copy-name", act_on_task, "x" },
    { "cancel-video", act_on_video, "x" },
    { "remove-video", act_on_video, "x" },
    { "more-languages", act_on_video, "x" },
    { "put-away", put_away_focused, NULL },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

/**
 * dub_task_actions_new:
 * @widget: the widget that gets the actions; questions and errors are shown on it, and it may go at any time
 * @tasks: a list of [class@DubTask]
 * @workflow: (nullable): what the dubs are of; without it nothing can be changed
 * @cancellable: (nullable): cancelled when @widget goes; it ends the questions, not what was chosen
 *
 * Returns: (transfer full): the actions, to be inserted into @widget
 */
DubTaskActions *
dub_task_actions_new (GtkWidget    *widget,
                      GListModel   *tasks,
                      DubWorkflow  *workflow,
                      GCancellable *cancellable)
{
  DubTaskActions *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (tasks), NULL);

  self = g_object_new (DUB_TYPE_TASK_ACTIONS, NULL);
  g_set_weak_pointer (&self->widget, widget);
  g_set_object (&self->tasks, tasks);
  g_set_object (&self->workflow, workflow);
  g_set_object (&self->cancellable, cancellable);
  return self;
}
