/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <locale.h>

#include "dub-studio-program.h"
#include "dub-worker.h"

/* Not by its name: what is on the disk may be of another version by now. */
#define WORKER "/proc/self/exe"

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DUB_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc == 2 && dub_worker_knows (argv[1]))
    return dub_worker_main (argv[1]);
  return dub_studio_program_run (argc, argv, WORKER);
}
