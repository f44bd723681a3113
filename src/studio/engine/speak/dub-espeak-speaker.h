/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-speaker.h"

G_BEGIN_DECLS

#define DUB_TYPE_ESPEAK_SPEAKER (dub_espeak_speaker_get_type ())
G_DECLARE_FINAL_TYPE (DubEspeakSpeaker, dub_espeak_speaker, DUB, ESPEAK_SPEAKER, GObject)

/* What is built in: eSpeak NG. One at a time in a process: it has global state. */
DubSpeaker *dub_espeak_speaker_new (void);

G_END_DECLS
