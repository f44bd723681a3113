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

/* What a dub is among the others: what is said of it and is not its own. */
typedef struct
{
  guint turn;         /* in the line of its account, 1 for the next one; 0 where it does not wait, or that is not known */
  guint n_waiting;    /* in that line */
  gboolean paused;    /* nothing is sent, by the person's wish */
  gboolean has_later; /* the person has asked for it once more */
} DubTaskPlace;

/* How its state is shown. */
typedef struct
{
  const char *label;
  const char *icon;
  const char *tone;
} DubTaskLook;

DubTaskGroup  dub_task_words_get_group  (DubTaskState        state);
const char   *dub_task_words_get_label  (DubTaskState        state);
const char   *dub_task_words_get_icon   (DubTaskState        state);
const char   *dub_task_words_get_tone   (DubTaskState        state);
DubTaskLook   dub_task_words_get_look   (DubTask            *task,
                                         const DubTaskPlace *place);
char         *dub_task_words_dup_when   (DubTask            *task,
                                         DubAccount         *account,
                                         const DubTaskPlace *place,
                                         gint64              now);
char         *dub_task_words_dup_detail (DubTask            *task,
                                         DubAccount         *account,
                                         gint64              now);
double        dub_task_words_get_elapsed (DubTask    *task,
                                          DubAccount *account,
                                          gint64      now);
gboolean      dub_task_words_is_late    (DubTask     *task,
                                         gint64       now);
/* (transfer none) */
const char   *dub_task_words_get_language (DubTask   *task);
/* Whether the queue of the account rests until the person does something. */
gboolean      dub_task_words_is_resting (DubAccount  *account);

G_END_DECLS
