/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include "dub-account.h"
#include "dub-task-words.h"
#include "dub-task-columns.h"

G_BEGIN_DECLS

#define DUB_TYPE_TASK_ROW (dub_task_row_get_type ())
G_DECLARE_FINAL_TYPE (DubTaskRow, dub_task_row, DUB, TASK_ROW, GtkWidget)

/* Properties: task (DubTask), now (int64, Unix seconds), narrow (boolean). What can be done are actions of the queue's view,
 * "queue.review", "queue.retry", …, with the task's id. */
GtkWidget  *dub_task_row_new         (void);
void        dub_task_row_set_task    (DubTaskRow   *self,
                                      DubTask      *task,
                                      DubAccount   *account);
DubTask    *dub_task_row_get_task    (DubTaskRow   *self);
/* What the dub is among the others. */
void        dub_task_row_set_place   (DubTaskRow         *self,
                                      const DubTaskPlace *place);
/* Whether it is the first or last of its card. */
void        dub_task_row_set_edges   (DubTaskRow   *self,
                                      gboolean      first,
                                      gboolean      last);
/* The columns are as wide in all rows. */
void        dub_task_row_set_columns (DubTaskRow           *self,
                                      const DubTaskColumns *columns);
/* The name of the action that is done when the row is activated, or NULL. */
const char *dub_task_row_get_action  (DubTaskRow   *self);

G_END_DECLS
