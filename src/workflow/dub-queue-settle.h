/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-tasks.h"

G_BEGIN_DECLS

/* Takes in what the service says of tasks under way. @records: (element-type DubTaskRecord) in their next state. With
 * successes among them the account's list is read first, for the scripts. */
void     dub_queue_settle_async  (DubQueueTasks       *tasks,
                                  DubSession          *session,
                                  GPtrArray           *records,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
gboolean dub_queue_settle_finish (DubQueueTasks       *tasks,
                                  GAsyncResult        *result,
                                  GError             **error);
/* A reading of an account's list, whoever asked for it: finds unconfirmed dubs in it, those under way that
 * are to be asked for at once, and the scripts that were missed. */
void     dub_queue_settle_found  (DubQueueTasks       *tasks,
                                  const char          *account_id,
                                  GPtrArray           *videos);

G_END_DECLS
