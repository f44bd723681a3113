/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-job-runner.h"

#include <string.h>

#include "dub-look.h"
#include "dub-video-limits.h"

/* Beyond what looking may take (dub-probe.h), and the start of a process on a busy machine. */
#define LOOK_PATIENCE_S 60

/* Who asks for an engine to be tried waits for a minute (dub-service-client.c). */
#define TRIAL_S 50

/* Nobody waits longer for the studio than for the service: 60 times the video's duration (service documentation); a short
 * one half an hour. */
#define TIMES_DURATION 60
#define LEAST_WORK_S   (30 * 60)

struct _DubJobRunner
{
  GObject parent_instance;

  /* owned */
  char *program;
  guint patience_s;
};

G_DEFINE_FINAL_TYPE (DubJobRunner, dub_job_runner, G_TYPE_OBJECT)

static guint
longest_work (gint64 duration_ms)
{
  gint64 duration = duration_ms > 0 ? duration_ms : DUB_VIDEO_MAX_DURATION_MS;

  return (guint) MAX (duration / 1000 * TIMES_DURATION, LEAST_WORK_S);
}

/* (transfer full) (nullable): what the process has made; without it, the task has its error. */
static GVariant *
take_output (GTask        *task,
             GAsyncResult *result,
             const char   *type)
{
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;

  bytes = dub_worker_process_run_finish (result, &error);
  if (bytes != NULL)
    return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));
  g_task_return_error (task, error);
  return NULL;
}

static void
on_worked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) variant = take_output (task, result, DUB_JOB_RESULT_VARIANT_TYPE);
  g_autoptr (GError) error = NULL;
  DubJobResult *work;

  if (variant == NULL)
    return;
  work = dub_job_result_from_variant (variant, &error);
  if (work != NULL)
    {
      g_task_return_pointer (task, work, (GDestroyNotify) dub_job_result_free);
      return;
    }
  g_debug ("a working process sent a result that cannot be read: %s", error->message);
  g_task_return_error (task, dub_worker_process_crash_error ());
}

/**
 * dub_job_runner_run_async:
 * @self: the runner
 * @job: what to do; read before the call returns
 * @duration_ms: of its video, 0 where it is not known
 * @progress: (nullable): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): kills the working process and all that it started
 * @callback: called when the process is gone
 * @user_data: for @callback
 *
 * Has a job done by a working process of its own. Main thread.
 */
void
dub_job_runner_run_async (DubJobRunner       *self,
                          DubJob             *job,
                          gint64              duration_ms,
                          DubWorkerProgress   progress,
                          gpointer            progress_data,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GVariant) variant = dub_job_to_variant (job);
  g_autoptr (GBytes) input = g_variant_get_data_as_bytes (variant);
  const char *command[] = { self->program, DUB_JOB_WORD, NULL };
  const DubWorkerLimits limits = {
    .patience_s = self->patience_s,
    .longest_s = longest_work (duration_ms),
    .memory = dub_worker_memory (),
  };

  g_task_set_source_tag (task, dub_job_runner_run_async);
  dub_worker_process_run_async (command, input, &limits, progress, progress_data, cancellable, on_worked, task);
}

/**
 * dub_job_runner_run_finish:
 * @self: the runner
 * @result: what the callback got
 * @error: return location: %DUB_STUDIO_ERROR_FAILED with the words of the working process,
 *   %DUB_STUDIO_ERROR_CRASHED when it ended without a (readable) word, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the result
 */
DubJobResult *
dub_job_runner_run_finish (DubJobRunner *self,
                           GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) variant = take_output (task, result, DUB_LOOK_VARIANT_TYPE);
  DubMediaInfo *info;

  if (variant == NULL)
    return;
  info = dub_look_from_variant (variant);
  if (info != NULL)
    g_task_return_pointer (task, info, (GDestroyNotify) dub_media_info_free);
  else
    g_task_return_error (task, dub_worker_process_crash_error ());
}

