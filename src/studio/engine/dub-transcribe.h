/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"
#include "dub-progress.h"
#include "dub-script.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): the English that is spoken in @sound, a segment for each stretch between pauses. */
DubScript *dub_transcribe (const DubPcm  *sound,
                           DubProgress   *progress,
                           GError       **error);

G_END_DECLS
