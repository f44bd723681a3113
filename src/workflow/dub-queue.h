/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-task.h"

G_BEGIN_DECLS

#define DUB_TYPE_QUEUE (dub_queue_get_type ())
G_DECLARE_FINAL_TYPE (DubQueue, dub_queue, DUB, QUEUE, GObject)

/**
 * DubQueueMove:
 *
 * Where a dub that waits goes in the line of its account.
 */
typedef enum
{
  DUB_QUEUE_MOVE_FIRST,
  DUB_QUEUE_MOVE_UP,
  DUB_QUEUE_MOVE_DOWN,
  DUB_QUEUE_MOVE_LAST,
} DubQueueMove;

/*
 * All tasks, oldest first: a GListModel of DubTask. Properties: n-under-way (uint: not final, not unconfirmed),
 * offline (boolean), working (boolean: this process works the queue; another one may, on the same store), paused (boolean:
 * nothing is sent, by the person's wish).
 * Signals: "task-finished" (DubTask): a task became succeeded, failed, rejected or unconfirmed. "line-changed": those that wait
 * stand in another order; dub_queue_get_turn() tells.
 */
guint    dub_queue_get_n_under_way (DubQueue *self);
gboolean dub_queue_get_offline     (DubQueue *self);
gboolean dub_queue_get_working     (DubQueue *self);
/* (transfer none) or NULL */
DubTask *dub_queue_find            (DubQueue *self, gint64 id);

/* Waiting, or publishing: cancelled. Others: NOT_NOW with a sentence. */
void     dub_queue_cancel_async    (DubQueue *self, DubTask *task, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dub_queue_cancel_finish   (DubQueue *self, GAsyncResult *result, GError **error);
/* Failed, rejected, cancelled: a new task each, of the same video, language, options, script and consent. Unconfirmed ones are
 * sent again only by this call, after the person was told that a second dub may be made; the old ones become dropped.
 * @tasks: DubTask. Returns the new ones (transfer full); one bad task never blocks the others. */
void     dub_queue_retry_async     (DubQueue *self, GPtrArray *tasks, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *dub_queue_retry_finish  (DubQueue *self, GAsyncResult *result, GError **error);
/* Unconfirmed: given up. */
void     dub_queue_drop_async      (DubQueue *self, DubTask *task, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dub_queue_drop_finish     (DubQueue *self, GAsyncResult *result, GError **error);
/* Submitted, processing: made by the service all the same, but nobody asks for it (state dropped) until it is followed again. */
void     dub_queue_stop_following_async  (DubQueue *self, DubTask *task, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dub_queue_stop_following_finish (DubQueue *self, GAsyncResult *result, GError **error);
void     dub_queue_follow_again_async    (DubQueue *self, DubTask *task, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dub_queue_follow_again_finish   (DubQueue *self, GAsyncResult *result, GError **error);
/* Submitted, processing, by the built-in studio: given up by it, then cancelled here. */
void     dub_queue_recall_async    (DubQueue *self, DubTask *task, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dub_queue_recall_finish   (DubQueue *self, GAsyncResult *result, GError **error);
/* Final ones: forgotten here (a dub stays in the library). */
void     dub_queue_remove_async    (DubQueue *self, DubTask *task, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dub_queue_remove_finish   (DubQueue *self, GAsyncResult *result, GError **error);

/* dub-queue-line.c: those that wait, each account's in a line of its own. */
void     dub_queue_move_async        (DubQueue *self, DubTask *task, DubQueueMove where, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dub_queue_move_finish       (DubQueue *self, GAsyncResult *result, GError **error);
guint    dub_queue_get_turn          (DubQueue *self, DubTask *task);
guint    dub_queue_get_n_waiting     (DubQueue *self, const char *account_id);
void     dub_queue_set_paused_async  (DubQueue *self, gboolean paused, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dub_queue_set_paused_finish (DubQueue *self, GAsyncResult *result, GError **error);
gboolean dub_queue_get_paused        (DubQueue *self);

G_END_DECLS
