/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue.h"

G_BEGIN_DECLS

/**
 * DubTaskStep:
 * @moment: when it was stored, Unix milliseconds, UTC
 * @from: the state before; that of @to for the first step, and where only what is known of the dub was put right
 * @to: the state after
 * @return_code: the service's return code, or 0
 * @message: (nullable): what went wrong, in the service's words or ours, plain text, without what may be secret
 * @request_id: (nullable): what the service's support asks for
 *
 * One step of a dub on its way, as it is stored.
 */
typedef struct
{
  gint64       moment;
  DubTaskState from;
  DubTaskState to;
  gint64       return_code;
  char        *message;
  char        *request_id;
} DubTaskStep;

#define DUB_TYPE_TASK_STEP (dub_task_step_get_type ())
GType        dub_task_step_get_type        (void);
DubTaskStep *dub_task_step_copy            (const DubTaskStep   *self);
void         dub_task_step_free            (DubTaskStep         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubTaskStep, dub_task_step_free)

void         dub_queue_list_history_async  (DubQueue            *self,
                                            DubTask             *task,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
/* (element-type DubTaskStep), oldest first */
GPtrArray   *dub_queue_list_history_finish (DubQueue            *self,
                                            GAsyncResult        *result,
                                            GError             **error);
/* What the service calls the dub, and the video that it became; NULL before it is known. */
const char  *dub_task_get_service_task     (DubTask             *task);
const char  *dub_task_get_service_video    (DubTask             *task);

G_END_DECLS
