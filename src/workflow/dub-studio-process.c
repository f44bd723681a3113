/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-process.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "dub-workflow-error.h"

#define READY_WITHIN_S 30
#define STOP_WITHIN_S 5
#define MAX_PAUSE_S 60
#define COMPLAINT_PREFIX "dubroom-studio: "
#define MAX_COMPLAINT 4096
#define STREAMS (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE)
/* A studio that has run for so long before it ended counts as one that can run. */
#define SOUND_RUN_US (30 * G_USEC_PER_SEC)

/**
 * DubStudioProcess:
 *
 * Starts the studio when it is needed, starts it anew when it died, and ends it. All on the main thread.
 */
struct _DubStudioProcess
{
  GObject parent_instance;

  char *program;
  char *data_dir;
  GFile *directory;
  DubLog *log; /* NULL: there is none */
  GSubprocess *process; /* starting or running */
  GDataInputStream *output;
  int complaint; /* its standard error: in memory, never more than MAX_COMPLAINT, and read only when it could not start */
  GCancellable *starting; /* of the reading of its first line */
  char *base_url;         /* while it runs */
  char *token;
  GQueue waiters; /* GTask of ensure */
  GTask *stopping;
  guint timer; /* start, patience, or stop, one at a time */
  guint failures;
  gint64 ready_since;
  gboolean closed;
};

enum
{
  SIGNAL_STOPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DubStudioProcess, dub_studio_process, G_TYPE_OBJECT)

static void start (DubStudioProcess *self);

static void
dub_studio_process_dispose (GObject *object)
{
  DubStudioProcess *self = DUB_STUDIO_PROCESS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->starting);
  G_OBJECT_CLASS (dub_studio_process_parent_class)->dispose (object);
}

static void
dub_studio_process_finalize (GObject *object)
{
  DubStudioProcess *self = DUB_STUDIO_PROCESS (object);

  g_free (self->program);
  g_free (self->data_dir);
  g_clear_fd (&self->complaint, NULL);
  g_free (self->base_url);
  g_free (self->token);
  g_clear_object (&self->directory);
  g_clear_object (&self->log);
  g_clear_object (&self->output);
  g_clear_object (&self->process);
  g_clear_object (&self->starting);
  G_OBJECT_CLASS (dub_studio_process_parent_class)->finalize (object);
}

