/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-accounts-private.h"
#include "dub-poll-plan.h"
#include "dub-queue.h"
#include "dub-task-private.h"

G_BEGIN_DECLS

/* What is known of a task beside what is stored; lost with the process, which only makes the next question come earlier. */
typedef struct
{
  gint64   asked;   /* Unix ms; 0: never */
  gint64   looked;  /* of an unconfirmed one */
  gint64   missed;  /* since when answers do not name it (Unix ms); 0: they do */
  gboolean alone;   /* to be asked for by itself */
  gboolean in_hand; /* an act is under way that ends with a transition */
} DubTaskMemory;

/* The work for one account, counted: each act under way holds it. It holds the queue until that stops. */
typedef struct
{
  DubQueue   *queue;
  DubSession *session;
  gboolean    gone; /* the account was removed, or the queue stopped */
  gboolean    preparing;
  gboolean    submitting;
  gboolean    sending; /* from "submitting" until the answer is stored */
  gboolean    polling;
  gboolean    looking;
  guint       timer;
  guint       failures; /* in a row */
  gint64      pause_until; /* monotonic ms */
  GQueue      parts;       /* GArray of task ids: what is left of refused batches */
} DubLane;

struct _DubQueue
{
  GObject parent_instance;

  DubStore *store;
  DubAccounts *accounts;
  GListStore *tasks;
  GHashTable *by_id;  /* gint64 → DubTask, owned by the list */
  GHashTable *memory; /* gint64 → DubTaskMemory */
  GHashTable *lanes;  /* account id → DubLane */
  GCancellable *stop;
  GQueue reloads; /* GTask that wait for the reading under way */
  gboolean reloading;
  gboolean loaded;
  gboolean working;
  gboolean stopped;
  GTask *draining; /* nothing new is begun */
  guint drain_timer;
  gboolean offline;
  guint n_under_way;
  guint haste; /* pauses are divided by it; 1 but in tests */
};

/* dub-queue.c */
DubQueue      *dub_queue_new            (DubStore            *store,
                                         DubAccounts         *accounts,
                                         guint                haste);
void           dub_queue_reload_async   (DubQueue            *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean       dub_queue_reload_finish  (DubQueue            *self,
                                         GAsyncResult        *result,
                                         GError             **error);
/* Begins to work (TRUE: what an earlier process left is settled first), or only follows the store. */
void           dub_queue_set_working    (DubQueue            *self,
                                         gboolean             working);
/* Begins nothing more, and waits a little for the answers to what is being sent: a dub is not to become unconfirmed because
 * a window was closed. */
void           dub_queue_drain_async    (DubQueue            *self,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
void           dub_queue_drain_finish   (DubQueue            *self,
                                         GAsyncResult        *result);
/* A lane has nothing on its way any more. */
void           dub_queue_drained        (DubQueue            *self);
void           dub_queue_stop           (DubQueue            *self);
void           dub_queue_set_offline    (DubQueue            *self,
                                         gboolean             offline);
DubTaskMemory *dub_queue_remember       (DubQueue            *self,
                                         gint64               id);
gint64         dub_queue_now            (void);

/* dub-queue-commit.c: stores transitions, then lets the tasks show them. @records: DubTaskRecord with the new state.
 * @must: the act has happened; what keeps the store from taking it in is waited for. */
void           dub_queue_commit_async   (DubQueue            *self,
                                         GPtrArray           *records,
                                         gboolean             must,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean       dub_queue_commit_finish  (DubQueue            *self,
                                         GAsyncResult        *result,
                                         GError             **error);
/* A copy of the task's record in its next state, ready to be committed. */
DubTaskRecord *dub_queue_next           (DubTask             *task,
                                         DubTaskState         state);
void           dub_queue_note           (DubTaskRecord       *record,
                                         const GError        *error);
/* For the draft: adds tasks and returns them. (element-type DubTask) */
void           dub_queue_add_async      (DubQueue            *self,
                                         GPtrArray           *records,
                                         GPtrArray           *scripts,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
GPtrArray     *dub_queue_add_finish     (DubQueue            *self,
                                         GAsyncResult        *result,
                                         GError             **error);

/* dub-queue-lane.c: what is to be done next for an account. */
void           dub_queue_kick           (DubQueue            *self);
void           dub_queue_kick_lane      (DubLane             *lane);
void           dub_queue_lane_failed    (DubLane             *lane,
                                         const GError        *error);
void           dub_queue_lane_worked    (DubLane             *lane);
DubLane       *dub_queue_lane_ref       (DubLane             *lane);
void           dub_queue_lane_unref     (DubLane             *lane);
void           dub_queue_lane_close     (gpointer             lane);
GPtrArray     *dub_queue_lane_tasks     (DubLane             *lane,
                                         guint                states);
gboolean       dub_queue_lane_is_studio (DubLane             *lane);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubLane, dub_queue_lane_unref)
#define DUB_STATE_BIT(state) (1u << (state))

/* dub-queue-submit.c */
gboolean       dub_queue_submit         (DubLane             *lane);

/* dub-queue-poll.c: return when there is something to do next (Unix ms), 0: never */
gint64         dub_queue_poll           (DubLane             *lane);
gint64         dub_queue_look           (DubLane             *lane);

/* dub-queue-settle.c: takes in what the service says of tasks under way. @records: (element-type DubTaskRecord) in their
 * next state. With successes among them the account's list is read first, for the scripts. */
void           dub_queue_settle_async   (DubLane             *lane,
                                         GPtrArray           *records,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean       dub_queue_settle_finish  (DubQueue            *self,
                                         GAsyncResult        *result,
                                         GError             **error);
/* A reading of an account's list, whoever asked for it: finds unconfirmed dubs in it. */
void           dub_queue_offer_videos   (DubQueue            *self,
                                         const char          *account_id,
                                         GPtrArray           *videos);

/* dub-queue-expect.c */
void           dub_queue_update_expected(DubQueue            *self);
gint64         dub_queue_expected_ms    (DubQueue            *self,
                                         DubTask             *task);
/* When further dubs of the account, of these durations (ms), would all be ready: Unix seconds. */
void           dub_queue_forecast       (DubQueue            *self,
                                         const char          *account_id,
                                         const gint64        *durations,
                                         guint                n_durations,
                                         gboolean             lipsync,
                                         gint64              *from,
                                         gint64              *to);

G_END_DECLS
