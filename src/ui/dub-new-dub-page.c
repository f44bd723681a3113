/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-new-dub-page-private.h"

#include <glib/gi18n-lib.h>

#include "dub-links-dialog.h"
#include "dub-messages.h"
#include "dub-notices.h"
#include "dub-scripts-dialog.h"
#include "dub-video-row.h"

/* The entry of the names' list that is no style. */
#define OWN_NAME 3

enum
{
  PROP_LAYOUT = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint generated_signal;

/**
 * DubNewDubPage:
 *
 * What the person is about to have dubbed: videos, languages, options, and the consent. All of it is in the draft.
 */
G_DEFINE_FINAL_TYPE (DubNewDubPage, dub_new_dub_page, ADW_TYPE_NAVIGATION_PAGE)

/* {Videos} */

static void
on_removed (DubNewDubPage *self,
            DubDraftVideo *video)
{
  dub_draft_remove (self->draft, video);
}

static GtkWidget *
make_row (gpointer video,
          gpointer user_data)
{
  DubNewDubPage *self = user_data;
  GtkWidget *row = dub_video_row_new (video);

  g_signal_connect_object (row, "removed", G_CALLBACK (on_removed), self, G_CONNECT_SWAPPED);
  return row;
}

static void
on_files_chosen (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (DubNewDubPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);

  if (files == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        dub_messages_error (GTK_WIDGET (self), _("No File Could Be Chosen"), error);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      dub_draft_add_file (self->draft, file);
    }
}

static void
choose_files (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  DubNewDubPage *self = DUB_NEW_DUB_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) videos = gtk_file_filter_new (), all = gtk_file_filter_new ();

  gtk_file_filter_set_name (videos, _("Videos"));
  gtk_file_filter_add_mime_type (videos, "video/*");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, videos);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_title (dialog, _("Choose Videos"));
  gtk_file_dialog_set_accept_label (dialog, _("_Add"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), self->cancellable, on_files_chosen, g_object_ref (self));
}

static void
paste_links (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  adw_dialog_present (dub_links_dialog_new (DUB_NEW_DUB_PAGE (widget)->draft), widget);
}

static GdkDragAction
on_drag_enter (DubNewDubPage *self)
{
  gtk_widget_add_css_class (self->drop_zone, "over");
  return GDK_ACTION_COPY;
}

static void
on_drag_leave (DubNewDubPage *self)
{
  gtk_widget_remove_css_class (self->drop_zone, "over");
}

static gboolean
on_drop (DubNewDubPage *self,
         const GValue  *value)
{
  g_autoptr (GSList) files = NULL;

  on_drag_leave (self);
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;

  files = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *link = files; link != NULL; link = link->next)
    dub_draft_add_file (self->draft, link->data);
  return files != NULL;
}

/* {Languages and options} */

static void
select_all (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  DubNewDubPage *self = DUB_NEW_DUB_PAGE (widget);
  gboolean wanted = !dub_new_dub_page_has_all (self);

  /* Those that need a script are for the person to choose. */
  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    if (!wanted || dub_draft_translates (self->draft, dub_language_get_all ()[i]))
      dub_draft_set_language (self->draft, dub_language_get_all ()[i], wanted);
}

static void
on_own_name (DubNewDubPage *self)
{
  gboolean own = adw_combo_row_get_selected (self->names) == OWN_NAME;

  if (self->draft != NULL)
    dub_draft_set_name (self->draft, own ? gtk_editable_get_text (GTK_EDITABLE (self->own_name)) : NULL, NULL);
}

static void
on_names_chosen (DubNewDubPage *self)
{
  guint selected = adw_combo_row_get_selected (self->names);

  if (self->draft == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->own_name), selected == OWN_NAME);
  if (selected < OWN_NAME)
    g_object_set (self->draft, "name-style", (int) selected, NULL);
  on_own_name (self);
  if (selected == OWN_NAME)
    gtk_widget_grab_focus (GTK_WIDGET (self->own_name));
}

static void
choose_scripts (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  adw_dialog_present (dub_scripts_dialog_new (DUB_NEW_DUB_PAGE (widget)->draft), widget);
}

