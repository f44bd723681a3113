/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-command.h"

#include <gio/gio.h>
#include <signal.h>
#include <sys/prctl.h>

typedef struct
{
  GSubprocess *process;
  GCancellable *limit;
  char *output;
  GError *error;
  gboolean too_late;
  gboolean done;
} Run;

static void
run_clear (Run *run)
{
  g_clear_object (&run->process);
  g_clear_object (&run->limit);
  g_clear_pointer (&run->output, g_free);
  g_clear_error (&run->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* Whatever the program starts in its turn ends as its input and output do; what hangs for good is in the group of this
 * process, and ends with it. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
start (const char *const *argv,
       GError           **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  return g_subprocess_launcher_spawnv (launcher, argv, error);
}

static gboolean
on_limit (gpointer user_data)
{
  Run *run = user_data;

  run->too_late = TRUE;
  g_subprocess_force_exit (run->process);
  g_cancellable_cancel (run->limit);
  return G_SOURCE_REMOVE;
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Run *run = user_data;

  g_subprocess_communicate_utf8_finish (run->process, result, &run->output, NULL, &run->error);
  run->done = TRUE;
}

/* In a context of its own: whoever calls may have one that runs other things. */
static void
communicate (Run        *run,
             const char *input,
             guint       limit_ms)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) limit = g_timeout_source_new (limit_ms);

  g_main_context_push_thread_default (context);
  g_source_set_callback (limit, on_limit, run, NULL);
  g_source_attach (limit, context);
  g_subprocess_communicate_utf8_async (run->process, input, run->limit, on_done, run);
  while (!run->done)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (limit);
  g_main_context_pop_thread_default (context);
}

/**
 * dub_command_filter:
 * @argv: the program and its arguments, %NULL-terminated
 * @input: UTF-8
 * @limit_ms: after so long it is ended: %G_IO_ERROR_TIMED_OUT
 *
 * Blocks until the program has ended.
 *
 * Returns: (transfer full) (nullable): its output, UTF-8; an error where it cannot be started, says that it
 * failed, takes too long, or answers in anything but UTF-8
 */
char *
dub_command_filter (const char *const *argv,
                    const char        *input,
                    guint              limit_ms,
                    GError           **error)
{
  g_auto (Run) run = { .limit = g_cancellable_new () };

  run.process = start (argv, error);
  if (run.process == NULL)
    return NULL;
  communicate (&run, input, limit_ms);
  if (run.too_late)
    {
      g_subprocess_wait (run.process, NULL, NULL);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s was not done after %u ms", argv[0], limit_ms);
      return NULL;
    }
  if (run.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&run.error));
      return NULL;
    }
  if (!g_spawn_check_wait_status (g_subprocess_get_status (run.process), error))
    return NULL;
  return g_steal_pointer (&run.output);
}
