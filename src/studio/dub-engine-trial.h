/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-job.h"

G_BEGIN_DECLS

/* What the working process is started with to try an engine: the trial goes to its standard input. */
#define DUB_ENGINE_TRIAL_WORD "--test-engine"

/**
 * DubEngineTrial:
 * @stage: whose engine is tried
 * @language: code of the language to translate into or to speak
 * @engines: those of the other stages are not used
 *
 * What is to be tried.
 */
typedef struct
{
  DubStage      stage;
  char         *language;
  DubJobEngines engines;
} DubEngineTrial;

/**
 * DubEngineTrialResult:
 * @message: a sentence that says what the engine did
 * @languages: codes of the languages, among the 13, that it serves: those that it translates English into, or speaks; empty
 *   where it does not say
 *
 * What came of it.
 */
typedef struct
{
  char *message;
  GStrv languages;
} DubEngineTrialResult;

/* As they go through the pipes: their bytes alone, as those of a DubJob and of a DubJobResult. */
#define DUB_ENGINE_TRIAL_VARIANT_TYPE        "(us" DUB_JOB_ENGINES_VARIANT_TYPE ")"
#define DUB_ENGINE_TRIAL_RESULT_VARIANT_TYPE "(sas)"

DubEngineTrial       *dub_engine_trial_new                 (void);
void                  dub_engine_trial_free                (DubEngineTrial             *self);
/* transfer full */
GVariant             *dub_engine_trial_to_variant          (const DubEngineTrial       *self);
/* (nullable): what came may be anything. */
DubEngineTrial       *dub_engine_trial_from_variant        (GVariant                   *variant,
                                                            GError                    **error);
DubEngineTrialResult *dub_engine_trial_result_new          (void);
void                  dub_engine_trial_result_free         (DubEngineTrialResult       *self);
/* transfer full */
GVariant             *dub_engine_trial_result_to_variant   (const DubEngineTrialResult *self);
/* (nullable): what came may be anything. */
DubEngineTrialResult *dub_engine_trial_result_from_variant (GVariant                   *variant,
                                                            GError                    **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubEngineTrial, dub_engine_trial_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubEngineTrialResult, dub_engine_trial_result_free)

G_END_DECLS
