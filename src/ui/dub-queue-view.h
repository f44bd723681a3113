/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-pictures.h"
#include "dub-queue-summary.h"
#include "dub-workflow.h"

G_BEGIN_DECLS

#define DUB_TYPE_QUEUE_VIEW (dub_queue_view_get_type ())
G_DECLARE_FINAL_TYPE (DubQueueView, dub_queue_view, DUB, QUEUE_VIEW, AdwBin)

/* Properties: narrow (boolean), search (string), empty (boolean, read-only), has-sample (boolean). */
void dub_queue_view_set_workflow (DubQueueView *self,
                                  DubWorkflow  *workflow,
                                  DubPictures  *pictures);
/* @tasks: a list of DubTask; @accounts: a list of DubAccount, or NULL. */
void dub_queue_view_set_models   (DubQueueView *self,
                                  GListModel   *tasks,
                                  GListModel   *accounts,
                                  DubPictures  *pictures);

G_END_DECLS
