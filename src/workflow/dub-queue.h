/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-task.h"

G_BEGIN_DECLS

#define DUB_TYPE_QUEUE (dub_queue_get_type ())
G_DECLARE_FINAL_TYPE (DubQueue, dub_queue, DUB, QUEUE, GObject)

/*
 * All tasks, oldest first: a GListModel of DubTask. Properties: n-under-way (uint: not final, not unconfirmed),
 * offline (boolean), working (boolean: this process works the queue; another one may, on the same store).
 * Signals: "task-finished" (DubTask): a task became succeeded, failed, rejected or unconfirmed.
 */
guint    dub_queue_get_n_under_way (DubQueue *self);
gboolean dub_queue_get_offline     (DubQueue *self);
gboolean dub_queue_get_working     (DubQueue *self);
/* (transfer none) or NULL */
DubTask *dub_queue_find            (DubQueue *self, gint64 id);

/* Waiting, or publishing: cancelled. Others: NOT_NOW with a sentence. */
void     dub_queue_cancel_async    (DubQueue *self, DubTask *task, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dub_queue_cancel_finish   (DubQueue *self, GAsyncResult *result, GError **error);
/* Failed, rejected, cancelled: a new task of the same video, language, options, script and consent. An unconfirmed one is
 * sent again only by this call, after the person was told that a second dub may be made; the old one becomes dropped. */
void     dub_queue_retry_async     (DubQueue *self, DubTask *task, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DubTask *dub_queue_retry_finish    (DubQueue *self, GAsyncResult *result, GError **error); /* transfer none; NULL without error: not read yet */
/* Unconfirmed: given up. */
void     dub_queue_drop_async      (DubQueue *self, DubTask *task, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dub_queue_drop_finish     (DubQueue *self, GAsyncResult *result, GError **error);
/* Final ones: forgotten here (a dub stays in the library). */
void     dub_queue_remove_async    (DubQueue *self, DubTask *task, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dub_queue_remove_finish   (DubQueue *self, GAsyncResult *result, GError **error);

G_END_DECLS
