/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-clock.h"
#include "dub-queue-filter.h"
#include "dub-queue-view.h"
#include "dub-task-columns.h"

G_BEGIN_DECLS

struct _DubQueueView
{
  AdwBin parent_instance;

  /* template widgets */
  GtkStack *stack;
  GtkWidget *head_clamp;
  GtkWidget *list_clamp;
  DubQueueFilter *filter_choice;
  GtkButton *retry_all;
  GtkActionable *pause;
  GtkImage *pause_icon;
  GtkLabel *pause_label;
  GtkLabel *forecast;
  GtkListView *list;
  GtkStack *rows;
  GtkScrolledWindow *scroller;
  AdwStatusPage *nothing;
  GtkWidget *clear_search;
  GtkWidget *show_all;

  /* owned */
  DubWorkflow *workflow;
  DubQueue *queue;       /* of it */
  DubPictures *pictures;
  DubClock *clock;
  GListModel *tasks;
  GListModel *accounts;
  DubQueueSummary *summary;
  GtkFilter *filter;
  GtkSorter *order;      /* of the dubs of a video */
  GtkFilterListModel *filtered;
  GtkSliceListModel *shown; /* all, but for the first frames */
  DubTaskColumns columns;
  int heights[2][2];     /* of those that are not filled: with a head, with words */
  guint shown_frames;
  guint shown_limit;
  GHashTable *bound;     /* GtkListItem, borrowed: those on the screen */
  GCancellable *cancellable;
  char *search;
  guint edges_idle;
  guint refilter_idle;
  guint places_idle;
  guint line_idle;
  guint first_frames;
  guint growing;
  gboolean drawn;
  gboolean at_top;
  gboolean moves_down;   /* the way in which it was last scrolled */
  double value;          /* of the scroll bar, then */
  gboolean narrow;
  gboolean stacked;      /* the rows have two lines */
  gboolean paused;
  gboolean has_sample;
};

/* dub-queue-view-frames.c */
void dub_queue_view_show_top            (DubQueueView *self);
void dub_queue_view_grow                (DubQueueView *self);
void dub_queue_view_begin_anew          (DubQueueView *self);
void dub_queue_view_on_scrolled         (DubQueueView *self);
void dub_queue_view_on_page_size        (DubQueueView *self);
/* dub-queue-view-head.c */
void dub_queue_view_update_head         (DubQueueView *self);
/* dub-queue-view-rows.c */
void dub_queue_view_make_factory        (DubQueueView *self);
void dub_queue_view_queue_update_edges  (DubQueueView *self);
void dub_queue_view_queue_update_shown  (DubQueueView *self);
void dub_queue_view_queue_update_places (DubQueueView *self);
void dub_queue_view_on_activate         (DubQueueView *self,
                                         guint         position);

G_END_DECLS
