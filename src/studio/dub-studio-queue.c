/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-queue.h"

#include <glib/gi18n-lib.h>

#include "dub-studio-download.h"
#include "dub-studio-rules.h"

/* The media libraries crash now and then on what they digest the next time. */
#define ATTEMPTS 2
/* What takes the studio itself with it would do so at each start. */
#define DEATHS 2

/* How long after a failure the end of a task is stored again: doubled each time. */
#define FIRST_RETRY_MS   1000
#define LONGEST_RETRY_MS (60 * 1000)

struct _DubStudioQueue
{
  GObject parent_instance;

  /* owned */
  DubStudioStore *store;
  DubStudioWorkspace *workspace;
  DubJobRunner *runner;
  GCancellable *cancellable;
  GQueue waiting;
  GTask *stopping;

  guint jobs;
  guint under_way;
};

G_DEFINE_FINAL_TYPE (DubStudioQueue, dub_studio_queue, G_TYPE_OBJECT)

static const DubStudioDownloadLimits download_limits = {
  .max_bytes = DUB_STUDIO_DOWNLOAD_MAX_BYTES,
  .least_bytes = DUB_STUDIO_DOWNLOAD_LEAST_BYTES,
  .window_ms = DUB_STUDIO_DOWNLOAD_WINDOW_MS,
};

/* A task that is being done. */
typedef struct
{
  DubStudioQueue *queue;
  DubStudioTask *task;
  char *video;
  guint attempts;
  guint retry_ms;
} Run;

static void start_next (DubStudioQueue *self);
static void prepare (Run *run);

static void
run_free (Run *run)
{
  g_clear_object (&run->queue);
  g_clear_pointer (&run->task, dub_studio_task_free);
  g_free (run->video);
  g_free (run);
}

static void
report_stopped (DubStudioQueue *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->under_way > 0)
    return;
  task = g_steal_pointer (&self->stopping);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
end_run (Run *run)
{
  g_autoptr (DubStudioQueue) self = g_object_ref (run->queue);

  run_free (run);
  self->under_way--;
  start_next (self);
  report_stopped (self);
}

/* --- how a task ends --- */

static void
on_uncounted (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_studio_store_update_finish (run->queue->store, result, &error))
    g_message ("the start of task %s stays counted: %s", run->task->task_id, error->message);
  end_run (run);
}

/* The studio ends in good order: this start was no death. */
static void
leave_for_the_next_studio (Run *run)
{
  if (run->task->starts > 0)
    run->task->starts--;
  dub_studio_store_update_async (run->queue->store, run->task, NULL, on_uncounted, run);
}

static void store_end (Run *run);

static gboolean
on_time_to_retry (gpointer user_data)
{
  Run *run = user_data;

  if (g_cancellable_is_cancelled (run->queue->cancellable))
    leave_for_the_next_studio (run);
  else
    store_end (run);
  return G_SOURCE_REMOVE;
}

/* On a full disk: there may be room again, and what was done is not to be done twice. */
static void
retry_later (Run *run)
{
  g_autoptr (GSource) timeout = NULL;
  g_autoptr (GSource) stopped = g_cancellable_source_new (run->queue->cancellable);

  run->retry_ms = CLAMP (2 * run->retry_ms, FIRST_RETRY_MS, LONGEST_RETRY_MS);
  timeout = g_timeout_source_new (run->retry_ms);
  g_source_set_dummy_callback (stopped);
  g_source_add_child_source (timeout, stopped);
  g_source_set_callback (timeout, on_time_to_retry, run, NULL);
  g_source_attach (timeout, NULL);
}

static void
on_end_stored (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;

  if (dub_studio_store_update_finish (run->queue->store, result, &error))
    {
      end_run (run);
      return;
    }
  g_message ("the end of task %s could not be stored, which is tried again: %s", run->task->task_id, error->message);
  retry_later (run);
}

static void
store_end (Run *run)
{
  dub_studio_store_update_async (run->queue->store, run->task, NULL, on_end_stored, run);
}

static void
end_task (Run *run)
{
  run->task->finished = g_get_real_time () / G_USEC_PER_SEC;
  store_end (run);
}

static void
on_discarded (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Run *run = user_data;

  dub_studio_workspace_discard_finish (run->queue->workspace, result);
  end_task (run);
}

