/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <signal.h>
#include <string.h>

#include "dub-job-runner.h"
#include "dub-test-process.h"
#include "dub-test-support.h"
#include "dub-test-video.h"

typedef struct
{
  char *dir;
  DubJobRunner *runner;
  DubJob *job;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer name)
{
  const char *program = g_getenv ("DUBROOM_FAKE_STUDIO");
  g_autoptr (GError) error = NULL;

  fixture->dir = dub_test_make_dir ();
  fixture->runner = dub_job_runner_new (program, g_str_equal (name, "hang") ? 1 : DUB_JOB_RUNNER_PATIENCE_S);
  fixture->job = dub_job_new ();
  fixture->job->video = g_build_filename (fixture->dir, name, NULL);
  fixture->job->language = g_strdup ("es");
  fixture->job->work_dir = g_strdup (fixture->dir);
  fixture->job->output = g_build_filename (fixture->dir, "dub.mp4", NULL);
  g_file_set_contents (fixture->job->video, "video", -1, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer name)
{
  g_object_unref (fixture->runner);
  dub_job_free (fixture->job);
  dub_test_remove_dir (fixture->dir);
}

static DubJobResult *
run (Fixture *fixture,
     GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_job_runner_run_async (fixture->runner, fixture->job, 2000, NULL, NULL, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_job_runner_run_finish (fixture->runner, result, error);
}

static void
test_done (Fixture      *fixture,
           gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubJobResult) result = run (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dub_script_get_length (result->original), ==, 2);
  g_assert_cmpstr (dub_segment_get_text (dub_script_get_segment (result->translated, 0)), ==, "Buenos días.");
  g_assert_true (g_file_test (fixture->job->output, G_FILE_TEST_EXISTS));
}

static void
test_script (Fixture      *fixture,
             gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubJobResult) result = NULL;

  fixture->job->script = dub_script_new ();
  dub_script_append (fixture->job->script, "Hola", 0, 100);
  result = run (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (dub_script_equal (result->original, fixture->job->script));
  g_assert_true (dub_script_equal (result->translated, fixture->job->script));
}

static void
test_refused (Fixture      *fixture,
              gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubJobResult) result = run (fixture, &error);

  g_assert_null (result);
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED);
  g_assert_cmpstr (error->message, ==, "This video has no speech. Give it a script.");
}

static void
test_crashed (Fixture      *fixture,
              gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubJobResult) result = run (fixture, &error);

  g_assert_null (result);
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED);
}

static void
test_hung (Fixture      *fixture,
           gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubJobResult) result = run (fixture, &error);

  g_assert_null (result);
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED);
  g_assert_true (g_str_has_prefix (error->message, "The built-in studio stopped working"));
  dub_test_await_end (dub_test_await_pid (fixture->job->video));
}

static void
test_cancelled (Fixture      *fixture,
                gconstpointer name)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DubJobResult) found = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  int pid;

  dub_job_runner_run_async (fixture->runner, fixture->job, 2000, NULL, NULL, cancellable, dub_test_keep_result, &slot);
  pid = dub_test_await_pid (fixture->job->video);
  g_cancellable_cancel (cancellable);
  result = dub_test_await (&slot);
  found = dub_job_runner_run_finish (fixture->runner, result, &error);
  g_assert_null (found);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  dub_test_await_end (pid);
}

