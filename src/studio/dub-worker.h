/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-job.h"

G_BEGIN_DECLS

/*
 * The working process (`dubroom-studio --work`): reads one job from standard input to its end, dubs, and writes lines to
 * standard output:
 *   progress STAGE FRACTION     0..1 over the whole job, never going back
 *   done BASE64                 a serialised DubJobResult; exit status 0
 *   failed SENTENCE             (one line) exit status 1
 * It ends at once on SIGTERM, and when its standard output is closed.
 */
int dub_worker_main (void);

G_END_DECLS
