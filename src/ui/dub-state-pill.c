/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-state-pill.h"

/**
 * DubStatePill:
 *
 * A word with a symbol on a rounded ground: the state of a dub.
 */
struct _DubStatePill
{
  GtkWidget parent_instance;

  /* template widgets */
  GtkImage *image;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (DubStatePill, dub_state_pill, GTK_TYPE_WIDGET)

static const char *const tones[] = { "neutral", "accent", "success", "warning", "error" };

/**
 * dub_state_pill_set:
 *
 * Says another state.
 */
void
dub_state_pill_set (DubStatePill *self,
                    const char   *icon_name,
                    const char   *label,
                    const char   *tone)
{
  g_return_if_fail (DUB_IS_STATE_PILL (self));

  gtk_image_set_from_icon_name (self->image, icon_name);
  gtk_label_set_label (self->label, label);
  /* A change of class is a change of style for all that is in it. */
  if (gtk_widget_has_css_class (GTK_WIDGET (self), tone))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), tones[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self), tone);
}

/**
 * dub_state_pill_get_label:
 *
 * Returns: the word
 */
const char *
dub_state_pill_get_label (DubStatePill *self)
{
  g_return_val_if_fail (DUB_IS_STATE_PILL (self), NULL);

  return gtk_label_get_label (self->label);
}

static void
dub_state_pill_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DUB_TYPE_STATE_PILL);
  G_OBJECT_CLASS (dub_state_pill_parent_class)->dispose (object);
}

static void
dub_state_pill_class_init (DubStatePillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dub_state_pill_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-state-pill.ui");
  gtk_widget_class_bind_template_child (widget_class, DubStatePill, image);
  gtk_widget_class_bind_template_child (widget_class, DubStatePill, label);
  gtk_widget_class_set_css_name (widget_class, "statepill");
}

static void
dub_state_pill_init (DubStatePill *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
