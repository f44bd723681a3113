/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole dubs by the working process, of videos that are made here and of the sample. */

#include <gio/gio.h>
#include <gst/gst.h>
#include <gst/pbutils/pbutils.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include "dub-test-support.h"
#include "dub-test-video.h"
#include "dub-test-worker.h"
#include "engine-fixture.h"

#define SILENT "audiotestsrc wave=silence num-buffers=144 samplesperbuffer=1000 ! audio/x-raw,rate=48000,channels=1"
#define BLACK(size) "videotestsrc pattern=black num-buffers=75 ! video/x-raw,framerate=25/1," size

typedef struct
{
  char *dir;
  const char *program;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = dub_test_make_dir ();
  fixture->program = g_getenv ("DUBROOM_TEST_WORKER");
  g_assert_nonnull (fixture->program);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  dub_test_remove_dir (g_steal_pointer (&fixture->dir));
}

static char *
in_dir (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->dir, name, NULL);
}

static DubJob *
make_job (Fixture *fixture, const char *video, const char *language)
{
  DubJob *job = dub_job_new ();

  job->video = g_strdup (video);
  job->language = g_strdup (language);
  job->work_dir = g_strdup (fixture->dir);
  job->output = in_dir (fixture, "output.mp4");
  return job;
}

/* Half a second of speech at 0.5 s, and some more from 1.8 s on. */
static DubScript *
short_script (void)
{
  DubScript *script = dub_script_new ();

  dub_script_append (script, "Hola, buenos días.", 500, 1300);
  dub_script_append (script, "Nuestro café.", 1800, 2600);
  return script;
}

static DubJob *
make_scripted (Fixture *fixture, const char *video)
{
  DubJob *job = make_job (fixture, video, "es");

  job->script = short_script ();
  return job;
}

static void
run_well (Fixture *fixture, DubJob *job)
{
  g_autoptr (DubTestOutcome) outcome = dub_test_worker_run (fixture->program, job, FALSE);

  g_assert_cmpstr (outcome->sentence, ==, NULL);
  g_assert_nonnull (outcome->result);
  g_assert_cmpint (outcome->exit_status, ==, 0);
  g_assert_false (outcome->went_back);
  g_assert_cmpstr (outcome->stages, ==, "open listen speak compose");
  g_assert_true (dub_script_equal (outcome->result->translated, job->script));
  g_assert_true (dub_script_equal (outcome->result->original, job->script));
  g_assert_cmpfloat_with_epsilon (engine_test_duration (job->output), engine_test_duration (job->video), 0.05);
}

static void
check_speech (const char *path)
{
  g_autoptr (GArray) sound = engine_test_sound (path);

  g_assert_cmpfloat (engine_test_level (sound, 0.1, 0.47), <, -60);
  g_assert_cmpfloat (engine_test_level (sound, 0.5, 0.7), >, -40);
  g_assert_cmpfloat (engine_test_level (sound, 0.5, 1.3), >, -30);
  g_assert_cmpfloat (engine_test_level (sound, 1.4, 1.77), <, -60);
  g_assert_cmpfloat (engine_test_level (sound, 1.8, 2.5), >, -30);
  g_assert_cmpfloat (engine_test_level (sound, 2.7, 2.95), <, -60);
}

static void
check_streams (const char *path, int width, int height)
{
  g_autofree char *uri = dub_test_uri (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstDiscoverer) discoverer = gst_discoverer_new (15 * GST_SECOND, &error);
  g_autoptr (GstDiscovererInfo) info = gst_discoverer_discover_uri (discoverer, uri, &error);
  GList *videos, *audios;

  g_assert_no_error (error);
  videos = gst_discoverer_info_get_video_streams (info);
  audios = gst_discoverer_info_get_audio_streams (info);
  g_assert_cmpuint (g_list_length (videos), ==, 1);
  g_assert_cmpuint (g_list_length (audios), ==, 1);
  g_assert_cmpuint (gst_discoverer_video_info_get_width (videos->data), ==, width);
  g_assert_cmpuint (gst_discoverer_video_info_get_height (videos->data), ==, height);
  g_assert_cmpuint (gst_discoverer_audio_info_get_sample_rate (audios->data), ==, 48000);
  gst_discoverer_stream_info_list_free (videos);
  gst_discoverer_stream_info_list_free (audios);
}

static void
test_mono_copied (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = in_dir (fixture, "mono.mp4");
  g_autoptr (DubJob) job = make_scripted (fixture, video);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  dub_test_run_pipeline (BLACK ("width=320,height=240") " ! x264enc bframes=2 ! mp4mux name=m ! filesink location=%s " SILENT
                                                        " ! avenc_aac ! m.",
                         video);
  run_well (fixture, job);
  before = engine_test_packets (video);
  after = engine_test_packets (job->output);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (strlen (before), >, 75 * 32);
  check_streams (job->output, 320, 240);
  check_speech (job->output);
  g_assert_cmpfloat (engine_test_white (job->output, 0.9), ==, 0);
}

