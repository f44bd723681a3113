/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-language.h"
#include "dub-pcm.h"

G_BEGIN_DECLS

/* Words a minute. */
#define DUB_VOICE_SLOWEST 130
#define DUB_VOICE_NATURAL 165
#define DUB_VOICE_FASTEST 260

/* A voice that speaks one language. One at a time in a process, used on one thread. */
typedef struct _DubVoice DubVoice;

DubVoice *dub_voice_open  (const DubLanguage *language,
                           GError           **error);
void      dub_voice_close (DubVoice          *self);
/* (transfer full) (nullable): one channel, without silence at either end; no frames for a text without words */
DubPcm   *dub_voice_say   (DubVoice          *self,
                           const char        *text,
                           int                words_a_minute,
                           double             longest_ms,
                           gboolean          *too_long,
                           GError           **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubVoice, dub_voice_close)

G_END_DECLS
