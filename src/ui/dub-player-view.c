/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-player-view.h"

#define ROOM_FOR_A_SENTENCE 220

/**
 * DubPlayerView:
 *
 * The picture of a #DubPlayer.
 */
struct _DubPlayerView
{
  AdwBin parent_instance;

  /* template widgets */
  GtkOverlay *overlay;
  GtkAspectFrame *frame;
  GtkPicture *picture;
  GtkGestureClick *click;
  AdwSpinner *spinner;
  GtkStack *stack;
  GtkLabel *sentence;

  /* owned */
  DubPlayer *player;
  GdkPaintable *paintable;

  double ratio;
};

enum
{
  PROP_RATIO = 1,
  N_PROPS,
};

enum
{
  PRESSED,
  DOUBLED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DubPlayerView, dub_player_view, ADW_TYPE_BIN)

static gboolean
has_picture (DubPlayerView *self)
{
  return self->paintable != NULL && gdk_paintable_get_intrinsic_width (self->paintable) > 0 &&
         gdk_paintable_get_intrinsic_height (self->paintable) > 0;
}

static void
show_state (DubPlayerView *self)
{
  g_autofree char *error = NULL;
  gboolean buffering = FALSE;

  if (self->player != NULL)
    g_object_get (self->player, "error", &error, "buffering", &buffering, NULL);
  if (error != NULL)
    gtk_label_set_label (self->sentence, error);
  gtk_stack_set_visible_child_name (self->stack, error != NULL ? "problem" : "picture");
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), error == NULL && self->player != NULL && (buffering || !has_picture (self)));
  gtk_widget_set_size_request (GTK_WIDGET (self->overlay), -1, error != NULL || !has_picture (self) ? ROOM_FOR_A_SENTENCE : -1);
}

static void
on_size_changed (DubPlayerView *self)
{
  double ratio = has_picture (self) ? gdk_paintable_get_intrinsic_aspect_ratio (self->paintable) : 0;

  /* What was known stays, so that nothing jumps while another video is loaded. */
  if (ratio > 0 && ratio != self->ratio)
    {
      self->ratio = ratio;
      gtk_aspect_frame_set_ratio (self->frame, (float) ratio);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RATIO]);
    }
  show_state (self);
}

static void
take_paintable (DubPlayerView *self)
{
  g_autoptr (GObject) paintable = NULL;

  if (self->player != NULL)
    g_object_get (self->player, "paintable", &paintable, NULL);
  if (self->paintable != NULL)
    g_signal_handlers_disconnect_by_func (self->paintable, on_size_changed, self);
  g_clear_object (&self->paintable);
  if (GDK_IS_PAINTABLE (paintable))
    self->paintable = GDK_PAINTABLE (g_object_ref (paintable));
  if (self->paintable != NULL)
    g_signal_connect_object (self->paintable, "invalidate-size", G_CALLBACK (on_size_changed), self, G_CONNECT_SWAPPED);
  gtk_picture_set_paintable (self->picture, self->paintable);
  on_size_changed (self);
}

static void
on_released (DubPlayerView *self,
             int            n_press)
{
  g_signal_emit (self, signals[n_press == 2 ? DOUBLED : PRESSED], 0);
}

/**
 * dub_player_view_set_player:
 * @player: what is seen
 *
 * Shows the picture of @player, or what is wrong with it.
 */
void
dub_player_view_set_player (DubPlayerView *self,
                            DubPlayer     *player)
{
  g_return_if_fail (DUB_IS_PLAYER_VIEW (self));

  if (!g_set_object (&self->player, player) || player == NULL)
    return;
  g_signal_connect_object (player, "notify::paintable", G_CALLBACK (take_paintable), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::error", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::buffering", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  take_paintable (self);
}

/**
 * dub_player_view_get_ratio:
 *
 * Returns: width by height of the picture; 0 where unknown
 */
double
dub_player_view_get_ratio (DubPlayerView *self)
{
  g_return_val_if_fail (DUB_IS_PLAYER_VIEW (self), 0);

  return self->ratio;
}

/**
 * dub_player_view_set_filled:
 * @filled: whether it has all the room there is, on black
 *
 * Puts the picture into the middle of its room, or at the top of it.
 */
void
dub_player_view_set_filled (DubPlayerView *self,
                            gboolean       filled)
{
  g_return_if_fail (DUB_IS_PLAYER_VIEW (self));

  gtk_aspect_frame_set_yalign (self->frame, filled ? 0.5f : 0.0f);
  if (filled)
    gtk_widget_add_css_class (GTK_WIDGET (self), "filled");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "filled");
}

/**
 * dub_player_view_dup_still:
 *
 * Returns: (transfer full) (nullable): what is seen now
 */
GdkPaintable *
dub_player_view_dup_still (DubPlayerView *self)
{
  g_return_val_if_fail (DUB_IS_PLAYER_VIEW (self), NULL);

  return has_picture (self) ? gdk_paintable_get_current_image (self->paintable) : NULL;
}

static void
dub_player_view_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (id == PROP_RATIO)
    g_value_set_double (value, DUB_PLAYER_VIEW (object)->ratio);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dub_player_view_dispose (GObject *object)
{
  DubPlayerView *self = DUB_PLAYER_VIEW (object);

  /* AdwBin would let go of it a second time. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), DUB_TYPE_PLAYER_VIEW);
  g_clear_object (&self->paintable);
  g_clear_object (&self->player);
  G_OBJECT_CLASS (dub_player_view_parent_class)->dispose (object);
}

static void
dub_player_view_class_init (DubPlayerViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dub_player_view_dispose;
  object_class->get_property = dub_player_view_get_property;

  properties[PROP_RATIO] = g_param_spec_double ("ratio", NULL, NULL, 0, G_MAXDOUBLE, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[PRESSED] = g_signal_new ("pressed", DUB_TYPE_PLAYER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DOUBLED] = g_signal_new ("doubled", DUB_TYPE_PLAYER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "playerview");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-player-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DubPlayerView, overlay);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerView, frame);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerView, picture);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerView, click);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerView, spinner);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerView, stack);
  gtk_widget_class_bind_template_child (widget_class, DubPlayerView, sentence);
  gtk_widget_class_bind_template_callback (widget_class, on_released);
}

static void
dub_player_view_init (DubPlayerView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_state (self);
}
