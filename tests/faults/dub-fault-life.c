/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fault-life.h"

#include <signal.h>

struct _DubFaultLife
{
  GSubprocess *process;
  GDataInputStream *words;
  GCancellable *stop;
  char *errors_path;
  gboolean silent; /* it has said its last word */
  gboolean dead;
  void (*line) (const char *line, gpointer user_data);
  void (*died) (DubFaultDeathCause cause, const char *errors, gpointer user_data);
  gpointer user_data;
};

static void
check_end (DubFaultLife *self)
{
  g_autofree char *errors = NULL;
  DubFaultDeathCause cause = DUB_FAULT_DEATH_CRASHED;

  if (!self->silent || !self->dead)
    return;
  if (g_subprocess_get_if_signaled (self->process) && g_subprocess_get_term_sig (self->process) == SIGKILL)
    cause = DUB_FAULT_DEATH_KILLED;
  else if (g_subprocess_get_successful (self->process))
    cause = DUB_FAULT_DEATH_ENDED;
  g_file_get_contents (self->errors_path, &errors, NULL, NULL);
  self->died (cause, errors, self->user_data);
}

static void
on_dead (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  DubFaultLife *self = user_data;

  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL))
    return;
  self->dead = TRUE;
  check_end (self);
}

static void
on_line (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  DubFaultLife *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (line == NULL)
    {
      self->silent = TRUE;
      check_end (self);
      return;
    }
  g_data_input_stream_read_line_async (self->words, G_PRIORITY_DEFAULT, self->stop, on_line, self);
  self->line (line, self->user_data);
}

static GSubprocessLauncher *
make_launcher (DubFaultLife *self,
               const char   *dir)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  g_subprocess_launcher_set_stderr_file_path (launcher, self->errors_path);
  g_subprocess_launcher_setenv (launcher, "G_DEBUG", "fatal-warnings", TRUE);
  g_subprocess_launcher_setenv (launcher, "GIO_USE_VFS", "local", TRUE);
  g_subprocess_launcher_setenv (launcher, "GSETTINGS_BACKEND", "memory", TRUE);
  g_subprocess_launcher_setenv (launcher, "no_proxy", "127.0.0.1", TRUE);
  g_subprocess_launcher_setenv (launcher, "DUBROOM_FAULT_KEYS", dir, TRUE);
  /* What is loaded from there is for proxies and TLS. */
  g_subprocess_launcher_setenv (launcher, "GIO_MODULE_DIR", dir, TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  return launcher;
}

DubFaultLife *
dub_fault_life_start (const char *const *arguments,
                      const char        *dir,
                      void             (*line) (const char *line, gpointer user_data),
                      void             (*died) (DubFaultDeathCause cause, const char *errors, gpointer user_data),
                      gpointer           user_data)
{
  DubFaultLife *self = g_new0 (DubFaultLife, 1);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;

  self->line = line;
  self->died = died;
  self->user_data = user_data;
  self->stop = g_cancellable_new ();
  self->errors_path = g_build_filename (dir, "errors", NULL);
  launcher = make_launcher (self, dir);
  self->process = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  g_assert_no_error (error);
  self->words = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_subprocess_wait_async (self->process, self->stop, on_dead, self);
  g_data_input_stream_read_line_async (self->words, G_PRIORITY_DEFAULT, self->stop, on_line, self);
  return self;
}

void
dub_fault_life_free (DubFaultLife *self)
{
  g_cancellable_cancel (self->stop);
  if (!self->dead)
    g_subprocess_force_exit (self->process);
  g_object_unref (self->stop);
  g_object_unref (self->words);
  g_object_unref (self->process);
  g_free (self->errors_path);
  g_free (self);
}

void
dub_fault_life_tell (DubFaultLife *self,
                     const char   *order)
{
  g_autofree char *line = g_strconcat (order, "\n", NULL);

  /* One that has just died is told nothing. */
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process), line, strlen (line), NULL, NULL, NULL);
}

void
dub_fault_life_kill (DubFaultLife *self)
{
  g_subprocess_send_signal (self->process, SIGKILL);
}
