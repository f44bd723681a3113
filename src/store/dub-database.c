/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-database.h"
#include "dub-connection.h"
#include "dub-statement-private.h"

#include <glib/gi18n-lib.h>

#define POLL_INTERVAL_US (1 * G_TIME_SPAN_SECOND)

/*
 * What the thread holds. It never holds the DubDatabase, directly or by a task that it might be the last to
 * release: finalizing waits for the thread.
 */
typedef struct
{
  /* set once */
  char *path;
  GStrv migrations;
  GMainContext *context;
  GWeakRef owner;

  /* under the mutex */
  GMutex mutex;
  GCond cond;
  GQueue jobs;
  gboolean closing;
  gboolean watched;
  gint64 next_poll;

  /* the thread's own */
  DubConnection *connection;
  GError *open_error;
  gint64 data_version;
} Worker;

typedef struct
{
  GTask *task;
  DubDatabaseJob function; /* NULL: open */
  gpointer data;
  GDestroyNotify data_free;
  gpointer result;
  GDestroyNotify result_free;
  GError *error;
} Job;

struct _DubDatabase
{
  GObject parent_instance;

  /* owned */
  Worker *worker;
  GThread *thread;

  gboolean closed;
};

G_DEFINE_FINAL_TYPE (DubDatabase, dub_database, G_TYPE_OBJECT)

enum
{
  CHANGED_ELSEWHERE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
job_clear_data (Job *job)
{
  if (job->data != NULL && job->data_free != NULL)
    job->data_free (g_steal_pointer (&job->data));
}

static void
job_free (Job *job)
{
  job_clear_data (job);
  if (job->result != NULL && job->result_free != NULL)
    job->result_free (job->result);
  g_clear_error (&job->error);
  g_object_unref (job->task);
  g_free (job);
}

static void
worker_clear (Worker *worker)
{
  g_free (worker->path);
  g_strfreev (worker->migrations);
  g_main_context_unref (worker->context);
  g_weak_ref_clear (&worker->owner);
  g_mutex_clear (&worker->mutex);
  g_cond_clear (&worker->cond);
  g_clear_error (&worker->open_error);
}

static void
worker_unref (gpointer worker)
{
  g_atomic_rc_box_release_full (worker, (GDestroyNotify) worker_clear);
}

static gboolean
on_changed_elsewhere (gpointer user_data)
{
  Worker *worker = user_data;
  g_autoptr (DubDatabase) self = g_weak_ref_get (&worker->owner);
  gboolean wanted;

  g_mutex_lock (&worker->mutex);
  wanted = !worker->closing;
  g_mutex_unlock (&worker->mutex);

  if (self != NULL && wanted)
    g_signal_emit (self, signals[CHANGED_ELSEWHERE], 0);
  return G_SOURCE_REMOVE;
}

/* Not by g_main_context_invoke(): that would call it on this thread while the context is idle. */
static void
announce_change (Worker *worker)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_changed_elsewhere, g_atomic_rc_box_acquire (worker), worker_unref);
  g_source_set_static_name (source, "dub_database_watch");
  g_source_attach (source, worker->context);
}

static void
worker_poll (Worker *worker)
{
  gint64 version;

  if (worker->connection == NULL)
    return;
  version = dub_connection_get_data_version (worker->connection);
  if (version < 0 || version == worker->data_version)
    return;
  worker->data_version = version;
  announce_change (worker);
}

/* Waits for the next job, looking after the file meanwhile; NULL when closing and all jobs are done. */
static Job *
worker_next_job (Worker *worker)
{
  Job *job = NULL;

  g_mutex_lock (&worker->mutex);
  while (TRUE)
    {
      gint64 now = g_get_monotonic_time ();

      if (worker->watched && now >= worker->next_poll)
        {
          worker->next_poll = now + POLL_INTERVAL_US;
          g_mutex_unlock (&worker->mutex);
          worker_poll (worker);
          g_mutex_lock (&worker->mutex);
          continue;
        }
      job = g_queue_pop_head (&worker->jobs);
      if (job != NULL || worker->closing)
        break;
      if (worker->watched)
        g_cond_wait_until (&worker->cond, &worker->mutex, worker->next_poll);
      else
        g_cond_wait (&worker->cond, &worker->mutex);
    }
  g_mutex_unlock (&worker->mutex);
  return job;
}

