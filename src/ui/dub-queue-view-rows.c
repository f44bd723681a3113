/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-view-private.h"

#include "dub-queue-item.h"

/* In the first frame; the others that are seen follow with the next one. */
#define SHOWN_AT_ONCE 12
#define SETTLING_FRAMES 3
#define MOST_SETTLING_FRAMES 60
#define NEAR_PX 100

static DubAccount *
find_account (DubQueueView *self,
              const char   *id)
{
  for (guint i = 0; self->accounts != NULL && i < g_list_model_get_n_items (self->accounts); i++)
    {
      g_autoptr (DubAccount) account = g_list_model_get_item (self->accounts, i);
      if (g_strcmp0 (dub_account_get_id (account), id) == 0)
        return account;
    }
  return NULL;
}

static DubQueueItem *
child_of (GtkListItem *item)
{
  return DUB_QUEUE_ITEM (gtk_list_item_get_child (item));
}

/* Nothing is of no video. */
static gboolean
is_of_video (GListModel *model,
             guint       position,
             gint64      video)
{
  g_autoptr (DubTask) task = g_list_model_get_item (model, position);

  return task != NULL && dub_task_get_video (task) == video;
}

static void
update_edges_of (GtkListItem  *item,
                 DubQueueView *self)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->list));
  guint position = gtk_list_item_get_position (item);
  gint64 video;

  if (position == GTK_INVALID_LIST_POSITION || model == NULL || !dub_queue_item_is_shown (child_of (item)))
    return;

  video = dub_task_get_video (gtk_list_item_get_item (item));
  dub_queue_item_set_edges (child_of (item),
                            position == 0 || !is_of_video (model, position - 1, video), !is_of_video (model, position + 1, video));
}

static gboolean
update_edges (gpointer user_data)
{
  DubQueueView *self = user_data;
  GHashTableIter iter;
  gpointer item;

  self->edges_idle = 0;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    update_edges_of (item, self);
  return G_SOURCE_REMOVE;
}

/**
 * dub_queue_view_queue_update_edges:
 *
 * Rounds the corners of the first and last dub of each video, after the list has given its rows their new places.
 */
void
dub_queue_view_queue_update_edges (DubQueueView *self)
{
  dub_queue_view_queue_update_shown (self);
  if (self->edges_idle == 0)
    self->edges_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_edges, self, NULL);
}

static DubTaskPlace
get_place (DubQueueView *self,
           DubTask      *task)
{
  DubTaskPlace place = { .paused = self->paused, .has_later = dub_queue_summary_has_later (self->summary, task) };

  if (self->queue == NULL)
    return place;
  place.turn = dub_queue_get_turn (self->queue, task);
  if (place.turn > 0)
    place.n_waiting = dub_queue_get_n_waiting (self->queue, dub_task_get_account_id (task));
  return place;
}

static gboolean
update_places (gpointer user_data)
{
  DubQueueView *self = user_data;
  GHashTableIter iter;
  gpointer item;

  self->places_idle = 0;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    {
      DubTaskPlace place = get_place (self, gtk_list_item_get_item (item));

      if (dub_queue_item_is_shown (child_of (item)))
        dub_task_row_set_place (dub_queue_item_get_row (child_of (item)), &place);
    }
  return G_SOURCE_REMOVE;
}

/**
 * dub_queue_view_queue_update_places:
 *
 * Lets the rows say where their dubs stand in the line. Only those that there are: the list has no row for most of the dubs.
 */
void
dub_queue_view_queue_update_places (DubQueueView *self)
{
  if (self->places_idle == 0)
    self->places_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_places, self, NULL);
}

static GtkWidget *
make_head (gpointer user_data)
{
  DubQueueView *self = user_data;
  GtkWidget *head = dub_task_section_new (self->pictures, self->summary);

  g_object_bind_property (self->clock, "now", head, "now", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "narrow", head, "narrow", G_BINDING_SYNC_CREATE);
  return head;
}

static GtkWidget *
make_row (DubQueueView *self,
          GtkListItem  *item)
{
  GtkWidget *row = dub_task_row_new ();

  g_object_bind_property (self->clock, "now", row, "now", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "stacked", row, "narrow", G_BINDING_SYNC_CREATE);
  g_object_bind_property (row, "summary", item, "accessible-label", G_BINDING_SYNC_CREATE);
  return row;
}

static void
show_item (DubQueueView *self,
           GtkListItem  *item)
{
  DubQueueItem *child = child_of (item);
  DubTask *task = gtk_list_item_get_item (item);
  DubTaskPlace place = get_place (self, task);
  DubTaskRow *row;

  if (dub_queue_item_get_row (child) == NULL)
    dub_queue_item_take_row (child, make_row (self, item));
  row = dub_queue_item_get_row (child);
  dub_task_row_set_columns (row, &self->columns);
  dub_task_row_set_place (row, &place);
  dub_task_row_set_task (row, task, find_account (self, dub_task_get_account_id (task)));
  dub_queue_item_show (child);
  update_edges_of (item, self);
}

