/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-clock.h"
#include "dub-queue-view.h"

G_BEGIN_DECLS

struct _DubQueueView
{
  AdwBin parent_instance;

  /* template widgets */
  GtkStack *stack;
  GtkWidget *head_clamp;
  GtkWidget *list_clamp;
  AdwToggleGroup *filter_group;
  AdwToggle *done;
  GtkListView *list;
  GtkStack *rows;
  GtkScrolledWindow *scroller;
  AdwStatusPage *nothing;

  /* owned */
  DubWorkflow *workflow;
  DubPictures *pictures;
  DubClock *clock;
  GListModel *tasks;
  GListModel *accounts;
  DubQueueSummary *summary;
  GtkFilter *filter;
  GtkFilterListModel *filtered;
  GtkSliceListModel *shown; /* all, but for the first frames */
  GtkSizeGroup *languages;
  GtkSizeGroup *states;
  GHashTable *bound;     /* GtkListItem, borrowed: those on the screen */
  GCancellable *cancellable;
  char *search;
  guint edges_idle;
  guint refilter_idle;
  guint first_frames;
  guint growing;
  gboolean drawn;
  gboolean at_top;
  gboolean narrow;
  gboolean has_sample;
};

/* dub-queue-view-rows.c */
void dub_queue_view_make_factories     (DubQueueView *self);
void dub_queue_view_queue_update_edges (DubQueueView *self);
void dub_queue_view_on_activate        (DubQueueView *self,
                                        guint         position);

G_END_DECLS
