/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-shot.h"

static gboolean
on_time (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

void
dub_shot_let_it_draw (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static GskRenderNode *
draw (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

void
dub_shot_take (GtkWidget             *window,
               const graphene_rect_t *part,
               const char            *file)
{
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  /* A busy machine has not yet drawn the window. */
  while ((node = draw (window)) == NULL)
    dub_shot_let_it_draw (100);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, part);
  if (!gdk_texture_save_to_png (texture, file))
    g_error ("%s cannot be written", file);
  g_print ("%s\n", file);
}
