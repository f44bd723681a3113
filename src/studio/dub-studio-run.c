/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-run.h"

#include <glib/gi18n-lib.h>

#include "dub-studio-download.h"
#include "dub-studio-room.h"
#include "dub-studio-rules.h"

/* The media libraries crash now and then on what they digest the next time. */
#define ATTEMPTS 2
/* What takes the studio itself with it would do so at each start. */
#define DEATHS 2

/* How long after a failure the end of a task is stored again: doubled each time. */
#define FIRST_RETRY_MS   1000
#define LONGEST_RETRY_MS (60 * 1000)

/* How much of a task fetching its video is: a guess, since the line is not known. */
#define FETCH_SHARE 0.1

static const DubStudioDownloadLimits download_limits = {
  .max_bytes = DUB_STUDIO_DOWNLOAD_MAX_BYTES,
  .least_bytes = DUB_STUDIO_DOWNLOAD_LEAST_BYTES,
  .window_ms = DUB_STUDIO_DOWNLOAD_WINDOW_MS,
};

struct _DubStudioRun
{
  DubStudioTools tools;
  DubStudioTask *task;
  DubStudioRunEnded ended;
  gpointer user_data;

  char *video;
  gint64 duration_ms;
  GCancellable *work;    /* of what is under way: triggered by a stop and by a cancel */
  GCancellable *stopped; /* the studio ends */
  GPtrArray *cancels;    /* GTasks that wait for the task to be cancelled */
  const char *stage;     /* static; NULL: nothing is told yet */
  double fraction;
  guint attempts;
  guint retry_ms;
  gboolean begun;
  gboolean cancelled; /* it is to be, or was */
  gboolean ending;    /* its end is decided */
  gboolean stored;    /* and on the disk */
};

static void prepare (DubStudioRun *self);
static void store_end (DubStudioRun *self);

/**
 * dub_studio_tools_copy:
 * @self: tools
 * @copy: (out): the same, to be cleared
 */
void
dub_studio_tools_copy (const DubStudioTools *self,
                       DubStudioTools       *copy)
{
  copy->store = g_object_ref (self->store);
  copy->workspace = g_object_ref (self->workspace);
  copy->runner = g_object_ref (self->runner);
  copy->setup = g_object_ref (self->setup);
}

/**
 * dub_studio_tools_clear:
 * @self: tools
 *
 * Drops them.
 */
void
dub_studio_tools_clear (DubStudioTools *self)
{
  g_clear_object (&self->store);
  g_clear_object (&self->workspace);
  g_clear_object (&self->runner);
  g_clear_object (&self->setup);
}

static void
answer_cancels (DubStudioRun *self,
                const GError *error)
{
  while (self->cancels->len > 0)
    {
      g_autoptr (GTask) cancel = g_ptr_array_steal_index (self->cancels, 0);

      if (error != NULL)
        g_task_return_error (cancel, g_error_copy (error));
      else
        g_task_return_boolean (cancel, TRUE);
    }
}

static void
end_run (DubStudioRun *self)
{
  answer_cancels (self, NULL);
  self->ended (self, self->user_data);
  dub_studio_tools_clear (&self->tools);
  g_clear_pointer (&self->task, dub_studio_task_free);
  g_clear_pointer (&self->cancels, g_ptr_array_unref);
  g_clear_object (&self->work);
  g_clear_object (&self->stopped);
  g_free (self->video);
  g_free (self);
}

/* --- how far it is --- */

static void
note_progress (DubStudioRun *self,
               const char   *static_stage,
               double        fraction)
{
  self->stage = static_stage;
  self->fraction = MAX (self->fraction, fraction);
}

static gboolean
is_from_web (DubStudioRun *self)
{
  return !dub_studio_is_local (self->task->video_url);
}

static void
on_job_progress (const char *stage,
                 double      fraction,
                 gpointer    user_data)
{
  DubStudioRun *self = user_data;
  double before = is_from_web (self) ? FETCH_SHARE : 0;

  note_progress (self, stage, before + (1 - before) * fraction);
}

