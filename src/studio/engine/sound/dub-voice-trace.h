/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"

G_BEGIN_DECLS

/* A trace has a value for each 10 ms. */
#define DUB_VOICE_STEP_MS 10

/* (transfer full): for each step, whether there is a voice whose pitch glides. */
gboolean *dub_voice_trace_glides (const DubPcm *mono,
                                  guint         n_steps);

G_END_DECLS
