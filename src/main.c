/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "dub-application.h"
#include "dub-cli.h"
#include "dub-keyring.h"
#include "dub-log.h"
#include "dub-paths.h"
#include "dub-store.h"
#include "dub-workflow.h"

#define STUDIO_IN_BUILD_TREE "studio/dubroom-studio"
#define SAMPLE_IN_BUILD_TREE "studio/sample/sample.mp4"

/* Beside this program in a build tree, else where it was installed to. */
static char *
find_part (const char *in_build_tree,
           const char *installed)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *directory = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *beside = directory != NULL ? g_build_filename (directory, in_build_tree, NULL) : NULL;

  return g_strdup (beside != NULL && g_file_test (beside, G_FILE_TEST_EXISTS) ? beside : installed);
}

static char *
find_studio (void)
{
  const char *wanted = g_getenv ("DUBROOM_STUDIO");

  return wanted != NULL && *wanted != '\0' ? g_strdup (wanted) : find_part (STUDIO_IN_BUILD_TREE, DUB_LIBEXEC_DIR "/dubroom-studio");
}

/* What this process works with, whichever way it is used. */
typedef struct
{
  DubLog *log;
  DubStore *store;
  DubWorkflow *workflow;
} Parts;

/* Where @data_dir is given, the log lies there too: what is tried apart leaves nothing elsewhere. */
static void
make_parts (Parts      *parts,
            const char *data_dir,
            const char *use)
{
  g_autoptr (DubPaths) paths = dub_paths_new (data_dir, NULL, data_dir);
  g_autoptr (DubKeyring) keyring = dub_keyring_new ();
  g_autofree char *studio = find_studio ();

  parts->log = dub_log_new (dub_paths_get_log (paths));
  dub_log_write (parts->log, "start of Dubroom " DUB_VERSION " (%s), GLib %u.%u.%u, GTK %u.%u.%u, libadwaita %u.%u.%u", use,
                 glib_major_version, glib_minor_version, glib_micro_version, gtk_get_major_version (), gtk_get_minor_version (),
                 gtk_get_micro_version (), adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ());
  parts->store = dub_store_new (dub_paths_get_database (paths));
  parts->workflow = dub_workflow_new (paths, parts->store, keyring, studio);
  dub_workflow_set_log (parts->workflow, parts->log);
  dub_workflow_set_network (parts->workflow, g_network_monitor_get_default ());
}

static void
end_parts (Parts *parts,
           int    status)
{
  g_clear_object (&parts->workflow);
  dub_store_close (parts->store);
  g_clear_object (&parts->store);
  dub_log_write (parts->log, "end, status %d", status);
  dub_log_close (parts->log);
  g_clear_object (&parts->log);
}

static int
run_dub (GStrv arguments)
{
  g_auto (DubCliOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  Parts parts;
  int status;

  if (!dub_cli_options_parse (&options, arguments, &error))
    {
      status = dub_cli_refuse (&options, error->message);
      g_printerr (_("“dubroom dub --help” tells more.\n"));
      return status;
    }
  dub_cli_options_print_notices (&options);
  if (!options.agree)
    return dub_cli_refuse (&options, _("Nothing was sent, nothing was stored. If you agree to these terms for these videos, add --i-agree."));
  make_parts (&parts, options.data_dir, "command line");
  status = dub_cli_run (parts.workflow, &options);
  end_parts (&parts, status);
  return status;
}

static int
run_window (const char *data_dir,
            GStrv       arguments)
{
  g_autoptr (DubApplication) application = NULL;
  g_autofree char *sample = find_part (SAMPLE_IN_BUILD_TREE, DUB_PKGDATA_DIR "/sample.mp4");
  Parts parts;
  int status;

  if (!gtk_init_check ())
    {
      g_printerr (_("There is no display, so the window cannot be opened. Without one, “dubroom dub VIDEO --to es --output DIR” "
                    "dubs from the command line; “dubroom dub --help” tells more.\n"));
      return DUB_CLI_CANNOT_START;
    }
  make_parts (&parts, data_dir, "window");
  application = dub_application_new (parts.workflow, g_file_test (sample, G_FILE_TEST_EXISTS) ? sample : NULL);
  status = g_application_run (G_APPLICATION (application), (int) g_strv_length (arguments), arguments);
  g_clear_object (&application);
  end_parts (&parts, status);
  return status;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *data_dir = NULL;
  g_auto (GStrv) arguments = NULL;
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Print the version"), NULL },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &data_dir, N_("Where Dubroom keeps its data"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DUB_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  arguments = g_strdupv (argv);
  if (argc > 1 && strcmp (argv[1], "dub") == 0)
    {
      g_set_prgname ("dubroom dub");
      return run_dub (arguments + 1);
    }

  context = g_option_context_new (NULL);
  g_option_context_set_summary (context, _("Dubs short videos into other languages. Without arguments it opens its window;\n"
                                           "“dubroom dub” does the same without one: see “dubroom dub --help”."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (!g_option_context_parse_strv (context, &arguments, &error))
    {
      g_printerr ("%s\n", error->message);
      return DUB_CLI_USAGE;
    }
  if (version)
    {
      g_print ("dubroom " DUB_VERSION "\n");
      return 0;
    }
  return run_window (data_dir, arguments);
}
