/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"

G_BEGIN_DECLS

/* The true peak of what dub_limit() leaves: AAC adds up to 1 dB, and the dub must stay below -1 dBTP. */
#define DUB_LIMIT_DBTP -2.0

/* Keeps the peaks of @sound, those between its samples too, below DUB_LIMIT_DBTP. What is below stays as it is. */
void dub_limit (DubPcm *sound);

G_END_DECLS
