/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-forecast.h"
#include "dub-queue-tasks.h"

G_BEGIN_DECLS

/* Learns anew from the tasks, which have changed, and lets each show when it is expected to be ready. */
void               dub_queue_update_expected  (DubQueueTasks *tasks);
/* The same where that was long ago: a dub that is not ready yet is expected later than before. */
void               dub_queue_refresh_expected (DubQueueTasks *tasks);
/* (transfer none): what is expected of an account, until a task changes */
const DubForecast *dub_queue_get_forecast     (DubQueueTasks *tasks,
                                               const char    *account_id);
/* How old a dub that was sent is at @moment of the queue's clock (ms); in tests it ages by the queue's haste. */
gint64             dub_queue_age              (DubQueueTasks *tasks,
                                               DubTask       *task,
                                               gint64         moment);
/* How long the dub is expected to take from being sent, in milliseconds. */
gint64             dub_queue_expected_ms      (DubQueueTasks *tasks,
                                               DubTask       *task);
/* When further dubs of the account, of these durations (ms), would all be ready: Unix seconds. */
void               dub_queue_expect_further   (DubQueueTasks *tasks,
                                               const char    *account_id,
                                               const gint64  *durations,
                                               guint          n_durations,
                                               gboolean       lipsync,
                                               gint64        *from,
                                               gint64        *to);

G_END_DECLS
