/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <locale.h>

#include "dub-studio-program.h"
#include "dub-worker.h"

int
main (int    argc,
      char **argv)
{
  /* Not by its name: what is on the disk may be of another version by now. */
  static const char *const worker[] = { "/proc/self/exe", "--work", NULL };

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DUB_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc == 2 && g_str_equal (argv[1], "--work"))
    return dub_worker_main ();
  return dub_studio_program_run (argc, argv, worker);
}
