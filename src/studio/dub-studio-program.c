/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-program.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dub-studio-options.h"
#include "dub-studio-server.h"
#include "dub-studio-sweep.h"

/* A studio whose parent has died needs a moment to end before the next one can have its directory. */
#define LOCK_RETRY_MS  50
#define LOCK_RETRIES   (2000 / LOCK_RETRY_MS)
#define STOP_WITHIN_MS 700

#define SWEEP_EACH_S (24 * 60 * 60)

/* Another one each time the machine is started. */
#define BOOT_ID "/proc/sys/kernel/random/boot_id"

typedef struct
{
  DubStudioOptions options;
  GMainLoop *loop;
  DubStudioStore *store;
  DubStudioWorkspace *workspace;
  DubJobRunner *runner;
  DubStudioSetup *setup;
  DubStudioQueue *queue;
  DubStudioServer *server;
  GCancellable *sweeping;
  int lock;
  guint lock_retries;
  gboolean announced;
  gboolean stopping;
  DubStudioExit status;
} Program;

static void
complain (const char *sentence)
{
  g_printerr ("dubroom-studio: %s\n", sentence);
}

static void
end (Program      *program,
     DubStudioExit status,
     const char   *sentence)
{
  complain (sentence);
  program->status = status;
  g_main_loop_quit (program->loop);
}

/* --- stopping --- */

static void
on_queue_stopped (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Program *program = user_data;

  dub_studio_queue_stop_finish (program->queue, result);
  g_main_loop_quit (program->loop);
}

static gboolean
on_stop_patience_over (gpointer user_data)
{
  Program *program = user_data;

  g_main_loop_quit (program->loop);
  return G_SOURCE_REMOVE;
}

static void
stop (Program *program)
{
  if (program->stopping)
    return;

  program->stopping = TRUE;
  g_cancellable_cancel (program->sweeping);
  if (program->server == NULL)
    {
      g_main_loop_quit (program->loop);
      return;
    }
  dub_studio_server_close (program->server);
  dub_studio_queue_stop_async (program->queue, on_queue_stopped, program);
  g_timeout_add (STOP_WITHIN_MS, on_stop_patience_over, program);
}

static gboolean
on_signal (gpointer user_data)
{
  stop (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_input (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  char ignored[512];
  gssize n = read (fd, ignored, sizeof ignored);

  if (n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN)))
    return G_SOURCE_CONTINUE;
  stop (user_data);
  return G_SOURCE_REMOVE;
}

static void
listen_for_the_end (Program *program)
{
  /* A parent that goes away while it is written to. */
  signal (SIGPIPE, SIG_IGN);
  g_unix_signal_add (SIGTERM, on_signal, program);
  g_unix_signal_add (SIGINT, on_signal, program);
  g_unix_signal_add (SIGHUP, on_signal, program);
  if (program->options.exit_with_parent)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, program);
}

/* --- handing over the token --- */

static gboolean
write_to_parent (const char *line)
{
  gsize left = strlen (line);

  while (left > 0)
    {
      gssize n = write (STDOUT_FILENO, line, left);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      line += n;
      left -= (gsize) n;
    }
  return TRUE;
}

static gboolean
announce (Program *program,
          GError **error)
{
  g_autofree char *line = g_strdup_printf ("ready %u %s\n", dub_studio_server_get_port (program->server),
                                           dub_studio_server_get_token (program->server));

  if (program->options.credentials == NULL)
    {
      if (write_to_parent (line))
        return TRUE;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, _("Nobody reads standard output."));
      return FALSE;
    }

  /* Anew, never into what others have open already. */
  g_unlink (program->options.credentials);
  program->announced = g_file_set_contents_full (program->options.credentials, line, -1,
                                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
  return program->announced;
}

/* --- what is too old --- */

static void
on_swept (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!dub_studio_sweep_finish (result, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("what is older than 30 days stays until tomorrow: %s", error->message);
}

static gboolean
sweep (gpointer user_data)
{
  Program *program = user_data;

  if (!program->stopping)
    dub_studio_sweep_async (program->store, program->workspace, g_get_real_time () / G_USEC_PER_SEC, program->sweeping,
                            on_swept, NULL);
  return G_SOURCE_CONTINUE;
}

/* --- starting, one step after the other --- */

static void
on_resumed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Program *program = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_studio_queue_resume_finish (program->queue, result, &error) || !announce (program, &error))
    {
      end (program, DUB_STUDIO_EXIT_FAILED, error->message);
      return;
    }
  sweep (program);
  g_timeout_add_seconds (SWEEP_EACH_S, sweep, program);
}

/* The lock file keeps the id of the machine's run in which it was locked last. */
static gboolean
machine_was_started_anew (Program *program)
{
  g_autofree char *now = NULL;
  char before[64] = "";

  if (!g_file_get_contents (BOOT_ID, &now, NULL, NULL) || pread (program->lock, before, sizeof before - 1, 0) < 0)
    return FALSE;
  if (g_str_equal (before, now))
    return FALSE;
  if (ftruncate (program->lock, 0) != 0 || pwrite (program->lock, now, strlen (now), 0) < 0 || fsync (program->lock) != 0)
    {
      g_message ("that the machine was started could not be noted: %s", g_strerror (errno));
      return FALSE;
    }
  return *before != '\0';
}

