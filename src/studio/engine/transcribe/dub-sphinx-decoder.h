/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-heard-word.h"

G_BEGIN_DECLS

/* What its model was trained on. */
#define DUB_SPHINX_RATE 16000

/* PocketSphinx with its English model: from samples to words. To be used by one thread. */
typedef struct _DubSphinxDecoder DubSphinxDecoder;

DubSphinxDecoder *dub_sphinx_decoder_new  (GError          **error);
void              dub_sphinx_decoder_free (DubSphinxDecoder *self);
/* (transfer full) (element-type DubHeardWord): in order; empty where nothing was understood. */
GPtrArray        *dub_sphinx_decoder_hear (DubSphinxDecoder *self,
                                           const gint16     *samples,
                                           gsize             n_samples,
                                           double            start_ms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubSphinxDecoder, dub_sphinx_decoder_free)

G_END_DECLS