static void
on_option_activated (DubNewDubPage *self,
                     GtkListBoxRow *row)
{
  if (GTK_WIDGET (row) == GTK_WIDGET (self->scripts))
    gtk_widget_activate_action (GTK_WIDGET (self), "draft.choose-scripts", NULL);
}

/* {Generate} */

static void
on_generated (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DubNewDubPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = dub_draft_generate_finish (DUB_DRAFT (source), result, &error);

  self->generating = FALSE;
  dub_new_dub_page_update (self);
  if (tasks == NULL)
    dub_messages_error (GTK_WIDGET (self), _("Nothing Was Started"), error);
  else
    /* Those that are stored and cannot be read just now are on their way too. */
    g_signal_emit (self, generated_signal, 0, tasks->len > 0 ? tasks->len : dub_draft_get_n_dubs (self->draft));
}

static void
generate (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  DubNewDubPage *self = DUB_NEW_DUB_PAGE (widget);

  if (self->generating || !dub_draft_get_can_generate (self->draft))
    return;

  self->generating = TRUE;
  dub_new_dub_page_update (self);
  dub_draft_generate_async (self->draft, self->cancellable, on_generated, g_object_ref (self));
}

/* {Object} */

static void
set_layout (DubNewDubPage *self,
            const char    *layout)
{
  self->narrow = g_strcmp0 (layout, "narrow") == 0;
  adw_multi_layout_view_set_layout_name (self->layouts, self->narrow ? "narrow" : "wide");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->needs), self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible (self->consent_heading, self->narrow);
  gtk_label_set_xalign (self->sum, self->narrow ? 0 : 0.5);
  gtk_label_set_xalign (self->ready, self->narrow ? 0 : 0.5);
  gtk_label_set_xalign (self->hint, self->narrow ? 0 : 0.5);
  gtk_label_set_justify (self->sum, self->narrow ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_CENTER);
  gtk_label_set_justify (self->ready, self->narrow ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_CENTER);
  gtk_label_set_justify (self->hint, self->narrow ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_CENTER);
  if (self->narrow)
    gtk_widget_remove_css_class (self->generate, "pill");
  else
    gtk_widget_add_css_class (self->generate, "pill");
  gtk_widget_set_size_request (self->generate, self->narrow ? 138 : -1, self->narrow ? 40 : -1);
  if (self->draft != NULL)
    dub_new_dub_page_update (self);
}

static void
dub_new_dub_page_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DubNewDubPage *self = DUB_NEW_DUB_PAGE (object);

  switch (id)
    {
    case PROP_LAYOUT:
      g_value_set_string (value, self->narrow ? "narrow" : "wide");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_new_dub_page_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DubNewDubPage *self = DUB_NEW_DUB_PAGE (object);

  switch (id)
    {
    case PROP_LAYOUT:
      set_layout (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* The links of the notice come first in the order of the keys, but are not what the page was opened for. */
static void
dub_new_dub_page_shown (AdwNavigationPage *page)
{
  DubNewDubPage *self = DUB_NEW_DUB_PAGE (page);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || focus == GTK_WIDGET (self->notice) || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->layouts)))
    gtk_widget_grab_focus (self->choose_files);
}

/* Who comes back has to agree again; what was picked stays. */
static void
dub_new_dub_page_hidden (AdwNavigationPage *page)
{
  DubNewDubPage *self = DUB_NEW_DUB_PAGE (page);

  if (!self->generating)
    dub_draft_set_agreed (self->draft, FALSE);
}

static void
dub_new_dub_page_dispose (GObject *object)
{
  DubNewDubPage *self = DUB_NEW_DUB_PAGE (object);

  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->draft);
  g_clear_object (&self->account);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (dub_new_dub_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, layouts);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, notice);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, drop_zone);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, drop_target);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, drop_title);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, drop_kinds);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, choose_files);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, videos_group);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, videos_count);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, videos);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, chips);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, languages_count);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, select_all);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, languages_hint);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, needs);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, needs_text);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, needs_scripts);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, subtitles);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, lipsync);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, names);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, own_name);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, scripts);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, scripts_count);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, consent_heading);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, consent_text);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, agree);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, agree_label);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, agreed_before);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, sum);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, ready);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, generate);
  gtk_widget_class_bind_template_child (widget_class, DubNewDubPage, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_option_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_names_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_own_name);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);
}

