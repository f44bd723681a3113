/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-accounts-private.h"
#include "dub-task-index.h"

G_BEGIN_DECLS

/* A setting of the store. */
#define DUB_QUEUE_PAUSED_KEY "queue-paused"

/* What is known of a task beside what is stored; lost with the process, which only makes the next question come earlier. */
typedef struct
{
  gint64   sent;    /* when it was sent, by the queue's clock (ms), as worked out from: */
  gint64   sent_of; /* what is stored (Unix ms); 0: not yet */
  gint64   asked;   /* by the queue's clock (ms); 0: never */
  gint64   looked;  /* the same, of an unconfirmed one */
  gint64   missed;  /* since when answers do not name it, by the queue's clock (ms); 0: they do */
  gint64   rested;  /* until when it is not sent again (monotonic ms: a clock set back does not make it longer) */
  guint    silent;  /* how often that did not answer, in a row */
  guint    lost;    /* how often the studio's answer to its create was lost */
  gboolean alone;   /* to be asked for by itself */
  gboolean ready;   /* its video was seen in the account's list */
  gboolean in_hand; /* an act is under way that ends with a transition */
  gboolean under_way; /* as it was last counted */
  gboolean recalled; /* the studio was asked to give it up: its failure is a cancelling */
  gboolean repeated; /* the person's wish to have it made again is being stored */
} DubTaskMemory;

#define DUB_TYPE_QUEUE_TASKS (dub_queue_tasks_get_type ())
G_DECLARE_FINAL_TYPE (DubQueueTasks, dub_queue_tasks, DUB, QUEUE_TASKS, GObject)

/* The lowest layer of the queue: the tasks as they are stored, and whether they are being worked on. Properties: n-under-way
 * (uint), paused, has-work (boolean). Signals: "task-finished" (DubTask); "read": the store was read, or could not be; "line-changed":
 * those that wait stand in another order. */
struct _DubQueueTasks
{
  GObject parent_instance;

  DubStore *store;
  DubAccounts *accounts;
  GListStore *list;   /* DubTask, oldest first */
  GHashTable *by_id;  /* gint64 → DubTask, owned by the list */
  DubTaskIndex *index;
  GHashTable *memory; /* gint64 → DubTaskMemory */
  GHashTable *seen; /* account id "/" id of a video in its list → gint64: when it was first there (Unix ms) */
  GHashTable *forecasts; /* account id → DubForecast: what was learnt, until a task changes */
  GHashTable *readings;  /* account id → the readings of its list, NULL before the first */
  gint64 expected_at;    /* when the forecasts were last made, by the queue's clock (ms) */
  guint expecting; /* timer: the times of many are worked out later */
  GCancellable *stop;
  GQueue reloads; /* GTask that wait for the reading under way */
  gboolean reloading;
  guint again;    /* timer: the last reading failed */
  gboolean has_work; /* something is to be sent, asked for or looked for */
  gboolean loaded;
  gboolean working;
  gint64 turn;    /* of the lease under which this process works */
  gboolean paused; /* by the person: nothing is sent */
  gboolean draining; /* nothing new is begun */
  gboolean stopped;
  guint n_under_way;
  guint haste; /* pauses are divided by it; 1 but in tests */
};

DubQueueTasks *dub_queue_tasks_new           (DubStore            *store,
                                              DubAccounts         *accounts,
                                              guint                haste);
void           dub_queue_tasks_reload_async  (DubQueueTasks       *self,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean       dub_queue_tasks_reload_finish (DubQueueTasks       *self,
                                              GAsyncResult        *result,
                                              GError             **error);
void           dub_queue_tasks_set_paused    (DubQueueTasks       *self,
                                              gboolean             paused);
/* Nothing is begun, waited for or told any more. */
void           dub_queue_tasks_stop          (DubQueueTasks       *self);
/* What is stored of it now. */
void           dub_queue_tasks_update        (DubQueueTasks       *self,
                                              DubTask             *task,
                                              const DubTaskRecord *record);
/* (transfer none) or NULL */
DubTask       *dub_queue_tasks_find          (DubQueueTasks       *self,
                                              gint64               id);
/* Those of an account in these states, oldest first. (element-type DubTask) (transfer full) */
GPtrArray     *dub_queue_tasks_list          (DubQueueTasks       *self,
                                              const char          *account_id,
                                              guint                states);
DubTaskMemory *dub_queue_tasks_remember      (DubQueueTasks       *self,
                                              gint64               id);
/* Unix ms */
gint64         dub_queue_tasks_now           (void);
/* (element-type DubTaskRecord) empty */
GPtrArray     *dub_queue_tasks_records_new   (void);

G_END_DECLS
