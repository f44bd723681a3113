/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-media-info.h"

G_BEGIN_DECLS

/* What the working process is started with for a look: the address of the video goes to its standard input. */
#define DUB_LOOK_WORD "--look"

/* What was found, as it comes from the working process: its bytes alone, as those of a DubJobResult. */
#define DUB_LOOK_VARIANT_TYPE "(msmsmsxtiibb)"

GVariant     *dub_look_to_variant   (const DubMediaInfo *info);
DubMediaInfo *dub_look_from_variant (GVariant           *variant);

G_END_DECLS
