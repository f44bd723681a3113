/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-history-dialog.h"

#include <glib/gi18n-lib.h>

#include "dub-format.h"
#include "dub-history-row.h"
#include "dub-messages.h"
#include "dub-support.h"
#include "dub-task-words.h"

/**
 * DubHistoryDialog:
 *
 * All that happened to a dub, the newest first, to be seen and to be copied for support.
 */
struct _DubHistoryDialog
{
  AdwDialog parent_instance;

  /* template widgets */
  GtkStack *stack;
  GtkLabel *name;
  GtkLabel *facts;
  GtkLabel *dub_id;
  GtkLabel *video_id;
  GtkBox *days;
  AdwStatusPage *error;
  GtkWidget *bar;
  GtkWidget *copy;

  /* owned */
  DubQueue *queue;
  DubTask *task;
  DubAccount *account;
  DubLog *log;
  GPtrArray *steps;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (DubHistoryDialog, dub_history_dialog, ADW_TYPE_DIALOG)

static void
show_id (GtkLabel   *label,
         const char *format,
         const char *id)
{
  g_autoptr (GString) text = g_string_new (format);

  gtk_widget_set_visible (GTK_WIDGET (label), id != NULL && *id != '\0');
  if (id == NULL)
    return;
  g_string_replace (text, "%s", id, 1);
  gtk_label_set_label (label, text->str);
}

static void
show_task (DubHistoryDialog *self)
{
  const char *name = dub_task_words_get_language (self->task);
  g_autofree char *facts = NULL;

  if (self->account != NULL)
    /* Translators: a language and an account */
    facts = g_strdup_printf (_("%s · %s"), name, dub_account_get_name (self->account));
  gtk_label_set_label (self->name, dub_task_get_name (self->task));
  gtk_label_set_label (self->facts, facts != NULL ? facts : name);
  /* Translators: %s is a number by which the service knows a dub */
  show_id (self->dub_id, _("Dub ID %s"), dub_task_get_service_task (self->task));
  /* Translators: %s is a number by which the service knows the video that a dub became */
  show_id (self->video_id, _("Video ID %s"), dub_task_get_service_video (self->task));
}

static char *
format_day (gint64 moment,
            gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (moment);
  int days = dub_format_days_between (moment, now);

  if (days == 0)
    return g_strdup (_("Today"));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  /* Translators: a day, see g_date_time_format(). */
  return time != NULL ? g_date_time_format (time, _("%A, %-d %B %Y")) : g_strdup ("");
}

static AdwPreferencesGroup *
add_day (DubHistoryDialog *self,
         gint64            moment,
         gint64            now)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char *day = format_day (moment, now);
  g_autofree char *title = g_markup_escape_text (day, -1);

  adw_preferences_group_set_title (group, title);
  gtk_box_append (self->days, GTK_WIDGET (group));
  return group;
}

static void
show_steps (DubHistoryDialog *self)
{
  gboolean is_studio = self->account != NULL && dub_account_is_studio (self->account);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  AdwPreferencesGroup *group = NULL;
  GtkWidget *child;
  gint64 before = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->days))) != NULL)
    gtk_box_remove (self->days, child);
  for (guint i = self->steps->len; i-- > 0;)
    {
      const DubTaskStep *step = self->steps->pdata[i];
      gint64 moment = step->moment / 1000;

      if (group == NULL || dub_format_days_between (before, moment) != 0)
        group = add_day (self, moment, now);
      adw_preferences_group_add (group, dub_history_row_new (step, i == 0, is_studio));
      before = moment;
    }
}

/**
 * dub_history_dialog_set_steps:
 * @self: a dialog
 * @steps: (element-type DubTaskStep) (nullable): the steps, oldest first; referenced
 * @error: (nullable): why there are none
 *
 * What was read. Steps that are shown already stay as they are, with what is selected in them.
 */
