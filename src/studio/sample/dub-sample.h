/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include "dub-pcm.h"

G_BEGIN_DECLS

#define DUB_SAMPLE_WIDTH 720
#define DUB_SAMPLE_HEIGHT 1280
#define DUB_SAMPLE_FPS 24
#define DUB_SAMPLE_DURATION_S 20
#define DUB_SAMPLE_N_FRAMES (DUB_SAMPLE_FPS * DUB_SAMPLE_DURATION_S)

/* One scene after the other, each as long as any other, each with one thing that is said. */
#define DUB_SAMPLE_N_SCENES 5
#define DUB_SAMPLE_SCENE_S ((double) DUB_SAMPLE_DURATION_S / DUB_SAMPLE_N_SCENES)

/* Draws the picture at @time_s on a surface of the sample's size. */
void    dub_sample_draw  (cairo_t  *cr,
                          double    time_s);
/* (transfer full) (nullable): voice and music, 48 kHz, left and right */
DubPcm *dub_sample_sound (GError  **error);

G_END_DECLS
