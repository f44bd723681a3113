/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-batch.h"

G_BEGIN_DECLS

/* All go the same way; then it ends. */
void dub_batch_settle_all (DubBatch     *batch,
                           DubTaskState  state,
                           const GError *error);
/* The answer to the create; @user_data: a reference to the batch. */
void dub_batch_on_created (GObject      *source,
                           GAsyncResult *result,
                           gpointer      user_data);

G_END_DECLS
