/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-item.h"

/**
 * DubQueueItem:
 *
 * An item of the queue's list.
 *
 * A list view holds some 200 items around what is seen, and in each frame of scrolling it gives a dozen of them other places and
 * other dubs, whose widgets are then all styled anew. So what is far from being seen has no visible widgets, and gets them when it
 * comes near. A list view could also show the heads of sections by itself, but it then binds still more of its items anew; so the
 * first dub of a video has the head with it.
 */
struct _DubQueueItem
{
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *head; /* both: NULL until they are needed for the first time */
  GtkWidget *row;

  DubQueueItemMakeHead make_head;
  gpointer user_data;
  gboolean shown;
};

G_DEFINE_FINAL_TYPE (DubQueueItem, dub_queue_item, GTK_TYPE_WIDGET)

static void
dub_queue_item_dispose (GObject *object)
{
  DubQueueItem *self = DUB_QUEUE_ITEM (object);

  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->row, gtk_widget_unparent);
  G_OBJECT_CLASS (dub_queue_item_parent_class)->dispose (object);
}

static void
dub_queue_item_class_init (DubQueueItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dub_queue_item_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "queueitem");
}

static void
dub_queue_item_init (DubQueueItem *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

/**
 * dub_queue_item_new:
 * @make_head: called when this becomes the first dub of a video for the first time
 * @user_data: for @make_head; it lives longer
 *
 * Returns: (transfer floating): an item without a dub
 */
GtkWidget *
dub_queue_item_new (DubQueueItemMakeHead make_head,
                    gpointer             user_data)
{
  DubQueueItem *self = g_object_new (DUB_TYPE_QUEUE_ITEM, NULL);

  self->make_head = make_head;
  self->user_data = user_data;
  return GTK_WIDGET (self);
}

/**
 * dub_queue_item_get_row:
 *
 * Returns: (transfer none) (nullable): the row of the dub
 */
DubTaskRow *
dub_queue_item_get_row (DubQueueItem *self)
{
  g_return_val_if_fail (DUB_IS_QUEUE_ITEM (self), NULL);
  return (DubTaskRow *) self->row;
}

/**
 * dub_queue_item_take_row:
 * @row: (transfer floating): a #DubTaskRow
 */
void
dub_queue_item_take_row (DubQueueItem *self,
                         GtkWidget    *row)
{
  g_return_if_fail (DUB_IS_QUEUE_ITEM (self) && self->row == NULL);

  self->row = row;
  gtk_widget_set_parent (row, GTK_WIDGET (self));
}

/**
 * dub_queue_item_show:
 *
 * It is seen, or near to it.
 */
void
dub_queue_item_show (DubQueueItem *self)
{
  g_return_if_fail (DUB_IS_QUEUE_ITEM (self) && self->row != NULL);

  self->shown = TRUE;
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, -1);
  gtk_widget_set_visible (self->row, TRUE);
}

static void
empty_head (DubQueueItem *self)
{
  if (self->head == NULL)
    return;
  gtk_widget_set_visible (self->head, FALSE);
  dub_task_section_set_task (DUB_TASK_SECTION (self->head), NULL);
}

/**
 * dub_queue_item_hide:
 * @height: how high it is taken to be, in pixels
 *
 * It is far from being seen.
 */
void
dub_queue_item_hide (DubQueueItem *self,
                     int           height)
{
  g_return_if_fail (DUB_IS_QUEUE_ITEM (self));

  self->shown = FALSE;
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, height);
  if (self->row != NULL)
    {
      gtk_widget_set_visible (self->row, FALSE);
      dub_task_row_set_task (DUB_TASK_ROW (self->row), NULL, NULL);
    }
  empty_head (self);
}

/**
 * dub_queue_item_is_shown:
 *
 * Returns: whether it has its dub
 */
gboolean
dub_queue_item_is_shown (DubQueueItem *self)
{
  g_return_val_if_fail (DUB_IS_QUEUE_ITEM (self), FALSE);
  return self->shown;
}

static void
show_head (DubQueueItem *self)
{
  if (self->head == NULL)
    {
      self->head = self->make_head (self->user_data);
      gtk_widget_insert_before (self->head, GTK_WIDGET (self), self->row);
    }
  dub_task_section_set_task (DUB_TASK_SECTION (self->head), dub_task_row_get_task (DUB_TASK_ROW (self->row)));
  gtk_widget_set_visible (self->head, TRUE);
}

/**
 * dub_queue_item_set_edges:
 * @first: whether it is the first dub of its video
 * @last: whether it is the last one
 *
 * To be called when it is shown, and its row has got its dub.
 */
void
dub_queue_item_set_edges (DubQueueItem *self,
                          gboolean      first,
                          gboolean      last)
{
  g_return_if_fail (DUB_IS_QUEUE_ITEM (self) && self->shown);

  dub_task_row_set_edges (DUB_TASK_ROW (self->row), first, last);
  if (first)
    show_head (self);
  else
    empty_head (self);
}

/**
 * dub_queue_item_find_focused:
 * @widget: any widget of the window
 *
 * Returns: (transfer none) (nullable): the dub whose row, or a part of it, has the focus
 */
DubTask *
dub_queue_item_find_focused (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, DUB_TYPE_TASK_ROW) : NULL;
  GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  /* Of the list, an item has the focus as a whole. */
  if (row == NULL && DUB_IS_QUEUE_ITEM (child))
    row = DUB_QUEUE_ITEM (child)->row;
  return row != NULL ? dub_task_row_get_task (DUB_TASK_ROW (row)) : NULL;
}
