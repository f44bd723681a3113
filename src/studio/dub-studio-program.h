/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DUB_STUDIO_EXIT_OK = 0,
  DUB_STUDIO_EXIT_FAILED = 1,
  DUB_STUDIO_EXIT_USAGE = 2,
  DUB_STUDIO_EXIT_IN_USE = 3,
} DubStudioExit;

/*
 * The serving half of `dubroom-studio`. Once it serves it writes one line, to standard output or to the file of
 * --credentials:
 *   ready PORT TOKEN
 * It ends on SIGTERM, SIGINT and SIGHUP and, with --exit-with-parent, when its standard input is closed.
 * @worker: path of the program that works: see dub-job-runner.h.
 */
int dub_studio_program_run (int          argc,
                            char       **argv,
                            const char  *worker);

G_END_DECLS
