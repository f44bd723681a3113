/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A cancellable that is cancelled by the caller's one, or when time is up: for calls that would wait for ever. */
typedef struct _DubDeadline DubDeadline;

DubDeadline  *dub_deadline_new             (guint         ms,
                                            GCancellable *callers);
/* For work on a thread without a main loop: it is @context's that keeps time. */
DubDeadline  *dub_deadline_new_in          (GMainContext *context,
                                            guint         ms,
                                            GCancellable *callers);
void          dub_deadline_free            (DubDeadline  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubDeadline, dub_deadline_free)

/* transfer none */
GCancellable *dub_deadline_get_cancellable (DubDeadline  *self);
gboolean      dub_deadline_has_passed      (DubDeadline  *self);
/* Whether the caller has cancelled. */
gboolean      dub_deadline_was_cancelled   (DubDeadline  *self);

G_END_DECLS
