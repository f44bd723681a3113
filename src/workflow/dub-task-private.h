/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-records.h"
#include "dub-task.h"

G_BEGIN_DECLS

/* The video of several tasks, counted: with thousands of them it is not there as often. */
typedef struct
{
  DubVideoRecord *record;
} DubTaskSource;

struct _DubTask
{
  GObject parent_instance;

  DubTaskRecord *record;
  DubTaskSource *source;
  gint64 expected_from;
  gint64 expected_to;
  gint64 next_look;
  double progress;            /* -1: not told */
  const char *progress_stage; /* static; NULL: not told */
};

/* Copies both. */
DubTask              *dub_task_new          (const DubTaskRecord  *record,
                                             const DubVideoRecord *video);
/* Takes @record, and a reference to @source. */
DubTask              *dub_task_new_take     (DubTaskRecord        *record,
                                             DubTaskSource        *source);
/* Copies it. */
DubTaskSource        *dub_task_source_new   (const DubVideoRecord *video);
void                  dub_task_source_unref (DubTaskSource        *source);
/* What the store holds now; each property that differs is notified. */
void                  dub_task_update       (DubTask              *self,
                                             const DubTaskRecord  *record);
void                  dub_task_set_expected (DubTask              *self,
                                             gint64                from,
                                             gint64                to);
void                  dub_task_set_next_look (DubTask             *self,
                                             gint64                when);
/* @stage: (nullable): a static word; @progress: 0 to 1. */
void                  dub_task_set_progress (DubTask              *self,
                                             const char           *stage,
                                             double                progress);
const DubTaskRecord  *dub_task_get_record   (DubTask              *self);
const DubVideoRecord *dub_task_get_source   (DubTask              *self);

G_END_DECLS
