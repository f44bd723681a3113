/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-store.h"

G_BEGIN_DECLS

#define DUB_TYPE_WORK_LEASE (dub_work_lease_get_type ())
G_DECLARE_FINAL_TYPE (DubWorkLease, dub_work_lease, DUB, WORK_LEASE, GObject)

/* Of all processes on one store, the one that works the queue. Property held (boolean), notified on the main context. The
 * lease is stored, and lasts for @limit_ms unless it is taken again; that of a process that has died is taken at once. */
DubWorkLease *dub_work_lease_new        (DubStore      *store,
                                         const char    *directory,
                                         guint          limit_ms);
/* Before it is started. Errors: DUB_ERROR_FILE. */
gboolean      dub_work_lease_open       (DubWorkLease  *self,
                                         GError       **error);
void          dub_work_lease_start      (DubWorkLease  *self);
/* Whether there is work: then the lease is taken again before it ends, and one that has ended is taken over. */
void          dub_work_lease_set_wanted (DubWorkLease  *self,
                                         gboolean       wanted);
gboolean      dub_work_lease_is_held    (DubWorkLease  *self);
/* For dub_store_transition_async(); 0 where it is not held. */
gint64        dub_work_lease_get_turn   (DubWorkLease  *self);
void          dub_work_lease_release    (DubWorkLease  *self);

G_END_DECLS
