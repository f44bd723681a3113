/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-task-private.h"

G_BEGIN_DECLS

#define DUB_STATE_BIT(state) (1u << (state))
#define DUB_STATES_OPEN                                                                                             \
  (DUB_STATE_BIT (DUB_TASK_WAITING) | DUB_STATE_BIT (DUB_TASK_PUBLISHING) | DUB_STATE_BIT (DUB_TASK_SUBMITTING) |   \
   DUB_STATE_BIT (DUB_TASK_SUBMITTED) | DUB_STATE_BIT (DUB_TASK_PROCESSING) | DUB_STATE_BIT (DUB_TASK_UNCONFIRMED))

/* Which tasks of an account are in which state, each in the order of the line. It borrows the tasks. */
typedef struct _DubTaskIndex DubTaskIndex;

DubTaskIndex *dub_task_index_new    (void);
void          dub_task_index_free   (DubTaskIndex *self);
/* To be called when a task is new, or its state or place has changed. */
void          dub_task_index_put    (DubTaskIndex *self,
                                     DubTask      *task);
void          dub_task_index_remove (DubTaskIndex *self,
                                     DubTask      *task);
/* @account_id: NULL for all. */
guint         dub_task_index_count  (DubTaskIndex *self,
                                     const char   *account_id,
                                     guint         states);
/* Until the next change; NULL where there is none. */
GPtrArray    *dub_task_index_peek   (DubTaskIndex *self,
                                     const char   *account_id,
                                     DubTaskState  state);
/* (element-type DubTask) (transfer full) */
GPtrArray    *dub_task_index_list   (DubTaskIndex *self,
                                     const char   *account_id,
                                     guint         states);
/* From 1 on, among those that wait; 0 where it does not. */
guint         dub_task_index_turn   (DubTaskIndex *self,
                                     DubTask      *task);

G_END_DECLS
