/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-player-controls.h"

#include <glib/gi18n-lib.h>

#include "dub-format.h"

/**
 * DubPlayerControls:
 *
 * What a player is worked with, by mouse; the keys are the page's.
 */
struct _DubPlayerControls
{
  AdwBin parent_instance;

  /* template widgets */
  GtkBox *box;
  GtkAdjustment *time;
  GtkScale *scale;
  GtkBox *times;
  GtkLabel *position;
  GtkLabel *duration;
  GtkCenterBox *transport;
  GtkMenuButton *speed;
  GtkBox *steps;
  GtkButton *previous;
  GtkButton *play;
  GtkButton *next;
  GtkBox *ends;
  GtkMenuButton *volume;
  GtkPopover *volume_popover;
  GtkToggleButton *mute;
  GtkScale *volume_scale;
  GtkAdjustment *loudness;
  GtkButton *full_screen;
  AdwToggleGroup *tracks;

  /* owned */
  DubPlayer *player;

  gint64 said;   /* s: the place that was told to those who hear it */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (DubPlayerControls, dub_player_controls, ADW_TYPE_BIN)

/* Time runs left to right in every language, and so do the buttons that go along it. */
static void
run_left_to_right (GtkWidget *widget)
{
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      run_left_to_right (child);
}

static void
name_button (GtkWidget  *button,
             const char *name,
             const char *tooltip)
{
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_time (GtkLabel *label,
          gint64    ms)
{
  g_autofree char *text = dub_format_position ((double) ms);

  gtk_label_set_label (label, text);
}

static void
show_position (DubPlayerControls *self)
{
  gint64 position = 0;
  g_autofree char *text = NULL;

  g_object_get (self->player, "position", &position, NULL);
  set_time (self->position, position);
  gtk_adjustment_set_value (self->time, (double) position);
  if (position / 1000 == self->said)
    return;

  self->said = position / 1000;
  text = dub_format_duration (position);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

/* Without a video nothing is to be worked but the choice of another one. */
static void
show_playable (DubPlayerControls *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_PAGE);
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->transport)) != NULL;
  g_autofree char *error = NULL;
  gint64 duration = 0;

  g_object_get (self->player, "error", &error, "duration", &duration, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->transport), error == NULL || duration > 0);
  /* Without a focus the keys go nowhere. */
  if (had_focus && page != NULL && !gtk_widget_get_sensitive (GTK_WIDGET (self->transport)))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void
show_duration (DubPlayerControls *self)
{
  gint64 duration = 0;

  g_object_get (self->player, "duration", &duration, NULL);
  gtk_adjustment_set_upper (self->time, (double) MAX (duration, 1));
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), duration > 0);
  if (duration > 0)
    set_time (self->duration, duration);
  else
    gtk_label_set_label (self->duration, "–");
  show_playable (self);
}

