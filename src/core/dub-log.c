/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-log-private.h"

#include <string.h>
#include <unistd.h>

#include "dub-log-file.h"
#include "dub-redact.h"

#define MAX_FILE_BYTES (1024 * 1024)
/* Of the text of a line; more is cut. */
#define MAX_TEXT_BYTES 2000
/* What waits for a disk that does not answer must not fill the memory. */
#define MAX_WAITING 20000

/**
 * DubLog:
 *
 * Writes what happens into a file, on a thread of its own, without what must not be seen. Whatever goes wrong with the file,
 * the program goes on.
 */
struct _DubLog
{
  GObject parent_instance;

  DubLogFile *file; /* of the thread alone, while it runs */
  GThread *thread;

  GMutex mutex;
  GCond more;
  GQueue jobs;        /* Job */
  GPtrArray *secrets; /* char *, the longest first, as often as they are kept; NULL-terminated, NULL while empty */
  guint n_left_out;
  gboolean closed;
};

/* A line to be written, or, with a task, some to be read. */
typedef struct
{
  char *line;
  GTask *task;
  guint n_lines;
} Job;

G_DEFINE_FINAL_TYPE (DubLog, dub_log, G_TYPE_OBJECT)

static void
job_free (Job *job)
{
  g_free (job->line);
  g_clear_object (&job->task);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
dub_log_finalize (GObject *object)
{
  DubLog *self = DUB_LOG (object);

  dub_log_close (self);
  g_clear_pointer (&self->file, dub_log_file_free);
  for (guint i = 0; i < self->secrets->len; i++)
    explicit_bzero (self->secrets->pdata[i], strlen (self->secrets->pdata[i]));
  g_ptr_array_unref (self->secrets);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->more);
  G_OBJECT_CLASS (dub_log_parent_class)->finalize (object);
}

static void
dub_log_class_init (DubLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_log_finalize;
}

static void
dub_log_init (DubLog *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->more);
  g_queue_init (&self->jobs);
  self->secrets = g_ptr_array_new_null_terminated (0, g_free, TRUE);
}

/* {The thread} */

static void
read_lines (DubLog *self,
            Job    *job)
{
  GError *error = NULL;
  char *lines = dub_log_file_read (self->file, job->n_lines, &error);

  if (lines != NULL)
    g_task_return_pointer (job->task, lines, g_free);
  else
    g_task_return_error (job->task, error);
}

static void
write_one (DubLog     *self,
           const char *line,
           gboolean   *told)
{
  g_autoptr (GError) error = NULL;

  if (dub_log_file_append (self->file, line, &error))
    return;
  if (!*told)
    g_debug ("The log cannot be written: %s", error->message);
  *told = TRUE;
}

static Job *
wait_for_job (DubLog *self)
{
  Job *job;

  g_mutex_lock (&self->mutex);
  while (g_queue_is_empty (&self->jobs) && !self->closed)
    g_cond_wait (&self->more, &self->mutex);
  job = g_queue_pop_head (&self->jobs);
  g_mutex_unlock (&self->mutex);
  return job;
}

static gpointer
run (gpointer data)
{
  DubLog *self = data;
  gboolean told = FALSE;
  Job *next;

  while ((next = wait_for_job (self)) != NULL)
    {
      g_autoptr (Job) job = next;

      if (job->task != NULL)
        read_lines (self, job);
      else
        write_one (self, job->line, &told);
    }
  return NULL;
}

DubLog *
dub_log_new_sized (const char *path,
                   gsize       max_bytes)
{
  DubLog *self = g_object_new (DUB_TYPE_LOG, NULL);

  self->file = dub_log_file_new (path, max_bytes);
  self->thread = g_thread_new ("log", run, self);
  return self;
}

/**
 * dub_log_new:
 * @path: (type filename): the file; it and its directory are made, for this person alone, when the first line is written
 *
 * The file is put aside when it has 1 MiB; three older ones are kept. Several processes may write to one file.
 *
 * Returns: (transfer full): a log, to be closed
 */
DubLog *
dub_log_new (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return dub_log_new_sized (path, MAX_FILE_BYTES);
}

/**
 * dub_log_close:
 * @self: (nullable): a log
 *
 * Waits until all that was handed to it is written; what comes later is not. Called by whoever made it, at the end.
 */
