/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-cli-progress.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "dub-format.h"

#define CLEAR_LINE "\r\033[K"

struct _DubCliProgress
{
  GPtrArray *tasks; /* DubTask */
  gboolean terminal;
  guint timer;
};

/* The steps that a person waits for: the small ones between make a list of many dubs unreadable, and what went wrong is told
 * with its reason. */
static char *
dup_step (DubTask *task)
{
  const char *name = dub_task_get_name (task);

  switch (dub_task_get_state (task))
    {
    case DUB_TASK_SUBMITTED:
      /* Translators: in this and the next ones, the name of a dub. */
      return g_strdup_printf (_("“%s” is sent."), name);
    case DUB_TASK_PROCESSING:
      return g_strdup_printf (_("“%s” is being dubbed."), name);
    case DUB_TASK_SUCCEEDED:
      return g_strdup_printf (_("“%s” is ready."), name);
    case DUB_TASK_WAITING:
    case DUB_TASK_PUBLISHING:
    case DUB_TASK_SUBMITTING:
    case DUB_TASK_FAILED:
    case DUB_TASK_REJECTED:
    case DUB_TASK_UNCONFIRMED:
    case DUB_TASK_CANCELLED:
    case DUB_TASK_DROPPED:
    default:
      return NULL;
    }
}

static int
get_percent (DubTask *task)
{
  return (int) (dub_task_get_progress (task) * 100);
}

/* What the built-in studio does with the one that is furthest. (transfer full) or NULL */
static char *
describe_work (DubCliProgress *self)
{
  DubTask *furthest = NULL;

  for (guint i = 0; i < self->tasks->len; i++)
    {
      DubTask *task = self->tasks->pdata[i];

      if (dub_task_get_progress_words (task) != NULL &&
          (furthest == NULL || dub_task_get_progress (task) > dub_task_get_progress (furthest)))
        furthest = task;
    }
  if (furthest == NULL)
    return NULL;
  if (self->tasks->len == 1)
    /* Translators: what is being done with a dub, and how much of it is done: “Translating · 43 %” */
    return g_strdup_printf (_("%s · %d %%"), dub_task_get_progress_words (furthest), get_percent (furthest));
  /* Translators: the name of a dub, what is being done with it, and how much of it is done */
  return g_strdup_printf (_("“%s”: %s · %d %%"), dub_task_get_name (furthest), dub_task_get_progress_words (furthest),
                          get_percent (furthest));
}

static char *
describe_all (DubCliProgress *self)
{
  g_autofree char *work = describe_work (self);
  guint n_ready = 0;
  gint64 from = 0;
  gint64 to = 0;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *range = NULL;

  for (guint i = 0; i < self->tasks->len; i++)
    {
      n_ready += dub_task_get_state (self->tasks->pdata[i]) == DUB_TASK_SUCCEEDED ? 1 : 0;
      from = MAX (from, dub_task_get_expected_from (self->tasks->pdata[i]));
      to = MAX (to, dub_task_get_expected_to (self->tasks->pdata[i]));
    }
  if (work != NULL)
    /* Translators: how many dubs are ready, and what is being done: “1 of 3 ready · Translating · 43 %” */
    return g_strdup_printf (_("%u of %u ready · %s"), n_ready, self->tasks->len, work);
  if (to == 0 || n_ready == self->tasks->len)
    return g_strdup_printf (_("%u of %u ready"), n_ready, self->tasks->len);
  if (to < now)
    return g_strdup_printf (_("%u of %u ready · taking longer than expected"), n_ready, self->tasks->len);
  range = dub_format_range (MAX (from, now), to, now);
  /* Translators: how many dubs are ready, and when all are expected to be: "1 of 3 ready · all about 09:40–10:05". */
  return g_strdup_printf (_("%u of %u ready · all about %s"), n_ready, self->tasks->len, range);
}

static void
rewrite (DubCliProgress *self)
{
  g_autofree char *line = describe_all (self);

  fprintf (stderr, CLEAR_LINE "%s", line);
  fflush (stderr);
}

static gboolean
on_second (gpointer user_data)
{
  rewrite (user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_state (DubTask        *task,
          GParamSpec     *pspec,
          DubCliProgress *self)
{
  g_autofree char *step = self->terminal ? NULL : dup_step (task);

  if (self->terminal)
    rewrite (self);
  else if (step != NULL)
    dub_cli_progress_say (self, "%s", step);
}

/* A line for each step of the work, where lines stay. */
static void
on_progress (DubTask        *task,
             GParamSpec     *pspec,
             DubCliProgress *self)
{
  if (self->terminal)
    rewrite (self);
  else if (g_str_equal (pspec->name, "progress-words") && dub_task_get_progress_words (task) != NULL)
    dub_cli_progress_say (self, _("“%s”: %s · %d %%"), dub_task_get_name (task), dub_task_get_progress_words (task), get_percent (task));
}

/**
 * dub_cli_progress_new:
 * @tasks: (element-type DubTask): what is waited for
 *
 * Shows how far they are, on standard error: on a terminal in one line that is rewritten, else in a line for each step.
 *
 * Returns: (transfer full): the progress
 */
DubCliProgress *
dub_cli_progress_new (GPtrArray *tasks)
{
  DubCliProgress *self = g_new0 (DubCliProgress, 1);

  self->tasks = g_ptr_array_ref (tasks);
  self->terminal = isatty (STDERR_FILENO) != 0;
  for (guint i = 0; i < tasks->len; i++)
    {
      g_signal_connect (tasks->pdata[i], "notify::state", G_CALLBACK (on_state), self);
      g_signal_connect (tasks->pdata[i], "notify::progress", G_CALLBACK (on_progress), self);
      g_signal_connect (tasks->pdata[i], "notify::progress-words", G_CALLBACK (on_progress), self);
    }
  if (self->terminal)
    self->timer = g_timeout_add_seconds (1, on_second, self);
  return self;
}

/**
 * dub_cli_progress_free:
 * @self: (transfer full): a progress
 *
 * Ends it and takes its line away.
 */
void
dub_cli_progress_free (DubCliProgress *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  for (guint i = 0; i < self->tasks->len; i++)
    g_signal_handlers_disconnect_by_data (self->tasks->pdata[i], self);
  if (self->terminal)
    fputs (CLEAR_LINE, stderr);
  g_ptr_array_unref (self->tasks);
  g_free (self);
}

/**
 * dub_cli_progress_clear:
 * @self: (nullable): a progress
 *
 * Takes the line away, until the next second: something else is printed.
 */
void
dub_cli_progress_clear (DubCliProgress *self)
{
  if (self != NULL && self->terminal)
    fputs (CLEAR_LINE, stderr);
}

/**
 * dub_cli_progress_say:
 * @self: a progress
 * @format: a sentence, as for printf()
 * @...: what is put into it
 *
 * Prints a sentence that stays.
 */
void
dub_cli_progress_say (DubCliProgress *self,
                      const char     *format,
                      ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  dub_cli_progress_clear (self);
  g_printerr ("%s\n", sentence);
}
