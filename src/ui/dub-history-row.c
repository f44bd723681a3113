/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-history-row.h"

#include <glib/gi18n-lib.h>

#include "dub-task-words.h"

/**
 * DubHistoryRow:
 *
 * A step of a dub: what happened, when, what was said, and what support asks for.
 */
struct _DubHistoryRow
{
  AdwPreferencesRow parent_instance;

  /* template widgets */
  GtkImage *image;
  GtkLabel *label;
  GtkLabel *time;
  GtkLabel *message;
  GtkWidget *numbers;
  GtkLabel *code;
  GtkLabel *request_id;
};

G_DEFINE_FINAL_TYPE (DubHistoryRow, dub_history_row, ADW_TYPE_PREFERENCES_ROW)

static const char *
get_label (const DubTaskStep *step,
           gboolean           first,
           gboolean           is_studio)
{
  if (first)
    return _("Put in the queue");
  if (step->from == step->to)
    return _("Details put right");

  switch (step->to)
    {
    case DUB_TASK_PUBLISHING:
      return _("Made ready to send");
    case DUB_TASK_SUBMITTING:
      return _("Being sent");
    case DUB_TASK_SUBMITTED:
      return is_studio ? _("Sent to the built-in studio") : _("Sent to the service");
    case DUB_TASK_PROCESSING:
      return _("Being dubbed");
    case DUB_TASK_SUCCEEDED:
      return step->from == DUB_TASK_UNCONFIRMED ? _("Found in the library") : _("Ready to review");
    case DUB_TASK_REJECTED:
      return is_studio ? _("Refused by the built-in studio") : _("Refused by the service");
    case DUB_TASK_UNCONFIRMED:
      return _("Sent, no answer");
    case DUB_TASK_WAITING:
      return _("Waits again");
    case DUB_TASK_FAILED:
    case DUB_TASK_CANCELLED:
    case DUB_TASK_DROPPED:
    default:
      return dub_task_words_get_label (step->to);
    }
}

static gboolean
is_of_service (const DubTaskStep *step)
{
  return (step->to == DUB_TASK_REJECTED && step->return_code != 0) ||
         (step->to == DUB_TASK_FAILED && (step->from == DUB_TASK_SUBMITTED || step->from == DUB_TASK_PROCESSING));
}

static char *
dup_message (const DubTaskStep *step,
             gboolean           is_studio)
{
  if (step->message == NULL || *step->message == '\0')
    return NULL;
  /* Translators: %s is a sentence of the dubbing service, in English */
  return is_of_service (step) && !is_studio ? g_strdup_printf (_("The service says: “%s”"), step->message) : g_strdup (step->message);
}

static char *
format_time (gint64 moment_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (moment_ms / 1000);

  /* Translators: a time of day with seconds, see g_date_time_format(). */
  return time != NULL ? g_date_time_format (time, _("%H:%M:%S")) : g_strdup ("");
}

static void
show (GtkLabel   *label,
      const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* Two labels: in a text that is read from the right each has its own line. */
static void
show_numbers (DubHistoryRow     *self,
              const DubTaskStep *step)
{
  const char *request_id = step->request_id != NULL && *step->request_id != '\0' ? step->request_id : NULL;
  /* Translators: numbers that the service's support asks for */
  g_autofree char *code = step->return_code != 0 ? g_strdup_printf (_("Code %" G_GINT64_FORMAT), step->return_code) : NULL;
  g_autofree char *id = request_id != NULL ? g_strdup_printf (_("Request ID %s"), request_id) : NULL;

  show (self->code, code);
  show (self->request_id, id);
  gtk_widget_set_visible (self->numbers, code != NULL || id != NULL);
}

static void
dub_history_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DUB_TYPE_HISTORY_ROW);
  G_OBJECT_CLASS (dub_history_row_parent_class)->dispose (object);
}

static void
dub_history_row_class_init (DubHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dub_history_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DubHistoryRow, image);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryRow, label);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryRow, time);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryRow, message);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryRow, numbers);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryRow, code);
  gtk_widget_class_bind_template_child (widget_class, DubHistoryRow, request_id);
}

static void
dub_history_row_init (DubHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dub_history_row_new:
 * @step: a step, copied
 * @first: whether it is the dub's first
 * @is_studio: whether the built-in studio makes the dub
 *
 * Returns: (transfer floating): a row that shows it
 */
GtkWidget *
dub_history_row_new (const DubTaskStep *step,
                     gboolean           first,
                     gboolean           is_studio)
{
  DubHistoryRow *self = g_object_new (DUB_TYPE_HISTORY_ROW, NULL);
  g_autofree char *message = dup_message (step, is_studio);
  g_autofree char *time = format_time (step->moment);
  const char *label = get_label (step, first, is_studio);

  gtk_image_set_from_icon_name (self->image, dub_task_words_get_icon (step->to));
  gtk_widget_add_css_class (GTK_WIDGET (self->image), dub_task_words_get_tone (step->to));
  gtk_label_set_label (self->label, label);
  gtk_label_set_label (self->time, time);
  show (self->message, message);
  show_numbers (self, step);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, time, -1);
  return GTK_WIDGET (self);
}
