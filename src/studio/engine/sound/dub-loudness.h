/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"

G_BEGIN_DECLS

/* How loud parts of sounds are together, by EBU R 128: dub_loudness_add() takes them, and then it is asked for. */
typedef struct _DubLoudness DubLoudness;

DubLoudness *dub_loudness_new  (guint         rate);
void         dub_loudness_free (DubLoudness  *self);
/* @until: a frame, at most the number of frames. */
void         dub_loudness_add  (DubLoudness  *self,
                                const DubPcm *sound,
                                gsize         from,
                                gsize         until);
/* In LUFS; -INFINITY for silence. */
double       dub_loudness_get  (DubLoudness  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubLoudness, dub_loudness_free)

G_END_DECLS