static void
on_download_progress (double   fraction,
                      gpointer user_data)
{
  note_progress (user_data, "fetch", FETCH_SHARE * fraction);
}

/**
 * dub_studio_run_get_progress:
 * @self: a run
 * @fraction: (out): how much of the task is done, 0 to 1; over a second attempt it stays where the first one got to
 *
 * Returns: (transfer none) (nullable): the stage that is being done; %NULL: nothing is known yet
 */
const char *
dub_studio_run_get_progress (DubStudioRun *self,
                             double       *fraction)
{
  *fraction = self->fraction;
  return self->stage;
}

/* --- how it ends --- */

static void
on_uncounted (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  DubStudioRun *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_studio_store_update_finish (self->tools.store, result, &error))
    g_message ("the start of task %s stays counted: %s", self->task->task_id, error->message);
  end_run (self);
}

/* The studio ends in good order: this start was no death. */
static void
leave_for_the_next_studio (DubStudioRun *self)
{
  if (self->task->starts > 0)
    self->task->starts--;
  dub_studio_store_update_async (self->tools.store, self->task, NULL, on_uncounted, self);
}

static gboolean
on_time_to_retry (gpointer user_data)
{
  DubStudioRun *self = user_data;

  if (g_cancellable_is_cancelled (self->stopped))
    leave_for_the_next_studio (self);
  else
    store_end (self);
  return G_SOURCE_REMOVE;
}

/* On a full disk: there may be room again, and what was done is not to be done twice. */
static void
retry_later (DubStudioRun *self)
{
  g_autoptr (GSource) timeout = NULL;
  g_autoptr (GSource) stopped = g_cancellable_source_new (self->stopped);

  self->retry_ms = CLAMP (2 * self->retry_ms, FIRST_RETRY_MS, LONGEST_RETRY_MS);
  timeout = g_timeout_source_new (self->retry_ms);
  g_source_set_dummy_callback (stopped);
  g_source_add_child_source (timeout, stopped);
  g_source_set_callback (timeout, on_time_to_retry, self, NULL);
  g_source_attach (timeout, NULL);
}

static void end_task (DubStudioRun *self);

static void
on_discarded (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  DubStudioRun *self = user_data;

  dub_studio_workspace_discard_finish (self->tools.workspace, result);
  if (self->stored)
    end_run (self);
  else
    end_task (self);
}

static void
discard (DubStudioRun *self)
{
  dub_studio_workspace_discard_async (self->tools.workspace, self->task->task_id, on_discarded, self);
}

static void
on_end_stored (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  DubStudioRun *self = user_data;
  g_autoptr (GError) error = NULL;

  self->stored = dub_studio_store_update_finish (self->tools.store, result, &error);
  if (!self->stored)
    {
      g_message ("the end of task %s could not be stored, which is tried again: %s", self->task->task_id, error->message);
      answer_cancels (self, error);
      retry_later (self);
    }
  else if (self->cancelled)
    {
      discard (self);
    }
  else
    {
      end_run (self);
    }
}

static void
store_end (DubStudioRun *self)
{
  dub_studio_store_update_async (self->tools.store, self->task, NULL, on_end_stored, self);
}

static void
end_task (DubStudioRun *self)
{
  self->ending = TRUE;
  self->task->finished = g_get_real_time () / G_USEC_PER_SEC;
  store_end (self);
}

/* First the word on the disk, then the files: it is not begun again, whatever comes between. */
static void
end_as_cancelled (DubStudioRun *self)
{
  self->task->status = DUB_REMOTE_STATUS_FAILED;
  g_set_str (&self->task->error_msg, _("Cancelled."));
  end_task (self);
}

/* First the files, then the word: who hears of it finds nothing of it. */
static void
end_as_failed (DubStudioRun *self,
               const char   *sentence)
{
  self->ending = TRUE;
  self->task->status = DUB_REMOTE_STATUS_FAILED;
  g_set_str (&self->task->error_msg, sentence);
  discard (self);
}