static void
on_store_opened (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Program *program = user_data;
  DubStudioTools tools;
  g_autoptr (GError) error = NULL;

  if (!dub_studio_store_open_finish (program->store, result, &error))
    {
      end (program, DUB_STUDIO_EXIT_FAILED, error->message);
      return;
    }

  tools = (DubStudioTools) { program->store, program->workspace, program->runner, program->setup };
  program->queue = dub_studio_queue_new (&tools, (guint) program->options.jobs);
  program->server = dub_studio_server_new (&tools, program->queue, (guint) program->options.qps);
  if (dub_studio_server_listen (program->server, &error))
    dub_studio_queue_resume_async (program->queue, machine_was_started_anew (program), NULL, on_resumed, program);
  else
    end (program, DUB_STUDIO_EXIT_FAILED, error->message);
}

static void
on_workspace_opened (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  Program *program = user_data;
  g_autoptr (GError) error = NULL;

  if (dub_studio_workspace_open_finish (program->workspace, result, &error))
    dub_studio_store_open_async (program->store, NULL, on_store_opened, program);
  else
    end (program, DUB_STUDIO_EXIT_FAILED, error->message);
}

static void
open_directory (Program *program)
{
  g_autofree char *database = g_build_filename (program->options.data_dir, "studio.db", NULL);
  g_autoptr (DubKeyring) keyring = dub_keyring_new ();

  program->workspace = dub_studio_workspace_new (program->options.data_dir);
  program->store = dub_studio_store_new (database);
  program->setup = dub_studio_setup_new (program->options.data_dir, keyring);
  dub_studio_workspace_open_async (program->workspace, NULL, on_workspace_opened, program);
}

static gboolean
try_lock (gpointer user_data)
{
  Program *program = user_data;
  g_autofree char *sentence = NULL;

  if (program->stopping)
    return G_SOURCE_REMOVE;
  if (flock (program->lock, LOCK_EX | LOCK_NB) == 0)
    {
      open_directory (program);
      return G_SOURCE_REMOVE;
    }
  if (program->lock_retries-- > 0)
    return G_SOURCE_CONTINUE;

  /* Translators: %s is the path of a folder. */
  sentence = g_strdup_printf (_("Another studio works in “%s” already. End it, or name another folder with --data-dir."),
                              program->options.data_dir);
  end (program, DUB_STUDIO_EXIT_IN_USE, sentence);
  return G_SOURCE_REMOVE;
}

/* The lock is of the open file, and goes with the process however that ends. */
static gboolean
open_lock (Program *program)
{
  g_autofree char *path = g_build_filename (program->options.data_dir, "lock", NULL);
  g_autofree char *sentence = NULL;
  int fault;

  if (g_mkdir_with_parents (program->options.data_dir, 0700) == 0
      && (program->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) >= 0)
    return TRUE;

  fault = errno;
  /* Translators: the first %s is the path of a folder, the second what the system says. */
  sentence = g_strdup_printf (_("The folder “%s” cannot be used: %s. Name another one with --data-dir."),
                              program->options.data_dir, g_strerror (fault));
  complain (sentence);
  return FALSE;
}

/* --- the whole --- */

static void
clear (Program *program)
{
  if (program->announced)
    g_unlink (program->options.credentials);
  if (program->store != NULL)
    dub_studio_store_close (program->store);
  g_clear_object (&program->sweeping);
  g_clear_object (&program->server);
  g_clear_object (&program->queue);
  g_clear_object (&program->runner);
  g_clear_object (&program->setup);
  g_clear_object (&program->workspace);
  g_clear_object (&program->store);
  g_clear_fd (&program->lock, NULL);
  g_clear_pointer (&program->loop, g_main_loop_unref);
  dub_studio_options_clear (&program->options);
}

/* A file would be as a shell makes it, and others could read it. */
static gboolean
can_hand_over_token (Program *program)
{
  struct stat output;

  if (program->options.credentials != NULL)
    return TRUE;
  if (fstat (STDOUT_FILENO, &output) == 0 && (S_ISFIFO (output.st_mode) || S_ISSOCK (output.st_mode)))
    return TRUE;
  complain (_("The token is written to a pipe only, neither to a terminal nor into a file. Use --credentials FILE, or let "
              "standard output be a pipe."));
  return FALSE;
}

/**
 * dub_studio_program_run:
 * @argc: number of arguments
 * @argv: arguments
 * @worker: path of the program that works: see dub-job-runner.h
 *
 * Serves until it is told to end.
 *
 * Returns: the exit status, a #DubStudioExit
 */
int
dub_studio_program_run (int         argc,
                        char      **argv,
                        const char *worker)
{
  Program program = { .lock = -1, .lock_retries = LOCK_RETRIES };
  g_autoptr (GError) error = NULL;

  umask (0077);
  /* Standard output is for the one line. */
  g_log_writer_default_set_use_stderr (TRUE);
  if (!dub_studio_options_parse (&program.options, argc, argv, &error))
    {
      complain (error->message);
      program.status = DUB_STUDIO_EXIT_USAGE;
    }
  else if (program.options.version)
    {
      g_print ("dubroom-studio %s\n", DUB_VERSION);
    }
  else if (!can_hand_over_token (&program))
    {
      program.status = DUB_STUDIO_EXIT_USAGE;
    }
  else if (!open_lock (&program))
    {
      program.status = DUB_STUDIO_EXIT_FAILED;
    }
  else
    {
      program.loop = g_main_loop_new (NULL, FALSE);
      program.sweeping = g_cancellable_new ();
      program.runner = dub_job_runner_new (worker, DUB_JOB_RUNNER_PATIENCE_S);
      listen_for_the_end (&program);
      if (try_lock (&program) == G_SOURCE_CONTINUE)
        g_timeout_add (LOCK_RETRY_MS, try_lock, &program);
      g_main_loop_run (program.loop);
    }
  clear (&program);
  return program.status;
}
