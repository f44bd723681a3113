/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-view-private.h"

/* What the list shows in its first frames. */

/* More dubs than a high window shows; the list would make 200 rows before it is drawn. */
#define FIRST_ROWS 32
/* How many frames the list needs to find its place. */
#define FIRST_FRAMES 4
/* So many more with each frame, until the list has all the rows it wants. */
#define MORE_ROWS 32
#define MOST_ROWS 256

/* {The first look} */

/* The list puts its first row, not the head above it, at the top as soon as it knows how high the heads are. */
static gboolean
on_first_frames (GtkWidget     *widget,
                 GdkFrameClock *clock,
                 gpointer       user_data)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  return --self->first_frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* The first head is seen when the list is next drawn. */
void
dub_queue_view_show_top (DubQueueView *self)
{
  if (self->first_frames == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), on_first_frames, NULL, NULL);
  self->first_frames = FIRST_FRAMES;
}

void
dub_queue_view_on_scrolled (DubQueueView *self)
{
  double value = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));

  self->at_top = value <= 0;
  self->moves_down = value > self->value;
  self->value = value;
  dub_queue_view_queue_update_shown (self);
}

/* Neither does a banner that comes or goes hide the first head. */
void
dub_queue_view_on_page_size (DubQueueView *self)
{
  dub_queue_view_queue_update_shown (self);
  if (self->at_top)
    dub_queue_view_show_top (self);
}

/* {The first rows} */

/* It is called before the frame is drawn, so the first one goes by. */
static gboolean
on_growing_frame (GtkWidget     *widget,
                  GdkFrameClock *clock,
                  gpointer       user_data)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);
  guint size = gtk_slice_list_model_get_size (self->shown);

  if (!self->drawn)
    {
      self->drawn = TRUE;
      return G_SOURCE_CONTINUE;
    }
  size = size + MORE_ROWS < MOST_ROWS ? size + MORE_ROWS : G_MAXUINT;
  gtk_slice_list_model_set_size (self->shown, size);
  if (size < G_MAXUINT)
    return G_SOURCE_CONTINUE;

  self->growing = 0;
  return G_SOURCE_REMOVE;
}

void
dub_queue_view_grow (DubQueueView *self)
{
  if (self->growing == 0 && self->shown != NULL && gtk_slice_list_model_get_size (self->shown) < G_MAXUINT)
    self->growing = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_growing_frame, NULL, NULL);
}

/* The list is to show other dubs: as at first, those that are seen come before the others, and the first of them is at the top. */
void
dub_queue_view_begin_anew (DubQueueView *self)
{
  if (self->shown == NULL)
    return;
  gtk_slice_list_model_set_size (self->shown, FIRST_ROWS);
  self->drawn = FALSE;
  dub_queue_view_show_top (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    dub_queue_view_grow (self);
}