static void
show_playing (DubPlayerControls *self)
{
  gboolean playing = FALSE;

  g_object_get (self->player, "playing", &playing, NULL);
  gtk_button_set_icon_name (self->play, playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  if (playing)
    name_button (GTK_WIDGET (self->play), _("Pause"), _("Pause (Space)"));
  else
    name_button (GTK_WIDGET (self->play), _("Play"), _("Play (Space)"));
}

static void
show_volume (DubPlayerControls *self)
{
  gboolean muted = FALSE;
  double volume = 1;

  g_object_get (self->player, "volume", &volume, "muted", &muted, NULL);
  self->updating = TRUE;
  gtk_adjustment_set_value (self->loudness, volume);
  gtk_toggle_button_set_active (self->mute, muted);
  self->updating = FALSE;
  gtk_menu_button_set_icon_name (self->volume, muted || volume <= 0  ? "audio-volume-muted-symbolic"
                                               : volume < 0.34 ? "audio-volume-low-symbolic"
                                               : volume < 0.67 ? "audio-volume-medium-symbolic"
                                                               : "audio-volume-high-symbolic");
  run_left_to_right (GTK_WIDGET (self->volume));
}

static void
show_rate (DubPlayerControls *self)
{
  double rate = 1;
  g_autofree char *text = NULL;

  g_object_get (self->player, "rate", &rate, NULL);
  /* Translators: the speed of playing, "1.5×". */
  text = g_strdup_printf (_("%g×"), rate);
  gtk_menu_button_set_label (self->speed, text);
  run_left_to_right (GTK_WIDGET (self->speed));
}

static void
show_track (DubPlayerControls *self)
{
  DubTrack track = DUB_TRACK_DUB;

  g_object_get (self->player, "track", &track, NULL);
  self->updating = TRUE;
  adw_toggle_group_set_active_name (self->tracks, track == DUB_TRACK_DUB ? "dub" : "original");
  self->updating = FALSE;
}

static gboolean
on_change_value (DubPlayerControls *self,
                 GtkScrollType      scroll,
                 double             value)
{
  if (self->player != NULL)
    dub_player_seek (self->player, (gint64) CLAMP (value, 0, gtk_adjustment_get_upper (self->time)));
  return TRUE;
}

static void
on_loudness_changed (DubPlayerControls *self)
{
  if (self->player != NULL && !self->updating)
    g_object_set (self->player, "volume", CLAMP (gtk_adjustment_get_value (self->loudness), 0, 1), "muted", FALSE, NULL);
}

static void
on_mute_toggled (DubPlayerControls *self)
{
  if (self->player != NULL && !self->updating)
    g_object_set (self->player, "muted", gtk_toggle_button_get_active (self->mute), NULL);
}

static void
on_track_chosen (DubPlayerControls *self)
{
  gboolean original = g_strcmp0 (adw_toggle_group_get_active_name (self->tracks), "original") == 0;

  if (self->player != NULL && !self->updating)
    g_object_set (self->player, "track", original ? DUB_TRACK_ORIGINAL : DUB_TRACK_DUB, NULL);
}

/**
 * dub_player_controls_set_player:
 * @player: what is controlled
 *
 * Shows the state of @player and works on it.
 */
void
dub_player_controls_set_player (DubPlayerControls *self,
                                DubPlayer         *player)
{
  g_return_if_fail (DUB_IS_PLAYER_CONTROLS (self));

  if (!g_set_object (&self->player, player) || player == NULL)
    return;
  g_signal_connect_object (player, "notify::position", G_CALLBACK (show_position), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::duration", G_CALLBACK (show_duration), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::error", G_CALLBACK (show_playable), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::playing", G_CALLBACK (show_playing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::volume", G_CALLBACK (show_volume), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::muted", G_CALLBACK (show_volume), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::rate", G_CALLBACK (show_rate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::track", G_CALLBACK (show_track), self, G_CONNECT_SWAPPED);
  show_duration (self);
  show_position (self);
  show_playing (self);
  show_volume (self);
  show_rate (self);
  show_track (self);
}

/**
 * dub_player_controls_set_has_original:
 * @has_original: whether there is an original to be heard
 *
 * Shows or hides the choice between original and dub.
 */
void
dub_player_controls_set_has_original (DubPlayerControls *self,
                                      gboolean           has_original)
{
  g_return_if_fail (DUB_IS_PLAYER_CONTROLS (self));

  gtk_widget_set_visible (GTK_WIDGET (self->tracks), has_original);
}

/**
 * dub_player_controls_set_has_segments:
 * @has_segments: whether there is a script
 *
 * Shows or hides the buttons that go from segment to segment.
 */
void
dub_player_controls_set_has_segments (DubPlayerControls *self,
                                      gboolean           has_segments)
{
  g_return_if_fail (DUB_IS_PLAYER_CONTROLS (self));

  gtk_widget_set_visible (GTK_WIDGET (self->previous), has_segments);
  gtk_widget_set_visible (GTK_WIDGET (self->next), has_segments);
}

/**
 * dub_player_controls_set_full_screen:
 * @full_screen: whether the video has the whole screen
 *
 * Says what the button for the full screen does next.
 */
void
dub_player_controls_set_full_screen (DubPlayerControls *self,
                                     gboolean           full_screen)
{
  g_return_if_fail (DUB_IS_PLAYER_CONTROLS (self));

  gtk_button_set_icon_name (self->full_screen, full_screen ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  if (full_screen)
    name_button (GTK_WIDGET (self->full_screen), _("Leave full screen"), _("Leave Full Screen (Esc)"));
  else
    name_button (GTK_WIDGET (self->full_screen), _("Full screen"), _("Full Screen (F11)"));
}

/**
 * dub_player_controls_focus:
 *
 * Gives the focus to the button that plays.
 */
void
dub_player_controls_focus (DubPlayerControls *self)
{
  g_return_if_fail (DUB_IS_PLAYER_CONTROLS (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->play));
}

/**
 * dub_player_controls_is_busy:
 *
 * Returns: whether a menu of it is open, so that it should stay
 */
gboolean
dub_player_controls_is_busy (DubPlayerControls *self)
{
  g_return_val_if_fail (DUB_IS_PLAYER_CONTROLS (self), FALSE);

  return gtk_menu_button_get_active (self->speed) || gtk_menu_button_get_active (self->volume);
}

static void
dub_player_controls_dispose (GObject *object)
{
  /* AdwBin would let go of it a second time. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), DUB_TYPE_PLAYER_CONTROLS);
  g_clear_object (&DUB_PLAYER_CONTROLS (object)->player);
  G_OBJECT_CLASS (dub_player_controls_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, box);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, time);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, scale);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, times);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, position);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, duration);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, transport);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, speed);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, steps);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, previous);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, play);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, next);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, ends);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, volume);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, volume_popover);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, mute);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, volume_scale);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, loudness);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, full_screen);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerControls, tracks);
}

static void
dub_player_controls_class_init (DubPlayerControlsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dub_player_controls_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-player-controls.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_change_value);
  gtk_widget_class_bind_template_callback (widget_class, on_loudness_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_mute_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_track_chosen);
}

static void
dub_player_controls_init (DubPlayerControls *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->said = -1;
  run_left_to_right (GTK_WIDGET (self->scale));
  run_left_to_right (GTK_WIDGET (self->times));
  run_left_to_right (GTK_WIDGET (self->transport));
  dub_player_controls_set_full_screen (self, FALSE);
}