/* A failed opening is tried again only when it is asked for: each try may take the whole busy time. */
static gboolean
worker_open (Worker   *worker,
             gboolean  again,
             GError  **error)
{
  if (worker->connection != NULL)
    return TRUE;
  if (again)
    g_clear_error (&worker->open_error);
  if (worker->open_error == NULL)
    worker->connection = dub_connection_open (worker->path, (const char *const *) worker->migrations,
                                              &worker->open_error);
  if (worker->connection == NULL)
    {
      g_propagate_error (error, g_error_copy (worker->open_error));
      return FALSE;
    }
  worker->data_version = dub_connection_get_data_version (worker->connection);
  return TRUE;
}

static gboolean
worker_carry_out (Worker  *worker,
                  Job     *job,
                  GError **error)
{
  DubConnection *connection;
  gboolean done;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), error))
    return FALSE;
  if (!worker_open (worker, job->function == NULL, error))
    return FALSE;
  if (job->function == NULL)
    return TRUE;

  connection = worker->connection;
  if (!dub_connection_begin (connection, error))
    return FALSE;
  done = job->function (connection, job->data, &job->result, error);
  if (connection->n_in_use != 0)
    g_critical ("a job left %u statements behind", connection->n_in_use);
  if (done)
    return dub_connection_commit (connection, error);

  dub_connection_rollback (connection);
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED,
                         _("The change was not saved. What was saved before is safe: try again, or restart Dubroom."));
  return FALSE;
}

static gboolean
on_job_done (gpointer user_data)
{
  Job *job = user_data;

  job_clear_data (job);
  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else if (job->function == NULL)
    g_task_return_boolean (job->task, TRUE);
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->result_free);
  return G_SOURCE_REMOVE;
}

/* The task goes back with its reference, so that this thread is never the last to release it. */
static void
hand_back (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, on_job_done, job, (GDestroyNotify) job_free);
  g_source_set_static_name (source, "dub_database_run");
  g_source_attach (source, g_task_get_context (job->task));
}

static gpointer
run_worker (gpointer user_data)
{
  Worker *worker = user_data;
  Job *job;

  while ((job = worker_next_job (worker)) != NULL)
    {
      if (!worker_carry_out (worker, job, &job->error) && job->result != NULL && job->result_free != NULL)
        job->result_free (g_steal_pointer (&job->result));
      hand_back (job);
    }
  g_clear_pointer (&worker->connection, dub_connection_close);
  worker_unref (worker);
  return NULL;
}

static void
queue_job (DubDatabase *self,
           Job         *job)
{
  if (self->closed)
    {
      g_task_return_new_error (job->task, DUB_STORE_ERROR, DUB_STORE_ERROR_OPEN,
                               _("Dubroom’s data file “%s” is closed already. What was saved before is safe: "
                                 "start Dubroom again."),
                               self->worker->path);
      job_free (job);
      return;
    }

  g_mutex_lock (&self->worker->mutex);
  g_queue_push_tail (&self->worker->jobs, job);
  g_cond_signal (&self->worker->cond);
  g_mutex_unlock (&self->worker->mutex);

  if (self->thread == NULL)
    self->thread = g_thread_new ("dub-database", run_worker, g_atomic_rc_box_acquire (self->worker));
}

static void
dub_database_dispose (GObject *object)
{
  dub_database_close (DUB_DATABASE (object));

  G_OBJECT_CLASS (dub_database_parent_class)->dispose (object);
}

static void
dub_database_finalize (GObject *object)
{
  DubDatabase *self = DUB_DATABASE (object);

  worker_unref (self->worker);

  G_OBJECT_CLASS (dub_database_parent_class)->finalize (object);
}