static void
dub_studio_process_class_init (DubStudioProcessClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dub_studio_process_dispose;
  object_class->finalize = dub_studio_process_finalize;
  signals[SIGNAL_STOPPED] = g_signal_new ("stopped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
dub_studio_process_init (DubStudioProcess *self)
{
  g_queue_init (&self->waiters);
  self->starting = g_cancellable_new ();
  self->complaint = -1;
}

DubStudioProcess *
dub_studio_process_new (const char *program,
                        const char *data_dir)
{
  DubStudioProcess *self;

  g_return_val_if_fail (program != NULL && data_dir != NULL, NULL);

  self = g_object_new (DUB_TYPE_STUDIO_PROCESS, NULL);
  self->program = g_strdup (program);
  self->data_dir = g_strdup (data_dir);
  self->directory = g_file_new_for_path (data_dir);
  return self;
}

void
dub_studio_process_set_log (DubStudioProcess *self,
                            DubLog           *log)
{
  g_return_if_fail (DUB_IS_STUDIO_PROCESS (self));
  g_set_object (&self->log, log);
}

GFile *
dub_studio_process_get_directory (DubStudioProcess *self)
{
  g_return_val_if_fail (DUB_IS_STUDIO_PROCESS (self), NULL);
  return self->directory;
}

static void
answer_waiters (DubStudioProcess *self,
                const GError     *error)
{
  g_autoptr (GQueue) waiters = g_queue_copy (&self->waiters);

  g_queue_clear (&self->waiters);
  for (GList *l = waiters->head; l != NULL; l = l->next)
    {
      g_autoptr (GTask) task = l->data;

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

static void
fail_waiters (DubStudioProcess *self,
              const char       *sentence)
{
  g_autoptr (GError) error = g_error_new_literal (DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_STUDIO, sentence);

  dub_log_write (self->log, "studio not started: %s", sentence);
  self->failures++;
  answer_waiters (self, error);
}

/* What the studio said before it ended, NULL if nothing. */
static char *
read_complaint (DubStudioProcess *self)
{
  char text[MAX_COMPLAINT + 1] = "";
  char *sentence;

  if (self->complaint < 0 || pread (self->complaint, text, MAX_COMPLAINT, 0) <= 0)
    return NULL;
  sentence = strstr (text, COMPLAINT_PREFIX);
  if (sentence == NULL)
    return NULL;
  sentence += strlen (COMPLAINT_PREFIX);
  sentence[strcspn (sentence, "\n")] = '\0';
  return g_utf8_make_valid (sentence, -1);
}

static void
fail_to_start (DubStudioProcess *self)
{
  g_autofree char *complaint = read_complaint (self);
  g_autofree char *sentence = NULL;

  if (complaint != NULL)
    /* Translators: %s is a whole sentence, or several. */
    sentence = g_strdup_printf (_("The built-in studio cannot start. %s Your dubs are safe, and go on when it runs."), complaint);
  fail_waiters (self, sentence != NULL ? sentence
                                       : _("The built-in studio stopped while it was starting. Your dubs are safe and go on when it runs: "
                                           "close Dubroom and open it again, or reinstall it if that does not help."));
}

static void
finish_stop (DubStudioProcess *self)
{
  g_autoptr (GTask) stopping = g_steal_pointer (&self->stopping);

  if (stopping != NULL)
    g_task_return_boolean (stopping, TRUE);
}

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DubStudioProcess) self = user_data;
  gboolean was_running = self->base_url != NULL;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  dub_log_write (self->log, "studio ended, status %d%s", g_subprocess_get_status (G_SUBPROCESS (source)),
                 self->closed ? "" : ", by itself");
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->process);
  g_clear_object (&self->output);
  g_clear_pointer (&self->base_url, g_free);
  g_clear_pointer (&self->token, g_free);
  if (self->stopping != NULL || self->closed)
    {
      finish_stop (self);
      return;
    }
  if (!was_running)
    {
      fail_to_start (self);
      return;
    }
  if (g_get_monotonic_time () - self->ready_since > SOUND_RUN_US)
    self->failures = 0;
  self->failures++;
  g_signal_emit (self, signals[SIGNAL_STOPPED], 0);
}

/* "ready PORT TOKEN" */
static gboolean
parse_ready (DubStudioProcess *self,
             const char       *line)
{
  g_auto (GStrv) words = line != NULL ? g_strsplit (line, " ", -1) : NULL;
  guint64 port;

  if (words == NULL || g_strv_length (words) != 3 || g_strcmp0 (words[0], "ready") != 0 || *words[2] == '\0')
    return FALSE;
  if (!g_ascii_string_to_unsigned (words[1], 10, 1, G_MAXUINT16, &port, NULL))
    return FALSE;

  self->base_url = g_strdup_printf ("http://127.0.0.1:%u/open_api/v1.3/", (guint) port);
  self->token = g_strdup (words[2]);
  return TRUE;
}

static void
on_first_line (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DubStudioProcess) self = user_data;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  if (self->process == NULL || G_DATA_INPUT_STREAM (source) != self->output || self->closed)
    return;
  if (!parse_ready (self, line))
    {
      /* Its end answers those who wait. */
      g_subprocess_force_exit (self->process);
      return;
    }

  g_clear_handle_id (&self->timer, g_source_remove);
  self->ready_since = g_get_monotonic_time ();
  dub_log_write (self->log, "studio runs, process %s", g_subprocess_get_identifier (self->process));
  answer_waiters (self, NULL);
}

static gboolean
on_patience_over (gpointer user_data)
{
  DubStudioProcess *self = user_data;

  self->timer = 0;
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  return G_SOURCE_REMOVE;
}

/* Sealed, so that a studio that complains for days fills nothing. */
static int
make_complaint (void)
{
  int fd = memfd_create ("studio", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd >= 0 && (ftruncate (fd, MAX_COMPLAINT) != 0 || fcntl (fd, F_ADD_SEALS, F_SEAL_GROW) != 0))
    g_clear_fd (&fd, NULL);
  return fd;
}

