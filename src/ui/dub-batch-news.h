/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-task.h"

G_BEGIN_DECLS

#define DUB_TYPE_BATCH_NEWS (dub_batch_news_get_type ())
G_DECLARE_FINAL_TYPE (DubBatchNews, dub_batch_news, DUB, BATCH_NEWS, GObject)

/* What became of the dubs that were asked for together. */
typedef struct
{
  char *id;           /* the same for the same batch */
  guint n_dubs;       /* without those that the person cancelled or gave up */
  guint n_under_way;  /* 0: it is over */
  guint n_ready;
  guint n_failed;     /* or refused */
  guint n_unconfirmed;
  guint n_videos;
  DubTask *first;     /* (transfer none): of those that count, the first one */
} DubBatchReport;

/* Signal "news" (const DubBatchReport *): something to tell of a batch; once when it is over, and at most once before, when
 * a dub needs the person. Afterwards only when a dub of it that was still open, or was sent again, has ended. */
DubBatchNews *dub_batch_news_new        (GListModel           *tasks);
/* A dub became succeeded, failed, rejected or unconfirmed. */
void          dub_batch_news_note       (DubBatchNews         *self,
                                         DubTask              *task);
/* Another dub may have left its batch over: cancelled, or given up. */
void          dub_batch_news_look       (DubBatchNews         *self);
/* (transfer full) */
char         *dub_batch_report_dup_title (const DubBatchReport *report);
char         *dub_batch_report_dup_body  (const DubBatchReport *report);

G_END_DECLS
