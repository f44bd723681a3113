/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DubTaskState:
 *
 * The states of a task. @DUB_TASK_REJECTED is the service's refusal of this item;
 * @DUB_TASK_FAILED is its word that the dubbing failed, or a failure before anything was sent;
 * @DUB_TASK_DROPPED is an unconfirmed task that the person gave up, or one that the service has and the person
 * follows no longer.
 */
typedef enum
{
  DUB_TASK_WAITING,
  DUB_TASK_PUBLISHING,
  DUB_TASK_SUBMITTING,
  DUB_TASK_SUBMITTED,
  DUB_TASK_PROCESSING,
  DUB_TASK_SUCCEEDED,
  DUB_TASK_FAILED,
  DUB_TASK_REJECTED,
  DUB_TASK_UNCONFIRMED,
  DUB_TASK_CANCELLED,
  DUB_TASK_DROPPED,
} DubTaskState;

#define DUB_TYPE_TASK_STATE (dub_task_state_get_type ())
GType        dub_task_state_get_type    (void);
/* The stable word that is stored and printed by --json: "waiting", "publishing", … */
const char  *dub_task_state_to_string   (DubTaskState  state);
gboolean     dub_task_state_from_string (const char   *word,
                                         DubTaskState *state);
gboolean     dub_task_state_may_follow  (DubTaskState  from,
                                         DubTaskState  to);
/* No transition leads out of it by itself. */
gboolean     dub_task_state_is_final    (DubTaskState  state);

G_END_DECLS
