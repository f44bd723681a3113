/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-engine-trial.h"
#include "dub-job.h"
#include "dub-media-info.h"
#include "dub-worker-process.h"

G_BEGIN_DECLS

#define DUB_TYPE_JOB_RUNNER (dub_job_runner_get_type ())
G_DECLARE_FINAL_TYPE (DubJobRunner, dub_job_runner, DUB, JOB_RUNNER, GObject)

/* How long a working process may say nothing before it is taken for hung. */
#define DUB_JOB_RUNNER_PATIENCE_S (15 * 60)

/* Starts a working process for each job and each look (@program with a word: see dub-worker.h), and believes nothing
 * that it says before it was checked. */
DubJobRunner *dub_job_runner_new         (const char           *program,
                                          guint                 patience_s);
/* @duration_ms: of the video, 0 where it is not known: how long the process may work. @progress: (nullable): called until
 * the callback is. Cancelling kills the process, and what it started, at once. */
void          dub_job_runner_run_async   (DubJobRunner         *self,
                                          DubJob               *job,
                                          gint64                duration_ms,
                                          DubWorkerProgress     progress,
                                          gpointer              progress_data,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
DubJobResult *dub_job_runner_run_finish  (DubJobRunner         *self,
                                          GAsyncResult         *result,
                                          GError              **error);
/* The error has a sentence on the video, unless the process crashed over it. */
void          dub_job_runner_look_async  (DubJobRunner         *self,
                                          const char           *uri,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
DubMediaInfo *dub_job_runner_look_finish (DubJobRunner         *self,
                                          GAsyncResult         *result,
                                          GError              **error);
/* The error has a sentence on what is wrong with the engine. */
void          dub_job_runner_try_async   (DubJobRunner         *self,
                                          DubEngineTrial       *trial,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
DubEngineTrialResult *dub_job_runner_try_finish (DubJobRunner  *self,
                                          GAsyncResult         *result,
                                          GError              **error);
const char   *dub_job_runner_get_program (DubJobRunner         *self);

G_END_DECLS
