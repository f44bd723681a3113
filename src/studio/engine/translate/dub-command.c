/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-command.h"

#include <gio/gio.h>
#include <signal.h>
#include <sys/prctl.h>

/* Whatever the program starts in its turn ends as its input and output do. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/**
 * dub_command_filter:
 * @argv: the program and its arguments, %NULL-terminated
 * @input: UTF-8
 *
 * Blocks until the program has ended.
 *
 * Returns: (transfer full) (nullable): its output, UTF-8; an error where it cannot be started, says that it
 * failed, or answers in anything but UTF-8
 */
char *
dub_command_filter (const char *const *argv, const char *input, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *output = NULL;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, argv, error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, input, NULL, &output, NULL, error))
    return NULL;
  if (!g_spawn_check_wait_status (g_subprocess_get_status (process), error))
    return NULL;
  return g_steal_pointer (&output);
}
