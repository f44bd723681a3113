/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a dub is made in: the rate of AAC in video, and left and right. */
#define DUB_PCM_RATE 48000
#define DUB_PCM_CHANNELS 2

/**
 * DubPcm:
 * @samples: interleaved, full scale is -1 to 1
 * @n_frames: samples of each channel
 * @rate: frames a second
 */
typedef struct
{
  float *samples;
  gsize  n_frames;
  guint  channels;
  guint  rate;
} DubPcm;

DubPcm *dub_pcm_new     (guint         rate,
                         guint         channels,
                         gsize         n_frames);
void    dub_pcm_free    (DubPcm       *self);
/* New frames are silent. */
void    dub_pcm_resize  (DubPcm       *self,
                         gsize         n_frames);
DubPcm *dub_pcm_convert (const DubPcm *self,
                         guint         rate,
                         guint         channels);
double  dub_pcm_rms     (const DubPcm *self,
                         gsize         from,
                         gsize         until);
gsize   dub_pcm_frame   (const DubPcm *self,
                         double        ms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubPcm, dub_pcm_free)

G_END_DECLS
