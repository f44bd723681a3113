/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-account.h"
#include "dub-task.h"

G_BEGIN_DECLS

typedef enum
{
  DUB_TASK_GROUP_NEEDS_YOU,
  DUB_TASK_GROUP_UNDER_WAY,
  DUB_TASK_GROUP_DONE,
} DubTaskGroup;

DubTaskGroup  dub_task_words_get_group  (DubTaskState state);
const char   *dub_task_words_get_label  (DubTaskState state);
const char   *dub_task_words_get_icon   (DubTaskState state);
const char   *dub_task_words_get_tone   (DubTaskState state);
char         *dub_task_words_dup_when   (DubTask     *task,
                                         DubAccount  *account,
                                         gint64       now);
char         *dub_task_words_dup_detail (DubTask     *task,
                                         DubAccount  *account);
double        dub_task_words_get_elapsed (DubTask    *task,
                                          DubAccount *account,
                                          gint64      now);
gboolean      dub_task_words_is_late    (DubTask     *task,
                                         gint64       now);
/* Whether the queue of the account rests until the person does something. */
gboolean      dub_task_words_is_resting (DubAccount  *account);

G_END_DECLS
