/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"

G_BEGIN_DECLS

/* How high a voice is. One after the other, dub_pitch_add() takes what may be speech, and then it is asked for. */
typedef struct _DubPitch DubPitch;

DubPitch *dub_pitch_new  (void);
void      dub_pitch_free (DubPitch *self);
/* @until_ms: may be beyond the end. */
void      dub_pitch_add  (DubPitch     *self,
                          const DubPcm *sound,
                          double        from_ms,
                          double        until_ms);
/* In Hz, the median; 0 where no voice was heard. */
double    dub_pitch_get  (DubPitch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubPitch, dub_pitch_free)

G_END_DECLS
