/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-task-columns.h"

#include "dub-language.h"
#include "dub-state-pill.h"
#include "dub-task-words.h"

/* As in the design. */
#define LANGUAGE_WIDTH 208
#define STATE_WIDTH 152

/* Beside a language's name stands its own name for itself, or the beginning of it. */
#define ENDONYM_CHARS 4
#define SPACING 9

static int
width_of (GtkWidget *widget,
          GtkWidget *parent)
{
  int width = 0;

  gtk_widget_set_parent (widget, parent);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_unparent (widget);
  return width;
}

static int
width_of_languages (GtkWidget *parent)
{
  int widest = 0;

  for (const DubLanguage *const *language = dub_language_get_all (); *language != NULL; language++)
    {
      int width = width_of (gtk_label_new (dub_language_get_name (*language)), parent);

      widest = MAX (widest, width);
    }
  return widest;
}

static int
width_of_an_endonym (GtkWidget *parent)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_width_chars (GTK_LABEL (label), ENDONYM_CHARS);
  return width_of (label, parent);
}

static int
width_of_states (GtkWidget *parent)
{
  int widest = 0;

  for (guint state = DUB_TASK_WAITING; state <= DUB_TASK_DROPPED; state++)
    {
      GtkWidget *pill = g_object_new (DUB_TYPE_STATE_PILL, NULL);
      int width;

      dub_state_pill_set (DUB_STATE_PILL (pill), dub_task_words_get_icon (state), dub_task_words_get_label (state),
                          dub_task_words_get_tone (state));
      width = width_of (pill, parent);
      widest = MAX (widest, width);
    }
  return widest;
}

/**
 * dub_task_columns_measure:
 * @self: (out caller-allocates): the widths
 * @parent: where the rows are
 *
 * Measures all that can stand in a column, once for all rows. Size groups would do the same, but each row that gets another dub
 * then has all others measured anew.
 */
void
dub_task_columns_measure (DubTaskColumns *self,
                          GtkWidget      *parent)
{
  int language = width_of_languages (parent) + SPACING + width_of_an_endonym (parent);
  int state = width_of_states (parent);

  self->language = MAX (LANGUAGE_WIDTH, language);
  self->state = MAX (STATE_WIDTH, state);
}
