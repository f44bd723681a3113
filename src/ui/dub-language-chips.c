/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-language-chips.h"

#include <glib/gi18n-lib.h>

/**
 * DubLanguageChips:
 *
 * The languages as buttons to be pressed in; they show and change those of a draft.
 */
struct _DubLanguageChips
{
  AdwBin parent_instance;

  /* owned */
  DubDraft *draft;
  /* borrowed */
  GtkToggleButton *chips[DUB_N_LANGUAGES];
  GtkWidget *checks[DUB_N_LANGUAGES];
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (DubLanguageChips, dub_language_chips, ADW_TYPE_BIN)

/* Whether a dub into it is left out as long as there is no script. */
static gboolean
needs_script (DubLanguageChips  *self,
              const DubLanguage *language)
{
  GListModel *videos = dub_draft_get_videos (self->draft);

  if (dub_draft_translates (self->draft, language))
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (videos); i++)
    {
      g_autoptr (DubDraftVideo) video = g_list_model_get_item (videos, i);

      if (dub_draft_video_get_state (video) == DUB_DRAFT_VIDEO_ACCEPTED &&
          dub_draft_get_script_need (self->draft, video, language) != DUB_SCRIPT_NEED_NONE)
        return TRUE;
    }
  return dub_draft_get_n_accepted (self->draft) == 0;
}

static char *
dup_warning (DubLanguageChips  *self,
             const DubLanguage *language)
{
  if (!dub_draft_speaks (self->draft, language))
    /* Translators: %s is the name of a language in itself: “ไทย: the studio has no voice for it” */
    return g_strdup_printf (_("%s: the studio has no voice for it"), dub_language_get_endonym (language));
  /* Translators: %s is the name of a language in itself: “Deutsch: needs a script of your own” */
  return g_strdup_printf (_("%s: needs a script of your own"), dub_language_get_endonym (language));
}

static void
update_chip (DubLanguageChips *self,
             guint             i)
{
  const DubLanguage *language = dub_language_get_all ()[i];
  gboolean needs = needs_script (self, language);
  g_autofree char *tooltip = dup_warning (self, language);

  gtk_toggle_button_set_active (self->chips[i], dub_draft_get_language (self->draft, language));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->checks[i]), needs ? "dialog-warning-symbolic" : "object-select-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->chips[i]), needs ? tooltip : dub_language_get_endonym (language));
}

static void
update (DubLanguageChips *self)
{
  self->updating = TRUE;
  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    update_chip (self, i);
  self->updating = FALSE;
}

static void
on_toggled (GtkToggleButton  *chip,
            DubLanguageChips *self)
{
  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    {
      if (self->chips[i] != chip)
        continue;
      gtk_widget_set_visible (self->checks[i], gtk_toggle_button_get_active (chip));
      if (self->draft != NULL && !self->updating)
        dub_draft_set_language (self->draft, dub_language_get_all ()[i], gtk_toggle_button_get_active (chip));
    }
}

static GtkWidget *
make_chip (DubLanguageChips *self,
           guint             i)
{
  const DubLanguage *language = dub_language_get_all ()[i];
  GtkWidget *chip = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->checks[i] = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic", "pixel-size", 14, "visible", FALSE,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (box), self->checks[i]);
  gtk_box_append (GTK_BOX (box), gtk_label_new (dub_language_get_name (language)));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_tooltip_text (chip, dub_language_get_endonym (language));
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, dub_language_get_name (language), -1);
  g_signal_connect (chip, "toggled", G_CALLBACK (on_toggled), self);
  self->chips[i] = GTK_TOGGLE_BUTTON (chip);
  return chip;
}

/**
 * dub_language_chips_set_draft:
 *
 * Shows and changes the languages of @draft.
 */
void
dub_language_chips_set_draft (DubLanguageChips *self,
                              DubDraft         *draft)
{
  g_return_if_fail (DUB_IS_LANGUAGE_CHIPS (self));
  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
dub_language_chips_dispose (GObject *object)
{
  g_clear_object (&DUB_LANGUAGE_CHIPS (object)->draft);
  G_OBJECT_CLASS (dub_language_chips_parent_class)->dispose (object);
}

static void
dub_language_chips_class_init (DubLanguageChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dub_language_chips_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dub_language_chips_init (DubLanguageChips *self)
{
  GtkWidget *box = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    adw_wrap_box_append (ADW_WRAP_BOX (box), make_chip (self, i));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Languages"), -1);
}
