/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-queue.h"
#include "dub-queue-summary.h"

G_BEGIN_DECLS

#define DUB_TYPE_RETRY_ACTIONS (dub_retry_actions_get_type ())
G_DECLARE_FINAL_TYPE (DubRetryActions, dub_retry_actions, DUB, RETRY_ACTIONS, GSimpleActionGroup)

/* @shown: the dubs that are shown, a list of DubTask; @queue: NULL where nothing can be changed */
DubRetryActions *dub_retry_actions_new (GtkWidget       *widget,
                                        GListModel      *shown,
                                        DubQueueSummary *summary,
                                        DubQueue        *queue,
                                        GCancellable    *cancellable);

G_END_DECLS
