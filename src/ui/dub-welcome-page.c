/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-welcome-page.h"

/**
 * DubWelcomePage:
 *
 * The first thing a person sees: two ways to begin.
 */
struct _DubWelcomePage
{
  AdwNavigationPage parent_instance;

  /* template widgets */
  GtkBox *cards;

  gboolean narrow;
  gboolean has_sample;
};

enum
{
  PROP_NARROW = 1,
  PROP_HAS_SAMPLE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubWelcomePage, dub_welcome_page, ADW_TYPE_NAVIGATION_PAGE)

static void
set_narrow (DubWelcomePage *self,
            gboolean        narrow)
{
  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->cards), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (self->cards, !narrow);
  gtk_box_set_spacing (self->cards, narrow ? 12 : 24);
}

static void
dub_welcome_page_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DubWelcomePage *self = DUB_WELCOME_PAGE (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_HAS_SAMPLE:
      g_value_set_boolean (value, self->has_sample);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_welcome_page_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DubWelcomePage *self = DUB_WELCOME_PAGE (object);

  switch (id)
    {
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    case PROP_HAS_SAMPLE:
      self->has_sample = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_welcome_page_class_init (DubWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dub_welcome_page_get_property;
  object_class->set_property = dub_welcome_page_set_property;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_SAMPLE] = g_param_spec_boolean ("has-sample", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DubWelcomePage, cards);
}

static void
dub_welcome_page_init (DubWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