/* @failure: (transfer full). When the studio stops, the task keeps its status, and is done at the next start. */
static void
fail (Run    *run,
      GError *failure)
{
  g_autoptr (GError) error = failure;

  if (g_cancellable_is_cancelled (run->queue->cancellable))
    {
      leave_for_the_next_studio (run);
      return;
    }

  if (g_error_matches (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED) && run->attempts < ATTEMPTS)
    {
      prepare (run);
      return;
    }

  run->task->status = DUB_REMOTE_STATUS_FAILED;
  g_set_str (&run->task->error_msg, error->message);
  dub_studio_workspace_discard_async (run->queue->workspace, run->task->task_id, on_discarded, run);
}

static void
on_published (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  if (!dub_studio_workspace_publish_finish (run->queue->workspace, result, &error))
    {
      fail (run, error);
      return;
    }

  run->task->status = DUB_REMOTE_STATUS_SUCCESS;
  run->task->video_id = dub_studio_make_id ();
  run->task->output = dub_studio_workspace_dup_video (run->queue->workspace, run->task->task_id);
  end_task (run);
}

/* --- the work --- */

static void
on_worked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Run *run = user_data;
  g_autoptr (DubJobResult) work = NULL;
  GError *error = NULL;

  work = dub_job_runner_run_finish (DUB_JOB_RUNNER (source), result, &error);
  if (work == NULL)
    {
      fail (run, error);
      return;
    }

  g_set_object (&run->task->original, work->original);
  g_set_object (&run->task->translated, work->translated);
  dub_studio_workspace_publish_async (run->queue->workspace, run->task->task_id, NULL, on_published, run);
}

static void
work (Run *run)
{
  g_autoptr (DubJob) job = dub_job_new ();

  job->video = g_strdup (run->video);
  job->language = g_strdup (run->task->language);
  job->lipsync = run->task->lipsync;
  job->subtitles = run->task->subtitles;
  g_set_object (&job->script, run->task->script);
  job->work_dir = dub_studio_workspace_dup_stages (run->queue->workspace, run->task->task_id);
  job->output = dub_studio_workspace_dup_dub (run->queue->workspace, run->task->task_id);
  dub_job_runner_run_async (run->queue->runner, job, run->queue->cancellable, on_worked, run);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Run *run = user_data;
  g_autoptr (DubMediaInfo) info = NULL;
  GError *error = NULL;

  info = dub_job_runner_look_finish (DUB_JOB_RUNNER (source), result, &error);
  if (info != NULL && dub_studio_check_video (info, run->task->script, &error))
    work (run);
  else
    fail (run, error);
}

static void
look_at_video (Run *run)
{
  g_autofree char *uri = g_filename_to_uri (run->video, NULL, NULL);

  dub_job_runner_look_async (run->queue->runner, uri, run->queue->cancellable, on_looked, run);
}

static void
on_downloaded (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  if (dub_studio_download_finish (result, &error))
    look_at_video (run);
  else
    fail (run, error);
}

static void
on_prepared (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  if (!dub_studio_workspace_prepare_finish (run->queue->workspace, result, &error))
    {
      fail (run, error);
      return;
    }

  g_clear_pointer (&run->video, g_free);
  if (dub_studio_is_local (run->task->video_url))
    {
      run->video = g_filename_from_uri (run->task->video_url, NULL, &error);
      if (run->video != NULL)
        look_at_video (run);
      else
        fail (run, error);
      return;
    }
  run->video = dub_studio_workspace_dup_original (run->queue->workspace, run->task->task_id, run->task->video_url);
  dub_studio_download_async (run->task->video_url, run->video, &download_limits, run->queue->cancellable, on_downloaded,
                             run);
}

static void
prepare (Run *run)
{
  run->attempts++;
  dub_studio_workspace_prepare_async (run->queue->workspace, run->task->task_id, run->queue->cancellable,
                                      on_prepared, run);
}

static void
on_marked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  if (dub_studio_store_update_finish (run->queue->store, result, &error))
    prepare (run);
  else
    fail (run, error);
}

static void
give_up (Run *run)
{
  fail (run, g_error_new_literal (DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                                  _("The built-in studio ended unexpectedly twice while it worked on this video, and "
                                    "does not begin it a third time by itself. Other videos are not affected. Try this "
                                    "one again, or export it anew and dub that.")));
}

static void
begin (Run *run)
{
  if (run->task->starts >= DEATHS)
    {
      give_up (run);
      return;
    }

  run->task->status = DUB_REMOTE_STATUS_PROCESSING;
  run->task->starts++;
  dub_studio_store_update_async (run->queue->store, run->task, NULL, on_marked, run);
}

static void
start_next (DubStudioQueue *self)
{
  while (self->under_way < self->jobs && !g_queue_is_empty (&self->waiting)
         && !g_cancellable_is_cancelled (self->cancellable))
    {
      Run *run = g_new0 (Run, 1);

      run->queue = g_object_ref (self);
      run->task = g_queue_pop_head (&self->waiting);
      self->under_way++;
      begin (run);
    }
}

