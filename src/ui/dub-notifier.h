/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-batch-news.h"
#include "dub-queue.h"

G_BEGIN_DECLS

#define DUB_TYPE_NOTIFIER (dub_notifier_get_type ())
G_DECLARE_FINAL_TYPE (DubNotifier, dub_notifier, DUB, NOTIFIER, GObject)

DubNotifier   *dub_notifier_new              (GApplication *application,
                                              DubQueue     *queue,
                                              GSettings    *settings);
/* Says once, and never again, that the application goes on without a window. */
void           dub_notifier_tell_of_watching (DubNotifier  *self,
                                              guint         n_under_way);
/* (transfer full) */
GNotification *dub_notifier_make             (const DubBatchReport *report);

G_END_DECLS
