/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-worker.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <gst/gst.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include "dub-engine.h"
#include "dub-engine-test.h"
#include "dub-engine-trial.h"
#include "dub-look.h"
#include "dub-probe.h"
#include "dub-rehearse.h"
#include "dub-voice-box.h"

/* A script of 600 s is far below; what is longer is no job. */
#define MAX_JOB_BYTES (16 * 1024 * 1024)

#define EXIT_DONE 0
#define EXIT_FAILED 1

static int
print_failure (FILE *lines, const GError *failure)
{
  g_autofree char *sentence = g_strdelimit (g_strdup (failure->message), "\r\n", ' ');

  fprintf (lines, "failed %s\n", sentence);
  return EXIT_FAILED;
}

static int
print_done (FILE *lines, GVariant *variant)
{
  g_autofree char *encoded = g_base64_encode (g_variant_get_data (variant), g_variant_get_size (variant));

  fprintf (lines, "done %s\n", encoded);
  return EXIT_DONE;
}

/* Standard output is for lines alone: whatever a library prints goes to standard error. */
static FILE *
take_standard_output (void)
{
  int fd = dup (STDOUT_FILENO);
  FILE *lines = fd >= 0 ? fdopen (fd, "w") : NULL;

  if (lines == NULL || dup2 (STDERR_FILENO, STDOUT_FILENO) < 0)
    _exit (EXIT_FAILED);
  setvbuf (lines, NULL, _IOLBF, BUFSIZ);
  return lines;
}

/* Nobody is left who wants the dub: what was begun is not finished. */
static gpointer
end_with_reader (gpointer user_data)
{
  struct pollfd reader = { .fd = fileno (user_data) };

  while (poll (&reader, 1, -1) < 0 || (reader.revents & (POLLERR | POLLHUP)) == 0)
    ;
  _exit (EXIT_FAILED);
}

static void
print_progress (const char *stage, double fraction, gpointer user_data)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  fprintf (user_data, "progress %s %s\n", stage, g_ascii_formatd (number, sizeof number, "%.3f", fraction));
}

/* Nothing but the lines is to be seen of this process, and nothing keeps it alive. */
static FILE *
begin (void)
{
  FILE *lines = take_standard_output ();

  /* GStreamer's and GLib's own handlers would keep the process alive. */
  signal (SIGTERM, SIG_DFL);
  signal (SIGPIPE, SIG_DFL);
  g_thread_unref (g_thread_new ("reader", end_with_reader, lines));
  return lines;
}

static GBytes *
read_input (GError **error)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autofree guint8 *bytes = g_malloc (MAX_JOB_BYTES);
  gsize n_bytes;

  if (!g_input_stream_read_all (input, bytes, MAX_JOB_BYTES, &n_bytes, NULL, error))
    return NULL;
  return g_bytes_new (bytes, n_bytes);
}

static DubJob *
read_job (GError **error)
{
  g_autoptr (GBytes) job = read_input (error);
  g_autoptr (GVariant) variant = NULL;

  if (job == NULL)
    return NULL;
  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (DUB_JOB_VARIANT_TYPE), job, FALSE));
  return dub_job_from_variant (variant, error);
}

static int
dub (FILE *lines)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubJob) job = read_job (&error);
  g_autoptr (DubJobResult) result = NULL;
  g_autoptr (DubProgress) progress = dub_progress_new (print_progress, lines);
  g_autoptr (GVariant) variant = NULL;

  if (job == NULL || !gst_init_check (NULL, NULL, &error))
    return print_failure (lines, error);

  result = dub_engine_run (job, progress, &error);
  if (result == NULL)
    return print_failure (lines, error);
  variant = dub_job_result_to_variant (result);
  return print_done (lines, variant);
}

static int
look (FILE *lines)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) input = read_input (&error);
  g_autoptr (DubMediaInfo) info = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autofree char *uri = NULL;

  if (input == NULL)
    return print_failure (lines, error);

  uri = g_strndup (g_bytes_get_data (input, NULL), g_bytes_get_size (input));
  info = dub_probe (uri, NULL, &error);
  if (info == NULL)
    return print_failure (lines, error);
  variant = dub_look_to_variant (info);
  return print_done (lines, variant);
}

