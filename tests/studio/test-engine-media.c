/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The working process over all videos of the media collection: each is dubbed right, or it is said why not; nothing crashes,
 * hangs or leaves files. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>
#include "dub-measure.h"
#include "dub-source.h"
#include "dub-test-support.h"
#include "dub-test-worker.h"
#include "engine-fixture.h"

/* A file is given to as many processes at a time as the smallest machine has cores. */
#define AT_A_TIME 2
/* Every so many files, subtitles are drawn as well. */
#define DRAWN_EVERY 3
/* 30 ms. */
#define FURTHEST 1440
/* 0.5 ms. */
#define BESIDE 24
#define AS_GOOD 0.97
#define MAX_APART_S 0.005
/* Where the original sound is heard again, after the dub's voice. */
#define HEARD_FROM_S 3.0
#define HEARD_S 0.5

typedef struct
{
  char *path;
  gboolean subtitles;
  gboolean may_fail;
} Try;

static void
ignore_progress (const char *stage, double fraction, gpointer user_data)
{
}

static DubJob *
make_job (const Try *try, const char *dir)
{
  DubJob *job = dub_job_new ();

  job->video = g_strdup (try->path);
  job->language = g_strdup ("es");
  job->subtitles = try->subtitles;
  job->work_dir = g_strdup (dir);
  job->output = g_build_filename (dir, "output.mp4", NULL);
  job->script = dub_script_new ();
  dub_script_append (job->script, "Hola.", 100, 700);
  return job;
}

static guint
count_files (const char *dir)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (entries) != NULL)
    n++;
  return n;
}

static double
measure_duration (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubSource) source = dub_source_open (path, NULL, NULL, &error);
  g_autoptr (DubProgress) progress = dub_progress_new (ignore_progress, NULL);

  g_assert_no_error (error);
  dub_measure (source, progress, &error);
  g_assert_no_error (error);
  return (double) source->duration / GST_SECOND;
}

static void
check_form (const Try *try, const char *output)
{
  g_autofree char *streams = engine_test_probe (output, "-show_entries stream=codec_type -of default=nk=1:nw=1");
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_cmpstr (streams, ==, "video\naudio");
  g_assert_true (g_file_get_contents (output, &bytes, &size, NULL));
  g_assert_cmpuint ((gsize) ((char *) memmem (bytes, size, "moov", 4) - bytes), <,
                    (gsize) ((char *) memmem (bytes, size, "mdat", 4) - bytes));
  g_assert_cmpfloat_with_epsilon (engine_test_duration (output), measure_duration (try->path), 0.025);
}

/* All pictures, each in its time; a file that begins later than its clock is moved to the start. */
static void
check_pictures (const Try *try, const char *output)
{
  g_autoptr (GArray) before = engine_test_times (try->path);
  g_autoptr (GArray) after = engine_test_times (output);

  g_assert_cmpuint (after->len, >, 10);
  /* AVI has no times; of a file in fragments, ffmpeg does not follow the list of edits. */
  if (before->len == 0 || g_str_has_suffix (try->path, "q_mp4_partially_fragmented.mp4"))
    return;
  g_assert_cmpuint (ABS ((int) after->len - (int) before->len), <=, 1);
  for (guint i = 0; i < MIN (before->len, after->len); i++)
    g_assert_cmpfloat_with_epsilon (g_array_index (before, double, i), g_array_index (after, double, i), 0.0011);
}

static double
likeness_of (GArray *before, GArray *after, int shift)
{
  int from = HEARD_FROM_S * 48000, n = HEARD_S * 48000;
  double likeness = 0;

  for (int i = from; i < from + n; i++)
    likeness += g_array_index (before, float, i) * g_array_index (after, float, i + shift);
  return likeness;
}

/* By how many seconds @after is later than @before, where they are most alike. A tone is as like itself after each of its periods, and says
 * nothing of its place: NAN. */
static double
find_delay (GArray *before, GArray *after)
{
  double likeness[2 * FURTHEST + 1];
  int best = 0;

  for (int i = 0; i <= 2 * FURTHEST; i++)
    {
      likeness[i] = likeness_of (before, after, i - FURTHEST);
      if (likeness[i] > likeness[best])
        best = i;
    }
  for (int i = 0; i <= 2 * FURTHEST; i++)
    if (ABS (i - best) > BESIDE && likeness[i] >= AS_GOOD * likeness[best])
      return NAN;
  return (best - FURTHEST) / 48000.0;
}

static void
check_sound (const Try *try, const char *output)
{
  g_autofree char *audio = engine_test_probe (try->path, "-select_streams a -show_entries stream=index -of csv=p=0");
  g_autofree char *name = g_path_get_basename (try->path);
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;
  double delay;

  /* Of several, the first need not be the one that was dubbed. */
  if (*audio == '\0' || strchr (audio, '\n') != NULL)
    return;
  before = engine_test_sound (try->path);
  after = engine_test_sound (output);
  if (MIN (before->len, after->len) < (HEARD_FROM_S + HEARD_S + 0.1) * 48000 ||
      engine_test_level (before, HEARD_FROM_S, HEARD_FROM_S + HEARD_S) < -55)
    return;
  delay = find_delay (before, after);
  g_test_message ("%s: sound %.2f ms late", name, 1000 * delay);
  if (!isnan (delay))
    g_assert_cmpfloat (fabs (delay), <=, MAX_APART_S);
}

