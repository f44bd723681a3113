/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-playback-actions.h"

#define STEP_MS 5000

/**
 * DubPlaybackActions:
 *
 * What a person can do with a player and the script beside it, as actions.
 */
struct _DubPlaybackActions
{
  GSimpleActionGroup parent_instance;

  DubPlayer *player;
  DubSegmentList *segments; /* weak: it is below the widget that has this group */
};

enum
{
  MOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DubPlaybackActions, dub_playback_actions, G_TYPE_SIMPLE_ACTION_GROUP)

static gint64
get_position (DubPlaybackActions *self)
{
  gint64 position = 0;

  g_object_get (self->player, "position", &position, NULL);
  return position;
}

static void
play (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  DubPlaybackActions *self = DUB_PLAYBACK_ACTIONS (user_data);
  gboolean playing = FALSE;

  g_object_get (self->player, "playing", &playing, NULL);
  g_object_set (self->player, "playing", !playing, NULL);
  g_signal_emit (self, signals[MOVED], 0);
}

static void
step (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  DubPlaybackActions *self = DUB_PLAYBACK_ACTIONS (user_data);

  dub_player_seek (self->player, MAX (get_position (self) + g_variant_get_int32 (parameter), 0));
  g_signal_emit (self, signals[MOVED], 0);
}

static void
frame (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       user_data)
{
  DubPlaybackActions *self = DUB_PLAYBACK_ACTIONS (user_data);
  double duration = 0;

  g_object_get (self->player, "frame-duration", &duration, NULL);
  g_object_set (self->player, "playing", FALSE, NULL);
  dub_player_seek (self->player, MAX (get_position (self) + (gint64) (g_variant_get_int32 (parameter) * duration + 0.5), 0));
  g_signal_emit (self, signals[MOVED], 0);
}

static void
go_to_end (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  DubPlaybackActions *self = DUB_PLAYBACK_ACTIONS (user_data);
  gint64 duration = 0;

  g_object_get (self->player, "duration", &duration, NULL);
  dub_player_seek (self->player, g_variant_get_boolean (parameter) ? duration : 0);
  g_signal_emit (self, signals[MOVED], 0);
}

static void
go_to_segment (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  DubPlaybackActions *self = DUB_PLAYBACK_ACTIONS (user_data);
  gboolean forward = g_str_equal (g_action_get_name (G_ACTION (action)), "next");
  gint64 start = 0;

  if (self->segments == NULL)
    return;
  if (dub_segment_list_find_start (self->segments, get_position (self), forward, &start) || !forward)
    dub_player_seek (self->player, start);
  g_signal_emit (self, signals[MOVED], 0);
}

static void
toggle_mute (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DubPlaybackActions *self = DUB_PLAYBACK_ACTIONS (user_data);
  gboolean muted = FALSE;

  g_object_get (self->player, "muted", &muted, NULL);
  g_object_set (self->player, "muted", !muted, NULL);
}

static void
choose_track (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_object_set (DUB_PLAYBACK_ACTIONS (user_data)->player, "track",
                g_str_equal (g_action_get_name (G_ACTION (action)), "original") ? DUB_TRACK_ORIGINAL : DUB_TRACK_DUB, NULL);
}

static void
set_speed (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  g_object_set (DUB_PLAYBACK_ACTIONS (user_data)->player, "rate", CLAMP (g_variant_get_double (parameter), 0.5, 2.0), NULL);
}

static void
dub_playback_actions_dispose (GObject *object)
{
  DubPlaybackActions *self = DUB_PLAYBACK_ACTIONS (object);

  g_clear_weak_pointer (&self->segments);
  g_clear_object (&self->player);
  G_OBJECT_CLASS (dub_playback_actions_parent_class)->dispose (object);
}

static void
dub_playback_actions_class_init (DubPlaybackActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dub_playback_actions_dispose;

  /**
   * DubPlaybackActions::moved:
   *
   * The person has started or stopped the player, or has gone to another place.
   */
  signals[MOVED] = g_signal_new ("moved", DUB_TYPE_PLAYBACK_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dub_playback_actions_init (DubPlaybackActions *self)
{
  static const GActionEntry entries[] = {
    { "play", play, NULL },
    { "step", step, "i" },
    { "frame", frame, "i" },
    { "end", go_to_end, "b" },
    { "previous", go_to_segment, NULL },
    { "next", go_to_segment, NULL },
    { "mute", toggle_mute, NULL },
    { "original", choose_track, NULL },
    { "dub", choose_track, NULL },
    { "speed", set_speed, "d" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

/**
 * dub_playback_actions_new:
 * @player: what is played
 * @segments: the script, whose segments can be gone to
 *
 * Returns: (transfer full): the actions, to be inserted as “result”
 */
DubPlaybackActions *
dub_playback_actions_new (DubPlayer      *player,
                          DubSegmentList *segments)
{
  DubPlaybackActions *self;

  g_return_val_if_fail (DUB_IS_PLAYER (player), NULL);
  g_return_val_if_fail (DUB_IS_SEGMENT_LIST (segments), NULL);

  self = g_object_new (DUB_TYPE_PLAYBACK_ACTIONS, NULL);
  g_set_object (&self->player, player);
  g_set_weak_pointer (&self->segments, segments);
  return self;
}

/**
 * dub_playback_actions_set_has_original:
 *
 * Whether there is an original to be heard.
 */
void
dub_playback_actions_set_has_original (DubPlaybackActions *self,
                                       gboolean            has_original)
{
  g_return_if_fail (DUB_IS_PLAYBACK_ACTIONS (self));

  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "original")), has_original);
}

/**
 * dub_playback_actions_bind_keys:
 * @widget_class: the class of the widget that has the actions
 *
 * Gives the actions their keys.
 */
void
dub_playback_actions_bind_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "result.play", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, "result.play", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, 0, "result.play", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, 0, "result.step", "i", -STEP_MS);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, 0, "result.step", "i", STEP_MS);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, 0, "result.end", "b", FALSE);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_End, 0, "result.end", "b", TRUE);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_comma, 0, "result.frame", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_period, 0, "result.frame", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_CONTROL_MASK, "result.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_CONTROL_MASK, "result.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, 0, "result.mute", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, 0, "result.original", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_2, 0, "result.dub", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, GDK_ALT_MASK, "result.original", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_2, GDK_ALT_MASK, "result.dub", NULL);
}

/**
 * dub_playback_actions_add_list_keys:
 * @list: the script, or what is around it
 *
 * A list view takes these keys for itself; here they belong to the video, wherever the focus is in the script.
 */
void
dub_playback_actions_add_list_keys (GtkWidget *list)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  const struct { guint key; const char *action; GVariant *argument; } keys[] = {
    { GDK_KEY_space, "result.play", NULL },
    { GDK_KEY_Left, "result.step", g_variant_new_int32 (-STEP_MS) },
    { GDK_KEY_Right, "result.step", g_variant_new_int32 (STEP_MS) },
  };

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0), gtk_named_action_new (keys[i].action));

      if (keys[i].argument != NULL)
        gtk_shortcut_set_arguments (shortcut, keys[i].argument);
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (list, controller);
}
