/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-home-page.h"
#include "dub-workflow-fixture.h"

G_BEGIN_DECLS

/* The page of the queue over a store with many dubs, in all states, which another process works on: nothing moves by itself. */
typedef struct
{
  int width;
  int height;
  guint n_dubs;
  double sp;   /* pixels, of which the breakpoints of the window are made */
  char *uris[8];
  guint n_uris;
  DubWorkflowFixture service;
  DubWorkLease *lease;
  DubPictures *pictures;
  DubHomePage *page;
  GtkWidget *window;
} DubQueueScene;

/* To be called first: GTK, and the looks. Sizes, the number of dubs and the videos are read from @arguments. */
void dub_queue_scene_init  (DubQueueScene *self,
                            char         **arguments);
/* Fills the store, and opens the workflow over it. */
void dub_queue_scene_open  (DubQueueScene *self);
/* Shows the window, and waits for nothing. */
void dub_queue_scene_show  (DubQueueScene *self);
void dub_queue_scene_close (DubQueueScene *self);

G_END_DECLS