static void
take_complaints (DubStudioProcess    *self,
                 GSubprocessLauncher *launcher)
{
  int fd;

  g_clear_fd (&self->complaint, NULL);
  /* Who looks for a fault wants to see it all. */
  if (g_getenv ("G_MESSAGES_DEBUG") != NULL)
    return;
  self->complaint = make_complaint ();
  fd = self->complaint >= 0 ? fcntl (self->complaint, F_DUPFD_CLOEXEC, 3) : -1;
  if (fd >= 0)
    g_subprocess_launcher_take_stderr_fd (launcher, fd);
  else
    g_subprocess_launcher_set_flags (launcher, STREAMS | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
}

static void
start (DubStudioProcess *self)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;

  launcher = g_subprocess_launcher_new (STREAMS);
  take_complaints (self, launcher);
  self->process = g_subprocess_launcher_spawn (launcher, &error, self->program, "--exit-with-parent", "--data-dir",
                                               self->data_dir, NULL);
  if (self->process == NULL)
    {
      g_autofree char *sentence = g_strdup_printf (
        _("The built-in studio cannot be started (%s). Your dubs are safe: reinstall Dubroom, then open it again."),
        error->message);

      fail_waiters (self, sentence);
      return;
    }

  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, self->starting, on_first_line, g_object_ref (self));
  g_subprocess_wait_async (self->process, NULL, on_ended, g_object_ref (self));
  self->timer = g_timeout_add_seconds (READY_WITHIN_S, on_patience_over, self);
}

static gboolean
on_pause_over (gpointer user_data)
{
  DubStudioProcess *self = user_data;

  self->timer = 0;
  start (self);
  return G_SOURCE_REMOVE;
}

void
dub_studio_process_ensure_async (DubStudioProcess    *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DUB_IS_STUDIO_PROCESS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_studio_process_ensure_async);
  if (self->closed)
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The built-in studio is being closed."));
      return;
    }
  if (self->base_url != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_queue_push_tail (&self->waiters, g_steal_pointer (&task));
  if (self->process != NULL || self->timer != 0)
    return;
  if (self->failures == 0)
    start (self);
  else
    self->timer = g_timeout_add_seconds (MIN (1u << MIN (self->failures - 1, 6), MAX_PAUSE_S), on_pause_over, self);
}

gboolean
dub_studio_process_ensure_finish (DubStudioProcess  *self,
                                  GAsyncResult      *result,
                                  char             **base_url,
                                  char             **token,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (self->base_url == NULL)
    {
      g_set_error_literal (error, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_STUDIO,
                           _("The built-in studio has stopped. It is started again by itself; your dubs are safe."));
      return FALSE;
    }
  *base_url = g_strdup (self->base_url);
  *token = g_strdup (self->token);
  return TRUE;
}

void
dub_studio_process_end (DubStudioProcess *self)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The built-in studio is being closed."));

  g_return_if_fail (DUB_IS_STUDIO_PROCESS (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  answer_waiters (self, error);
  if (self->process == NULL)
    return;
  g_subprocess_send_signal (self->process, SIGTERM);
  self->timer = g_timeout_add_seconds (STOP_WITHIN_S, on_patience_over, self);
}

void
dub_studio_process_yield (DubStudioProcess *self)
{
  g_return_if_fail (DUB_IS_STUDIO_PROCESS (self));

  if (self->process != NULL && !self->closed)
    g_subprocess_send_signal (self->process, SIGTERM);
}

void
dub_studio_process_stop_async (DubStudioProcess    *self,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STUDIO_PROCESS (self));
  g_return_if_fail (self->stopping == NULL);

  self->stopping = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stopping, dub_studio_process_stop_async);
  dub_studio_process_end (self);
  if (self->process == NULL)
    finish_stop (self);
}

void
dub_studio_process_stop_finish (DubStudioProcess *self,
                                GAsyncResult     *result)
{
  g_return_if_fail (g_task_is_valid (result, self));
  g_task_propagate_boolean (G_TASK (result), NULL);
}