/* @failure: (transfer full). When the studio stops, the task keeps its status, and is done at the next start. */
static void
fail (DubStudioRun *self,
      GError       *failure)
{
  g_autoptr (GError) error = failure;

  if (self->cancelled)
    end_as_cancelled (self);
  else if (g_cancellable_is_cancelled (self->stopped))
    leave_for_the_next_studio (self);
  else if (g_error_matches (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED) && self->attempts < ATTEMPTS)
    prepare (self);
  else
    end_as_failed (self, error->message);
}

static void
on_published (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  DubStudioRun *self = user_data;
  GError *error = NULL;

  if (!dub_studio_workspace_publish_finish (self->tools.workspace, result, &error))
    {
      fail (self, error);
      return;
    }
  if (self->cancelled)
    {
      end_as_cancelled (self);
      return;
    }

  self->task->status = DUB_REMOTE_STATUS_SUCCESS;
  self->task->video_id = dub_studio_make_id ();
  self->task->output = dub_studio_workspace_dup_video (self->tools.workspace, self->task->task_id);
  end_task (self);
}

/* --- the work --- */

static void
on_worked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  DubStudioRun *self = user_data;
  g_autoptr (DubJobResult) work = NULL;
  GError *error = NULL;

  work = dub_job_runner_run_finish (DUB_JOB_RUNNER (source), result, &error);
  if (work == NULL)
    {
      fail (self, error);
      return;
    }

  g_set_object (&self->task->original, work->original);
  g_set_object (&self->task->translated, work->translated);
  g_set_object (&self->task->subtitle_lines, work->subtitle_lines);
  g_set_str (&self->task->note, work->note);
  dub_studio_workspace_publish_async (self->tools.workspace, self->task->task_id, NULL, on_published, self);
}

static void
on_engines_found (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  DubStudioRun *self = user_data;
  g_autoptr (DubJob) job = dub_job_new ();
  GError *error = NULL;

  if (!dub_studio_setup_finish (self->tools.setup, result, &job->engines, &error))
    {
      fail (self, error);
      return;
    }

  job->video = g_strdup (self->video);
  job->language = g_strdup (self->task->language);
  job->lipsync = self->task->lipsync;
  job->subtitles = self->task->subtitles;
  g_set_object (&job->script, self->task->script);
  job->work_dir = dub_studio_workspace_dup_stages (self->tools.workspace, self->task->task_id);
  job->output = dub_studio_workspace_dup_dub (self->tools.workspace, self->task->task_id);
  dub_job_runner_run_async (self->tools.runner, job, self->duration_ms, on_job_progress, self, self->work, on_worked, self);
}

static void
on_room_checked (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  DubStudioRun *self = user_data;
  GError *error = NULL;

  if (dub_studio_room_check_finish (result, &error))
    dub_studio_setup_load_async (self->tools.setup, self->work, on_engines_found, self);
  else
    fail (self, error);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  DubStudioRun *self = user_data;
  g_autofree char *stages = dub_studio_workspace_dup_stages (self->tools.workspace, self->task->task_id);
  g_autoptr (DubMediaInfo) info = NULL;
  GError *error = NULL;

  info = dub_job_runner_look_finish (DUB_JOB_RUNNER (source), result, &error);
  if (info == NULL || !dub_studio_check_video (info, self->task->script, &error))
    {
      fail (self, error);
      return;
    }
  self->duration_ms = info->duration_ms;
  dub_studio_room_check_async (self->video, stages, self->work, on_room_checked, self);
}

static void
look_at_video (DubStudioRun *self)
{
  g_autofree char *uri = g_filename_to_uri (self->video, NULL, NULL);

  dub_job_runner_look_async (self->tools.runner, uri, self->work, on_looked, self);
}

static void
on_downloaded (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  DubStudioRun *self = user_data;
  GError *error = NULL;

  if (dub_studio_download_finish (result, &error))
    look_at_video (self);
  else
    fail (self, error);
}

