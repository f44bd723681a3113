/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-engine-choice.h"
#include "dub-transcriber.h"

G_BEGIN_DECLS

#define DUB_TYPE_OPENAI_TRANSCRIBER (dub_openai_transcriber_get_type ())
G_DECLARE_FINAL_TYPE (DubOpenaiTranscriber, dub_openai_transcriber, DUB, OPENAI_TRANSCRIBER, GObject)

/* (transfer full): writes down by a server that answers as OpenAI's does; @key (nullable). */
DubTranscriber *dub_openai_transcriber_new (const DubEngineChoice *choice,
                                            const char            *key);

G_END_DECLS
