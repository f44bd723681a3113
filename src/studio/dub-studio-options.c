/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-options.h"

#include <glib/gi18n-lib.h>

#include <unistd.h>

#include "dub-paths.h"
#include "dub-studio-room.h"

#define MAX_QPS  1000
#define MAX_JOBS 16

static gboolean
check (DubStudioOptions *self,
       int               left_over,
       GError          **error)
{
  if (left_over > 0)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                         _("There is a word too many: the studio takes options only."));
  else if (self->qps < 0 || self->qps > MAX_QPS)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--qps takes a number from 0 to %d."), MAX_QPS);
  else if (self->jobs < 1 || self->jobs > MAX_JOBS)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--jobs takes a number from 1 to %d."), MAX_JOBS);
  else
    return TRUE;
  return FALSE;
}

static guint64
find_memory (void)
{
  return (guint64) sysconf (_SC_PHYS_PAGES) * (guint64) sysconf (_SC_PAGE_SIZE);
}

/**
 * dub_studio_options_parse:
 * @self: options without values
 * @argc: number of arguments
 * @argv: arguments; not changed
 * @error: return location; #GOptionError
 *
 * Reads the command line. `--help` prints and ends the program.
 *
 * Returns: whether it can be followed
 */
gboolean
dub_studio_options_parse (DubStudioOptions *self,
                          int               argc,
                          char            **argv,
                          GError          **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (DubPaths) paths = NULL;
  g_auto (GStrv) arguments = g_strdupv (argv);
  const GOptionEntry entries[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->data_dir, N_("Where tasks and dubbed videos are kept"), N_("DIR") },
    { "credentials", 0, 0, G_OPTION_ARG_FILENAME, &self->credentials,
      N_("Write port and token to this file, readable by its owner alone, instead of standard output"), N_("FILE") },
    { "qps", 0, 0, G_OPTION_ARG_INT, &self->qps, N_("Requests a second for each endpoint (default 0: no limit)"), "N" },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &self->jobs, N_("Videos that are dubbed at a time (default: as many as make sense on this machine)"), "N" },
    { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &self->exit_with_parent, N_("End when standard input is closed"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Print the version and end"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  self->jobs = (int) dub_studio_room_jobs (g_get_num_processors (), find_memory ());
  g_option_context_set_summary (context, _("The built-in studio of Dubroom: dubs videos on this machine."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &arguments, error)
      || !check (self, (int) g_strv_length (arguments) - 1, error))
    return FALSE;

  if (self->data_dir == NULL)
    {
      paths = dub_paths_new (NULL, NULL, NULL);
      self->data_dir = g_strdup (dub_paths_get_studio_dir (paths));
    }
  return TRUE;
}

/**
 * dub_studio_options_clear:
 * @self: options
 *
 * Frees the values.
 */
void
dub_studio_options_clear (DubStudioOptions *self)
{
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->credentials, g_free);
}