/**
 * dub_job_runner_look_async:
 * @self: the runner
 * @uri: `file:` address of a video
 * @cancellable: (nullable): kills the working process
 * @callback: called when the process is gone
 * @user_data: for @callback
 *
 * Has a video looked at by a working process of its own: what opens media can crash on them. Main thread.
 */
void
dub_job_runner_look_async (DubJobRunner       *self,
                           const char         *uri,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GBytes) input = g_bytes_new (uri, strlen (uri));
  const char *command[] = { self->program, DUB_LOOK_WORD, NULL };
  const DubWorkerLimits limits = {
    .patience_s = LOOK_PATIENCE_S,
    .longest_s = 2 * LOOK_PATIENCE_S,
    .memory = dub_worker_memory (),
  };

  g_task_set_source_tag (task, dub_job_runner_look_async);
  dub_worker_process_run_async (command, input, &limits, NULL, NULL, cancellable, on_looked, task);
}

/**
 * dub_job_runner_look_finish:
 * @self: the runner
 * @result: what the callback got
 * @error: return location: %DUB_STUDIO_ERROR_FAILED with a sentence on the video, %DUB_STUDIO_ERROR_CRASHED when the
 *   process ended without a (readable) word, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was found
 */
DubMediaInfo *
dub_job_runner_look_finish (DubJobRunner *self,
                            GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_tried (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) variant = take_output (task, result, DUB_ENGINE_TRIAL_RESULT_VARIANT_TYPE);
  g_autoptr (GError) error = NULL;
  DubEngineTrialResult *found;

  if (variant == NULL)
    return;
  found = dub_engine_trial_result_from_variant (variant, &error);
  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) dub_engine_trial_result_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * dub_job_runner_try_async:
 * @self: the runner
 * @trial: what to try; read before the call returns
 * @cancellable: (nullable): kills the working process
 * @callback: called when the process is gone
 * @user_data: for @callback
 *
 * Has an engine tried by a working process of its own. Main thread.
 */
void
dub_job_runner_try_async (DubJobRunner       *self,
                          DubEngineTrial     *trial,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GVariant) variant = dub_engine_trial_to_variant (trial);
  g_autoptr (GBytes) input = g_variant_get_data_as_bytes (variant);
  const char *command[] = { self->program, DUB_ENGINE_TRIAL_WORD, NULL };
  const DubWorkerLimits limits = { .patience_s = TRIAL_S, .longest_s = TRIAL_S, .memory = dub_worker_memory () };

  g_task_set_source_tag (task, dub_job_runner_try_async);
  dub_worker_process_run_async (command, input, &limits, NULL, NULL, cancellable, on_tried, task);
}

/**
 * dub_job_runner_try_finish:
 * @self: the runner
 * @result: what the callback got
 * @error: return location; %DUB_STUDIO_ERROR_FAILED with a sentence on the engine, %DUB_STUDIO_ERROR_CRASHED when the process
 *   ended without a word, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what the engine did
 */
DubEngineTrialResult *
dub_job_runner_try_finish (DubJobRunner *self,
                           GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dub_job_runner_get_program:
 * @self: the runner
 *
 * Returns: (transfer none): the program that works
 */
const char *
dub_job_runner_get_program (DubJobRunner *self)
{
  return self->program;
}

static void
dub_job_runner_finalize (GObject *object)
{
  DubJobRunner *self = DUB_JOB_RUNNER (object);

  g_free (self->program);
  G_OBJECT_CLASS (dub_job_runner_parent_class)->finalize (object);
}

static void
dub_job_runner_class_init (DubJobRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_job_runner_finalize;
}

static void
dub_job_runner_init (DubJobRunner *self)
{
}

/**
 * dub_job_runner_new:
 * @program: path of the program that works when it is started with one of the words of dub-worker.h
 * @patience_s: seconds of silence after which a working process is taken for hung
 *
 * Returns: (transfer full): a runner
 */
DubJobRunner *
dub_job_runner_new (const char *program,
                    guint       patience_s)
{
  DubJobRunner *self = g_object_new (DUB_TYPE_JOB_RUNNER, NULL);

  self->program = g_strdup (program);
  self->patience_s = patience_s;
  return self;
}
