/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-home-page.h"
#include "dub-queue-filter.h"
#include "dub-task-row.h"

G_BEGIN_DECLS

/* The page of the queue and the library, over models without a service behind them. */
typedef struct
{
  GListStore *tasks;
  GListStore *items;
  GListStore *accounts;
  DubAccount *account;
  DubPictures *pictures;
  DubHomePage *page;
  GtkWidget *window;
} DubHomeFixture;

/* @tasks: (transfer full): those of the queue */
void            dub_home_fixture_set_up     (DubHomeFixture *self,
                                             int             width,
                                             GListStore     *tasks);
void            dub_home_fixture_tear_down  (DubHomeFixture *self,
                                             gconstpointer   data);
DubTaskRow     *dub_home_fixture_find_row   (DubHomeFixture *self,
                                             gint64          id);
DubQueueFilter *dub_home_fixture_get_filter (DubHomeFixture *self);
/* How many dubs are shown, whether they are on the screen or not. */
guint           dub_home_fixture_count      (DubHomeFixture *self);

G_END_DECLS
