/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-task-words.h"

G_BEGIN_DECLS

#define DUB_TYPE_QUEUE_SUMMARY (dub_queue_summary_get_type ())
G_DECLARE_FINAL_TYPE (DubQueueSummary, dub_queue_summary, DUB, QUEUE_SUMMARY, GObject)

/* Properties: n-all, n-needs-you, n-under-way, n-done, n-failed (failed or refused, and not asked for again; they are among
 * those that need the person), n-waiting (not sent yet; among those under way): uint, read-only.
 * Signal "changed": a dub came, went or has another state or forecast. Once in a turn of the main loop. */
DubQueueSummary *dub_queue_summary_new         (GListModel      *tasks);
GListModel      *dub_queue_summary_get_tasks   (DubQueueSummary *self);
guint            dub_queue_summary_get_all     (DubQueueSummary *self);
guint            dub_queue_summary_get_group   (DubQueueSummary *self,
                                                DubTaskGroup     group);
guint            dub_queue_summary_get_waiting (DubQueueSummary *self);
guint            dub_queue_summary_get_failed  (DubQueueSummary *self);
/* The person has asked for it once more: it needs nobody any longer. */
gboolean         dub_queue_summary_has_later   (DubQueueSummary *self,
                                                DubTask         *task);
DubTaskGroup     dub_queue_summary_group_of    (DubQueueSummary *self,
                                                DubTask         *task);
gboolean         dub_queue_summary_is_failed   (DubQueueSummary *self,
                                                DubTask         *task);

/* When all of some dubs are ready. Unix seconds. */
typedef struct
{
  guint n_dubs;
  guint n_unknown; /* of them, those without a forecast */
  gint64 from;     /* 0 where none has a forecast */
  gint64 to;
} DubReadySummary;

/* @sent_only: without those that wait to be sent */
DubReadySummary  dub_queue_summary_when_ready  (DubQueueSummary *self,
                                                gboolean         sent_only);

/* Of one video: */
typedef struct
{
  guint n_dubs;
  guint n_ready;
  guint n_under_way;
  guint n_waiting; /* can be cancelled */
  guint n_over;    /* can be removed */
  guint n_failed;  /* and not asked for again */
  gint64 expected_from;
  gint64 expected_to;
} DubVideoSummary;

DubVideoSummary  dub_queue_summary_of_video    (DubQueueSummary *self,
                                                gint64           video);

G_END_DECLS
