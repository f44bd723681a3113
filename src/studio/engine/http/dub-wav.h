/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"

G_BEGIN_DECLS

/* (transfer full): a WAV file of 16 bit of @sound, with its rate and channels. */
GBytes  *dub_wav_write  (const DubPcm *sound);
/* Whether @bytes are a WAV file that says that it is longer than it is. One that does not know its length is not. */
gboolean dub_wav_is_cut (GBytes       *bytes);

G_END_DECLS
