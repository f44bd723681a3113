/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-library-tile.h"

#include <glib/gi18n-lib.h>

#include "dub-format.h"
#include "dub-video-picture.h"

/* From here on the days that a link still works are shown. */
#define LINK_WARNING_DAYS 7

/**
 * DubLibraryTile:
 *
 * A dubbed video in the library: its picture, language, age and title, and how long its link still works.
 */
struct _DubLibraryTile
{
  GtkWidget parent_instance;

  /* template widgets */
  DubVideoPicture *picture;
  GtkLabel *link;
  GtkLabel *duration;
  GtkLabel *language;
  GtkLabel *age;
  GtkLabel *title;

  /* owned */
  DubLibraryItem *item;
  gint64 now;   /* Unix seconds */
};

enum
{
  PROP_NOW = 1,
  PROP_SUMMARY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubLibraryTile, dub_library_tile, GTK_TYPE_WIDGET)

static char *
dup_age (gint64 created,
         gint64 now)
{
  guint minutes = MAX (now - created, 0) / 60, hours = minutes / 60, days;

  if (minutes < 1)
    return g_strdup (_("Now"));
  if (hours < 1)
    return g_strdup_printf (ngettext ("%u min ago", "%u min ago", minutes), minutes);
  if (hours < 24)
    return g_strdup_printf (ngettext ("%u hour ago", "%u hours ago", hours), hours);

  days = dub_format_days_between (created, now);
  if (days < 2)
    return g_strdup (_("Yesterday"));
  return g_strdup_printf (ngettext ("%u day ago", "%u days ago", days), days);
}

static void
show_link (DubLibraryTile *self,
           gint64          expires)
{
  gboolean expired = expires > 0 && expires <= self->now;
  int days = expired || expires == 0 ? 0 : dub_format_days_between (self->now, expires);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->link), expires > 0 && days <= LINK_WARNING_DAYS);
  gtk_widget_remove_css_class (GTK_WIDGET (self->link), "ending");
  gtk_widget_set_opacity (GTK_WIDGET (self->picture), expired ? 0.4 : 1.0);
  if (expires == 0)
    return;

  if (expired)
    text = g_strdup (_("Link expired"));
  else if (days == 0)
    text = g_strdup (_("Link ends today"));
  else
    text = g_strdup_printf (ngettext ("Link %u day left", "Link %u days left", days), days);
  gtk_label_set_label (self->link, text);
  if (!expired)
    gtk_widget_add_css_class (GTK_WIDGET (self->link), "ending");
}

/* The original is the same picture, and nearer where it is a file. */
static const char *
choose_picture (DubLibraryItem *item)
{
  const char *original = dub_library_item_get_original_uri (item);

  return original != NULL && g_str_has_prefix (original, "file:") ? original : dub_library_item_get_preview_uri (item);
}

static void
show_times (DubLibraryTile *self)
{
  g_autofree char *age = NULL;

  if (self->item == NULL)
    return;

  age = dup_age (dub_library_item_get_created (self->item), self->now);
  gtk_label_set_label (self->age, age);
  show_link (self, dub_library_item_get_expires (self->item));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
}

/**
 * dub_library_tile_set_item:
 * @item: (nullable): the dub to show
 */
void
dub_library_tile_set_item (DubLibraryTile *self,
                           DubLibraryItem *item)
{
  const DubLanguage *language;
  g_autofree char *duration = NULL;

  g_return_if_fail (DUB_IS_LIBRARY_TILE (self));

  g_set_object (&self->item, item);
  if (item == NULL)
    {
      dub_video_picture_set_uri (self->picture, NULL);
      return;
    }

  language = dub_library_item_get_language (item);
  duration = dub_format_duration (dub_library_item_get_duration (item));
  gtk_label_set_label (self->language, language != NULL ? dub_language_get_name (language) : _("Unknown"));
  gtk_label_set_label (self->title, dub_library_item_get_title (item));
  gtk_label_set_label (self->duration, duration);
  gtk_widget_set_visible (GTK_WIDGET (self->duration), dub_library_item_get_duration (item) > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), dub_library_item_get_name (item));
  show_times (self);
  dub_video_picture_set_uri (self->picture, choose_picture (item));
}

static char *
dup_summary (DubLibraryTile *self)
{
  /* Translators: language, title and age of a dub, as a screen reader says them: “German, Autumn coat, 2 hours ago” */
  return g_strdup_printf (C_("accessible", "%s, %s, %s"), gtk_label_get_label (self->language),
                          gtk_label_get_label (self->title), gtk_label_get_label (self->age));
}

static void
dub_library_tile_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DubLibraryTile *self = DUB_LIBRARY_TILE (object);

  switch (id)
    {
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    case PROP_SUMMARY:
      g_value_take_string (value, dup_summary (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_library_tile_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DubLibraryTile *self = DUB_LIBRARY_TILE (object);

  switch (id)
    {
    case PROP_NOW:
      self->now = g_value_get_int64 (value);
      show_times (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_library_tile_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&DUB_LIBRARY_TILE (object)->item);
  gtk_widget_dispose_template (GTK_WIDGET (object), DUB_TYPE_LIBRARY_TILE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (dub_library_tile_parent_class)->dispose (object);
}

static void
dub_library_tile_class_init (DubLibraryTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dub_library_tile_dispose;
  object_class->get_property = dub_library_tile_get_property;
  object_class->set_property = dub_library_tile_set_property;

  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DUB_TYPE_VIDEO_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-library-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, DubLibraryTile, picture);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryTile, link);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryTile, duration);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryTile, language);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryTile, age);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryTile, title);
  gtk_widget_class_set_css_name (widget_class, "librarytile");
}

static void
dub_library_tile_init (DubLibraryTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dub_library_tile_new:
 *
 * Returns: (transfer floating): a tile without a dub
 */
GtkWidget *
dub_library_tile_new (DubPictures *pictures)
{
  DubLibraryTile *self = g_object_new (DUB_TYPE_LIBRARY_TILE, NULL);

  g_object_set (self->picture, "pictures", pictures, NULL);
  return GTK_WIDGET (self);
}
