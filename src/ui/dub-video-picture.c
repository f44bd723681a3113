/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-video-picture.h"

/**
 * DubVideoPicture:
 *
 * The picture of a video in a box of a fixed size, which it covers; a symbol until there is one. Its size never depends
 * on the picture, so that nothing moves when it comes.
 */
struct _DubVideoPicture
{
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *symbol;
  DubPictures *pictures;
  char *uri;
  GdkPaintable *paintable;
  GCancellable *cancellable;
  guint load_idle;
  int width;
  int height;
  gboolean can_shrink;
};

enum
{
  PROP_PICTURES = 1,
  PROP_URI,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_CAN_SHRINK,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubVideoPicture, dub_video_picture, GTK_TYPE_WIDGET)

/**
 * dub_video_picture_set_paintable:
 * @paintable: (nullable): what to show
 */
void
dub_video_picture_set_paintable (DubVideoPicture *self,
                                 GdkPaintable    *paintable)
{
  g_return_if_fail (DUB_IS_VIDEO_PICTURE (self));

  if (g_set_object (&self->paintable, paintable))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_widget_set_visible (self->symbol, self->paintable == NULL);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DubVideoPicture) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = dub_pictures_load_finish (DUB_PICTURES (source), result, &error);

  if (texture != NULL)
    dub_video_picture_set_paintable (self, GDK_PAINTABLE (texture));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("no picture: %s", error->message);
}

/* After what is due to be drawn: decoders would take the processor from the first frame of a window. */
static gboolean
on_load_idle (gpointer user_data)
{
  DubVideoPicture *self = user_data;

  self->load_idle = 0;
  self->cancellable = g_cancellable_new ();
  dub_pictures_load_async (self->pictures, self->uri, self->cancellable, on_loaded, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop_loading (DubVideoPicture *self)
{
  g_clear_handle_id (&self->load_idle, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load (DubVideoPicture *self)
{
  GdkTexture *texture;

  stop_loading (self);
  if (self->pictures == NULL || self->uri == NULL)
    return;

  texture = dub_pictures_peek (self->pictures, self->uri);
  dub_video_picture_set_paintable (self, (GdkPaintable *) texture);
  if (texture == NULL)
    self->load_idle = g_idle_add_full (G_PRIORITY_LOW, on_load_idle, self, NULL);
}

/**
 * dub_video_picture_set_uri:
 * @uri: (nullable): the video; its picture is made in the background
 */
void
dub_video_picture_set_uri (DubVideoPicture *self,
                           const char      *uri)
{
  g_return_if_fail (DUB_IS_VIDEO_PICTURE (self));

  if (!g_set_str (&self->uri, uri))
    return;

  if (uri == NULL)
    dub_video_picture_set_paintable (self, NULL);
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_URI]);
}

static void
dub_video_picture_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  DubVideoPicture *self = DUB_VIDEO_PICTURE (widget);
  int symbol;

  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height;
  *minimum = self->can_shrink && orientation == GTK_ORIENTATION_HORIZONTAL ? *natural * 5 / 6 : *natural;
  gtk_widget_measure (self->symbol, orientation, -1, &symbol, NULL, NULL, NULL);
  *minimum = MAX (*minimum, symbol);
  *natural = MAX (*natural, *minimum);
}

static void
dub_video_picture_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  DubVideoPicture *self = DUB_VIDEO_PICTURE (widget);

  if (gtk_widget_should_layout (self->symbol))
    gtk_widget_size_allocate (self->symbol, &(GtkAllocation) { 0, 0, width, height }, -1);
}

static void
dub_video_picture_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  DubVideoPicture *self = DUB_VIDEO_PICTURE (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double ratio, shown_width, shown_height;

  GTK_WIDGET_CLASS (dub_video_picture_parent_class)->snapshot (widget, snapshot);
  if (self->paintable == NULL || height <= 0)
    return;

  ratio = gdk_paintable_get_intrinsic_aspect_ratio (self->paintable);
  if (ratio <= 0)
    ratio = width / height;
  shown_width = MAX (width, height * ratio);
  shown_height = shown_width / ratio;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((width - shown_width) / 2, (height - shown_height) / 2));
  if (GDK_IS_TEXTURE (self->paintable))
    gtk_snapshot_append_scaled_texture (snapshot, GDK_TEXTURE (self->paintable), GSK_SCALING_FILTER_TRILINEAR,
                                        &GRAPHENE_RECT_INIT (0, 0, shown_width, shown_height));
  else
    gdk_paintable_snapshot (self->paintable, snapshot, shown_width, shown_height);
  gtk_snapshot_restore (snapshot);
}

static void
dub_video_picture_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DubVideoPicture *self = DUB_VIDEO_PICTURE (object);

  switch (id)
    {
    case PROP_PICTURES:
      g_value_set_object (value, self->pictures);
      break;
    case PROP_URI:
      g_value_set_string (value, self->uri);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    case PROP_HEIGHT:
      g_value_set_int (value, self->height);
      break;
    case PROP_CAN_SHRINK:
      g_value_set_boolean (value, self->can_shrink);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_video_picture_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  DubVideoPicture *self = DUB_VIDEO_PICTURE (object);

  switch (id)
    {
    case PROP_PICTURES:
      if (g_set_object (&self->pictures, g_value_get_object (value)))
        load (self);
      break;
    case PROP_URI:
      dub_video_picture_set_uri (self, g_value_get_string (value));
      break;
    case PROP_WIDTH:
      self->width = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    case PROP_HEIGHT:
      self->height = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    case PROP_CAN_SHRINK:
      self->can_shrink = g_value_get_boolean (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_video_picture_dispose (GObject *object)
{
  DubVideoPicture *self = DUB_VIDEO_PICTURE (object);

  stop_loading (self);
  g_clear_object (&self->pictures);
  g_clear_object (&self->paintable);
  g_clear_pointer (&self->symbol, gtk_widget_unparent);
  g_clear_pointer (&self->uri, g_free);
  G_OBJECT_CLASS (dub_video_picture_parent_class)->dispose (object);
}

static void
dub_video_picture_class_init (DubVideoPictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = dub_video_picture_dispose;
  object_class->get_property = dub_video_picture_get_property;
  object_class->set_property = dub_video_picture_set_property;
  widget_class->measure = dub_video_picture_measure;
  widget_class->size_allocate = dub_video_picture_size_allocate;
  widget_class->snapshot = dub_video_picture_snapshot;

  properties[PROP_PICTURES] = g_param_spec_object ("pictures", NULL, NULL, DUB_TYPE_PICTURES, flags);
  properties[PROP_URI] = g_param_spec_string ("uri", NULL, NULL, NULL, flags);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 40, flags);
  properties[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, G_MAXINT, 52, flags);
  properties[PROP_CAN_SHRINK] = g_param_spec_boolean ("can-shrink", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "videopicture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dub_video_picture_init (DubVideoPicture *self)
{
  self->width = 40;
  self->height = 52;
  self->symbol = gtk_image_new_from_icon_name ("video-x-generic-symbolic");
  gtk_widget_add_css_class (self->symbol, "dim-label");
  gtk_widget_set_parent (self->symbol, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}
