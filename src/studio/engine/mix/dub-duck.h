/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"

G_BEGIN_DECLS

/* When somebody speaks over a sound, in milliseconds. */
typedef struct
{
  double start_ms;
  double end_ms;
} DubDuckSpan;

/* Lowers @sound by @depth_db during @spans (element-type DubDuckSpan, in order of their start). */
void dub_duck (DubPcm *sound,
               GArray *spans,
               double  depth_db);

G_END_DECLS