static void
test_cancelled_before (Fixture      *fixture,
                       gconstpointer name)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  g_cancellable_cancel (cancellable);
  dub_job_runner_run_async (fixture->runner, fixture->job, 2000, NULL, NULL, cancellable, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_null (dub_job_runner_run_finish (fixture->runner, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A child that is left behind neither keeps the runner waiting nor goes on. */
static void
test_family (Fixture      *fixture,
             gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubJobResult) result = run (fixture, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  dub_test_await_end (dub_test_await_pid (fixture->job->video));
}

static void
test_no_program (Fixture      *fixture,
                 gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubJobResult) result = NULL;

  g_object_unref (fixture->runner);
  fixture->runner = dub_job_runner_new ("/nowhere/dubroom-studio", DUB_JOB_RUNNER_PATIENCE_S);
  result = run (fixture, &error);
  g_assert_null (result);
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED);
}

/* What the job's video is named after, by a process with these limits. */
static void
check_limits (Fixture               *fixture,
              const DubWorkerLimits *limits,
              DubStudioError         code,
              const char            *words)
{
  const char *command[] = { g_getenv ("DUBROOM_FAKE_STUDIO"), DUB_JOB_WORD, NULL };
  g_autoptr (GVariant) variant = dub_job_to_variant (fixture->job);
  g_autoptr (GBytes) input = g_variant_get_data_as_bytes (variant);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_worker_process_run_async (command, input, limits, NULL, NULL, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  output = dub_worker_process_run_finish (result, &error);
  g_assert_null (output);
  g_assert_error (error, DUB_STUDIO_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_memory (Fixture      *fixture,
             gconstpointer name)
{
  const DubWorkerLimits limits = { .patience_s = 60, .memory = 256 * 1024 * 1024 };

  check_limits (fixture, &limits, DUB_STUDIO_ERROR_CRASHED, "crashed");
}

static void
test_time (Fixture      *fixture,
           gconstpointer name)
{
  const DubWorkerLimits limits = { .patience_s = 60, .longest_s = 1 };

  check_limits (fixture, &limits, DUB_STUDIO_ERROR_FAILED, "took far too long");
}

static DubMediaInfo *
look (Fixture *fixture,
      GError **error)
{
  g_autofree char *uri = g_filename_to_uri (fixture->job->video, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_job_runner_look_async (fixture->runner, uri, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_job_runner_look_finish (fixture->runner, result, error);
}

static void
test_look (Fixture      *fixture,
           gconstpointer name)
{
  g_autofree char *uri = dub_test_make_video (fixture->dir, name, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubMediaInfo) info = look (fixture, &error);

  g_assert_no_error (error);
  g_assert_true (info->has_video && info->has_audio);
  g_assert_cmpstr (info->video_codec, ==, "VP8");
  g_assert_cmpint (ABS (info->duration_ms - 2000), <=, 50);
  g_assert_cmpint (info->width, ==, 160);
}

static void
test_look_refused (Fixture      *fixture,
                   gconstpointer name)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (look (fixture, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED);
  g_assert_true (g_str_has_prefix (error->message, "“ok” contains text, not a video."));
}

static void
test_look_crashed (Fixture      *fixture,
                   gconstpointer name)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (look (fixture, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED);
}

#define ADD(path, video, function) g_test_add ("/studio/runner/" path, Fixture, video, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  ADD ("done", "ok", test_done);
  ADD ("script", "ok", test_script);
  ADD ("refused", "refuse", test_refused);
  ADD ("crash", "crash", test_crashed);
  ADD ("late-crash", "late-crash", test_crashed);
  ADD ("silent", "silent", test_crashed);
  ADD ("garbage", "garbage", test_crashed);
  ADD ("endless", "endless", test_crashed);
  ADD ("chatter", "chatter", test_crashed);
  ADD ("cut", "cut", test_crashed);
  ADD ("hung", "hang", test_hung);
  ADD ("memory", "greedy", test_memory);
  ADD ("time", "hang", test_time);
  ADD ("cancelled", "wait", test_cancelled);
  ADD ("cancelled-before", "wait", test_cancelled_before);
  ADD ("family", "family", test_family);
  ADD ("no-program", "ok", test_no_program);
  ADD ("look", "ball.webm", test_look);
  ADD ("look-refused", "ok", test_look_refused);
  ADD ("look-crash", "look-crash", test_look_crashed);
  ADD ("look-garbage", "look-garbage", test_look_crashed);
  ADD ("look-odd", "look-odd", test_look_crashed);
  return g_test_run ();
}
