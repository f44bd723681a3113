/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"

G_BEGIN_DECLS

/* Lays @takes (element-type DubTake) over @sound, which is lowered under them. */
void dub_mix (DubPcm    *sound,
              GPtrArray *takes);

G_END_DECLS
