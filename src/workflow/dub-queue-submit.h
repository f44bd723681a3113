/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-lane.h"

G_BEGIN_DECLS

/* Sends the next batch, if there is one and none is on its way. Returns when it is to be called again because the server of a
 * video did not answer (Unix ms); 0: for no such reason. */
gint64 dub_queue_submit (DubLane *lane);

G_END_DECLS
