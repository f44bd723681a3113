/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"

G_BEGIN_DECLS

/* A stretch in which somebody speaks, in milliseconds. */
typedef struct
{
  double start_ms;
  double end_ms;
} DubSpan;

/* (transfer full) (element-type DubSpan): in order, not overlapping, 10 s at most; empty where nobody speaks. */
GArray *dub_speech_spans_find (const DubPcm *mono);

G_END_DECLS
