/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-job-runner.h"
#include "dub-studio-setup.h"
#include "dub-studio-store.h"
#include "dub-studio-workspace.h"

G_BEGIN_DECLS

/* What tasks are done with. */
typedef struct
{
  DubStudioStore     *store;
  DubStudioWorkspace *workspace;
  DubJobRunner       *runner;
  DubStudioSetup     *setup;
} DubStudioTools;

void dub_studio_tools_copy  (const DubStudioTools *self,
                             DubStudioTools       *copy);
void dub_studio_tools_clear (DubStudioTools       *self);

/* A task that is being done, from its first status to its last. Every status is on the disk before the act that
 * follows it. It owns itself until @ended was called. */
typedef struct _DubStudioRun DubStudioRun;

typedef void (*DubStudioRunEnded) (DubStudioRun *run,
                                   gpointer      user_data);

/* @tools: copied, with references. */
DubStudioRun *dub_studio_run_new          (const DubStudioTools *tools,
                                           const DubStudioTask  *task,
                                           DubStudioRunEnded     ended,
                                           gpointer              user_data);
void          dub_studio_run_begin        (DubStudioRun         *self);
/* The studio ends: what works is killed, and the task keeps its status for the next start. */
void          dub_studio_run_stop         (DubStudioRun         *self);
/* Kills what works; the task becomes FAILED and nothing of it is left. @cancel is returned (TRUE) then. FALSE: it is too
 * late, its end is decided already. */
gboolean      dub_studio_run_cancel       (DubStudioRun         *self,
                                           GTask                *cancel);
const char   *dub_studio_run_get_task_id  (DubStudioRun         *self);
/* (nullable) (transfer none): the stage, and how much is done, 0 to 1, which never goes back. */
const char   *dub_studio_run_get_progress (DubStudioRun         *self,
                                           double               *fraction);

G_END_DECLS
