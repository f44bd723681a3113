/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/*
 * A working process that dubs nothing. The name of the video says what it does:
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
 *   family…   is done, and leaves a child behind that holds its standard output
 * All but the last write their process id to VIDEO.pid, the last that of its child.
 */
int fake_worker_main (void);
