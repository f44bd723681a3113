/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-heard.h"
#include "dub-script.h"

G_BEGIN_DECLS

/* (transfer full): the same in segments of 1 to 10 s, as far as there is room, with remarks; empty where nothing was heard. */
DubScript *dub_heard_to_script (const DubHeard *heard,
                                double          duration_ms);

G_END_DECLS
