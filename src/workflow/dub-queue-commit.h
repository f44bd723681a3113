/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-tasks.h"

G_BEGIN_DECLS

/* Stores transitions, then lets the tasks show them. @records: DubTaskRecord with the new state. @must: the act has happened;
 * what keeps the store from taking it in is told, and waited for if it can pass. */
void           dub_queue_commit_async  (DubQueueTasks       *tasks,
                                        GPtrArray           *records,
                                        gboolean             must,
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