/**
 * dub_studio_queue_add:
 * @self: the queue
 * @tasks: (element-type DubStudioTask): tasks that are stored as submitted or processing
 *
 * Does these tasks when their turn comes. Main thread.
 */
void
dub_studio_queue_add (DubStudioQueue *self,
                      GPtrArray      *tasks)
{
  for (guint i = 0; i < tasks->len; i++)
    g_queue_push_tail (&self->waiting, dub_studio_task_copy (g_ptr_array_index (tasks, i)));
  start_next (self);
}

static void
take_back_last_start (gpointer data,
                      gpointer unused)
{
  DubStudioTask *task = data;

  if (task->starts > 0)
    task->starts--;
}

static void
on_unfinished_listed (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) tasks = NULL;
  DubStudioQueue *self = g_task_get_source_object (task);
  GError *error = NULL;

  tasks = dub_studio_store_list_unfinished_finish (self->store, result, &error);
  if (tasks == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (GPOINTER_TO_INT (g_task_get_task_data (task)))
    g_ptr_array_foreach (tasks, take_back_last_start, NULL);
  dub_studio_queue_add (self, tasks);
  g_task_return_boolean (task, TRUE);
}

/**
 * dub_studio_queue_resume_async:
 * @self: the queue
 * @with_machine: whether the earlier run ended because the machine did, which no task is to blame for
 * @cancellable: (nullable): a cancellable
 * @callback: called when the tasks that were left are under way
 * @user_data: for @callback
 *
 * Starts again what an earlier run of the studio did not finish. To be called once, before anything is added.
 */
void
dub_studio_queue_resume_async (DubStudioQueue     *self,
                               gboolean            with_machine,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, dub_studio_queue_resume_async);
  g_task_set_task_data (task, GINT_TO_POINTER (with_machine), NULL);
  dub_studio_store_list_unfinished_async (self->store, cancellable, on_unfinished_listed, task);
}

/**
 * dub_studio_queue_resume_finish:
 * @self: the queue
 * @result: what the callback got
 * @error: return location; #DubStoreError
 *
 * Returns: whether the tasks were found
 */
gboolean
dub_studio_queue_resume_finish (DubStudioQueue *self,
                                GAsyncResult   *result,
                                GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_studio_queue_stop_async:
 * @self: the queue
 * @callback: called when nothing is under way any more
 * @user_data: for @callback
 *
 * Kills the working processes and starts no other. What was stored stays, and is taken up by
 * dub_studio_queue_resume_async() of the next run. To be called once.
 */
void
dub_studio_queue_stop_async (DubStudioQueue     *self,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_return_if_fail (self->stopping == NULL);

  self->stopping = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stopping, dub_studio_queue_stop_async);
  g_cancellable_cancel (self->cancellable);
  report_stopped (self);
}

/**
 * dub_studio_queue_stop_finish:
 * @self: the queue
 * @result: what the callback got
 *
 * Ends the call.
 */
void
dub_studio_queue_stop_finish (DubStudioQueue *self,
                              GAsyncResult   *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
dub_studio_queue_finalize (GObject *object)
{
  DubStudioQueue *self = DUB_STUDIO_QUEUE (object);

  g_clear_object (&self->store);
  g_clear_object (&self->workspace);
  g_clear_object (&self->runner);
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) dub_studio_task_free);
  G_OBJECT_CLASS (dub_studio_queue_parent_class)->finalize (object);
}

static void
dub_studio_queue_class_init (DubStudioQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_studio_queue_finalize;
}

static void
dub_studio_queue_init (DubStudioQueue *self)
{
  g_queue_init (&self->waiting);
  self->cancellable = g_cancellable_new ();
}

/**
 * dub_studio_queue_new:
 * @store: where the tasks are
 * @workspace: where their files are
 * @runner: what does the work
 * @jobs: how many tasks are done at a time, at least 1
 *
 * Returns: (transfer full): a queue that does nothing yet
 */
DubStudioQueue *
dub_studio_queue_new (DubStudioStore     *store,
                      DubStudioWorkspace *workspace,
                      DubJobRunner       *runner,
                      guint               jobs)
{
  DubStudioQueue *self = g_object_new (DUB_TYPE_STUDIO_QUEUE, NULL);

  self->store = g_object_ref (store);
  self->workspace = g_object_ref (workspace);
  self->runner = g_object_ref (runner);
  self->jobs = MAX (1, jobs);
  return self;
}
