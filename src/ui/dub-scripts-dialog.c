/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-scripts-dialog.h"

#include "dub-script-row.h"

/**
 * DubScriptsDialog:
 *
 * The own scripts of a draft: for each video, one for each chosen language.
 */
struct _DubScriptsDialog
{
  AdwDialog parent_instance;

  /* template widgets */
  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (DubScriptsDialog, dub_scripts_dialog, ADW_TYPE_DIALOG)

static void
add_video (DubScriptsDialog *self,
           DubDraft         *draft,
           DubDraftVideo    *video)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char *title = g_markup_escape_text (dub_draft_video_get_title (video), -1);

  adw_preferences_group_set_title (group, title);
  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    if (dub_draft_get_language (draft, dub_language_get_all ()[i]))
      adw_preferences_group_add (group, dub_script_row_new (draft, video, dub_language_get_all ()[i]));
  adw_preferences_page_add (self->page, group);
}

static void
dub_scripts_dialog_class_init (DubScriptsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-scripts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DubScriptsDialog, page);
}

static void
dub_scripts_dialog_init (DubScriptsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dub_scripts_dialog_new:
 *
 * Returns: (transfer floating): a dialog for the scripts of @draft
 */
AdwDialog *
dub_scripts_dialog_new (DubDraft *draft)
{
  DubScriptsDialog *self = g_object_new (DUB_TYPE_SCRIPTS_DIALOG, NULL);
  GListModel *videos = dub_draft_get_videos (draft);

  for (guint i = 0; i < g_list_model_get_n_items (videos); i++)
    {
      g_autoptr (DubDraftVideo) video = g_list_model_get_item (videos, i);
      if (dub_draft_video_get_state (video) == DUB_DRAFT_VIDEO_ACCEPTED)
        add_video (self, draft, video);
    }
  return ADW_DIALOG (self);
}
