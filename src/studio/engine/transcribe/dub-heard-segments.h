/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-script.h"

G_BEGIN_DECLS

/* Appends what was heard to @script, in segments that are divided at pauses, with remarks.
 * @words (element-type DubHeardWord) are in order and do not overlap. */
void dub_heard_segments_append (GPtrArray *words,
                                DubScript *script);

G_END_DECLS