static void
dub_new_dub_page_class_init (DubNewDubPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dub_new_dub_page_dispose;
  object_class->get_property = dub_new_dub_page_get_property;
  object_class->set_property = dub_new_dub_page_set_property;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = dub_new_dub_page_hidden;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = dub_new_dub_page_shown;

  properties[PROP_LAYOUT] = g_param_spec_string ("layout", NULL, NULL, "wide", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  generated_signal = g_signal_new ("generated", DUB_TYPE_NEW_DUB_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_install_action (widget_class, "draft.choose-files", NULL, choose_files);
  gtk_widget_class_install_action (widget_class, "draft.paste-links", NULL, paste_links);
  gtk_widget_class_install_action (widget_class, "draft.select-all", NULL, select_all);
  gtk_widget_class_install_action (widget_class, "draft.choose-scripts", NULL, choose_scripts);
  gtk_widget_class_install_action (widget_class, "draft.generate", NULL, generate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "draft.choose-files", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "draft.paste-links", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "draft.generate", NULL);

  g_type_ensure (DUB_TYPE_LANGUAGE_CHIPS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-new-dub-page.ui");
  bind_children (widget_class);
}

static void
show_notices (DubNewDubPage *self)
{
  g_autofree char *notice = dub_notice_dup_markup (DUB_NOTICE_UPLOAD);
  g_autofree char *consent = dub_notice_dup_markup (DUB_NOTICE_CONSENT);

  gtk_label_set_markup (self->notice, notice);
  gtk_label_set_markup (self->consent_text, consent);
}

static void
dub_new_dub_page_init (DubNewDubPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->drop_target, (GType[]) { GDK_TYPE_FILE_LIST }, 1);
  show_notices (self);
  set_layout (self, "wide");
}

static void
on_tick (DubNewDubPage *self)
{
  dub_draft_update_forecast (self->draft);
  dub_new_dub_page_update_sum (self);
}

static void
bind_draft (DubNewDubPage *self)
{
  int style;

  g_object_bind_property (self->draft, "subtitles", self->subtitles, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->draft, "lipsync", self->lipsync, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->draft, "agreed", self->agree, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_get (self->draft, "name-style", &style, NULL);
  adw_combo_row_set_selected (self->names, style);
  dub_language_chips_set_draft (self->chips, self->draft);
  gtk_list_box_bind_model (self->videos, dub_draft_get_videos (self->draft), make_row, self, NULL);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (dub_new_dub_page_update), self, G_CONNECT_SWAPPED);
}

/**
 * dub_new_dub_page_new:
 * @draft: what is to be dubbed
 * @account: (nullable): where; says what it cannot do
 *
 * Returns: (transfer floating): a page for the window
 */
AdwNavigationPage *
dub_new_dub_page_new (DubDraft   *draft,
                      DubAccount *account)
{
  DubNewDubPage *self = g_object_new (DUB_TYPE_NEW_DUB_PAGE, NULL);

  self->studio = account != NULL && dub_account_is_studio (account);
  self->draft = g_object_ref (draft);
  g_set_object (&self->account, account);
  gtk_widget_set_sensitive (GTK_WIDGET (self->lipsync), !self->studio);
  gtk_widget_set_visible (GTK_WIDGET (self->languages_hint), self->studio);
  if (self->studio)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->lipsync),
                                 _("Only with an account of the dubbing service. The built-in studio cannot change the picture."));
  bind_draft (self);
  dub_new_dub_page_update (self);
  self->clock = dub_clock_new (GTK_WIDGET (self));
  g_signal_connect_object (self->clock, "notify::now", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  return ADW_NAVIGATION_PAGE (self);
}

/**
 * dub_new_dub_page_get_draft:
 *
 * Returns: (transfer none): what is to be dubbed
 */
DubDraft *
dub_new_dub_page_get_draft (DubNewDubPage *self)
{
  g_return_val_if_fail (DUB_IS_NEW_DUB_PAGE (self), NULL);

  return self->draft;
}
