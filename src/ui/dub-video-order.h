/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUB_TYPE_VIDEO_ORDER (dub_video_order_get_type ())
G_DECLARE_FINAL_TYPE (DubVideoOrder, dub_video_order, DUB, VIDEO_ORDER, GtkSorter)

/* @tasks: a list of DubTask; to be made before what is sorted by it, so that it hears first of a new one. */
GtkSorter *dub_video_order_new (GListModel *tasks);

G_END_DECLS
