/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-task-state.h"

static const GEnumValue states[] = {
  { DUB_TASK_WAITING, "DUB_TASK_WAITING", "waiting" },
  { DUB_TASK_PUBLISHING, "DUB_TASK_PUBLISHING", "publishing" },
  { DUB_TASK_SUBMITTING, "DUB_TASK_SUBMITTING", "submitting" },
  { DUB_TASK_SUBMITTED, "DUB_TASK_SUBMITTED", "submitted" },
  { DUB_TASK_PROCESSING, "DUB_TASK_PROCESSING", "processing" },
  { DUB_TASK_SUCCEEDED, "DUB_TASK_SUCCEEDED", "succeeded" },
  { DUB_TASK_FAILED, "DUB_TASK_FAILED", "failed" },
  { DUB_TASK_REJECTED, "DUB_TASK_REJECTED", "rejected" },
  { DUB_TASK_UNCONFIRMED, "DUB_TASK_UNCONFIRMED", "unconfirmed" },
  { DUB_TASK_CANCELLED, "DUB_TASK_CANCELLED", "cancelled" },
  { DUB_TASK_DROPPED, "DUB_TASK_DROPPED", "dropped" },
  { 0, NULL, NULL },
};

#define BIT(state) (1u << (state))

/* What may follow each state. Back to waiting leads only what is known not to have reached the service, or what may be
 * sent again without being made again: the built-in studio knows it by its key. What was sent is cancelled by the built-in
 * studio alone: a service goes on making it. From dropped leads back what the service has,
 * and the person wants to follow again. */
static const guint followers[] = {
  [DUB_TASK_WAITING] = BIT (DUB_TASK_PUBLISHING) | BIT (DUB_TASK_FAILED) | BIT (DUB_TASK_CANCELLED),
  [DUB_TASK_PUBLISHING] = BIT (DUB_TASK_SUBMITTING) | BIT (DUB_TASK_WAITING) | BIT (DUB_TASK_FAILED)
                          | BIT (DUB_TASK_CANCELLED),
  [DUB_TASK_SUBMITTING] = BIT (DUB_TASK_SUBMITTED) | BIT (DUB_TASK_REJECTED) | BIT (DUB_TASK_UNCONFIRMED)
                          | BIT (DUB_TASK_WAITING),
  [DUB_TASK_SUBMITTED] = BIT (DUB_TASK_PROCESSING) | BIT (DUB_TASK_SUCCEEDED) | BIT (DUB_TASK_FAILED)
                         | BIT (DUB_TASK_DROPPED) | BIT (DUB_TASK_CANCELLED),
  [DUB_TASK_PROCESSING] = BIT (DUB_TASK_SUCCEEDED) | BIT (DUB_TASK_FAILED) | BIT (DUB_TASK_DROPPED)
                          | BIT (DUB_TASK_CANCELLED),
  [DUB_TASK_SUCCEEDED] = 0,
  [DUB_TASK_FAILED] = 0,
  [DUB_TASK_REJECTED] = 0,
  [DUB_TASK_UNCONFIRMED] = BIT (DUB_TASK_SUCCEEDED) | BIT (DUB_TASK_DROPPED) | BIT (DUB_TASK_WAITING),
  [DUB_TASK_CANCELLED] = 0,
  [DUB_TASK_DROPPED] = BIT (DUB_TASK_SUBMITTED),
};

/**
 * dub_task_state_get_type:
 *
 * Returns: the enumeration's type; its nicks are the words of dub_task_state_to_string()
 */
GType
dub_task_state_get_type (void)
{
  static GType type;

  if (g_once_init_enter_pointer (&type))
    g_once_init_leave_pointer (&type, g_enum_register_static ("DubTaskState", states));
  return type;
}

/**
 * dub_task_state_to_string:
 *
 * Returns: (transfer none) (nullable): the stable word for @state; %NULL where it is none
 */
const char *
dub_task_state_to_string (DubTaskState state)
{
  for (const GEnumValue *value = states; value->value_nick != NULL; value++)
    if (value->value == (int) state)
      return value->value_nick;

  return NULL;
}

/**
 * dub_task_state_from_string:
 * @word: (nullable): a word of dub_task_state_to_string()
 * @state: (out): the state
 *
 * Returns: whether @word is one; if not, @state is left as it was
 */
gboolean
dub_task_state_from_string (const char   *word,
                            DubTaskState *state)
{
  for (const GEnumValue *value = states; value->value_nick != NULL; value++)
    if (g_strcmp0 (value->value_nick, word) == 0)
      {
        *state = value->value;
        return TRUE;
      }

  return FALSE;
}

/**
 * dub_task_state_may_follow:
 * @from: the state that a task is in
 * @to: the next one
 *
 * The transitions of a task. Only the built-in studio's unconfirmed ones go back to waiting, and only what it has is
 * cancelled after it was sent, which the store sees to;
 * sending another one again makes a new task, the old one being dropped.
 *
 * Returns: whether a task may go from @from to @to; staying is no transition
 */
gboolean
dub_task_state_may_follow (DubTaskState from,
                           DubTaskState to)
{
  if ((guint) from >= G_N_ELEMENTS (followers) || (guint) to >= G_N_ELEMENTS (followers))
    return FALSE;

  return (followers[from] & BIT (to)) != 0;
}

/**
 * dub_task_state_is_final:
 *
 * Returns: whether the task's story ends with @state, unless the person takes it up again
 */
gboolean
dub_task_state_is_final (DubTaskState state)
{
  return (guint) state >= G_N_ELEMENTS (followers) || followers[state] == 0 || state == DUB_TASK_DROPPED;
}
