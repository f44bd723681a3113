/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-engine-choice.h"

G_BEGIN_DECLS

/* What the steps and engines of the built-in studio are called. */

/* "Translation" */
const char *dub_engine_words_get_stage   (DubStage               stage);
/* "LibreTranslate server" */
const char *dub_engine_words_get_kind    (DubEngineKind          kind);
/* "Built in", or where the engine is. (transfer full) */
char       *dub_engine_words_dup_summary (const DubEngineChoice *choice);
/* What leaves this computer for it, a sentence. (transfer full) */
char       *dub_engine_words_dup_privacy (const DubEngineChoice *choice,
                                          DubStage               stage);

G_END_DECLS
