/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-lane.h"

G_BEGIN_DECLS

/* Asks the service for the dubs that are due. Returns when there is something to ask next (Unix ms), 0: never. */
gint64 dub_queue_poll (DubLane *lane);

G_END_DECLS
