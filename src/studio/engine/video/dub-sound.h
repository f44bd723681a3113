/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"
#include "dub-progress.h"
#include "dub-source.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): the sound of @source from the video's first instant, 48 kHz, left and right. */
DubPcm   *dub_sound_decode (DubSource    *source,
                            DubProgress  *progress,
                            GError      **error);

G_END_DECLS
