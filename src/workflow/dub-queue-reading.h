/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-tasks.h"

G_BEGIN_DECLS

/* What is made of each reading of an account's list. @videos: (element-type DubRemoteVideo) */
typedef void (*DubReadingFunc) (DubQueueTasks *tasks,
                                const char    *account_id,
                                GPtrArray     *videos);

/* Has an account's list read after this, once for all who ask for it at about the same time; never more often than it can be
 * read. @taken_in: called with each reading, before those who wait for it. */
void       dub_queue_reading_async  (DubQueueTasks       *tasks,
                                     DubSession          *session,
                                     DubReadingFunc       taken_in,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
/* (transfer full) (element-type DubRemoteVideo): the list; NULL with an error where it could not be read, without one where it
 * takes so long that nobody should wait for it: it is read all the same. */
GPtrArray *dub_queue_reading_finish (DubQueueTasks       *tasks,
                                     GAsyncResult        *result,
                                     GError             **error);

G_END_DECLS
