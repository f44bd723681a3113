/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-library-view.h"
#include "dub-pictures.h"
#include "dub-queue-view.h"
#include "dub-workflow.h"

G_BEGIN_DECLS

#define DUB_TYPE_HOME_PAGE (dub_home_page_get_type ())
G_DECLARE_FINAL_TYPE (DubHomePage, dub_home_page, DUB, HOME_PAGE, AdwNavigationPage)

/* Properties: narrow, stacked (the dubs of the queue have two lines, as in a narrow window), has-sample, offline (boolean), account (DubAccount). */
void            dub_home_page_set_workflow     (DubHomePage *self,
                                                DubWorkflow *workflow,
                                                DubPictures *pictures);
/* @accounts: a list of DubAccount for the menus */
void            dub_home_page_set_accounts     (DubHomePage *self,
                                                GListModel  *accounts);
DubQueueView   *dub_home_page_get_queue_view   (DubHomePage *self);
DubLibraryView *dub_home_page_get_library_view (DubHomePage *self);
/* @name: "queue" or "library" */
void            dub_home_page_show             (DubHomePage *self,
                                                const char  *name);
void            dub_home_page_search           (DubHomePage *self);
void            dub_home_page_toggle_sending   (DubHomePage *self);

G_END_DECLS
