/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-task-words.h"

G_BEGIN_DECLS

#define DUB_TYPE_QUEUE_SUMMARY (dub_queue_summary_get_type ())
G_DECLARE_FINAL_TYPE (DubQueueSummary, dub_queue_summary, DUB, QUEUE_SUMMARY, GObject)

/* Properties: n-all, n-needs-you, n-under-way, n-done (uint, read-only). Signal "changed": a dub came, went or has another state. */
DubQueueSummary *dub_queue_summary_new       (GListModel      *tasks);
guint            dub_queue_summary_get_all   (DubQueueSummary *self);
guint            dub_queue_summary_get_group (DubQueueSummary *self,
                                              DubTaskGroup     group);

/* Of one video: */
typedef struct
{
  guint n_dubs;
  guint n_ready;
  guint n_under_way;
  guint n_waiting; /* can be cancelled */
  guint n_over;    /* can be removed */
  gint64 expected_from;
  gint64 expected_to;
} DubVideoSummary;

DubVideoSummary  dub_queue_summary_of_video  (DubQueueSummary *self,
                                              gint64           video);

G_END_DECLS
