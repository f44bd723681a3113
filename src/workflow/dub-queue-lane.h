/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-tasks.h"

G_BEGIN_DECLS

typedef struct _DubLane DubLane;

/* What a lane tells the one who drives it. */
typedef struct
{
  void (*act_ended) (DubLane *lane, GObject *driver); /* an act has ended: another one may be due */
  void (*reached)   (DubLane *lane, GObject *driver); /* the service answered, or did not */
} DubLaneEvents;

/* The work for one account, counted: each act under way holds it. It holds its driver until that stops. */
struct _DubLane
{
  DubQueueTasks *tasks;
  DubSession    *session;
  GObject       *driver;
  const DubLaneEvents *events;
  gboolean       gone; /* the account was removed, or the queue stopped */
  gboolean       preparing;
  gboolean       submitting;
  gboolean       sending; /* from "submitting" until the answer is stored */
  gboolean       polling;
  gboolean       looking;
  gboolean       settling; /* what a process left behind that ended while it was sending */
  guint          timer;
  guint          failures; /* in a row */
  gint64         pause_until; /* monotonic ms */
  gint64         tried;       /* when something was last tried (monotonic ms) */
  GQueue         parts;       /* GArray of task ids: what is left of refused batches */
  GHashTable    *urls;        /* task id → an address of its video that was just checked */
};

DubLane    *dub_queue_lane_new       (DubQueueTasks       *tasks,
                                      DubSession          *session,
                                      GObject             *driver,
                                      const DubLaneEvents *events);
DubLane    *dub_queue_lane_ref       (DubLane             *lane);
void        dub_queue_lane_unref     (DubLane             *lane);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubLane, dub_queue_lane_unref)
void        dub_queue_lane_close     (gpointer             lane);
const char *dub_queue_lane_account   (DubLane             *lane);
gboolean    dub_queue_lane_is_studio (DubLane             *lane);
GPtrArray  *dub_queue_lane_tasks     (DubLane             *lane,
                                      guint                states);
/* In tests, time is divided by the queue's haste. Unix ms. */
gint64      dub_queue_lane_shrink    (DubLane             *lane,
                                      gint64               from,
                                      gint64               when);
/* The end of a rest that doubles with each time that it was needed (monotonic ms). */
gint64      dub_queue_lane_rest      (DubLane             *lane,
                                      gint64               first_ms,
                                      gint64               longest_ms,
                                      guint                times_before);
void        dub_queue_lane_failed    (DubLane             *lane,
                                      const GError        *error);
void        dub_queue_lane_worked    (DubLane             *lane);
/* Of a dub that came too late for its batch; @until: monotonic µs. */
void        dub_queue_lane_keep_url  (DubLane             *lane,
                                      gint64               id,
                                      const char          *url,
                                      gint64               until);
/* (transfer full) or NULL */
char       *dub_queue_lane_take_url  (DubLane             *lane,
                                      gint64               id);
void        dub_queue_lane_act_ended (DubLane             *lane);

G_END_DECLS
