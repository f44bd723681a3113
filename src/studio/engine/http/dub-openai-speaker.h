/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-engine-choice.h"
#include "dub-speaker.h"

G_BEGIN_DECLS

#define DUB_TYPE_OPENAI_SPEAKER (dub_openai_speaker_get_type ())
G_DECLARE_FINAL_TYPE (DubOpenaiSpeaker, dub_openai_speaker, DUB, OPENAI_SPEAKER, GObject)

/* (transfer full): speaks by a server that answers as OpenAI's does; @key (nullable). */
DubSpeaker *dub_openai_speaker_new (const DubEngineChoice *choice,
                                    const char            *key);

G_END_DECLS
