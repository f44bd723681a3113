/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-lane.h"

G_BEGIN_DECLS

/* Looks for the unconfirmed ones in the account's list. Returns when to look next (Unix ms), 0: never. */
gint64 dub_queue_look (DubLane *lane);

G_END_DECLS
