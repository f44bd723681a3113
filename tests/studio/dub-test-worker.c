/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-test-worker.h"

#include <gio/gio.h>
#include <string.h>

void
dub_test_outcome_free (DubTestOutcome *self)
{
  g_clear_pointer (&self->result, dub_job_result_free);
  g_clear_pointer (&self->trial, dub_engine_trial_result_free);
  g_free (self->sentence);
  g_free (self->stages);
  g_free (self);
}

static void
take_progress (DubTestOutcome *self, GString *stages, const char *line, double *last)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  double fraction;

  g_assert_cmpuint (g_strv_length (words), ==, 3);
  fraction = g_ascii_strtod (words[2], NULL);
  self->went_back |= fraction < *last || fraction > 1;
  *last = fraction;
  if (!g_str_has_suffix (stages->str, words[1]))
    g_string_append_printf (stages, "%s%s", stages->len > 0 ? " " : "", words[1]);
}

static GVariant *
decode (const char *encoded, const char *type)
{
  gsize n_bytes;
  guchar *bytes = g_base64_decode (encoded, &n_bytes);
  g_autoptr (GBytes) data = g_bytes_new_take (bytes, n_bytes);

  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), data, FALSE));
}

static DubJobResult *
decode_result (const char *encoded)
{
  g_autoptr (GVariant) variant = decode (encoded, DUB_JOB_RESULT_VARIANT_TYPE);
  g_autoptr (GError) error = NULL;
  DubJobResult *result = dub_job_result_from_variant (variant, &error);

  g_assert_no_error (error);
  return result;
}

static DubEngineTrialResult *
decode_trial (const char *encoded)
{
  g_autoptr (GVariant) variant = decode (encoded, DUB_ENGINE_TRIAL_RESULT_VARIANT_TYPE);
  g_autoptr (GError) error = NULL;
  DubEngineTrialResult *result = dub_engine_trial_result_from_variant (variant, &error);

  g_assert_no_error (error);
  return result;
}

static void
read_lines (DubTestOutcome *self, GInputStream *stream, gboolean is_trial, gboolean echo)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (stream);
  g_autoptr (GString) stages = g_string_new (NULL);
  double last = 0;
  char *line;

  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      if (echo && !g_str_has_prefix (line, "done "))
        g_print ("%s\n", line);
      if (g_str_has_prefix (line, "progress "))
        take_progress (self, stages, line, &last);
      else if (g_str_has_prefix (line, "done ") && is_trial)
        self->trial = decode_trial (line + strlen ("done "));
      else if (g_str_has_prefix (line, "done "))
        self->result = decode_result (line + strlen ("done "));
      else if (g_str_has_prefix (line, "failed "))
        self->sentence = g_strdup (line + strlen ("failed "));
      else
        g_error ("the worker printed: %s", line);
      g_free (line);
    }
  self->stages = g_strdup (stages->str);
}

static DubTestOutcome *
run (const char *program, const char *word, GVariant *input, gboolean echo)
{
  DubTestOutcome *self = g_new0 (DubTestOutcome, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) worker = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, word, NULL);

  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (worker), g_variant_get_data (input),
                             g_variant_get_size (input), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (g_subprocess_get_stdin_pipe (worker), NULL, NULL);
  read_lines (self, g_subprocess_get_stdout_pipe (worker), g_str_equal (word, DUB_ENGINE_TRIAL_WORD), echo);
  g_subprocess_wait (worker, NULL, NULL);
  self->exit_status = g_subprocess_get_if_exited (worker) ? g_subprocess_get_exit_status (worker) : -1;
  return self;
}

DubTestOutcome *
dub_test_worker_run (const char *program, DubJob *job, gboolean echo)
{
  g_autoptr (GVariant) variant = dub_job_to_variant (job);

  return run (program, DUB_JOB_WORD, variant, echo);
}

DubTestOutcome *
dub_test_worker_try (const char *program, DubEngineTrial *trial)
{
  g_autoptr (GVariant) variant = dub_engine_trial_to_variant (trial);

  return run (program, DUB_ENGINE_TRIAL_WORD, variant, FALSE);
}
