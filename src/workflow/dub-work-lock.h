/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define DUB_TYPE_WORK_LOCK (dub_work_lock_get_type ())
G_DECLARE_FINAL_TYPE (DubWorkLock, dub_work_lock, DUB, WORK_LOCK, GObject)

/* Of all processes on one store, the one that works the queue. Property held (boolean), notified on the main context: tried at
 * once, then every 2 s. The kernel gives the lock up when the process ends, however it ends. */
DubWorkLock *dub_work_lock_new     (const char   *directory);
/* Before it is started. Errors: DUB_ERROR_FILE. */
gboolean     dub_work_lock_open    (DubWorkLock  *self,
                                    GError      **error);
void         dub_work_lock_start   (DubWorkLock  *self);
gboolean     dub_work_lock_is_held (DubWorkLock  *self);
void         dub_work_lock_release (DubWorkLock  *self);

G_END_DECLS
