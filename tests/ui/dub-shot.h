/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A picture is no test: some time to load and to draw is enough. */
void dub_shot_let_it_draw (guint                  ms);
/* The window as it is drawn, or the part of it, becomes a PNG whose path is printed. */
void dub_shot_take        (GtkWidget             *window,
                           const graphene_rect_t *part,
                           const char            *file);

G_END_DECLS