static void
on_prepared (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  DubStudioRun *self = user_data;
  GError *error = NULL;

  if (!dub_studio_workspace_prepare_finish (self->tools.workspace, result, &error))
    {
      fail (self, error);
      return;
    }

  g_clear_pointer (&self->video, g_free);
  if (!is_from_web (self))
    {
      self->video = g_filename_from_uri (self->task->video_url, NULL, &error);
      if (self->video != NULL)
        look_at_video (self);
      else
        fail (self, error);
      return;
    }
  self->video = dub_studio_workspace_dup_original (self->tools.workspace, self->task->task_id, self->task->video_url);
  note_progress (self, "fetch", 0);
  dub_studio_download_async (self->task->video_url, self->video, &download_limits, on_download_progress, self,
                             self->work, on_downloaded, self);
}

static void
prepare (DubStudioRun *self)
{
  self->attempts++;
  dub_studio_workspace_prepare_async (self->tools.workspace, self->task->task_id, self->work, on_prepared, self);
}

static void
on_marked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  DubStudioRun *self = user_data;
  GError *error = NULL;

  if (dub_studio_store_update_finish (self->tools.store, result, &error))
    prepare (self);
  else
    fail (self, error);
}

/* --- what is asked of it --- */

/**
 * dub_studio_run_begin:
 * @self: a new run
 *
 * Does the task: it becomes processing, and at last a success or failed. Main thread.
 */
void
dub_studio_run_begin (DubStudioRun *self)
{
  self->begun = TRUE;
  if (self->task->starts >= DEATHS)
    {
      end_as_failed (self,
                     _("The built-in studio ended unexpectedly twice while it worked on this video, and does not begin it "
                       "a third time by itself. Other videos are not affected. Try this one again, or export it anew and "
                       "dub that."));
      return;
    }

  self->task->status = DUB_REMOTE_STATUS_PROCESSING;
  self->task->starts++;
  dub_studio_store_update_async (self->tools.store, self->task, NULL, on_marked, self);
}

/**
 * dub_studio_run_stop:
 * @self: a run
 *
 * Kills what works.
 */
void
dub_studio_run_stop (DubStudioRun *self)
{
  g_cancellable_cancel (self->stopped);
  g_cancellable_cancel (self->work);
}

/**
 * dub_studio_run_cancel:
 * @self: a run, also one that was not begun
 * @cancel: (transfer none): returns %TRUE when the task has failed and nothing of it is left, or an error where that could
 *   not be stored
 *
 * Kills what works, and gives the task up.
 *
 * Returns: whether it will be cancelled; not where its end is decided already
 */
gboolean
dub_studio_run_cancel (DubStudioRun *self,
                       GTask        *cancel)
{
  if (self->ending && !self->cancelled)
    return FALSE;

  g_ptr_array_add (self->cancels, g_object_ref (cancel));
  if (self->cancelled)
    return TRUE;
  self->cancelled = TRUE;
  if (self->begun)
    g_cancellable_cancel (self->work);
  else
    end_as_cancelled (self);
  return TRUE;
}

/**
 * dub_studio_run_get_task_id:
 * @self: a run
 *
 * Returns: (transfer none): the id of its task
 */
const char *
dub_studio_run_get_task_id (DubStudioRun *self)
{
  return self->task->task_id;
}

/**
 * dub_studio_run_new:
 * @tools: what it is done with
 * @task: a stored task; copied
 * @ended: called once, when nothing is under way any more; the run is gone after it
 * @user_data: for @ended
 *
 * Returns: (transfer none): a run, to be begun or cancelled
 */
DubStudioRun *
dub_studio_run_new (const DubStudioTools *tools,
                    const DubStudioTask  *task,
                    DubStudioRunEnded     ended,
                    gpointer              user_data)
{
  DubStudioRun *self = g_new0 (DubStudioRun, 1);

  dub_studio_tools_copy (tools, &self->tools);
  self->task = dub_studio_task_copy (task);
  self->ended = ended;
  self->user_data = user_data;
  self->work = g_cancellable_new ();
  self->stopped = g_cancellable_new ();
  self->cancels = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}
