/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-engine-choice.h"
#include "dub-rehearsal.h"

G_BEGIN_DECLS

/* What is asked of the built-in studio alone. */

/**
 * DubEngineTest:
 * @stage: what it is to do
 * @choice: the engine; languages, parallel and timeout do not count
 * @language: code of a language to try it in, or NULL
 *
 * An engine that is to be tried out before it is chosen.
 */
typedef struct
{
  DubStage         stage;
  DubEngineChoice *choice;
  char            *language;
} DubEngineTest;

DubEngineTest *dub_engine_test_new  (void);
void           dub_engine_test_free (DubEngineTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubEngineTest, dub_engine_test_free)

/**
 * DubEngineVerdict:
 * @message: a sentence for a person on what the engine can do
 * @languages: codes of the languages that it serves; NULL: it does not tell
 *
 * What was found of an engine that works.
 */
typedef struct
{
  char *message;
  GStrv languages;
} DubEngineVerdict;

DubEngineVerdict *dub_engine_verdict_new  (void);
void              dub_engine_verdict_free (DubEngineVerdict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubEngineVerdict, dub_engine_verdict_free)

G_END_DECLS
