/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-transcriber.h"

G_BEGIN_DECLS

#define DUB_TYPE_SPHINX_TRANSCRIBER (dub_sphinx_transcriber_get_type ())
G_DECLARE_FINAL_TYPE (DubSphinxTranscriber, dub_sphinx_transcriber, DUB, SPHINX_TRANSCRIBER, GObject)

/* What is built in: PocketSphinx, which understands English. In an edition without it, it serves nothing. */
DubTranscriber *dub_sphinx_transcriber_new (void);

G_END_DECLS
