/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For trying the engine by hand: dub-file [--subtitles] VIDEO LANGUAGE [SCRIPT.srt] OUTPUT.mp4
 * The tests use it as their worker: dub-file --work. */

#include <locale.h>
#include <string.h>
#include "dub-captions.h"
#include "dub-test-support.h"
#include "dub-test-worker.h"
#include "dub-worker.h"

static DubScript *
load_script (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  DubScript *script = NULL;

  if (g_file_get_contents (path, &text, &length, &error))
    {
      g_autoptr (GBytes) bytes = g_bytes_new (text, length);

      script = dub_captions_parse (bytes, &error);
    }
  if (script == NULL)
    g_error ("%s: %s", path, error->message);
  return script;
}

static void
print_script (const char *title, DubScript *script)
{
  for (guint i = 0; i < dub_script_get_length (script); i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);

      g_print ("%s %7.2f %7.2f  %s\n", title, dub_segment_get_start (segment) / 1000,
               dub_segment_get_end (segment) / 1000, dub_segment_get_text (segment));
    }
}

static int
dub (const char *program, DubJob *job)
{
  g_autoptr (DubTestOutcome) outcome = dub_test_worker_run (program, job, TRUE);

  if (outcome->result != NULL)
    {
      print_script ("original  ", outcome->result->original);
      print_script ("translated", outcome->result->translated);
    }
  return outcome->exit_status;
}

int
main (int argc, char **argv)
{
  g_autoptr (DubJob) job = dub_job_new ();
  g_autofree char *program = NULL;
  int at = 1, status;

  setlocale (LC_ALL, "");
  if (argc == 2 && dub_worker_knows (argv[1]))
    return dub_worker_main (argv[1]);
  if (argc > 1 && g_str_equal (argv[1], "--subtitles"))
    {
      job->subtitles = TRUE;
      at++;
    }
  if (argc - at < 3 || argc - at > 4)
    g_error ("usage: dub-file [--subtitles] VIDEO LANGUAGE [SCRIPT.srt] OUTPUT.mp4");

  program = g_file_read_link ("/proc/self/exe", NULL);
  job->video = g_strdup (argv[at]);
  job->language = g_strdup (argv[at + 1]);
  job->script = argc - at == 4 ? load_script (argv[at + 2]) : NULL;
  job->output = g_strdup (argv[argc - 1]);
  job->work_dir = dub_test_make_dir ();
  status = dub (program, job);
  dub_test_remove_dir (g_steal_pointer (&job->work_dir));
  return status;
}
