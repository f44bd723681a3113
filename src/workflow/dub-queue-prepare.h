/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-batch.h"

G_BEGIN_DECLS

/* Sees to all that a dub must have before it is sent: an address that the service can reach, a consent, its script. @prepared is
 * called when those that are left in the batch have it. The first one does not wait for the others for longer than a slot. */
void dub_batch_prepare (DubBatch *batch,
                        void    (*prepared) (DubBatch *batch));

G_END_DECLS