static void
test_no_sound (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = in_dir (fixture, "silent.mp4");
  g_autoptr (DubJob) job = make_scripted (fixture, video);

  dub_test_run_pipeline (BLACK ("width=320,height=240") " ! x264enc ! mp4mux ! filesink location=%s", video);
  run_well (fixture, job);
  check_streams (job->output, 320, 240);
  check_speech (job->output);
}

static void
test_subtitles (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = in_dir (fixture, "odd.webm");
  g_autoptr (DubJob) job = make_scripted (fixture, video);

  job->subtitles = TRUE;
  dub_test_run_pipeline (BLACK ("width=321,height=243") " ! vp8enc deadline=1 ! webmmux name=m ! filesink location=%s " SILENT
                                                        " ! audioresample ! audio/x-raw,rate=48000 ! opusenc ! m.",
                         video);
  run_well (fixture, job);
  check_streams (job->output, 320, 242);
  check_speech (job->output);
  g_assert_cmpfloat (engine_test_white (job->output, 0.2), ==, 0);
  g_assert_cmpfloat (engine_test_white (job->output, 0.6), >, 0.02);
  g_assert_cmpfloat (engine_test_white (job->output, 1.2), >, 0.02);
  g_assert_cmpfloat (engine_test_white (job->output, 1.5), ==, 0);
  g_assert_cmpfloat (engine_test_white (job->output, 2.2), >, 0.02);
  g_assert_cmpfloat (engine_test_white (job->output, 2.8), ==, 0);
}

static void
make_turned (const char *path)
{
  dub_test_run_pipeline (BLACK ("width=320,height=240")
                         " ! x264enc ! taginject tags=\"image-orientation=rotate-90\" ! mp4mux ! filesink location=%s",
                         path);
}

static void
test_rotation_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = in_dir (fixture, "turned.mp4");
  g_autoptr (DubJob) job = make_scripted (fixture, video);
  const char *ask = "-show_entries stream_side_data=rotation -of csv=p=0";
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  make_turned (video);
  run_well (fixture, job);
  before = engine_test_probe (video, ask);
  after = engine_test_probe (job->output, ask);
  g_assert_cmpstr (before, ==, "-90");
  g_assert_cmpstr (after, ==, before);
}

static void
test_rotation_upright (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = in_dir (fixture, "turned.mp4");
  g_autoptr (DubJob) job = make_scripted (fixture, video);
  g_autofree char *rotation = NULL;

  job->subtitles = TRUE;
  make_turned (video);
  run_well (fixture, job);
  check_streams (job->output, 240, 320);
  rotation = engine_test_probe (job->output, "-show_entries stream_side_data=rotation -of csv=p=0");
  g_assert_cmpstr (rotation, ==, "");
  g_assert_cmpfloat (engine_test_white (job->output, 0.9), >, 0.02);
}

/* By how many milliseconds @after is later than @before, where they are most alike. */
static double
find_delay (GArray *before, GArray *after, double from_s, double until_s)
{
  double best = -1;
  int delay = 0;

  for (int shift = -2400; shift <= 2400; shift++)
    {
      double likeness = 0;

      for (int i = from_s * 48000; i < until_s * 48000; i++)
        likeness += g_array_index (before, float, i) * g_array_index (after, float, i + shift);
      if (likeness > best)
        {
          best = likeness;
          delay = shift;
        }
    }
  return delay / 48.0;
}

/* A tick each second, from a source without a codec's delay. */
static void
test_sound_in_its_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = in_dir (fixture, "ticks.mov");
  g_autoptr (DubJob) job = make_job (fixture, video, "es");
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;

  dub_test_run_pipeline (BLACK ("width=320,height=240")
                         " ! x264enc ! qtmux name=m ! filesink location=%s audiotestsrc wave=ticks volume=0.5 "
                         "num-buffers=144 samplesperbuffer=1000 ! audio/x-raw,rate=48000,channels=2,format=S16LE ! m.",
                         video);
  job->script = dub_script_new ();
  dub_script_append (job->script, "Hola.", 300, 700);
  run_well (fixture, job);
  before = engine_test_sound (video);
  after = engine_test_sound (job->output);
  g_assert_cmpfloat_with_epsilon (find_delay (before, after, 0.95, 1.1), 0, 0.1);
  g_assert_cmpfloat_with_epsilon (find_delay (before, after, 1.95, 2.1), 0, 0.1);
}

static void
test_sound_late (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = in_dir (fixture, "late.mkv");
  g_autoptr (DubJob) job = make_job (fixture, video, "es");
  g_autoptr (GArray) sound = NULL;

  dub_test_run_pipeline (BLACK ("width=320,height=240")
                         " ! x264enc ! matroskamux name=m ! filesink location=%s audiotestsrc "
                         "timestamp-offset=1000000000 num-buffers=96 samplesperbuffer=1000 ! "
                         "audio/x-raw,rate=48000,channels=2 ! vorbisenc ! m.",
                         video);
  job->script = dub_script_new ();
  dub_script_append (job->script, "Hola.", 2500, 2900);
  run_well (fixture, job);
  sound = engine_test_sound (job->output);
  g_assert_cmpfloat (engine_test_level (sound, 0.1, 0.95), <, -60);
  g_assert_cmpfloat (engine_test_level (sound, 1.05, 2.2), >, -20);
}

