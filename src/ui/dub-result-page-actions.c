/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-result-page-private.h"

#define STEP_MS 5000

static gint64
get_position (DubResultPage *self)
{
  gint64 position = 0;

  g_object_get (self->player, "position", &position, NULL);
  return position;
}

static void
play (GtkWidget  *widget,
      const char *name,
      GVariant   *parameter)
{
  DubResultPage *self = DUB_RESULT_PAGE (widget);

  g_object_set (self->player, "playing", !dub_result_page_is_playing (self), NULL);
  dub_result_page_show_controls (self);
}

static void
step (GtkWidget  *widget,
      const char *name,
      GVariant   *parameter)
{
  DubResultPage *self = DUB_RESULT_PAGE (widget);

  dub_player_seek (self->player, MAX (get_position (self) + g_variant_get_int32 (parameter), 0));
  dub_result_page_show_controls (self);
}

static void
frame (GtkWidget  *widget,
       const char *name,
       GVariant   *parameter)
{
  DubResultPage *self = DUB_RESULT_PAGE (widget);
  double duration = 0;

  g_object_get (self->player, "frame-duration", &duration, NULL);
  g_object_set (self->player, "playing", FALSE, NULL);
  dub_player_seek (self->player, MAX (get_position (self) + (gint64) (g_variant_get_int32 (parameter) * duration + 0.5), 0));
  dub_result_page_show_controls (self);
}

static void
go_to_end (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  DubResultPage *self = DUB_RESULT_PAGE (widget);
  gint64 duration = 0;

  g_object_get (self->player, "duration", &duration, NULL);
  dub_player_seek (self->player, g_variant_get_boolean (parameter) ? duration : 0);
  dub_result_page_show_controls (self);
}

static void
go_to_segment (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DubResultPage *self = DUB_RESULT_PAGE (widget);
  gboolean forward = g_str_equal (name, "result.next");
  gint64 start = 0;

  if (dub_segment_list_find_start (self->segments, get_position (self), forward, &start) || !forward)
    dub_player_seek (self->player, start);
  dub_result_page_show_controls (self);
}

static void
toggle_mute (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DubResultPage *self = DUB_RESULT_PAGE (widget);
  gboolean muted = FALSE;

  g_object_get (self->player, "muted", &muted, NULL);
  g_object_set (self->player, "muted", !muted, NULL);
}

static void
choose_track (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_object_set (DUB_RESULT_PAGE (widget)->player, "track",
                g_str_equal (name, "result.original") ? DUB_TRACK_ORIGINAL : DUB_TRACK_DUB, NULL);
}

static void
set_speed (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  g_object_set (DUB_RESULT_PAGE (widget)->player, "rate", CLAMP (g_variant_get_double (parameter), 0.5, 2.0), NULL);
}

static void
toggle_full_screen (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  DubResultPage *self = DUB_RESULT_PAGE (widget);

  dub_result_page_set_full_screen (self, !self->full_screen);
}

static void
save (GtkWidget  *widget,
      const char *name,
      GVariant   *parameter)
{
  dub_result_page_present_save_dialog (DUB_RESULT_PAGE (widget));
}

static gboolean
leave_full_screen (GtkWidget *widget,
                   GVariant  *arguments,
                   gpointer   user_data)
{
  DubResultPage *self = DUB_RESULT_PAGE (widget);

  if (!self->full_screen)
    return GDK_EVENT_PROPAGATE;
  dub_result_page_set_full_screen (self, FALSE);
  return GDK_EVENT_STOP;
}

static void
bind (GtkWidgetClass  *widget_class,
      guint            key,
      GdkModifierType  modifiers,
      const char      *action,
      GVariant        *argument)
{
  g_autoptr (GVariant) target = argument != NULL ? g_variant_ref_sink (argument) : NULL;
  g_autoptr (GtkShortcut) shortcut =
    gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers), gtk_named_action_new (action));

  if (target != NULL)
    gtk_shortcut_set_arguments (shortcut, target);
  gtk_widget_class_add_shortcut (widget_class, shortcut);
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  bind (widget_class, GDK_KEY_space, 0, "result.play", NULL);
  bind (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, "result.play", NULL);
  bind (widget_class, GDK_KEY_k, 0, "result.play", NULL);
  bind (widget_class, GDK_KEY_Left, 0, "result.step", g_variant_new_int32 (-STEP_MS));
  bind (widget_class, GDK_KEY_Right, 0, "result.step", g_variant_new_int32 (STEP_MS));
  bind (widget_class, GDK_KEY_Home, 0, "result.end", g_variant_new_boolean (FALSE));
  bind (widget_class, GDK_KEY_End, 0, "result.end", g_variant_new_boolean (TRUE));
  bind (widget_class, GDK_KEY_comma, 0, "result.frame", g_variant_new_int32 (-1));
  bind (widget_class, GDK_KEY_period, 0, "result.frame", g_variant_new_int32 (1));
  bind (widget_class, GDK_KEY_Up, GDK_CONTROL_MASK, "result.previous", NULL);
  bind (widget_class, GDK_KEY_Down, GDK_CONTROL_MASK, "result.next", NULL);
  bind (widget_class, GDK_KEY_m, 0, "result.mute", NULL);
  bind (widget_class, GDK_KEY_f, 0, "result.full-screen", NULL);
  bind (widget_class, GDK_KEY_F11, 0, "result.full-screen", NULL);
  bind (widget_class, GDK_KEY_1, 0, "result.original", NULL);
  bind (widget_class, GDK_KEY_2, 0, "result.dub", NULL);
  bind (widget_class, GDK_KEY_1, GDK_ALT_MASK, "result.original", NULL);
  bind (widget_class, GDK_KEY_2, GDK_ALT_MASK, "result.dub", NULL);
  bind (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "result.save", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, leave_full_screen, NULL);
}

void
dub_result_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "result.play", NULL, play);
  gtk_widget_class_install_action (widget_class, "result.step", "i", step);
  gtk_widget_class_install_action (widget_class, "result.frame", "i", frame);
  gtk_widget_class_install_action (widget_class, "result.end", "b", go_to_end);
  gtk_widget_class_install_action (widget_class, "result.previous", NULL, go_to_segment);
  gtk_widget_class_install_action (widget_class, "result.next", NULL, go_to_segment);
  gtk_widget_class_install_action (widget_class, "result.mute", NULL, toggle_mute);
  gtk_widget_class_install_action (widget_class, "result.original", NULL, choose_track);
  gtk_widget_class_install_action (widget_class, "result.dub", NULL, choose_track);
  gtk_widget_class_install_action (widget_class, "result.speed", "d", set_speed);
  gtk_widget_class_install_action (widget_class, "result.full-screen", NULL, toggle_full_screen);
  gtk_widget_class_install_action (widget_class, "result.save", NULL, save);
  bind_keys (widget_class);
}

/* A list view takes these keys for itself; here they belong to the video, wherever the focus is in the script. */
void
dub_result_page_add_list_keys (DubResultPage *self,
                               GtkWidget     *list)
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
