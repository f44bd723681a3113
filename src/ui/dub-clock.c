/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-clock.h"

/* What is shown is given to the minute. */
#define TICK_S 5

/**
 * DubClock:
 *
 * The time for all that a view says about it: forecasts, ages, days left. It goes while the view is on the screen.
 */
struct _DubClock
{
  GObject parent_instance;

  gint64 now;
  guint ticking;
};

enum
{
  PROP_NOW = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubClock, dub_clock, G_TYPE_OBJECT)

static gboolean
on_tick (gpointer user_data)
{
  DubClock *self = user_data;

  self->now = g_get_real_time () / G_USEC_PER_SEC;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
  return G_SOURCE_CONTINUE;
}

static void
stop (DubClock *self)
{
  g_clear_handle_id (&self->ticking, g_source_remove);
}

static void
start (DubClock *self)
{
  stop (self);
  on_tick (self);
  self->ticking = g_timeout_add_seconds (TICK_S, on_tick, self);
}

static void
dub_clock_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  DubClock *self = DUB_CLOCK (object);

  switch (id)
    {
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_clock_dispose (GObject *object)
{
  stop (DUB_CLOCK (object));
  G_OBJECT_CLASS (dub_clock_parent_class)->dispose (object);
}

static void
dub_clock_class_init (DubClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dub_clock_dispose;
  object_class->get_property = dub_clock_get_property;

  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dub_clock_init (DubClock *self)
{
  self->now = g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * dub_clock_new:
 * @widget: the view, which keeps the clock
 *
 * Returns: (transfer full): a clock that goes while @widget is mapped
 */
DubClock *
dub_clock_new (GtkWidget *widget)
{
  DubClock *self = g_object_new (DUB_TYPE_CLOCK, NULL);

  g_signal_connect_object (widget, "map", G_CALLBACK (start), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (widget, "unmap", G_CALLBACK (stop), self, G_CONNECT_SWAPPED);
  if (gtk_widget_get_mapped (widget))
    start (self);
  return self;
}
