/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-links-dialog.h"

/**
 * DubLinksDialog:
 *
 * Takes the addresses of videos. The good ones are added even where others are none.
 */
struct _DubLinksDialog
{
  AdwDialog parent_instance;

  /* template widgets */
  GtkWidget *add;
  GtkWidget *text;
  GtkTextBuffer *buffer;
  GtkLabel *problems;

  /* owned */
  DubDraft *draft;
};

G_DEFINE_FINAL_TYPE (DubLinksDialog, dub_links_dialog, ADW_TYPE_DIALOG)

static char *
dup_text (DubLinksDialog *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
}

static void
on_changed (DubLinksDialog *self)
{
  g_autofree char *text = dup_text (self);

  gtk_widget_set_sensitive (self->add, *text != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->problems), FALSE);
}

static void
on_add (DubLinksDialog *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GPtrArray) problems = dub_draft_add_addresses (self->draft, text);
  g_autofree char *sentences = NULL;

  if (problems == NULL || problems->len == 0)
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }

  g_ptr_array_add (problems, NULL);
  sentences = g_strjoinv ("\n", (char **) problems->pdata);
  gtk_label_set_label (self->problems, sentences);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
dub_links_dialog_dispose (GObject *object)
{
  g_clear_object (&DUB_LINKS_DIALOG (object)->draft);
  G_OBJECT_CLASS (dub_links_dialog_parent_class)->dispose (object);
}

static void
dub_links_dialog_class_init (DubLinksDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dub_links_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-links-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DubLinksDialog, add);
  gtk_widget_class_bind_template_child (widget_class, DubLinksDialog, text);
  gtk_widget_class_bind_template_child (widget_class, DubLinksDialog, buffer);
  gtk_widget_class_bind_template_child (widget_class, DubLinksDialog, problems);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
}

static void
dub_links_dialog_init (DubLinksDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dub_links_dialog_new:
 *
 * Returns: (transfer floating): a dialog that adds addresses to @draft
 */
AdwDialog *
dub_links_dialog_new (DubDraft *draft)
{
  DubLinksDialog *self = g_object_new (DUB_TYPE_LINKS_DIALOG, NULL);

  self->draft = g_object_ref (draft);
  return ADW_DIALOG (self);
}
