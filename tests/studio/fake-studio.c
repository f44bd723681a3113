/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The studio's server as it is, over a working process that dubs nothing: see fake-worker.h. */

#include "dub-studio-program.h"
#include "fake-worker.h"

int
main (int    argc,
      char **argv)
{
  if (argc == 2 && fake_worker_knows (argv[1]))
    return fake_worker_main (argv[1]);
  return dub_studio_program_run (argc, argv, "/proc/self/exe");
}
