/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-result-page-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dub-format.h"
#include "dub-save-dialog.h"

#define PANE_PORTRAIT 300
#define PANE_LANDSCAPE 486
#define PANE_MEDIUM 270
#define FADE_AFTER_MS 2500

G_DEFINE_FINAL_TYPE (DubResultPage, dub_result_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_NARROW = 1,
  PROP_MEDIUM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void fit (DubResultPage *self);

static gboolean
is_expired (DubLibraryItem *item)
{
  gint64 expires = dub_library_item_get_expires (item);

  return expires > 0 && expires <= g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * dub_result_page_is_playing:
 *
 * Returns: whether the video runs
 */
gboolean
dub_result_page_is_playing (DubResultPage *self)
{
  gboolean playing = FALSE;

  g_object_get (self->player, "playing", &playing, NULL);
  return playing;
}

/* {Full screen} */

static gboolean
on_fade_due (gpointer user_data)
{
  DubResultPage *self = user_data;

  if (!self->full_screen || !dub_result_page_is_playing (self) || dub_player_controls_is_busy (self->controls))
    return G_SOURCE_CONTINUE;
  self->fade = 0;
  /* What fades cannot keep the focus, and without a focus the keys go nowhere. */
  gtk_widget_grab_focus (GTK_WIDGET (self->screen));
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->screen), "none");
  return G_SOURCE_REMOVE;
}

static void
show_controls (DubResultPage *self)
{
  g_clear_handle_id (&self->fade, g_source_remove);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_set_cursor (GTK_WIDGET (self->screen), NULL);
  if (self->full_screen)
    self->fade = g_timeout_add (FADE_AFTER_MS, on_fade_due, self);
}

static void
on_motion (DubResultPage *self,
           double         x,
           double         y)
{
  /* A widget that appears under the pointer sends a motion of nothing. */
  if (x == self->pointer_x && y == self->pointer_y)
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  show_controls (self);
}

static void
on_window_full_screen (DubResultPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean full_screen = GTK_IS_WINDOW (root) && self->wants_full_screen && gtk_window_is_fullscreen (GTK_WINDOW (root));

  if (full_screen == self->full_screen)
    return;
  self->full_screen = full_screen;
  self->wants_full_screen = full_screen;
  dub_player_controls_set_full_screen (self->controls, full_screen);
  dub_player_view_set_filled (self->view, full_screen);
  adw_toolbar_view_set_reveal_top_bars (self->toolbar_view, !full_screen);
  fit (self);
  show_controls (self);
  dub_player_controls_focus (self->controls);
}

static void
set_full_screen (DubResultPage *self,
                 gboolean       full_screen)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!GTK_IS_WINDOW (root))
    return;
  if (full_screen)
    {
      self->wants_full_screen = TRUE;
      gtk_window_fullscreen (GTK_WINDOW (root));
      on_window_full_screen (self);
    }
  else if (self->wants_full_screen)
    gtk_window_unfullscreen (GTK_WINDOW (root));
}

static void
toggle_full_screen (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  DubResultPage *self = DUB_RESULT_PAGE (widget);

  set_full_screen (self, !self->full_screen);
}

static gboolean
leave_full_screen (GtkWidget *widget,
                   GVariant  *arguments,
                   gpointer   user_data)
{
  DubResultPage *self = DUB_RESULT_PAGE (widget);

  if (!self->full_screen)
    return GDK_EVENT_PROPAGATE;
  set_full_screen (self, FALSE);
  return GDK_EVENT_STOP;
}

/* {Layout} */

static void
fit_pane (DubResultPage *self,
          gboolean       portrait)
{
  int width = self->medium ? PANE_MEDIUM : portrait ? PANE_PORTRAIT : PANE_LANDSCAPE;

  adw_clamp_set_maximum_size (self->pane, width);
  adw_clamp_set_tightening_threshold (self->pane, width);
  gtk_widget_set_size_request (GTK_WIDGET (self->pane), width, -1);
}

static void
fit (DubResultPage *self)
{
  double ratio = dub_player_view_get_ratio (self->view);
  gboolean portrait = ratio > 0 && ratio < 1;
  const char *layout = self->full_screen ? "full-screen" : !self->narrow ? "wide" : portrait ? "beside" : "stacked";

  fit_pane (self, portrait);
  g_object_set (self->segments, "narrow", self->narrow, NULL);
  if (g_strcmp0 (adw_multi_layout_view_get_layout_name (self->layouts), layout) != 0)
    adw_multi_layout_view_set_layout_name (self->layouts, layout);
}

/* {What happens} */

static void
on_position (DubResultPage *self)
{
  gint64 position = 0;

  g_object_get (self->player, "position", &position, NULL);
  dub_segment_list_set_position (self->segments, position);
}

static void
on_chosen (DubResultPage *self,
           double         start_ms)
{
  dub_player_seek (self->player, (gint64) ceil (start_ms));
}

static void
on_pressed (DubResultPage *self)
{
  g_object_set (self->player, "playing", !dub_result_page_is_playing (self), NULL);
  show_controls (self);
}