static guint
count_heard (DubScript *heard, const char *sentence)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (sentence, " ", -1);
  guint n_heard = 0;

  for (guint i = 0; i < dub_script_get_length (heard); i++)
    g_string_append (all, dub_segment_get_text (dub_script_get_segment (heard, i)));
  for (guint i = 0; words[i] != NULL; i++)
    n_heard += strstr (all->str, words[i]) != NULL;
  return n_heard;
}

static void
check_transcript (DubJobResult *result)
{
  for (guint i = 0; i < dub_script_get_length (result->original); i++)
    {
      DubSegment *original = dub_script_get_segment (result->original, i);
      DubSegment *translated = dub_script_get_segment (result->translated, i);

      g_test_message ("%.2f to %.2f: %s", dub_segment_get_start (original) / 1000, dub_segment_get_end (original) / 1000,
                      dub_segment_get_text (original));
      g_assert_cmpfloat_with_epsilon (dub_segment_get_start (original), i * 4000 + 350, 100);
      g_assert_cmpfloat (dub_segment_get_start (original), ==, dub_segment_get_start (translated));
      g_assert_cmpfloat (dub_segment_get_end (original), ==, dub_segment_get_end (translated));
    }
}

/* The sample is English speech: heard, translated, spoken, and its picture copied. */
static void
test_sample (Fixture *fixture, gconstpointer data)
{
  const char *sample = g_getenv ("DUBROOM_TEST_SAMPLE");
  g_autoptr (DubJob) job = make_job (fixture, sample, "es");
  g_autoptr (DubTestOutcome) outcome = dub_test_worker_run (fixture->program, job, FALSE);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_cmpstr (outcome->sentence, ==, NULL);
  g_assert_cmpstr (outcome->stages, ==, "open listen transcribe translate speak compose");
  g_assert_false (outcome->went_back);
  g_assert_cmpuint (dub_script_get_length (outcome->result->original), ==, 5);
  g_assert_cmpuint (dub_script_get_length (outcome->result->translated), ==, 5);
  check_transcript (outcome->result);
  /* 25 different words are said; the recogniser may mishear some on another machine. */
  g_assert_cmpuint (count_heard (outcome->result->original,
                                 "Every morning begins with small cup coffee. comes from mountains. You will love smell "
                                 "fresh We bring your house every week. It best part day."),
                    >=, 20);
  g_assert_cmpuint (count_heard (outcome->result->translated, "café de montañas. parte semana. que taza el"), >=, 5);

  before = engine_test_packets (sample);
  after = engine_test_packets (job->output);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpfloat_with_epsilon (engine_test_duration (job->output), engine_test_duration (sample), 0.05);
  check_streams (job->output, 720, 1280);
}

static GSubprocess *
start_long_job (Fixture *fixture)
{
  g_autoptr (DubJob) job = make_job (fixture, g_getenv ("DUBROOM_TEST_SAMPLE"), "es");
  g_autoptr (GVariant) variant = dub_job_to_variant (job);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  GSubprocess *worker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                          fixture->program, "--work", NULL);
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (worker), g_variant_get_data (variant),
                             g_variant_get_size (variant), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (g_subprocess_get_stdin_pipe (worker), NULL, NULL);

  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (worker));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  while (line == NULL || !g_str_has_prefix (line, "progress transcribe"))
    {
      g_free (line);
      line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (line);
    }
  return worker;
}

static void
test_ends_on_sigterm (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) worker = start_long_job (fixture);
  g_autofree char *output = in_dir (fixture, "output.mp4");

  g_subprocess_send_signal (worker, SIGTERM);
  g_subprocess_wait (worker, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (worker));
  g_assert_cmpint (g_subprocess_get_term_sig (worker), ==, SIGTERM);
  g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
}

static void
test_ends_with_its_reader (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) worker = start_long_job (fixture);
  g_autofree char *output = in_dir (fixture, "output.mp4");

  g_input_stream_close (g_subprocess_get_stdout_pipe (worker), NULL, NULL);
  g_subprocess_wait (worker, NULL, NULL);
  g_assert_false (g_subprocess_get_successful (worker));
  g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/engine/dub/mono-copied", test_mono_copied);
  ADD ("/engine/dub/no-sound", test_no_sound);
  ADD ("/engine/dub/subtitles", test_subtitles);
  ADD ("/engine/dub/rotation-kept", test_rotation_kept);
  ADD ("/engine/dub/rotation-upright", test_rotation_upright);
  ADD ("/engine/dub/sound-in-its-place", test_sound_in_its_place);
  ADD ("/engine/dub/sound-late", test_sound_late);
  ADD ("/engine/dub/sample", test_sample);
  ADD ("/engine/dub/ends-on-sigterm", test_ends_on_sigterm);
  ADD ("/engine/dub/ends-with-its-reader", test_ends_with_its_reader);
  return g_test_run ();
}