static void
dub_database_class_init (DubDatabaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dub_database_dispose;
  object_class->finalize = dub_database_finalize;

  /**
   * DubDatabase::changed-elsewhere:
   * @self: the database
   *
   * Another connection, as a rule of another process, committed to the file. At most once a second, on the
   * main context that was the thread's default when @self was made; only while it is watched.
   */
  signals[CHANGED_ELSEWHERE] = g_signal_new ("changed-elsewhere", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                             0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dub_database_init (DubDatabase *self)
{
  self->worker = g_atomic_rc_box_new0 (Worker);
  self->worker->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->worker->owner, self);
  g_mutex_init (&self->worker->mutex);
  g_cond_init (&self->worker->cond);
  g_queue_init (&self->worker->jobs);
}

/**
 * dub_database_new:
 * @path: the file; its folder must be there
 * @migrations: (array zero-terminated=1): SQL texts, copied; the n-th brings a file of version n-1 to n
 *
 * Nothing is opened or started before the first call.
 *
 * Returns: (transfer full): a new database
 */
DubDatabase *
dub_database_new (const char        *path,
                  const char *const *migrations)
{
  DubDatabase *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (migrations != NULL, NULL);

  self = g_object_new (DUB_TYPE_DATABASE, NULL);
  self->worker->path = g_strdup (path);
  self->worker->migrations = g_strdupv ((GStrv) migrations);
  return self;
}

/**
 * dub_database_open_async:
 * @self: a database
 * @cancellable: (nullable): checked once, before the file is touched
 * @callback: called when done
 * @user_data: for @callback
 *
 * Opens the file on the database's thread, made with mode 0600 where it is not there, checks it and brings it
 * to the newest version. A file that is refused is not written. May be called again after a failure.
 */
void
dub_database_open_async (DubDatabase         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Job *job;

  g_return_if_fail (DUB_IS_DATABASE (self));

  job = g_new0 (Job, 1);
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, dub_database_open_async);
  g_task_set_check_cancellable (job->task, FALSE);
  queue_job (self, job);
}

/**
 * dub_database_open_finish:
 * @self: a database
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`, or `G_IO_ERROR_CANCELLED`
 *
 * Returns: whether the file is open
 */
gboolean
dub_database_open_finish (DubDatabase   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dub_database_open_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_database_run_async:
 * @self: a database
 * @job: what to do, on the database's thread, in a transaction of its own
 * @job_data: (nullable): for @job
 * @job_data_free: (nullable): frees @job_data, on the caller's context, before @callback
 * @result_free: (nullable): frees what @job returned if nobody takes it
 * @cancellable: (nullable): cancels @job if it has not begun; one that has begun is finished
 * @callback: called when the transaction is on the disk, or has failed
 * @user_data: for @callback
 *
 * Queues @job. Jobs are carried out in the order of the calls; if the file is not open, it is opened first.
 */
void
dub_database_run_async (DubDatabase         *self,
                        DubDatabaseJob       job,
                        gpointer             job_data,
                        GDestroyNotify       job_data_free,
                        GDestroyNotify       result_free,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Job *queued;

  g_return_if_fail (DUB_IS_DATABASE (self));
  g_return_if_fail (job != NULL);

  queued = g_new0 (Job, 1);
  queued->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (queued->task, dub_database_run_async);
  g_task_set_check_cancellable (queued->task, FALSE);
  queued->function = job;
  queued->data = job_data;
  queued->data_free = job_data_free;
  queued->result_free = result_free;
  queue_job (self, queued);
}

/**
 * dub_database_run_finish:
 * @self: a database
 * @result: what the callback was given
 * @error: return location for an error of the job, of `DUB_STORE_ERROR`, or `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable): what the job put into its result; %NULL also on error
 */
gpointer
dub_database_run_finish (DubDatabase   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dub_database_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dub_database_close:
 * @self: a database
 *
 * Waits (blocking) until all jobs called for are done, and closes the file. Their callbacks still come. Later
 * calls fail. Not to be called by a job.
 */
void
dub_database_close (DubDatabase *self)
{
  g_return_if_fail (DUB_IS_DATABASE (self));
  g_return_if_fail (self->thread != g_thread_self ());

  self->closed = TRUE;
  g_mutex_lock (&self->worker->mutex);
  self->worker->closing = TRUE;
  g_cond_signal (&self->worker->cond);
  g_mutex_unlock (&self->worker->mutex);
  g_clear_pointer (&self->thread, g_thread_join);
}

/**
 * dub_database_watch:
 * @self: a database
 *
 * From now on looks once a second, on the database's thread, whether another connection committed, also since the file
 * was opened; see [signal@DubDatabase::changed-elsewhere].
 */
void
dub_database_watch (DubDatabase *self)
{
  g_return_if_fail (DUB_IS_DATABASE (self));

  g_mutex_lock (&self->worker->mutex);
  self->worker->watched = TRUE;
  g_cond_signal (&self->worker->cond);
  g_mutex_unlock (&self->worker->mutex);
}
