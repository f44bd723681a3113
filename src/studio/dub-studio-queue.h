/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-job-runner.h"
#include "dub-studio-store.h"
#include "dub-studio-workspace.h"

G_BEGIN_DECLS

#define DUB_TYPE_STUDIO_QUEUE (dub_studio_queue_get_type ())
G_DECLARE_FINAL_TYPE (DubStudioQueue, dub_studio_queue, DUB, STUDIO_QUEUE, GObject)

/* Does the tasks of the store, oldest first, @jobs at a time. Every status is on the disk before the act that
 * follows it, so that a task found submitted or processing at start is simply done (again), unless the studio has
 * died in it twice while the machine went on. */
DubStudioQueue *dub_studio_queue_new           (DubStudioStore       *store,
                                                DubStudioWorkspace   *workspace,
                                                DubJobRunner         *runner,
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
/* Kills what works; the tasks stay as they are, for the next start. Called back when nothing is under way. */
void            dub_studio_queue_stop_async    (DubStudioQueue       *self,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
void            dub_studio_queue_stop_finish   (DubStudioQueue       *self,
                                                GAsyncResult         *result);

G_END_DECLS
