/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-tasks.h"

G_BEGIN_DECLS

#define DUB_TYPE_QUEUE_DRIVER (dub_queue_driver_get_type ())
G_DECLARE_FINAL_TYPE (DubQueueDriver, dub_queue_driver, DUB, QUEUE_DRIVER, GObject)

/* Decides for each account what is to be done next. Property: offline (boolean). */
DubQueueDriver *dub_queue_driver_new          (DubQueueTasks       *tasks);
/* Tells when it makes no sense to try, and when it does again. */
void            dub_queue_driver_set_network  (DubQueueDriver      *self,
                                               GNetworkMonitor     *network);
/* Does what is due. It may be called at any time. */
void            dub_queue_driver_kick         (DubQueueDriver      *self);
gboolean        dub_queue_driver_get_offline  (DubQueueDriver      *self);
/* Of the lease under which this process works; 0: it does not. What an earlier process left is settled first. */
void            dub_queue_driver_set_turn     (DubQueueDriver      *self,
                                               gint64               turn);
/* Begins nothing more, waits a little for the answers to what is being sent, and stops. */
void            dub_queue_driver_drain_async  (DubQueueDriver      *self,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
void            dub_queue_driver_drain_finish (DubQueueDriver      *self,
                                               GAsyncResult        *result);
void            dub_queue_driver_stop         (DubQueueDriver      *self);

G_END_DECLS