static void
on_doubled (DubResultPage *self)
{
  set_full_screen (self, !self->full_screen);
}

static void
load (DubResultPage *self)
{
  const char *original = dub_library_item_get_original_uri (self->item);

  dub_player_set_uris (self->player, original, dub_library_item_get_preview_uri (self->item));
  if (self->left_at > 0)
    dub_player_seek (self->player, self->left_at);
}

static void
save (GtkWidget  *widget,
      const char *name,
      GVariant   *parameter)
{
  DubResultPage *self = DUB_RESULT_PAGE (widget);
  g_autoptr (GdkPaintable) still = dub_player_view_dup_still (self->view);

  g_object_set (self->player, "playing", FALSE, NULL);
  adw_dialog_present (dub_save_dialog_new (self->library, self->item, still), widget);
}

static void
dub_result_page_shown (AdwNavigationPage *page)
{
  DubResultPage *self = DUB_RESULT_PAGE (page);

  if (!self->loaded && self->item != NULL)
    {
      self->loaded = TRUE;
      load (self);
    }
  dub_player_controls_focus (self->controls);
}

static void
dub_result_page_hiding (AdwNavigationPage *page)
{
  DubResultPage *self = DUB_RESULT_PAGE (page);

  set_full_screen (self, FALSE);
  g_object_set (self->player, "playing", FALSE, NULL);
}

static void
dub_result_page_hidden (AdwNavigationPage *page)
{
  DubResultPage *self = DUB_RESULT_PAGE (page);

  g_object_get (self->player, "position", &self->left_at, NULL);
  self->loaded = FALSE;
  dub_player_close (self->player);
}

static void
dub_result_page_root (GtkWidget *widget)
{
  DubResultPage *self = DUB_RESULT_PAGE (widget);

  GTK_WIDGET_CLASS (dub_result_page_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::fullscreened", G_CALLBACK (on_window_full_screen), self, G_CONNECT_SWAPPED);
}

static void
dub_result_page_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), on_window_full_screen, widget);
  GTK_WIDGET_CLASS (dub_result_page_parent_class)->unroot (widget);
}

/* The way out of an expired link; of a dub made elsewhere the video is not known. */
static void
offer_another_dub (DubResultPage *self)
{
  const char *original = dub_library_item_get_original_uri (self->item);

  adw_banner_set_button_label (self->banner, original != NULL ? _("Dub _Again…") : _("_New Dub…"));
  if (original != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->banner), "s", original);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->banner), original != NULL ? "win.new-dub-of" : "win.new-dub");
}

static void
describe (DubResultPage *self)
{
  const DubLanguage *language = dub_library_item_get_language (self->item);
  const char *title = dub_library_item_get_title (self->item);
  gboolean expired = is_expired (self->item);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  adw_window_title_set_title (self->window_title, title);
  adw_window_title_set_subtitle (self->window_title, language != NULL ? dub_language_get_name (language)
                                                                      : dub_library_item_get_language_code (self->item));
  if (expired)
    {
      g_autofree char *day = dub_format_moment (dub_library_item_get_expires (self->item), g_get_real_time () / G_USEC_PER_SEC);
      /* Translators: %s is a day and time, such as "12 Nov 2026". */
      g_autofree char *sentence = g_strdup_printf (_("The link to this dub has expired (%s). To watch or save it, dub the video again."), day);

      adw_banner_set_title (self->banner, sentence);
      offer_another_dub (self);
    }
  adw_banner_set_revealed (self->banner, expired);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "result.save",
                                 !expired && self->library != NULL && dub_library_item_get_preview_uri (self->item) != NULL);
}

static void
set_item (DubResultPage  *self,
          DubLibraryItem *item)
{
  DubScript *original = dub_library_item_get_original_script (item);
  DubScript *translated = dub_library_item_get_translated_script (item);

  self->item = g_object_ref (item);
  describe (self);
  dub_segment_list_set_scripts (self->segments, original, translated, dub_library_item_get_language (item));
  dub_player_controls_set_has_original (self->controls, dub_library_item_get_original_uri (item) != NULL);
  dub_player_controls_set_has_segments (self->controls, (original != NULL && dub_script_get_length (original) > 0) ||
                                                        (translated != NULL && dub_script_get_length (translated) > 0));
  dub_playback_actions_set_has_original (self->actions, dub_library_item_get_original_uri (item) != NULL);
}

static void
dub_result_page_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DubResultPage *self = DUB_RESULT_PAGE (object);

  if (id == PROP_NARROW)
    g_value_set_boolean (value, self->narrow);
  else if (id == PROP_MEDIUM)
    g_value_set_boolean (value, self->medium);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_narrow (DubResultPage *self,
            gboolean       narrow)
{
  self->narrow = narrow;
  if (narrow)
    gtk_button_set_icon_name (self->save, "document-save-symbolic");
  else
    gtk_button_set_label (self->save, _("_Save…"));
  gtk_button_set_use_underline (self->save, TRUE);
}

