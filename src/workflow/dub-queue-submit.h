/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-lane.h"

G_BEGIN_DECLS

/* Sends the next batch, if there is one and none is on its way. */
void dub_queue_submit (DubLane *lane);

G_END_DECLS
