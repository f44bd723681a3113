/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue.h"
#include "dub-queue-driver.h"
#include "dub-queue-tasks.h"

G_BEGIN_DECLS

struct _DubQueue
{
  GObject parent_instance;

  DubQueueTasks *tasks;
  DubQueueDriver *driver;
};

/* @haste: pauses are divided by it; 1 but in tests */
DubQueue  *dub_queue_new           (DubStore            *store,
                                    DubAccounts         *accounts,
                                    guint                haste);
void       dub_queue_set_network   (DubQueue            *self,
                                    GNetworkMonitor     *network);
void       dub_queue_reload_async  (DubQueue            *self,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean   dub_queue_reload_finish (DubQueue            *self,
                                    GAsyncResult        *result,
                                    GError             **error);
/* Begins to work (under that turn of the lease: what an earlier process left is settled first), or (0) only follows the
 * store. */
void       dub_queue_set_turn      (DubQueue            *self,
                                    gint64               turn);
/* Whether there is anything to send, to ask for or to look for. */
gboolean   dub_queue_has_work      (DubQueue            *self);
/* Begins nothing more, and waits a little for the answers to what is being sent: a dub is not to become unconfirmed because
 * a window was closed. */
void       dub_queue_drain_async   (DubQueue            *self,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
void       dub_queue_drain_finish  (DubQueue            *self,
                                    GAsyncResult        *result);
void       dub_queue_stop          (DubQueue            *self);
/* A reading of an account's list, whoever asked for it: finds unconfirmed dubs in it, and the scripts that were missed. */
void       dub_queue_offer_videos  (DubQueue            *self,
                                    const char          *account_id,
                                    GPtrArray           *videos);
/* When further dubs of the account, of these durations (ms), would all be ready: Unix seconds. */
void       dub_queue_forecast      (DubQueue            *self,
                                    const char          *account_id,
                                    const gint64        *durations,
                                    guint                n_durations,
                                    gboolean             lipsync,
                                    gint64              *from,
                                    gint64              *to);
/* For the draft: adds tasks and returns them. (element-type DubTask) */
void       dub_queue_add_async     (DubQueue            *self,
                                    GPtrArray           *records,
                                    GPtrArray           *scripts,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
GPtrArray *dub_queue_add_finish    (DubQueue            *self,
                                    GAsyncResult        *result,
                                    GError             **error);

G_END_DECLS
