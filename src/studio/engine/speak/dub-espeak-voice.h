/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-language.h"
#include "dub-pcm.h"

G_BEGIN_DECLS

/* Says a few syllables with the voice that is set. (transfer full) */
typedef DubPcm *(*DubVoiceProbe) (const char *text,
                                  gpointer    user_data);

/* Sets the voice that speaks @language at about @pitch_hz (0: at its own); whether there is one. eSpeak NG must
 * be initialised. */
gboolean dub_espeak_voice_set (const DubLanguage *language,
                               double             pitch_hz,
                               DubVoiceProbe      probe,
                               gpointer           user_data);

G_END_DECLS