/* Once more after a crash, as the studio does. */
static DubTestOutcome *
run (DubJob *job)
{
  DubTestOutcome *outcome = dub_test_worker_run (g_getenv ("DUBROOM_TEST_WORKER"), job, FALSE);

  if (outcome->exit_status >= 0)
    return outcome;
  g_test_message ("%s: once more after a crash", job->video);
  dub_test_outcome_free (outcome);
  return dub_test_worker_run (g_getenv ("DUBROOM_TEST_WORKER"), job, FALSE);
}

static void
try_file (gpointer data, gpointer user_data)
{
  const Try *try = data;
  char *dir = dub_test_make_dir ();
  g_autoptr (DubJob) job = make_job (try, dir);
  g_autoptr (DubTestOutcome) outcome = run (job);

  g_test_message ("%s%s: %s", try->path, try->subtitles ? ", subtitles" : "",
                  outcome->sentence != NULL ? outcome->sentence : "dubbed");
  g_assert_cmpint (outcome->exit_status, ==, outcome->result != NULL ? 0 : 1);
  g_assert_true (outcome->result != NULL || outcome->sentence != NULL);
  g_assert_true (outcome->result != NULL || try->may_fail);
  g_assert_false (outcome->went_back);
  g_assert_cmpuint (count_files (dir), ==, outcome->result != NULL ? 1 : 0);
  if (outcome->result != NULL && !try->may_fail)
    {
      g_assert_cmpuint (dub_script_get_length (outcome->result->subtitle_lines), ==, 1);
      check_form (try, job->output);
      check_pictures (try, job->output);
      check_sound (try, job->output);
      if (try->subtitles)
        g_assert_cmpfloat (engine_test_white (job->output, 0.5), >, 0.004);
    }
  dub_test_remove_dir (dir);
}

static void
try_free (gpointer data)
{
  Try *try = data;

  g_free (try->path);
  g_free (try);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Try *const *) a)->path, (*(Try *const *) b)->path);
}

/* (element-type Try) (transfer full) (nullable) */
static GPtrArray *
list_folder (const char *folder, const char *const *no_videos)
{
  g_autofree char *path = dub_test_media (folder);
  g_autoptr (GDir) dir = path != NULL ? g_dir_open (path, 0, NULL) : NULL;
  GPtrArray *tries = g_ptr_array_new_with_free_func (try_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Try *try;

      if (g_str_has_suffix (name, ".txt") || g_str_has_suffix (name, ".srt"))
        continue;
      try = g_new0 (Try, 1);
      try->path = g_build_filename (path, name, NULL);
      try->may_fail = no_videos == NULL || g_strv_contains (no_videos, name);
      g_ptr_array_add (tries, try);
    }
  g_ptr_array_sort (tries, compare_names);
  for (guint i = 0; i < tries->len; i++)
    ((Try *) g_ptr_array_index (tries, i))->subtitles = i % DRAWN_EVERY == 1;
  return tries;
}

static void
try_all (GPtrArray *tries)
{
  GThreadPool *pool = g_thread_pool_new (try_file, NULL, AT_A_TIME, TRUE, NULL);

  for (guint i = 0; i < tries->len; i++)
    g_thread_pool_push (pool, g_ptr_array_index (tries, i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
}

static void
test_videos (void)
{
  static const char *const no_videos[] = { "q_audio_only_opus.mp4", NULL };
  g_autoptr (GPtrArray) tries = list_folder ("video", no_videos);

  try_all (tries);
}

static void
test_broken (void)
{
  g_autoptr (GPtrArray) tries = list_folder ("broken", NULL);

  try_all (tries);
}

/* Spoken English, without a script. */
static void
test_heard (void)
{
  g_autofree char *path = dub_test_media ("video/mux_en_jfk_portrait.mp4");
  char *dir = dub_test_make_dir ();
  Try try = { .path = path };
  g_autoptr (DubJob) job = make_job (&try, dir);
  g_autoptr (DubTestOutcome) outcome = NULL;

  if (path != NULL)
    {
      g_clear_object (&job->script);
      outcome = run (job);
      g_assert_cmpstr (outcome->sentence, ==, NULL);
      g_assert_cmpuint (dub_script_get_length (outcome->result->original), >=, 2);
      g_assert_cmpuint (dub_script_get_length (outcome->result->subtitle_lines), >=,
                        dub_script_get_length (outcome->result->translated));
      check_form (&try, job->output);
      check_pictures (&try, job->output);
    }
  dub_test_remove_dir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/engine/media/videos", test_videos);
  g_test_add_func ("/engine/media/broken", test_broken);
  g_test_add_func ("/engine/media/heard", test_heard);
  return g_test_run ();
}
