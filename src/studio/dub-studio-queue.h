/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-studio-run.h"

G_BEGIN_DECLS

#define DUB_TYPE_STUDIO_QUEUE (dub_studio_queue_get_type ())
G_DECLARE_FINAL_TYPE (DubStudioQueue, dub_studio_queue, DUB, STUDIO_QUEUE, GObject)

/* Does the tasks of the store, oldest first, @jobs at a time. Every status is on the disk before the act that
 * follows it, so that a task found submitted or processing at start is simply done (again), unless the studio has
 * died in it twice while the machine went on. */
DubStudioQueue *dub_studio_queue_new           (const DubStudioTools *tools,
                                                guint                 jobs);
/* Takes up what an earlier run left; store and workspace are open. @with_machine: that run ended as the machine did. */
void            dub_studio_queue_resume_async  (DubStudioQueue       *self,
                                                gboolean              with_machine,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        dub_studio_queue_resume_finish (DubStudioQueue       *self,
                                                GAsyncResult         *result,
                                                GError              **error);
/* @tasks: (element-type DubStudioTask): stored ones. */
void            dub_studio_queue_add           (DubStudioQueue       *self,
                                                GPtrArray            *tasks);
/* Gives a task up, whether it waits or is worked on: it fails, and nothing of it is left. One that has its end already,
 * or is not known, is DUB_STUDIO_ERROR_UNSUITABLE. */
void            dub_studio_queue_cancel_async  (DubStudioQueue       *self,
                                                const char           *task_id,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        dub_studio_queue_cancel_finish (DubStudioQueue       *self,
                                                GAsyncResult         *result,
                                                GError              **error);
/* (nullable) (transfer none): the stage of a task that is worked on, and how much of it is done, 0 to 1. */
const char     *dub_studio_queue_get_progress  (DubStudioQueue       *self,
                                                const char           *task_id,
                                                double               *fraction);
/* Kills what works; the tasks stay as they are, for the next start. Called back when nothing is under way. */
void            dub_studio_queue_stop_async    (DubStudioQueue       *self,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
void            dub_studio_queue_stop_finish   (DubStudioQueue       *self,
                                                GAsyncResult         *result);

G_END_DECLS
