/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-heard.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): what `/v1/audio/transcriptions` answered as verbose_json; without parts where nobody speaks.
 * @duration_ms: of the sound. @fault (transfer full): what is wrong with it, and where. */
DubHeard *dub_transcription_answer_read (GBytes *body,
                                         double  duration_ms,
                                         char  **fault);

G_END_DECLS
