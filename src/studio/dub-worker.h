/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-job.h"

G_BEGIN_DECLS

/*
 * The working process: does one thing, and writes lines to standard output.
 * `dubroom-studio --work` reads a serialised DubJob from standard input to its end, and dubs:
 *   progress STAGE FRACTION     0..1 over the whole job, never going back
 *   done BASE64                 a serialised DubJobResult; exit status 0
 *   failed SENTENCE             (one line) exit status 1
 * `dubroom-studio --look` reads the address of a video, and looks at it:
 *   done BASE64                 a serialised DubMediaInfo (dub-look.h); exit status 0
 *   failed SENTENCE             (one line) exit status 1
 * `dubroom-studio --test-engine` reads a serialised DubEngineTrial, and lets that engine do a little of its work:
 *   done BASE64                 a serialised DubEngineTrialResult (dub-engine-trial.h); exit status 0
 *   failed SENTENCE             (one line) what a task would fail with; exit status 1
 * `dubroom-studio --rehearse` speaks texts, one after the other, and stays (dub-rehearse.h).
 * It ends at once on SIGTERM, and when its standard output is closed.
 */
gboolean dub_worker_knows (const char *word);
int      dub_worker_main  (const char *word);

G_END_DECLS
