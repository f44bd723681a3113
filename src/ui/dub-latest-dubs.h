/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-task.h"

G_BEGIN_DECLS

/* Of the dubs of one video in one language, for one account, the one that was asked for last: a set of DubTask, borrowed. */
GHashTable *dub_latest_dubs_new      (void);
void        dub_latest_dubs_note     (GHashTable *latest,
                                      DubTask    *task);
/* Whether a later one was asked for in place of @task. */
gboolean    dub_latest_dubs_has_later (GHashTable *latest,
                                       DubTask    *task);

G_END_DECLS