void
dub_history_dialog_set_steps (DubHistoryDialog *self,
                              GPtrArray        *steps,
                              const GError     *error)
{
  gboolean same = self->steps != NULL && steps != NULL && self->steps->len == steps->len;

  g_return_if_fail (DUB_IS_HISTORY_DIALOG (self) && (steps != NULL || error != NULL));

  g_clear_pointer (&self->steps, g_ptr_array_unref);
  gtk_widget_set_visible (self->bar, steps != NULL && steps->len > 0);
  if (steps == NULL)
    {
      g_autofree char *text = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->error, text);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }

  self->steps = g_ptr_array_ref (steps);
  if (!same)
    show_steps (self);
  /* Before they are seen: else the first text that can be selected gets the focus, and is selected. */
  if (!same && steps->len > 0)
    adw_dialog_set_focus (ADW_DIALOG (self), self->copy);
  gtk_stack_set_visible_child_name (self->stack, steps->len > 0 ? "steps" : "empty");
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DubHistoryDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = dub_queue_list_history_finish (DUB_QUEUE (source), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dub_history_dialog_set_steps (self, steps, error);
}

static void
load (DubHistoryDialog *self)
{
  if (self->queue != NULL)
    dub_queue_list_history_async (self->queue, self->task, self->cancellable, on_listed, g_object_ref (self));
}

static void
on_task_changed (DubHistoryDialog *self)
{
  show_task (self);
  load (self);
}

static void
try_again (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  DubHistoryDialog *self = DUB_HISTORY_DIALOG (widget);

  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

static void
copy_history (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  DubHistoryDialog *self = DUB_HISTORY_DIALOG (widget);
  g_autofree char *text = NULL;

  if (self->steps == NULL)
    return;

  text = dub_support_dup_history (self->task, self->account, self->steps, self->log);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  dub_messages_toast (GTK_WIDGET (self->stack), _("Copied"));
}

static void
dub_history_dialog_dispose (GObject *object)
{
  DubHistoryDialog *self = DUB_HISTORY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->queue);
  g_clear_object (&self->task);
  g_clear_object (&self->account);
  g_clear_object (&self->log);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), DUB_TYPE_HISTORY_DIALOG);
  G_OBJECT_CLASS (dub_history_dialog_parent_class)->dispose (object);
}

static void
dub_history_dialog_finalize (GObject *object)
{
  g_clear_object (&DUB_HISTORY_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (dub_history_dialog_parent_class)->finalize (object);
}

static void
dub_history_dialog_class_init (DubHistoryDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dub_history_dialog_dispose;
  object_class->finalize = dub_history_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-history-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DubHistoryDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryDialog, name);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryDialog, dub_id);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryDialog, video_id);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryDialog, days);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryDialog, error);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryDialog, copy);
  gtk_widget_class_install_action (widget_class, "history.copy", NULL, copy_history);
  gtk_widget_class_install_action (widget_class, "history.try-again", NULL, try_again);
}

static void
dub_history_dialog_init (DubHistoryDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dub_history_dialog_new:
 * @queue: (nullable): what the dub's history is read from; it is read again when the dub changes
 * @task: the dub
 * @account: (nullable): its account
 * @log: (nullable): knows what must not be copied
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
dub_history_dialog_new (DubQueue   *queue,
                        DubTask    *task,
                        DubAccount *account,
                        DubLog     *log)
{
  DubHistoryDialog *self;

  g_return_val_if_fail (DUB_IS_TASK (task), NULL);

  self = g_object_new (DUB_TYPE_HISTORY_DIALOG, NULL);
  g_set_object (&self->queue, queue);
  g_set_object (&self->task, task);
  g_set_object (&self->account, account);
  g_set_object (&self->log, log);
  g_signal_connect_object (task, "notify::changed", G_CALLBACK (on_task_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (task, "notify::state", G_CALLBACK (on_task_changed), self, G_CONNECT_SWAPPED);
  show_task (self);
  load (self);
  return ADW_DIALOG (self);
}