void
dub_log_close (DubLog *self)
{
  if (self == NULL || self->thread == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  g_cond_signal (&self->more);
  g_mutex_unlock (&self->mutex);
  g_thread_join (g_steal_pointer (&self->thread));
}

/* {Lines} */

/* Also those that only look like a line break, or that turn the direction of what follows. */
static gboolean
must_be_escaped (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static char *
make_one_line (const char *text)
{
  GString *line = g_string_sized_new (MAX_TEXT_BYTES + 8);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (line->len > MAX_TEXT_BYTES)
        {
          g_string_append (line, "…");
          break;
        }
      if (c == '\n')
        g_string_append (line, "\\n");
      else if (c == '\\')
        g_string_append (line, "\\\\");
      else if (must_be_escaped (c))
        g_string_append_printf (line, "\\u%04x", c);
      else
        g_string_append_unichar (line, c);
    }
  return g_string_free_and_steal (line);
}

/* RFC 3339, UTC, with milliseconds; the process, as several write; the event. */
static char *
make_line (const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *moment = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *line = make_one_line (text);

  return g_strdup_printf ("%s.%03dZ %d %s\n", moment, g_date_time_get_microsecond (now) / 1000, (int) getpid (), line);
}

/* With the mutex held. */
static void
push_line (DubLog *self,
           char   *line)
{
  Job *job = g_new0 (Job, 1);

  job->line = line;
  g_queue_push_tail (&self->jobs, job);
  g_cond_signal (&self->more);
}

static void
hand_over (DubLog *self,
           char   *line)
{
  g_autofree char *owned = line;

  g_mutex_lock (&self->mutex);
  if (!self->closed && g_queue_get_length (&self->jobs) >= MAX_WAITING)
    {
      self->n_left_out++;
    }
  else if (!self->closed)
    {
      g_autofree char *gap = self->n_left_out > 0 ? g_strdup_printf ("log: %u lines left out", self->n_left_out) : NULL;

      if (gap != NULL)
        push_line (self, make_line (gap));
      self->n_left_out = 0;
      push_line (self, g_steal_pointer (&owned));
    }
  g_mutex_unlock (&self->mutex);
}

/**
 * dub_log_write:
 * @self: (nullable): a log; %NULL does nothing
 * @format: an event, as for printf(); words of others may be among its arguments
 *
 * Any thread; does not wait for the disk. The time and the process are put before it. What may be secret is taken out (see
 * dub_redact()), line breaks and control characters are escaped, a long text is cut.
 */
void
dub_log_write (DubLog     *self,
               const char *format,
               ...)
{
  g_autofree char *text = NULL;
  g_autofree char *redacted = NULL;
  va_list arguments;

  if (self == NULL)
    return;
  g_return_if_fail (DUB_IS_LOG (self));

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  redacted = dub_log_redact (self, text);
  hand_over (self, make_line (redacted));
}

/* {Secrets} */

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  const char *const *first = a, *const *second = b;
  gsize length_of_first = strlen (*first), length_of_second = strlen (*second);

  return (length_of_first < length_of_second) - (length_of_first > length_of_second);
}

static void
keep (DubLog     *self,
      const char *secret)
{
  g_ptr_array_add (self->secrets, g_strdup (secret));
}

static void
forget (DubLog     *self,
        const char *secret)
{
  guint index;

  if (!g_ptr_array_find_with_equal_func (self->secrets, secret, g_str_equal, &index))
    return;
  explicit_bzero (self->secrets->pdata[index], strlen (self->secrets->pdata[index]));
  g_ptr_array_remove_index (self->secrets, index);
}

/**
 * dub_log_keep_secret:
 * @self: (nullable): a log
 * @secret: (nullable): what must not be in it, such as an access token
 *
 * From now on @secret, also as it stands in an address, is taken out of what is written. It is in memory only.
 */
void
dub_log_keep_secret (DubLog     *self,
                     const char *secret)
{
  g_autofree char *escaped = NULL;

  if (self == NULL || secret == NULL || *secret == '\0')
    return;

  escaped = g_uri_escape_string (secret, NULL, FALSE);
  g_mutex_lock (&self->mutex);
  keep (self, secret);
  keep (self, escaped);
  g_ptr_array_sort (self->secrets, compare_lengths);
  g_mutex_unlock (&self->mutex);
}

/**
 * dub_log_forget_secret:
 * @self: (nullable): a log
 * @secret: (nullable): what was kept
 */
void
dub_log_forget_secret (DubLog     *self,
                       const char *secret)
{
  g_autofree char *escaped = NULL;

  if (self == NULL || secret == NULL || *secret == '\0')
    return;

  escaped = g_uri_escape_string (secret, NULL, FALSE);
  g_mutex_lock (&self->mutex);
  forget (self, secret);
  forget (self, escaped);
  g_mutex_unlock (&self->mutex);
}

/**
 * dub_log_redact:
 * @self: (nullable): a log, whose secrets are taken out too
 * @text: any text
 *
 * Returns: (transfer full): @text without what may be secret, see dub_redact(). Any thread.
 */
char *
dub_log_redact (DubLog     *self,
                const char *text)
{
  char *redacted;

  g_return_val_if_fail (text != NULL, NULL);

  if (self == NULL)
    return dub_redact (text, NULL);
  g_mutex_lock (&self->mutex);
  redacted = dub_redact (text, (const char *const *) self->secrets->pdata);
  g_mutex_unlock (&self->mutex);
  return redacted;
}

/* {Reading} */

/**
 * dub_log_read_async:
 * @self: a log
 * @n_lines: at least 1
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are read
 * @user_data: for @callback
 *
 * Reads the last lines, this program's newest among them.
 */
void
dub_log_read_async (DubLog              *self,
                    guint                n_lines,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (DUB_IS_LOG (self) && n_lines > 0);

  /* Without its source: the last reference to the log must not be dropped by its own thread. */
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_log_read_async);

  g_mutex_lock (&self->mutex);
  if (!self->closed)
    {
      job = g_new0 (Job, 1);
      job->task = g_steal_pointer (&task);
      job->n_lines = n_lines;
      g_queue_push_tail (&self->jobs, job);
      g_cond_signal (&self->more);
    }
  g_mutex_unlock (&self->mutex);
  if (task != NULL)
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The log is closed");
}

/**
 * dub_log_read_finish:
 * @self: a log
 * @result: the result
 * @error: %G_FILE_ERROR or %G_IO_ERROR, for those who look for the fault
 *
 * Returns: (transfer full) (nullable): the lines, each with its line break; "" where there is none
 */
char *
dub_log_read_finish (DubLog        *self,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
