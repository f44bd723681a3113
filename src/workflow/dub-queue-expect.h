/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-tasks.h"

G_BEGIN_DECLS

/* Learns anew from the tasks, which have changed, and lets each show when it is expected to be ready. */
void   dub_queue_update_expected (DubQueueTasks *tasks);
/* How long the dub is expected to take from being sent, in milliseconds. */
gint64 dub_queue_expected_ms     (DubQueueTasks *tasks,
                                  DubTask       *task);
/* When further dubs of the account, of these durations (ms), would all be ready: Unix seconds. */
void   dub_queue_expect_further  (DubQueueTasks *tasks,
                                  const char    *account_id,
                                  const gint64  *durations,
                                  guint          n_durations,
                                  gboolean       lipsync,
                                  gint64        *from,
                                  gint64        *to);

G_END_DECLS
