/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-fake-engine.h"
#include "dub-job.h"
#include "dub-pcm.h"
#include "dub-progress.h"

G_BEGIN_DECLS

/* Seconds after which an engine that does not answer is given up. */
#define ENGINES_TEST_TIMEOUT_S 60

/* (transfer full): an engine at @address, two requests at a time. */
DubEngineChoice *engines_test_choice   (DubEngineKind  kind,
                                        const char    *address);
/* Makes it that of a stage. */
void             engines_test_set      (DubJobEngines *engines,
                                        DubStage       stage,
                                        DubEngineKind  kind,
                                        const char    *address,
                                        const char    *key);
/* (transfer full): told, it says nothing. */
DubProgress     *engines_test_progress (void);
/* (transfer full): a tone. */
DubPcm          *engines_test_sound    (double         seconds);
/* (transfer full) */
GBytes          *engines_test_bytes    (const char    *text);
/* That the fake had nothing to complain of. */
void             engines_test_assert_content (DubFakeEngine *fake);
/* That @sentence (nullable: fails) has @part in it, is one line of UTF-8 that fits into a dialog, and has nothing of a key. */
void             engines_test_assert_sentence (const char *sentence,
                                        const char    *part);

/* What no test may find in a sentence. */
#define ENGINES_TEST_KEY "sk-test-0123456789"

G_END_DECLS
