/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-tasks.h"

G_BEGIN_DECLS

/**
 * DubCommitFlags:
 * @DUB_COMMIT_MUST: the act has happened; what keeps the store from taking it in is told, and waited for if it can pass
 * @DUB_COMMIT_LEASED: only as long as this process is the one that works the queue
 */
typedef enum
{
  DUB_COMMIT_PLAIN = 0,
  DUB_COMMIT_MUST = 1 << 0,
  DUB_COMMIT_LEASED = 1 << 1,
} DubCommitFlags;

/* Stores transitions, then lets the tasks show them. @records: DubTaskRecord with the new state. */
void           dub_queue_commit_async  (DubQueueTasks       *tasks,
                                        GPtrArray           *records,
                                        DubCommitFlags       flags,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean       dub_queue_commit_finish (DubQueueTasks       *tasks,
                                        GAsyncResult        *result,
                                        GError             **error);
/* A copy of the task's record in its next state, ready to be committed. */
DubTaskRecord *dub_queue_next          (DubTask             *task,
                                        DubTaskState         state);
void           dub_queue_note          (DubTaskRecord       *record,
                                        const GError        *error);

G_END_DECLS
