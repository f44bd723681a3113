/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-queue.h"

#include "dub-job.h"

struct _DubStudioQueue
{
  GObject parent_instance;

  /* owned */
  DubStudioTools tools;
  GQueue waiting; /* DubStudioTask */
  GTask *stopping;

  GPtrArray *runs; /* borrowed: each one owns itself */
  guint jobs;
  gboolean stopped;
};

G_DEFINE_FINAL_TYPE (DubStudioQueue, dub_studio_queue, G_TYPE_OBJECT)

static void start_next (DubStudioQueue *self);

static void
report_stopped (DubStudioQueue *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->runs->len > 0)
    return;
  task = g_steal_pointer (&self->stopping);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
on_run_ended (DubStudioRun *run,
              gpointer      user_data)
{
  g_autoptr (DubStudioQueue) self = user_data;

  g_ptr_array_remove (self->runs, run);
  start_next (self);
  report_stopped (self);
}

/* The run keeps the queue until it has ended. */
static DubStudioRun *
add_run (DubStudioQueue      *self,
         const DubStudioTask *task)
{
  DubStudioRun *run = dub_studio_run_new (&self->tools, task, on_run_ended, g_object_ref (self));

  g_ptr_array_add (self->runs, run);
  return run;
}

static DubStudioRun *
find_run (DubStudioQueue *self,
          const char     *task_id)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      DubStudioRun *run = g_ptr_array_index (self->runs, i);

      if (g_str_equal (dub_studio_run_get_task_id (run), task_id))
        return run;
    }
  return NULL;
}

static GList *
find_waiting (DubStudioQueue *self,
              const char     *task_id)
{
  for (GList *l = self->waiting.head; l != NULL; l = l->next)
    if (g_str_equal (((DubStudioTask *) l->data)->task_id, task_id))
      return l;
  return NULL;
}

static void
start_next (DubStudioQueue *self)
{
  while (!self->stopped && self->runs->len < self->jobs && !g_queue_is_empty (&self->waiting))
    {
      g_autoptr (DubStudioTask) task = g_queue_pop_head (&self->waiting);

      dub_studio_run_begin (add_run (self, task));
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

  tasks = dub_studio_store_list_unfinished_finish (self->tools.store, result, &error);
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
  dub_studio_store_list_unfinished_async (self->tools.store, cancellable, on_unfinished_listed, task);
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
 * dub_studio_queue_cancel_async:
 * @self: the queue
 * @task_id: a task
 * @callback: called when it has failed, and nothing of it is left
 * @user_data: for @callback
 *
 * Gives a task up: one that waits leaves the line, what works on one is killed. Main thread.
 */
void
dub_studio_queue_cancel_async (DubStudioQueue     *self,
                               const char         *task_id,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  DubStudioRun *run = find_run (self, task_id);
  GList *link = run == NULL ? find_waiting (self, task_id) : NULL;

  g_task_set_source_tag (task, dub_studio_queue_cancel_async);
  if (link != NULL)
    {
      g_autoptr (DubStudioTask) waiting = link->data;

      g_queue_delete_link (&self->waiting, link);
      run = add_run (self, waiting);
    }
  if (run == NULL || !dub_studio_run_cancel (run, task))
    g_task_return_new_error (task, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE, "task %s is finished already", task_id);
}

/**
 * dub_studio_queue_cancel_finish:
 * @self: the queue
 * @result: what the callback got
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE where nothing is known of the task, or it has its end already, or a
 *   #DubStoreError
 *
 * Returns: whether the task was given up
 */
gboolean
dub_studio_queue_cancel_finish (DubStudioQueue *self,
                                GAsyncResult   *result,
                                GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_studio_queue_get_progress:
 * @self: the queue
 * @task_id: a task
 * @fraction: (out): how much of it is done, 0 to 1
 *
 * Returns: (transfer none) (nullable): the stage that is being done; %NULL: it is not worked on, or nothing is known yet
 */
const char *
dub_studio_queue_get_progress (DubStudioQueue *self,
                               const char     *task_id,
                               double         *fraction)
{
  DubStudioRun *run = find_run (self, task_id);

  return run != NULL ? dub_studio_run_get_progress (run, fraction) : NULL;
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
  self->stopped = TRUE;
  for (guint i = 0; i < self->runs->len; i++)
    dub_studio_run_stop (g_ptr_array_index (self->runs, i));
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

  dub_studio_tools_clear (&self->tools);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
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
  self->runs = g_ptr_array_new ();
}

/**
 * dub_studio_queue_new:
 * @tools: what the tasks are done with; copied, with references
 * @jobs: how many tasks are done at a time, at least 1
 *
 * Returns: (transfer full): a queue that does nothing yet
 */
DubStudioQueue *
dub_studio_queue_new (const DubStudioTools *tools,
                      guint                 jobs)
{
  DubStudioQueue *self = g_object_new (DUB_TYPE_STUDIO_QUEUE, NULL);

  dub_studio_tools_copy (tools, &self->tools);
  self->jobs = MAX (1, jobs);
  return self;
}
