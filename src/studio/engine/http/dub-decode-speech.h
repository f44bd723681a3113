/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): the sound in @bytes, a file of any kind that can be played: one channel, 48 kHz, not more than
 * @longest_ms of it. NULL where there is none; then @why (transfer full) (nullable) is what GStreamer says. Blocks. */
DubPcm *dub_decode_speech (GBytes *bytes,
                           double  longest_ms,
                           char  **why);

G_END_DECLS
