/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-worker-process.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "dub-job.h"
#include "dub-service-types.h"

/* A result is some 100 bytes for each segment: a line longer than this is no result. */
#define MAX_LINE       (4 * 1024 * 1024)
#define MAX_OUTPUT     (16 * 1024 * 1024)
#define MAX_SENTENCE   1000
#define READ_AT_A_TIME (16 * 1024)

/* One working process. It is over when the three of writing, reading and waiting are. */
typedef struct
{
  GSubprocess *process;
  GBytes *input;
  GByteArray *line;
  gsize output; /* bytes so far */
  GBytes *verdict;
  char *sentence;
  pid_t group;
  guint under_way;
  DubWorkerLimits limits;
  DubWorkerProgress progress;
  gpointer progress_data;
  guint watchdog;
  guint deadline;
  gulong cancelled;
  gboolean given_up; /* no more of it is read */
  gboolean hung;
  gboolean overdue;
} Run;

static void
run_free (Run *run)
{
  g_clear_handle_id (&run->watchdog, g_source_remove);
  g_clear_handle_id (&run->deadline, g_source_remove);
  g_clear_object (&run->process);
  g_clear_pointer (&run->input, g_bytes_unref);
  g_clear_pointer (&run->line, g_byte_array_unref);
  g_clear_pointer (&run->verdict, g_bytes_unref);
  g_free (run->sentence);
  g_free (run);
}

/* Nothing of the work is wanted any more, and what it left is swept by the caller: no need to ask politely. */
static void
kill_group (Run *run)
{
  if (run->group > 0)
    kill (-run->group, SIGKILL);
}

static void
on_cancelled (GCancellable *cancellable,
              Run          *run)
{
  kill_group (run);
}

static gboolean
on_patience_over (gpointer user_data)
{
  Run *run = user_data;

  run->watchdog = 0;
  run->hung = TRUE;
  kill_group (run);
  return G_SOURCE_REMOVE;
}

static gboolean
on_time_over (gpointer user_data)
{
  Run *run = user_data;

  run->deadline = 0;
  run->overdue = TRUE;
  kill_group (run);
  return G_SOURCE_REMOVE;
}

static void
restart_watchdog (Run *run)
{
  g_clear_handle_id (&run->watchdog, g_source_remove);
  run->watchdog = g_timeout_add_seconds (run->limits.patience_s, on_patience_over, run);
}

/**
 * dub_worker_process_crash_error:
 *
 * Returns: (transfer full): what is said of a working process that ended without a word, or with one that cannot be read
 */
GError *
dub_worker_process_crash_error (void)
{
  return g_error_new_literal (DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED,
                              _("The built-in studio crashed while it worked on this video. Other videos are not "
                                "affected. Try this one again, or export it anew and dub that."));
}

static GError *
make_error (Run *run)
{
  if (run->sentence != NULL)
    return g_error_new_literal (DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED, run->sentence);
  if (run->hung)
    return g_error_new_literal (DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED,
                                _("The built-in studio stopped working on this video: it made no progress for a long "
                                  "time. Other videos are not affected. Try this one again, or export it anew and dub that."));
  if (run->overdue)
    return g_error_new_literal (DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                                _("The built-in studio took far too long for this video, and gave it up. Other videos are "
                                  "not affected. Export it anew, or cut it into shorter ones, and dub those."));
  return dub_worker_process_crash_error ();
}

static void
conclude (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (--run->under_way > 0)
    return;

  g_clear_handle_id (&run->watchdog, g_source_remove);
  g_clear_handle_id (&run->deadline, g_source_remove);
  if (run->cancelled != 0)
    g_cancellable_disconnect (cancellable, run->cancelled);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (run->verdict != NULL && g_subprocess_get_successful (run->process))
    g_task_return_pointer (task, g_steal_pointer (&run->verdict), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, make_error (run));
}

/* --- what it says --- */

static void
take_verdict (Run        *run,
              const char *base64)
{
  gsize size;
  guchar *data = g_base64_decode (base64, &size);

  run->verdict = g_bytes_new_take (data, size);
}

static void
take_sentence (Run        *run,
               const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);

  g_strstrip (valid);
  if (*valid != '\0')
    run->sentence = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_SENTENCE));
}

/* "transcribe 0.430" */
static void
take_progress (Run        *run,
               const char *words)
{
  g_auto (GStrv) word = g_strsplit (words, " ", 3);
  const char *stage = dub_progress_stage_find (word[0]);
  double fraction;
  char *end;

  if (run->progress == NULL || stage == NULL || g_strv_length (word) != 2 || !g_ascii_isdigit (*word[1]))
    return;
  fraction = g_ascii_strtod (word[1], &end);
  if (*end == '\0' && isfinite (fraction) && fraction >= 0 && fraction <= 1)
    run->progress (stage, fraction, run->progress_data);
}

/* The first verdict counts. */
static void
take_line (Run        *run,
           const char *line)
{
  if (run->verdict != NULL || run->sentence != NULL)
    return;
  if (g_str_has_prefix (line, "done "))
    take_verdict (run, line + strlen ("done "));
  else if (g_str_has_prefix (line, "failed "))
    take_sentence (run, line + strlen ("failed "));
  else if (g_str_has_prefix (line, "progress "))
    take_progress (run, line + strlen ("progress "));
}

static void
take_bytes (Run    *run,
            GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *end;

  while (size > 0 && (end = memchr (data, '\n', size)) != NULL)
    {
      g_byte_array_append (run->line, (const guint8 *) data, end - data);
      g_byte_array_append (run->line, (const guint8 *) "", 1);
      take_line (run, (const char *) run->line->data);
      g_byte_array_set_size (run->line, 0);
      size -= end + 1 - data;
      data = end + 1;
    }
  g_byte_array_append (run->line, (const guint8 *) data, size);
  if (run->line->len > MAX_LINE || run->output > MAX_OUTPUT)
    {
      run->given_up = TRUE;
      kill_group (run);
    }
}

