/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The studio's server as it is, over a working process that dubs nothing: see fake-worker.h. */

#include "dub-studio-program.h"
#include "fake-worker.h"

int
main (int    argc,
      char **argv)
{
  static const char *const worker[] = { "/proc/self/exe", "--work", NULL };

  if (argc == 2 && g_str_equal (argv[1], "--work"))
    return fake_worker_main ();
  return dub_studio_program_run (argc, argv, worker);
}