static DubEngineTrial *
read_trial (GError **error)
{
  g_autoptr (GBytes) trial = read_input (error);
  g_autoptr (GVariant) variant = NULL;

  if (trial == NULL)
    return NULL;
  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (DUB_ENGINE_TRIAL_VARIANT_TYPE), trial, FALSE));
  return dub_engine_trial_from_variant (variant, error);
}

static int
test_engine (FILE *lines)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubEngineTrial) trial = read_trial (&error);
  g_autoptr (DubEngineTrialResult) result = NULL;
  g_autoptr (GVariant) variant = NULL;

  if (trial == NULL || !gst_init_check (NULL, NULL, &error))
    return print_failure (lines, error);

  result = dub_engine_test (trial, &error);
  if (result == NULL)
    return print_failure (lines, error);
  variant = dub_engine_trial_result_to_variant (result);
  return print_done (lines, variant);
}

/* NULL without an error: there is no more. */
static GBytes *
read_frame (GInputStream *input, GError **error)
{
  guint32 size;
  gsize n_read;
  g_autofree guint8 *bytes = NULL;

  if (!g_input_stream_read_all (input, &size, sizeof size, &n_read, NULL, error) || n_read == 0)
    return NULL;
  size = GUINT32_FROM_LE (size);
  if (n_read == sizeof size && size > 0 && size <= DUB_REHEARSE_MAX_FRAME)
    {
      bytes = g_malloc (size);
      if (!g_input_stream_read_all (input, bytes, size, &n_read, NULL, error))
        return NULL;
      if (n_read == size)
        return g_bytes_new_take (g_steal_pointer (&bytes), size);
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a frame is damaged");
  return NULL;
}

static void
rehearse_frame (FILE *lines, DubVoiceBox *box, GBytes *frame)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) engines = NULL;
  g_autoptr (DubRehearsalWish) wish = dub_rehearse_from_frame (frame, &engines, &error);
  g_autoptr (DubRehearsal) rehearsal = wish != NULL ? dub_voice_box_say (box, wish, engines, &error) : NULL;
  g_autoptr (GVariant) variant = NULL;

  if (rehearsal == NULL)
    {
      print_failure (lines, error);
      return;
    }
  variant = dub_rehearsal_to_variant (rehearsal);
  print_done (lines, variant);
}

static int
rehearse (FILE *lines)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (DubVoiceBox) box = dub_voice_box_new ();
  g_autoptr (GError) error = NULL;
  GBytes *frame;

  if (!gst_init_check (NULL, NULL, &error))
    return EXIT_FAILED;
  while ((frame = read_frame (input, &error)) != NULL)
    {
      rehearse_frame (lines, box, frame);
      g_bytes_unref (frame);
    }
  return error == NULL ? EXIT_DONE : EXIT_FAILED;
}

static const struct
{
  const char *word;
  int (*run) (FILE *lines);
} tasks[] = {
  { DUB_JOB_WORD, dub },
  { DUB_LOOK_WORD, look },
  { DUB_ENGINE_TRIAL_WORD, test_engine },
  { DUB_REHEARSE_WORD, rehearse },
};

/**
 * dub_worker_knows:
 * @word: (nullable): what a program was started with
 *
 * Returns: whether it was started as a working process
 */
gboolean
dub_worker_knows (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    if (g_strcmp0 (word, tasks[i].word) == 0)
      return TRUE;
  return FALSE;
}

/**
 * dub_worker_main:
 * @word: what is to be done; dub_worker_knows() it
 *
 * Does what is on standard input (see dub-worker.h). To be called once, by main(), with nothing else in the process.
 *
 * Returns: the exit status
 */
int
dub_worker_main (const char *word)
{
  FILE *lines = begin ();

  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    if (g_str_equal (word, tasks[i].word))
      return tasks[i].run (lines);
  g_return_val_if_reached (EXIT_FAILED);
}