static void read_more (GTask *task);

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GBytes) bytes = NULL;
  Run *run = g_task_get_task_data (task);

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  if (bytes != NULL && g_bytes_get_size (bytes) > 0)
    {
      restart_watchdog (run);
      run->output += g_bytes_get_size (bytes);
      take_bytes (run, bytes);
      if (!run->given_up)
        {
          read_more (task);
          return;
        }
    }
  conclude (task);
}

static void
read_more (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (run->process), READ_AT_A_TIME, G_PRIORITY_DEFAULT,
                                   NULL, on_read, g_object_ref (task));
}

/* --- what it is told --- */

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, NULL);
  conclude (task);
}

/* A process that does not read its job ends without a word: that it could not be written needs no telling. */
static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_output_stream_close_async (G_OUTPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, on_closed, user_data);
}

/* --- its life --- */

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  /* What it started (translators) would keep the pipe open. */
  kill_group (run);
  run->group = 0;
  conclude (task);
}

/**
 * dub_worker_memory:
 *
 * Half of the machine's, so that the rest of it stays usable, and at least 4 GiB: a picture of 3840 × 2160 that is encoded
 * anew needs some of them.
 *
 * Returns: bytes
 */
guint64
dub_worker_memory (void)
{
#ifdef __SANITIZE_ADDRESS__
  /* The shadow of all addresses is data, too. */
  return 0;
#else
  guint64 machine = (guint64) sysconf (_SC_PHYS_PAGES) * (guint64) sysconf (_SC_PAGE_SIZE);

  return MAX (machine / 2, G_GUINT64_CONSTANT (4) << 30);
#endif
}

/* Of this machine, for one process. */
typedef struct
{
  guint64 memory;
  guint64 cpu_s;
} Share;

static void
limit (int     resource,
       guint64 amount)
{
  const struct rlimit both = { amount, amount };

  setrlimit (resource, &both);
}

/* Between fork and exec: nothing but system calls. Memory is limited as data, not as address space, of which threads
 * reserve far more than they use. */
static void
set_up_child (gpointer user_data)
{
  const Share *share = user_data;

  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  limit (RLIMIT_CORE, 0);
  if (share->memory > 0)
    limit (RLIMIT_DATA, share->memory);
  if (share->cpu_s > 0)
    limit (RLIMIT_CPU, share->cpu_s);
}

/**
 * dub_worker_process_start:
 * @command: program and arguments
 * @limits: what it may use of this machine; time is for the caller to watch
 * @error: return location; #GSpawnError
 *
 * It ends with this process.
 *
 * Returns: (transfer full) (nullable): the process
 */
GSubprocess *
dub_worker_process_start (const char *const     *command,
                          const DubWorkerLimits *limits,
                          GError               **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  Share share = { limits->memory, (guint64) limits->longest_s * g_get_num_processors () };

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, set_up_child, &share, NULL);
  return g_subprocess_launcher_spawnv (launcher, command, error);
}

/**
 * dub_worker_process_run_async:
 * @command: program and arguments
 * @input: what it reads from its standard input
 * @limits: what it may use; copied
 * @progress: (nullable): told how far it is, until @callback is called
 * @progress_data: for @progress
 * @cancellable: (nullable): kills the process and all that it started
 * @callback: called when the process is gone
 * @user_data: for @callback
 *
 * Has something done by a working process of its own. This process must ignore SIGPIPE, as every program with sockets
 * does. Main thread.
 */
void
dub_worker_process_run_async (const char *const     *command,
                              GBytes                *input,
                              const DubWorkerLimits *limits,
                              DubWorkerProgress      progress,
                              gpointer               progress_data,
                              GCancellable          *cancellable,
                              GAsyncReadyCallback    callback,
                              gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, dub_worker_process_run_async);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  run->process = dub_worker_process_start (command, limits, &error);
  if (run->process == NULL)
    {
      g_task_return_new_error (task, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED,
                               _("The built-in studio cannot start its work on this video: %s. Free some memory, or "
                                 "install Dubroom again."),
                               error->message);
      return;
    }

  run->group = (pid_t) g_ascii_strtoll (g_subprocess_get_identifier (run->process), NULL, 10);
  run->input = g_bytes_ref (input);
  run->line = g_byte_array_new ();
  run->limits = *limits;
  run->progress = progress;
  run->progress_data = progress_data;
  run->under_way = 3;
  restart_watchdog (run);
  if (limits->longest_s > 0)
    run->deadline = g_timeout_add_seconds (limits->longest_s, on_time_over, run);

  g_subprocess_wait_async (run->process, NULL, on_ended, g_object_ref (task));
  g_output_stream_write_all_async (g_subprocess_get_stdin_pipe (run->process),
                                   g_bytes_get_data (input, NULL), g_bytes_get_size (input),
                                   G_PRIORITY_DEFAULT, NULL, on_written, g_object_ref (task));
  read_more (task);
  if (cancellable != NULL)
    run->cancelled = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), run, NULL);
}

/**
 * dub_worker_process_run_finish:
 * @result: what the callback got
 * @error: return location: %DUB_STUDIO_ERROR_FAILED with the words of the process, %DUB_STUDIO_ERROR_CRASHED when it
 *   ended without one, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what it has made, of any bytes: nothing of it is checked
 */
GBytes *
dub_worker_process_run_finish (GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
