/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-task-row.h"
#include "dub-task-section.h"

G_BEGIN_DECLS

#define DUB_TYPE_QUEUE_ITEM (dub_queue_item_get_type ())
G_DECLARE_FINAL_TYPE (DubQueueItem, dub_queue_item, DUB, QUEUE_ITEM, GtkWidget)

/* Makes the head of a card. (transfer floating) */
typedef GtkWidget *(*DubQueueItemMakeHead) (gpointer user_data);

/* A dub of the queue; above the first one of a video is the head of its card. An item that is far from what is seen is empty. */
GtkWidget  *dub_queue_item_new       (DubQueueItemMakeHead  make_head,
                                      gpointer              user_data);
/* (transfer none) (nullable): NULL until it was seen for the first time */
DubTaskRow *dub_queue_item_get_row   (DubQueueItem         *self);
/* @row (transfer floating) */
void        dub_queue_item_take_row  (DubQueueItem         *self,
                                      GtkWidget            *row);
void        dub_queue_item_show      (DubQueueItem         *self);
/* @height: how high it is taken to be, in pixels */
void        dub_queue_item_hide      (DubQueueItem         *self,
                                      int                   height);
gboolean    dub_queue_item_is_shown  (DubQueueItem         *self);
/* Once it is shown, and its row has its dub. */
void        dub_queue_item_set_edges (DubQueueItem         *self,
                                      gboolean              first,
                                      gboolean              last);
/* The dub whose row, or a part of it, has the focus in the window of @widget. (transfer none) (nullable) */
DubTask    *dub_queue_item_find_focused (GtkWidget         *widget);

G_END_DECLS
