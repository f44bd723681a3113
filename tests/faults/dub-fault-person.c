/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fault-person.h"

struct _DubFaultPerson
{
  GRand *random;
  guint n_acts;
  guint n_under_way;
  void (*say) (const char *line);
};

typedef void (*Begin) (DubQueue           *queue,
                       DubTask            *task,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data);

DubFaultPerson *
dub_fault_person_new (guint32 seed,
                      guint   n_acts,
                      void  (*say) (const char *line))
{
  DubFaultPerson *self = g_new0 (DubFaultPerson, 1);

  self->random = g_rand_new_with_seed (seed);
  self->n_acts = n_acts;
  self->say = say;
  return self;
}

void
dub_fault_person_free (DubFaultPerson *self)
{
  g_rand_free (self->random);
  g_free (self);
}

/* "Not now" is an answer too: a dub moves on while the person makes up their mind. */
static void
on_acted (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  DubFaultPerson *self = user_data;

  self->n_under_way--;
  self->say ("acted");
}

static void
retry_async (DubQueue           *queue,
             DubTask            *task,
             GCancellable       *cancellable,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (tasks, g_object_ref (task));
  dub_queue_retry_async (queue, tasks, cancellable, callback, user_data);
}

static void
move_async (DubQueue           *queue,
            DubTask            *task,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  dub_queue_move_async (queue, task, DUB_QUEUE_MOVE_LAST, cancellable, callback, user_data);
}

/* Of a dub that the service has. */
static Begin
choose_to_follow (DubTaskState state,
                  const char **word)
{
  if (state == DUB_TASK_SUBMITTED || state == DUB_TASK_PROCESSING)
    {
      *word = "stop";
      return dub_queue_stop_following_async;
    }
  *word = "follow";
  return state == DUB_TASK_DROPPED ? dub_queue_follow_again_async : NULL;
}

static Begin
choose (DubTask     *task,
        guint32      die,
        const char **word)
{
  if (dub_task_can_cancel (task) && die % 3 == 0)
    {
      *word = "move";
      return move_async;
    }
  if (dub_task_can_cancel (task))
    {
      *word = "cancel";
      return dub_queue_cancel_async;
    }
  if (dub_task_get_state (task) == DUB_TASK_UNCONFIRMED && die % 3 == 0)
    {
      *word = "drop";
      return dub_queue_drop_async;
    }
  if (dub_task_can_remove (task) && die % 3 == 1)
    {
      *word = "remove";
      return dub_queue_remove_async;
    }
  if (dub_task_can_retry (task))
    {
      *word = "retry";
      return retry_async;
    }
  return choose_to_follow (dub_task_get_state (task), word);
}

void
dub_fault_person_beat (DubFaultPerson *self,
                       DubQueue       *queue)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (queue));
  g_autoptr (DubTask) task = NULL;
  g_autofree char *line = NULL;
  const char *word = NULL;
  Begin begin;

  if (self->n_acts == 0 || n == 0 || g_rand_int_range (self->random, 0, 4) != 0)
    return;
  task = g_list_model_get_item (G_LIST_MODEL (queue), (guint) g_rand_int_range (self->random, 0, (gint32) n));
  begin = choose (task, g_rand_int (self->random), &word);
  if (begin == NULL)
    return;
  self->n_acts--;
  self->n_under_way++;
  line = g_strdup_printf ("act %s %s", word, dub_task_get_name (task));
  self->say (line);
  begin (queue, task, NULL, on_acted, self);
}

void
dub_fault_person_rest (DubFaultPerson *self)
{
  self->n_acts = 0;
}

gboolean
dub_fault_person_is_idle (DubFaultPerson *self)
{
  return self->n_under_way == 0;
}
