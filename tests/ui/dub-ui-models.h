/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-account.h"
#include "dub-queue-history.h"
#include "dub-task.h"
#include "dub-workflow.h"

G_BEGIN_DECLS

/* Models as the workflow makes them, without a service behind them. */

typedef struct
{
  gint64 id;
  gint64 video;
  const char *title;
  const char *uri;
  gint64 duration_s;
  const char *language;
  DubTaskState state;
  gint64 submitted;      /* seconds from now */
  gint64 expected_from;  /* seconds from now; 0 for none */
  gint64 expected_to;
  const char *message;
  gint64 return_code;
  const char *request_id;
  const char *batch;
} DubUiTask;

DubTask        *dub_ui_make_task    (const DubUiTask *task);
/* One in each state, of two videos. (transfer full) */
GListStore     *dub_ui_make_tasks   (const char      *first_uri,
                                     const char      *second_uri);
DubAccount     *dub_ui_make_account (const char      *name,
                                     gboolean         is_studio);
DubLibraryItem *dub_ui_make_item    (const char      *name,
                                     const char      *language,
                                     const char      *uri,
                                     gint64           age_s,
                                     gint64           lifetime_s);
GListStore     *dub_ui_make_items   (const char      *first_uri,
                                     const char      *second_uri);

/* The way of a dub that waited, was sent twice and failed, over three days. (transfer full) (element-type DubTaskStep) */
GPtrArray      *dub_ui_make_steps   (void);

/* A workflow in a directory of its own, open; its studio cannot be started. */
typedef struct
{
  char *dir;
  struct _DubStore *store;
  DubWorkflow *workflow;
} DubUiWorkflow;

void dub_ui_workflow_set_up    (DubUiWorkflow *self);
/* The same, not open; and its end, where it was closed by another. */
void dub_ui_workflow_make      (DubUiWorkflow *self);
void dub_ui_workflow_forget    (DubUiWorkflow *self);
void dub_ui_workflow_tear_down (DubUiWorkflow *self);
/* Waits until all videos of @draft were looked at. */
void dub_ui_wait_for_draft     (DubDraft      *draft);

G_END_DECLS
