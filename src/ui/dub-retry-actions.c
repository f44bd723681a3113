/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-retry-actions.h"

#include <glib/gi18n-lib.h>

#include "dub-messages.h"

/**
 * DubRetryActions:
 *
 * Sends many dubs once more that failed or were refused, as actions: "shown", those that are shown; "video", those of the
 * video whose number is the parameter. Never among them: those whose answer was lost, since they may be under way.
 */
struct _DubRetryActions
{
  GSimpleActionGroup parent_instance;

  GtkWidget *widget; /* weak: it has this group */
  GListModel *shown;
  DubQueueSummary *summary;
  DubQueue *queue;
  GCancellable *cancellable; /* of what is asked, not of what is wished */
};

G_DEFINE_FINAL_TYPE (DubRetryActions, dub_retry_actions, G_TYPE_SIMPLE_ACTION_GROUP)

/* What a person is asked about some dubs. */
typedef struct
{
  DubRetryActions *actions;
  GPtrArray *tasks;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->actions);
  g_ptr_array_unref (question->tasks);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static char *
dup_outcome (guint n_sent,
             guint n_wanted)
{
  if (n_sent == n_wanted)
    return g_strdup_printf (ngettext ("%u dub is sent again", "%u dubs are sent again", n_sent), n_sent);
  /* Translators: “4 of 5 dubs are sent again; the others had moved on” */
  return g_strdup_printf (ngettext ("%u of %u dub is sent again; the other had moved on",
                                    "%u of %u dubs are sent again; the others had moved on", n_wanted),
                          n_sent, n_wanted);
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) made = dub_queue_retry_finish (DUB_QUEUE (source), result, &error);
  g_autofree char *outcome = NULL;
  GtkWidget *widget = question->actions->widget;

  if (widget == NULL)
    return;
  if (made == NULL)
    {
      dub_messages_error (widget, _("Not Sent Again"), error);
      return;
    }
  outcome = dup_outcome (made->len, question->tasks->len);
  dub_messages_toast (widget, outcome);
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  DubQueue *queue = question->actions->queue;
  GPtrArray *tasks = question->tasks;

  if (g_strcmp0 (answer, "again") == 0 && queue != NULL)
    dub_queue_retry_async (queue, tasks, NULL, on_sent, g_steal_pointer (&question));
}

/* @tasks: (transfer full) */
static void
ask (DubRetryActions *self,
     GPtrArray       *tasks)
{
  g_autofree char *heading = g_strdup_printf (ngettext ("Try %u Dub Again?", "Try %u Dubs Again?", tasks->len), tasks->len);
  g_autofree char *label = g_strdup_printf (ngettext ("_Try %u Again", "_Try %u Again", tasks->len), tasks->len);
  Question *question = g_new0 (Question, 1);
  AdwAlertDialog *dialog;

  question->actions = g_object_ref (self);
  question->tasks = tasks;
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, NULL));
  adw_alert_dialog_set_body (dialog, _("They are dubbed with the same options and scripts, under what you agreed to for their videos. "
                                       "If nothing about a video has changed, the outcome may be the same. "
                                       "Unconfirmed dubs are not among them: those may still be under way."));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "again", label, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "again", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "again");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, self->widget, self->cancellable, on_answered, question);
}

/* @video: of this one; 0: of all */
static GPtrArray *
dup_failed (DubRetryActions *self,
            GListModel      *tasks,
            gint64           video)
{
  GPtrArray *failed = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (tasks, i);

      if ((video == 0 || dub_task_get_video (task) == video) && dub_queue_summary_is_failed (self->summary, task))
        g_ptr_array_add (failed, g_steal_pointer (&task));
    }
  return failed;
}

static void
act (GSimpleAction *action,
     GVariant      *parameter,
     gpointer       user_data)
{
  DubRetryActions *self = DUB_RETRY_ACTIONS (user_data);
  GListModel *tasks = parameter != NULL ? dub_queue_summary_get_tasks (self->summary) : self->shown;
  g_autoptr (GPtrArray) failed = dup_failed (self, tasks, parameter != NULL ? g_variant_get_int64 (parameter) : 0);

  if (failed->len > 0 && self->widget != NULL)
    ask (self, g_steal_pointer (&failed));
}

static void
dub_retry_actions_dispose (GObject *object)
{
  DubRetryActions *self = DUB_RETRY_ACTIONS (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_object (&self->shown);
  g_clear_object (&self->summary);
  g_clear_object (&self->queue);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (dub_retry_actions_parent_class)->dispose (object);
}

static void
dub_retry_actions_class_init (DubRetryActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dub_retry_actions_dispose;
}

static void
dub_retry_actions_init (DubRetryActions *self)
{
  static const GActionEntry entries[] = {
    { "shown", act },
    { "video", act, "x" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

/**
 * dub_retry_actions_new:
 * @widget: the widget that gets the actions; questions and errors are shown on it, and it may go at any time
 * @shown: a list of [class@DubTask]
 * @summary: of all dubs: those of a video are taken from there
 * @queue: (nullable): what sends them; without it nothing can be changed
 * @cancellable: (nullable): cancelled when @widget goes; it ends the questions, not what was chosen
 *
 * Returns: (transfer full): the actions, to be inserted into @widget
 */
DubRetryActions *
dub_retry_actions_new (GtkWidget       *widget,
                       GListModel      *shown,
                       DubQueueSummary *summary,
                       DubQueue        *queue,
                       GCancellable    *cancellable)
{
  DubRetryActions *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (shown), NULL);
  g_return_val_if_fail (DUB_IS_QUEUE_SUMMARY (summary), NULL);

  self = g_object_new (DUB_TYPE_RETRY_ACTIONS, NULL);
  g_set_weak_pointer (&self->widget, widget);
  g_set_object (&self->shown, shown);
  g_set_object (&self->summary, summary);
  g_set_object (&self->queue, queue);
  g_set_object (&self->cancellable, cancellable);
  return self;
}
