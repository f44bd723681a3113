/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-video-row.h"

#include <glib/gi18n-lib.h>

#include "dub-checks.h"
#include "dub-format.h"
#include "dub-video-picture.h"

/**
 * DubVideoRow:
 *
 * A video that was picked: its picture, facts, and what was found out about it.
 */
struct _DubVideoRow
{
  GtkListBoxRow parent_instance;

  /* template widgets */
  DubVideoPicture *picture;
  GtkLabel *title;
  GtkLabel *facts;
  GtkBox *findings;
  GtkWidget *remove;

  /* owned */
  DubDraftVideo *video;
};

static guint removed_signal;

G_DEFINE_FINAL_TYPE (DubVideoRow, dub_video_row, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_facts (DubDraftVideo *video)
{
  const DubMediaInfo *info = dub_draft_video_get_info (video);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);

  if (dub_draft_video_get_state (video) == DUB_DRAFT_VIDEO_CHECKING)
    return g_strdup (_("Looking at it…"));
  if (info == NULL)
    return g_strdup ("");

  if (info->duration_ms > 0)
    g_ptr_array_add (facts, dub_format_duration (info->duration_ms));
  if (info->size > 0)
    g_ptr_array_add (facts, dub_format_size (info->size));
  if (info->width > 0 && info->height > 0)
    /* Translators: width and height of a picture */
    g_ptr_array_add (facts, g_strdup_printf (_("%d × %d"), info->width, info->height));
  g_ptr_array_add (facts, NULL);
  return g_strjoinv (" · ", (char **) facts->pdata);
}

static GtkWidget *
make_finding (const DubFinding *finding)
{
  static const char *const icons[] = { "dialog-information-symbolic", "dialog-warning-symbolic", "dialog-error-symbolic" };
  static const char *const tones[] = { "warning", "warning", "error" };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (icons[finding->severity]);
  GtkWidget *label = gtk_label_new (finding->sentence);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 1);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 14);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "facts");
  gtk_widget_add_css_class (box, tones[finding->severity]);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
show_findings (DubVideoRow *self)
{
  GPtrArray *findings = dub_draft_video_get_findings (self->video);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->findings))) != NULL)
    gtk_box_remove (self->findings, child);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    gtk_box_append (self->findings, make_finding (findings->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->findings), findings != NULL && findings->len > 0);
}

static void
update (DubVideoRow *self)
{
  const DubThumbnail *thumbnail = dub_draft_video_get_thumbnail (self->video);
  gboolean refused = dub_draft_video_get_state (self->video) == DUB_DRAFT_VIDEO_REFUSED;
  const char *name = dub_draft_video_get_file_name (self->video);
  g_autofree char *facts = dup_facts (self->video);
  /* Translators: %s is the name of a file */
  g_autofree char *remove = g_strdup_printf (_("Remove “%s”"), name);
  g_autoptr (GdkTexture) texture = NULL;

  if (thumbnail != NULL)
    texture = dub_pictures_make (thumbnail);
  dub_video_picture_set_paintable (self->picture, (GdkPaintable *) texture);
  gtk_widget_set_opacity (GTK_WIDGET (self->picture), refused ? 0.5 : 1.0);
  gtk_label_set_label (self->title, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), name);
  gtk_label_set_label (self->facts, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), *facts != '\0');
  gtk_widget_set_tooltip_text (self->remove, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_findings (self);
}

static void
on_remove (DubVideoRow *self)
{
  g_signal_emit (self, removed_signal, 0, self->video);
}

static void
dub_video_row_dispose (GObject *object)
{
  DubVideoRow *self = DUB_VIDEO_ROW (object);

  if (self->video != NULL)
    g_signal_handlers_disconnect_by_data (self->video, self);
  g_clear_object (&self->video);
  G_OBJECT_CLASS (dub_video_row_parent_class)->dispose (object);
}

static void
dub_video_row_class_init (DubVideoRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dub_video_row_dispose;
  removed_signal = g_signal_new ("removed", DUB_TYPE_VIDEO_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, DUB_TYPE_DRAFT_VIDEO);

  g_type_ensure (DUB_TYPE_VIDEO_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-video-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DubVideoRow, picture);
  gtk_widget_class_bind_template_child (widget_class, DubVideoRow, title);
  gtk_widget_class_bind_template_child (widget_class, DubVideoRow, facts);
  gtk_widget_class_bind_template_child (widget_class, DubVideoRow, findings);
  gtk_widget_class_bind_template_child (widget_class, DubVideoRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
}

static void
dub_video_row_init (DubVideoRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dub_video_row_new:
 * @video: a video of a draft
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
dub_video_row_new (DubDraftVideo *video)
{
  DubVideoRow *self = g_object_new (DUB_TYPE_VIDEO_ROW, NULL);

  self->video = g_object_ref (video);
  g_signal_connect_object (video, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
