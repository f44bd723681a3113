/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* How many videos look-together… waits for. */
#define FAKE_WORKER_TOGETHER 5

/*
 * A working process that dubs nothing, and looks at videos as the true one does. The name of the video says what it does:
 *   ok…       copies the video, and says that it is done
 *   crash…    ends by a signal; crash-once… the first time only (it leaves VIDEO.crashed)
 *   late-crash…  the same, after it said that it is done
 *   deaf…     as ok…, whatever script it was given
 *   silent…   ends well, without a word
 *   garbage…  says what no working process may say
 *   endless…  never ends its line
 *   chatter…  tells of progress and never comes to an end
 *   cut…      says that it is done, with half a result
 *   liar…     says that it is done, with nothing to show
 *   refuse…   refuses, with a sentence
 *   hang…     says nothing and stays; wait… stays until VIDEO.go is there when it starts
 *   climb…    tells of progress, some of it nonsense, and stays: transcribe, 0.5 is what counts
 *   relapse…  crashes at 0.7 the first time; the second time it gets to 0.2 and stays (it leaves VIDEO.crashed)
 *   real…     is dubbed by the program that $DUBROOM_STUDIO names
 *   remarks…  as ok…, with remarks on its segments and lines of subtitles
 *   greedy…   takes all the memory that it gets
 *   family…   is done, and leaves a child behind that holds its standard output
 * All but the last write their process id to VIDEO.pid, the last that of its child.
 * When it rehearses, the text says what it does:
 *   crash…    ends by a signal; crash-once… the first time only: it is told apart by the file that the text names
 *   garbage…  says what it may not
 *   refuse…   refuses, with a sentence
 *   hang…     says nothing and stays
 *   poor…     speaks, poorly
 *   else      speaks: a WAV without a sample, in which the times are those of the wish and the speed is how many it has
 *             spoken before
 * When it looks:
 *   look-crash…    ends by a signal
 *   look-hang…     says nothing and stays
 *   look-garbage…  says what no working process may say
 *   look-odd…      says that it is done, with something else than a look
 *   look-together… waits until as many of them are looked at
 */
gboolean fake_worker_knows (const char *word);
int      fake_worker_main  (const char *word);
