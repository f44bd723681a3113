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

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "links.add", *text != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->problems), FALSE);
}

static void
append_line (GString    *text,
             const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
show_refused (DubLinksDialog *self,
              const char     *lines,
              const char     *sentences)
{
  gtk_text_buffer_set_text (self->buffer, lines, -1);
  gtk_label_set_label (self->problems, sentences);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), TRUE);
  gtk_widget_grab_focus (self->text);
}

/* Line by line, so that a line that is no address is one problem however many words it has. */
static void
add (GtkWidget  *widget,
     const char *name,
     GVariant   *parameter)
{
  DubLinksDialog *self = DUB_LINKS_DIALOG (widget);
  g_autofree char *text = dup_text (self);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) refused = g_string_new (NULL), sentences = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) problems = dub_draft_add_addresses (self->draft, lines[i]);

      if (problems->len == 0)
        continue;
      append_line (refused, g_strstrip (lines[i]));
      append_line (sentences, problems->pdata[0]);
    }

  if (refused->len == 0)
    adw_dialog_close (ADW_DIALOG (self));
  else
    show_refused (self, refused->str, sentences->str);
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
  gtk_widget_class_install_action (widget_class, "links.add", NULL, add);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-links-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DubLinksDialog, text);
  gtk_widget_class_bind_template_child (widget_class, DubLinksDialog, buffer);
  gtk_widget_class_bind_template_child (widget_class, DubLinksDialog, problems);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
dub_links_dialog_init (DubLinksDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_changed (self);
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
