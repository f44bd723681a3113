/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-speaker.h"

G_BEGIN_DECLS

/* What eSpeak NG makes of the 13 languages; as DubSpeakerInterface.serves. */
DubVoiceQuality dub_espeak_skills_serves (DubSpeaker        *speaker,
                                          const DubLanguage *language,
                                          const char        *text,
                                          char             **why);

G_END_DECLS