/* What is seen, and what comes next. Not what has just gone: the list drops it and takes it back all the time. */
static gboolean
is_near (DubQueueView *self,
         GtkWidget    *child,
         double        height)
{
  graphene_rect_t bounds;

  return gtk_widget_get_height (child) > 0 && gtk_widget_compute_bounds (child, GTK_WIDGET (self->scroller), &bounds) &&
         bounds.origin.y + bounds.size.height > (self->moves_down ? 0 : -NEAR_PX) &&
         bounds.origin.y < height + (self->moves_down ? NEAR_PX : 0);
}

/* A head makes it higher, and so do words of the service. */
static int *
height_of (DubQueueView *self,
           GtkListItem  *item)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->list));
  DubTask *task = gtk_list_item_get_item (item);
  guint position = gtk_list_item_get_position (item);
  gboolean first = position == 0 || !is_of_video (model, position - 1, dub_task_get_video (task));
  gboolean worded = dub_task_get_message (task) != NULL;

  return &self->heights[first][worded];
}

/* As high as the last one of its kind that was seen. */
static void
learn_height (DubQueueView *self,
              GtkListItem  *item)
{
  int height = gtk_widget_get_height (gtk_list_item_get_child (item));

  if (height > 0)
    *height_of (self, item) = height;
}

/* Returns whether anything has changed by it. */
static gboolean
update_shown (DubQueueView *self)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self->scroller));
  gboolean changed = FALSE;
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    {
      GtkWidget *child = gtk_list_item_get_child (item);
      gboolean near = is_near (self, child, height);

      if (near && !dub_queue_item_is_shown (DUB_QUEUE_ITEM (child)))
        {
          show_item (self, item);
          changed = TRUE;
        }
      else if (!near && dub_queue_item_is_shown (DUB_QUEUE_ITEM (child)) && gtk_widget_get_height (child) > 0)
        {
          learn_height (self, item);
          dub_queue_item_hide (DUB_QUEUE_ITEM (child), gtk_widget_get_height (child));
          changed = TRUE;
        }
    }
  return changed;
}

static gboolean
on_shown_frame (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);

  /* What is filled or emptied gets another height, by which others come or go. */
  if (update_shown (self) && self->shown_limit > 0)
    self->shown_frames = SETTLING_FRAMES;
  self->shown_limit -= self->shown_limit > 0;
  return --self->shown_frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/**
 * dub_queue_view_queue_update_shown:
 *
 * Fills the items that come near to being seen, and empties those that go. What is near is known when the list has given its items
 * their places, which it does in the frame that follows; and then they have other heights.
 */
void
dub_queue_view_queue_update_shown (DubQueueView *self)
{
  if (self->shown_frames == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), on_shown_frame, NULL, NULL);
  self->shown_frames = SETTLING_FRAMES;
  self->shown_limit = MOST_SETTLING_FRAMES;
}

static void
set_up_row (DubQueueView *self,
            GtkListItem  *item)
{
  gtk_list_item_set_child (item, dub_queue_item_new (make_head, self));
}

/* Those at the top are seen in the first frame. */
static void
bind_row (DubQueueView *self,
          GtkListItem  *item)
{
  g_hash_table_add (self->bound, item);
  if (self->at_top && gtk_list_item_get_position (item) < SHOWN_AT_ONCE)
    {
      show_item (self, item);
      return;
    }
  dub_queue_item_hide (child_of (item), *height_of (self, item));
  dub_queue_view_queue_update_shown (self);
}

static void
unbind_row (DubQueueView *self,
            GtkListItem  *item)
{
  g_hash_table_remove (self->bound, item);
  dub_queue_item_hide (child_of (item), gtk_widget_get_height (gtk_list_item_get_child (item)));
}

/* Another font, or another size of it. */
static void
measure_columns (DubQueueView *self)
{
  GHashTableIter iter;
  gpointer item;

  dub_task_columns_measure (&self->columns, GTK_WIDGET (self->list));
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    if (dub_queue_item_is_shown (child_of (item)))
      dub_task_row_set_columns (dub_queue_item_get_row (child_of (item)), &self->columns);
}

/**
 * dub_queue_view_on_activate:
 * @position: that of a dub in the list
 *
 * Does what the button of its row does.
 */
void
dub_queue_view_on_activate (DubQueueView *self,
                            guint         position)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->list);
  g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (model), position);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    {
      const char *action;

      if (gtk_list_item_get_item (item) != task)
        continue;
      if (!dub_queue_item_is_shown (child_of (item)))
        show_item (self, item);
      action = dub_task_row_get_action (dub_queue_item_get_row (child_of (item)));
      if (action != NULL)
        gtk_widget_activate_action (GTK_WIDGET (self), action, "x", dub_task_get_id (task));
      return;
    }
}

/**
 * dub_queue_view_make_factory:
 *
 * Makes what makes the rows of the dubs, with the heads of the videos.
 */
void
dub_queue_view_make_factory (DubQueueView *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));

  g_signal_connect_swapped (rows, "setup", G_CALLBACK (set_up_row), self);
  g_signal_connect_swapped (rows, "bind", G_CALLBACK (bind_row), self);
  g_signal_connect_swapped (rows, "unbind", G_CALLBACK (unbind_row), self);
  gtk_list_view_set_factory (self->list, rows);

  measure_columns (self);
  g_signal_connect_object (settings, "notify::gtk-font-name", G_CALLBACK (measure_columns), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (measure_columns), self, G_CONNECT_SWAPPED);
}
