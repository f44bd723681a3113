/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-engine-trial.h"

G_BEGIN_DECLS

/**
 * DubTestOutcome:
 * @result: what the worker made, or NULL
 * @trial: what an engine did that was tried, or NULL
 * @sentence: what it said instead, or NULL; both are NULL where it ended without a word
 * @stages: the stages in order, with blanks between them
 * @went_back: a progress line had a smaller fraction than the one before it
 */
typedef struct
{
  DubJobResult *result;
  DubEngineTrialResult *trial;
  char         *sentence;
  char         *stages;
  gboolean      went_back;
  int           exit_status;
} DubTestOutcome;

/* Hands @job to a worker, `PROGRAM --work`, and waits for its end. With @echo, its progress is printed. */
DubTestOutcome *dub_test_worker_run   (const char     *program,
                                       DubJob         *job,
                                       gboolean        echo);
/* Lets a worker try an engine, `PROGRAM --test-engine`. */
DubTestOutcome *dub_test_worker_try   (const char     *program,
                                       DubEngineTrial *trial);
void            dub_test_outcome_free (DubTestOutcome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubTestOutcome, dub_test_outcome_free)

G_END_DECLS
