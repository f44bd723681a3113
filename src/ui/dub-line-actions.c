/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-line-actions.h"

#include <glib/gi18n-lib.h>

#include "dub-messages.h"
#include "dub-queue-item.h"
#include "dub-task-words.h"

/**
 * DubLineActions:
 *
 * What a person can do with the line of the dubs that wait, and with those that were sent, as actions: "pause", "resume" and
 * "toggle" hold the line and let it go; "up-focused" and "down-focused" move the dub that has the focus; the parameter of the
 * others is the id of a dub.
 */
struct _DubLineActions
{
  GSimpleActionGroup parent_instance;

  GtkWidget *widget; /* weak: it has this group */
  DubQueue *queue;
  GCancellable *cancellable; /* of what is asked, not of what is wished */
};

G_DEFINE_FINAL_TYPE (DubLineActions, dub_line_actions, G_TYPE_SIMPLE_ACTION_GROUP)

static void
tell_error (DubLineActions *self,
            const char     *heading,
            const GError   *error)
{
  if (self->widget != NULL)
    dub_messages_error (self->widget, heading, error);
}

/* {The line} */

static void
on_paused (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DubLineActions) self = user_data;
  g_autoptr (GError) error = NULL;
  DubQueue *queue = DUB_QUEUE (source);

  if (!dub_queue_set_paused_finish (queue, result, &error))
    tell_error (self, dub_queue_get_paused (queue) ? _("Not Resumed") : _("Not Paused"), error);
  else if (self->widget != NULL)
    dub_messages_toast (self->widget, dub_queue_get_paused (queue) ? _("Sending is paused") : _("Sending goes on"));
}

static void
set_paused (DubLineActions *self,
            gboolean        paused)
{
  dub_queue_set_paused_async (self->queue, paused, NULL, on_paused, g_object_ref (self));
}

static void
act_on_line (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DubLineActions *self = DUB_LINE_ACTIONS (user_data);
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_str_equal (name, "toggle"))
    set_paused (self, !dub_queue_get_paused (self->queue));
  else
    set_paused (self, g_str_equal (name, "pause"));
}

static void
on_moved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DubLineActions) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_queue_move_finish (DUB_QUEUE (source), result, &error))
    tell_error (self, _("Not Moved"), error);
}

static void
move (DubLineActions *self,
      DubTask        *task,
      DubQueueMove    where)
{
  dub_queue_move_async (self->queue, task, where, NULL, on_moved, g_object_ref (self));
}

/* One that does not wait has no place to be moved from. */
static void
move_focused (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  DubLineActions *self = DUB_LINE_ACTIONS (user_data);
  DubTask *task = self->widget != NULL ? dub_queue_item_find_focused (self->widget) : NULL;

  if (task != NULL && dub_queue_get_turn (self->queue, task) > 0)
    move (self, task, g_str_equal (g_action_get_name (G_ACTION (action)), "up-focused") ? DUB_QUEUE_MOVE_UP : DUB_QUEUE_MOVE_DOWN);
}

/* {What was sent} */

/* What a person is asked about a dub. */
typedef struct
{
  DubLineActions *actions;
  DubTask *task;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->actions);
  g_object_unref (question->task);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
on_left (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DubLineActions) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_queue_stop_following_finish (DUB_QUEUE (source), result, &error))
    tell_error (self, _("Still Followed"), error);
}

static void
on_leaving_answered (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  DubLineActions *self = question->actions;

  if (g_strcmp0 (answer, "stop") == 0)
    dub_queue_stop_following_async (self->queue, question->task, NULL, on_left, g_object_ref (self));
}

static void
ask_leaving (DubLineActions *self,
             DubTask        *task)
{
  const char *name = dub_task_words_get_language (task);
  g_autofree char *body = NULL;
  Question *question = g_new0 (Question, 1);
  AdwAlertDialog *dialog;

  /* Translators: the first %s is the title of a video, the second a language */
  body = g_strdup_printf (_("“%s” in %s was sent and cannot be called back: the service finishes it, and its dub will be in the library. "
                            "Nothing is charged twice. Dubroom only stops asking for it, so you are not told when it is ready."),
                          dub_task_get_video_title (task), name);
  question->actions = g_object_ref (self);
  question->task = g_object_ref (task);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Stop Following?"), body));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Keep Following"), "stop", _("_Stop Following"), NULL);
  adw_alert_dialog_set_prefer_wide_layout (dialog, FALSE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, self->widget, self->cancellable, on_leaving_answered, question);
}

static void
on_followed (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DubLineActions) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_queue_follow_again_finish (DUB_QUEUE (source), result, &error))
    tell_error (self, _("Not Followed"), error);
}

/* {Actions} */

static void
act_on_task (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DubLineActions *self = DUB_LINE_ACTIONS (user_data);
  DubTask *task = dub_queue_find (self->queue, g_variant_get_int64 (parameter));
  const char *name = g_action_get_name (G_ACTION (action));

  if (task == NULL || self->widget == NULL)
    return;

  if (g_str_equal (name, "first"))
    move (self, task, DUB_QUEUE_MOVE_FIRST);
  else if (g_str_equal (name, "up"))
    move (self, task, DUB_QUEUE_MOVE_UP);
  else if (g_str_equal (name, "down"))
    move (self, task, DUB_QUEUE_MOVE_DOWN);
  else if (g_str_equal (name, "last"))
    move (self, task, DUB_QUEUE_MOVE_LAST);
  else if (g_str_equal (name, "stop-following") && dub_task_can_stop_following (task))
    ask_leaving (self, task);
  else if (g_str_equal (name, "follow-again"))
    dub_queue_follow_again_async (self->queue, task, NULL, on_followed, g_object_ref (self));
}

static void
dub_line_actions_dispose (GObject *object)
{
  DubLineActions *self = DUB_LINE_ACTIONS (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_object (&self->queue);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (dub_line_actions_parent_class)->dispose (object);
}

static void
dub_line_actions_class_init (DubLineActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dub_line_actions_dispose;
}

static void
dub_line_actions_init (DubLineActions *self)
{
  static const GActionEntry entries[] = {
    { "pause", act_on_line },
    { "resume", act_on_line },
    { "toggle", act_on_line },
    { "up-focused", move_focused },
    { "down-focused", move_focused },
    { "first", act_on_task, "x" },
    { "up", act_on_task, "x" },
    { "down", act_on_task, "x" },
    { "last", act_on_task, "x" },
    { "stop-following", act_on_task, "x" },
    { "follow-again", act_on_task, "x" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

/**
 * dub_line_actions_new:
 * @widget: the widget that gets the actions; questions and errors are shown on it, and it may go at any time
 * @cancellable: (nullable): cancelled when @widget goes; it ends the questions, not what was chosen
 *
 * Returns: (transfer full): the actions, to be inserted into @widget
 */
DubLineActions *
dub_line_actions_new (GtkWidget    *widget,
                      DubQueue     *queue,
                      GCancellable *cancellable)
{
  DubLineActions *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (DUB_IS_QUEUE (queue), NULL);

  self = g_object_new (DUB_TYPE_LINE_ACTIONS, NULL);
  g_set_weak_pointer (&self->widget, widget);
  g_set_object (&self->queue, queue);
  g_set_object (&self->cancellable, cancellable);
  return self;
}
