/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-reading.h"

#include "dub-queue-clock.h"

/* A dub that is ready does not wait longer for what was said in it, which is filled in later. */
#define PATIENCE_MS 4000

/* From the end of a reading to the next one: with thousands of videos in it a list is megabytes. */
#define LEAST_PAUSE_MS 2000
#define PAUSE_FACTOR 3

/* The readings of one account's list. */
typedef struct
{
  DubQueueTasks *tasks; /* borrowed: it owns this */
  DubSession *session;
  DubReadingFunc taken_in;
  GQueue waiting;    /* GTask, each with the time when it has waited enough, by the queue's clock (ms) */
  guint n_served;    /* of those, the first ones: the reading under way is theirs */
  gboolean under_way;
  gboolean wanted;   /* some did not wait for it */
  gint64 began;      /* by the queue's clock (ms) */
  gint64 next;       /* not before */
  guint timer;
  gulong stopping;
} Readings;

static void wake (Readings *self);

static void
readings_free (gpointer data)
{
  Readings *self = data;

  g_cancellable_disconnect (self->tasks->stop, self->stopping);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->session);
  g_free (self);
}

static gboolean
on_timer (gpointer user_data)
{
  Readings *self = user_data;

  self->timer = 0;
  wake (self);
  return G_SOURCE_REMOVE;
}

static GTask *
take_first (Readings *self)
{
  if (self->n_served > 0)
    self->n_served--;
  return g_queue_pop_head (&self->waiting);
}

static void
on_stopping (GCancellable *stop,
             gpointer      user_data)
{
  Readings *self = user_data;

  g_clear_handle_id (&self->timer, g_source_remove);
  while (!g_queue_is_empty (&self->waiting))
    {
      g_autoptr (GTask) task = take_first (self);

      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
    }
}

static Readings *
readings_of (DubQueueTasks  *tasks,
             DubSession     *session,
             DubReadingFunc  taken_in)
{
  const char *id = dub_account_get_id (dub_session_get_account (session));
  Readings *self;

  if (tasks->readings == NULL)
    tasks->readings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, readings_free);
  self = g_hash_table_lookup (tasks->readings, id);
  if (self == NULL)
    {
      self = g_new0 (Readings, 1);
      self->tasks = tasks;
      g_queue_init (&self->waiting);
      g_hash_table_insert (tasks->readings, g_strdup (id), self);
      self->stopping = g_cancellable_connect (tasks->stop, G_CALLBACK (on_stopping), self, NULL);
    }
  g_set_object (&self->session, session);
  self->taken_in = taken_in;
  return self;
}

static gint64
patience_of (Readings *self)
{
  GTask *task = g_queue_peek_head (&self->waiting);

  return task != NULL ? *(const gint64 *) g_task_get_task_data (task) : G_MAXINT64;
}

/* The call under way is what holds @tasks, which owns the readings. */
static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) call = user_data;
  Readings *self = g_task_get_task_data (call);
  g_autoptr (GPtrArray) videos = NULL;
  g_autoptr (GPtrArray) served = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  gint64 now = dub_queue_clock_now ();

  videos = dub_service_client_list_videos_finish (DUB_SERVICE_CLIENT (source), result, NULL, &error);
  g_task_return_boolean (call, TRUE);
  self->under_way = FALSE;
  self->next = now + MAX (LEAST_PAUSE_MS, PAUSE_FACTOR * (now - self->began)) / self->tasks->haste;
  while (self->n_served > 0)
    g_ptr_array_add (served, take_first (self));
  if (videos != NULL)
    self->taken_in (self->tasks, dub_account_get_id (dub_session_get_account (self->session)), videos);
  for (guint i = 0; i < served->len; i++)
    {
      if (videos != NULL)
        g_task_return_pointer (served->pdata[i], g_ptr_array_ref (videos), (GDestroyNotify) g_ptr_array_unref);
      else
        g_task_return_error (served->pdata[i], g_error_copy (error));
    }
  if (!self->tasks->stopped)
    wake (self);
}

static void
begin (Readings *self)
{
  DubServiceClient *client = dub_session_get_client (self->session);
  GTask *call;

  self->wanted = FALSE;
  self->began = dub_queue_clock_now ();
  /* Signed out meanwhile: they go on without. */
  if (client == NULL)
    {
      while (!g_queue_is_empty (&self->waiting))
        {
          g_autoptr (GTask) task = take_first (self);

          g_task_return_pointer (task, NULL, NULL);
        }
      return;
    }
  call = g_task_new (self->tasks, NULL, NULL, NULL);
  g_task_set_source_tag (call, begin);
  g_task_set_task_data (call, self, NULL);
  self->under_way = TRUE;
  self->n_served = g_queue_get_length (&self->waiting);
  dub_service_client_list_videos_async (client, self->tasks->stop, on_read, call);
}

static void
let_go_of_the_impatient (Readings *self,
                         gint64    now)
{
  while (patience_of (self) <= now)
    {
      g_autoptr (GTask) task = NULL;

      self->wanted = self->wanted || self->n_served == 0;
      task = take_first (self);
      g_task_return_pointer (task, NULL, NULL);
    }
}

/* Does what is due, and sets the timer for what is due later. It may be called at any time. */
static void
wake (Readings *self)
{
  /* Who waited may have been the last to hold it. */
  g_autoptr (DubQueueTasks) tasks = g_object_ref (self->tasks);
  gint64 now = dub_queue_clock_now ();
  gboolean wanted;
  gint64 due;

  g_clear_handle_id (&self->timer, g_source_remove);
  let_go_of_the_impatient (self, now);
  wanted = !self->under_way && (self->wanted || !g_queue_is_empty (&self->waiting));
  if (wanted && self->next <= now)
    {
      begin (self);
      wanted = FALSE;
    }
  due = MIN (patience_of (self), wanted ? self->next : G_MAXINT64);
  if (due != G_MAXINT64)
    self->timer = g_timeout_add ((guint) CLAMP (due - now, 0, G_MAXINT32), on_timer, self);
}

void
dub_queue_reading_async (DubQueueTasks       *tasks,
                         DubSession          *session,
                         DubReadingFunc       taken_in,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (tasks, NULL, callback, user_data);
  gint64 patience = dub_queue_clock_now () + PATIENCE_MS;
  Readings *self;

  g_task_set_source_tag (task, dub_queue_reading_async);
  g_task_set_task_data (task, g_memdup2 (&patience, sizeof patience), g_free);
  if (tasks->stopped)
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
      g_object_unref (task);
      return;
    }
  self = readings_of (tasks, session, taken_in);
  g_queue_push_tail (&self->waiting, task);
  wake (self);
}

GPtrArray *
dub_queue_reading_finish (DubQueueTasks  *tasks,
                          GAsyncResult   *result,
                          GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, tasks), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