static void
dub_result_page_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DubResultPage *self = DUB_RESULT_PAGE (object);

  if (id == PROP_NARROW)
    set_narrow (self, g_value_get_boolean (value));
  else if (id == PROP_MEDIUM)
    self->medium = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  fit (self);
}

static void
dub_result_page_dispose (GObject *object)
{
  DubResultPage *self = DUB_RESULT_PAGE (object);

  g_clear_handle_id (&self->fade, g_source_remove);
  if (self->player != NULL)
    dub_player_close (self->player);
  gtk_widget_dispose_template (GTK_WIDGET (object), DUB_TYPE_RESULT_PAGE);
  g_clear_object (&self->actions);
  g_clear_object (&self->player);
  g_clear_object (&self->library);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (dub_result_page_parent_class)->dispose (object);
}

/* What only the page can do; the rest are DubPlaybackActions. */
static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "result.full-screen", NULL, toggle_full_screen);
  gtk_widget_class_install_action (widget_class, "result.save", NULL, save);
  dub_playback_actions_bind_keys (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, 0, "result.full-screen", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, 0, "result.full-screen", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "result.save", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, leave_full_screen, NULL);
}

static void
dub_result_page_class_init (DubResultPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwNavigationPageClass *page_class = ADW_NAVIGATION_PAGE_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = dub_result_page_dispose;
  object_class->get_property = dub_result_page_get_property;
  object_class->set_property = dub_result_page_set_property;
  widget_class->root = dub_result_page_root;
  widget_class->unroot = dub_result_page_unroot;
  page_class->shown = dub_result_page_shown;
  page_class->hiding = dub_result_page_hiding;
  page_class->hidden = dub_result_page_hidden;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_MEDIUM] = g_param_spec_boolean ("medium", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DUB_TYPE_PLAYER_VIEW);
  g_type_ensure (DUB_TYPE_PLAYER_CONTROLS);
  g_type_ensure (DUB_TYPE_SEGMENT_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-result-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DubResultPage, toolbar_view);
  gtk_widget_class_bind_template_child (widget_class, DubResultPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, DubResultPage, save);
  gtk_widget_class_bind_template_child (widget_class, DubResultPage, banner);
  gtk_widget_class_bind_template_child (widget_class, DubResultPage, layouts);
  gtk_widget_class_bind_template_child (widget_class, DubResultPage, pane);
  gtk_widget_class_bind_template_child (widget_class, DubResultPage, screen);
  gtk_widget_class_bind_template_child (widget_class, DubResultPage, revealer);
  gtk_widget_class_bind_template_child (widget_class, DubResultPage, view);
  gtk_widget_class_bind_template_child (widget_class, DubResultPage, controls);
  gtk_widget_class_bind_template_child (widget_class, DubResultPage, segments);
  gtk_widget_class_bind_template_callback (widget_class, on_motion);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_doubled);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, fit);
  install_actions (widget_class);
}

static void
insert_actions (DubResultPage *self)
{
  self->actions = dub_playback_actions_new (self->player, self->segments);
  g_signal_connect_object (self->actions, "moved", G_CALLBACK (show_controls), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "result", G_ACTION_GROUP (self->actions));
  dub_playback_actions_add_list_keys (GTK_WIDGET (self->segments));
}

static void
dub_result_page_init (DubResultPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->player = dub_player_new ();
  dub_player_view_set_player (self->view, self->player);
  dub_player_controls_set_player (self->controls, self->player);
  g_signal_connect_object (self->player, "notify::position", G_CALLBACK (on_position), self, G_CONNECT_SWAPPED);
  insert_actions (self);
  fit (self);
}

/**
 * dub_result_page_get_player:
 *
 * Returns: (transfer none): what plays the dub and its original
 */
DubPlayer *
dub_result_page_get_player (DubResultPage *self)
{
  return self->player;
}

/**
 * dub_result_page_new_for_library:
 * @library: (nullable): that saves the dub; without it nothing can be saved
 * @item: a dub
 *
 * Returns: (transfer floating): a page that loads its videos when it is shown
 */
AdwNavigationPage *
dub_result_page_new_for_library (DubLibrary     *library,
                                 DubLibraryItem *item)
{
  DubResultPage *self = g_object_new (DUB_TYPE_RESULT_PAGE, NULL);

  g_set_object (&self->library, library);
  set_item (self, item);
  return ADW_NAVIGATION_PAGE (self);
}

/**
 * dub_result_page_new:
 * @workflow: that the dub is of
 * @item: a dub
 *
 * Returns: (transfer floating): a page that loads its videos when it is shown
 */
AdwNavigationPage *
dub_result_page_new (DubWorkflow    *workflow,
                     DubLibraryItem *item)
{
  g_return_val_if_fail (DUB_IS_WORKFLOW (workflow), NULL);
  g_return_val_if_fail (DUB_IS_LIBRARY_ITEM (item), NULL);

  return dub_result_page_new_for_library (dub_workflow_get_library (workflow), item);
}
