/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUB_TYPE_CLOCK (dub_clock_get_type ())
G_DECLARE_FINAL_TYPE (DubClock, dub_clock, DUB, CLOCK, GObject)

/* Property: now (int64, Unix seconds, read-only). */
DubClock *dub_clock_new (GtkWidget *widget);

G_END_DECLS
