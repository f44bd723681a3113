/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-job.h"
#include "dub-speaker.h"
#include "dub-transcriber.h"
#include "dub-translator.h"

G_BEGIN_DECLS

/* The engines that do a job. */
typedef struct
{
  DubTranscriber *transcriber;
  DubTranslator  *translator;
  DubSpeaker     *speaker;
} DubStages;

/* (transfer full) (nullable): those that @engines name. */
DubStages *dub_stages_new  (const DubJobEngines *engines,
                            GError             **error);
void       dub_stages_free (DubStages           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubStages, dub_stages_free)

G_END_DECLS
