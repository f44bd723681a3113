/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What cannot be dubbed here: each has its sentence, which says what to do instead; nothing crashes, nothing is left. */

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>
#include "dub-language.h"
#include "dub-test-support.h"
#include "dub-test-video.h"
#include "dub-test-worker.h"
#include "engine-fixture.h"

#define OUTPUT_MARGIN_S 0.05

typedef struct
{
  char *dir;
  char *video; /* with sound, without speech */
  gboolean subtitles;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = dub_test_make_dir ();
  fixture->video = g_build_filename (fixture->dir, "tone.mp4", NULL);
  dub_test_run_pipeline ("videotestsrc num-buffers=50 ! video/x-raw,width=160,height=120,framerate=25/1 ! x264enc ! "
                         "mp4mux name=m ! filesink location=%s audiotestsrc wave=pink-noise num-buffers=96 "
                         "samplesperbuffer=1000 ! audio/x-raw,rate=48000,channels=2 ! avenc_aac ! m.",
                         fixture->video);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->video);
  dub_test_remove_dir (g_steal_pointer (&fixture->dir));
}

static DubTestOutcome *
run (Fixture *fixture, const char *video, const char *language, DubScript *script, gboolean lipsync)
{
  g_autoptr (DubJob) job = dub_job_new ();
  DubTestOutcome *outcome;

  job->video = g_strdup (video);
  job->language = g_strdup (language);
  job->script = script;
  job->lipsync = lipsync;
  job->subtitles = fixture->subtitles;
  job->work_dir = g_strdup (fixture->dir);
  job->output = g_build_filename (fixture->dir, "output.mp4", NULL);
  g_unlink (job->output);
  outcome = dub_test_worker_run (g_getenv ("DUBROOM_TEST_WORKER"), job, FALSE);
  if (outcome->result == NULL)
    g_assert_false (g_file_test (job->output, G_FILE_TEST_EXISTS));
  return outcome;
}

static void
assert_refused (DubTestOutcome *outcome, const char *what, const char *remedy)
{
  g_assert_null (outcome->result);
  g_assert_nonnull (outcome->sentence);
  g_test_message ("%s", outcome->sentence);
  g_assert_cmpint (outcome->exit_status, ==, 1);
  g_assert_nonnull (strstr (outcome->sentence, what));
  g_assert_nonnull (strstr (outcome->sentence, remedy));
}

static DubScript *
script_until (double end_ms)
{
  DubScript *script = dub_script_new ();

  dub_script_append (script, "Hola.", 100, end_ms);
  return script;
}

static void
test_lipsync (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DubTestOutcome) outcome = run (fixture, fixture->video, "es", script_until (900), TRUE);

  assert_refused (outcome, "cannot move lips", "Switch lip-sync off");
}

static void
test_no_translation (Fixture *fixture, gconstpointer data)
{
  static const char *const languages[] = { "ar", "de", "id", "ja", "ko", "th", "tr", "vi" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (DubTestOutcome) outcome = run (fixture, fixture->video, languages[i], NULL, FALSE);
      const DubLanguage *language = dub_language_from_code (languages[i]);

      assert_refused (outcome, dub_language_get_name (language), "script of your own");
    }
}

static void
test_english (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DubTestOutcome) outcome = run (fixture, fixture->video, "en", NULL, FALSE);

  assert_refused (outcome, "nothing to translate into English", "script of your own");
}

static void
test_unknown_language (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DubTestOutcome) outcome = run (fixture, fixture->video, "xx", script_until (900), FALSE);

  assert_refused (outcome, "does not know this language", "Choose one");
}

static void
test_no_speech (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DubTestOutcome) outcome = run (fixture, fixture->video, "es", NULL, FALSE);

  assert_refused (outcome, "No English speech was understood", "script of your own");
}

static void
test_no_sound (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = g_build_filename (fixture->dir, "silent.mp4", NULL);
  g_autoptr (DubTestOutcome) outcome = NULL;

  dub_test_run_pipeline ("videotestsrc num-buffers=25 ! video/x-raw,width=160,height=120,framerate=25/1 ! x264enc ! "
                         "mp4mux ! filesink location=%s",
                         video);
  outcome = run (fixture, video, "es", NULL, FALSE);
  assert_refused (outcome, "no sound", "script of your own");
}

static void
test_script_too_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DubTestOutcome) outcome = run (fixture, fixture->video, "es", script_until (9000), FALSE);

  assert_refused (outcome, "end of the video", "Correct");
}

static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->dir, "nowhere.mp4", NULL);
  g_autoptr (DubTestOutcome) outcome = run (fixture, nowhere, "es", script_until (900), FALSE);
  g_autoptr (DubTestOutcome) folder = run (fixture, fixture->dir, "es", script_until (900), FALSE);

  assert_refused (outcome, "cannot be read", "Export");
  assert_refused (folder, "cannot be read", "Export");
}

/* Each part that is not installed is named, with the package that brings it. */
static void
test_missing_parts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DubTestOutcome) outcome = NULL;
  DubScript *script = dub_script_new ();

  dub_script_append (script, "私は東京で飲みます。", 100, 900);
  g_setenv ("MECABRC", fixture->video, TRUE);
  outcome = run (fixture, fixture->video, "ja", script, FALSE);
  g_unsetenv ("MECABRC");
  assert_refused (outcome, "dictionary is not installed", "mecab-ipadic-utf8");
}

/* Subtitles are written, or the font to install is named: no boxes, no empty ones. */
static void
test_missing_fonts (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *language;
    const char *text;
    const char *package;
  } cases[] = {
    { "es", "Hola.", "fonts-noto-core" },
    { "ja", "こんにちは", "fonts-noto-cjk" },
  };
  g_autofree char *no_fonts = g_build_filename (fixture->dir, "no-fonts.conf", NULL);

  g_assert_true (g_file_set_contents (no_fonts, "<fontconfig></fontconfig>", -1, NULL));
  fixture->subtitles = TRUE;
  g_setenv ("FONTCONFIG_FILE", no_fonts, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DubTestOutcome) outcome = NULL;
      DubScript *script = dub_script_new ();

      dub_script_append (script, cases[i].text, 100, 900);
      outcome = run (fixture, fixture->video, cases[i].language, script, FALSE);
      assert_refused (outcome, "no installed font", cases[i].package);
    }
  g_unsetenv ("FONTCONFIG_FILE");
}

/* Not English: the recogniser hears English words in it, but is sure of none. */
static void
test_other_languages (Fixture *fixture, gconstpointer data)
{
  static const char *const files[] = { "video/mux_it_leopard_portrait.mp4" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = dub_test_media (files[i]);
      g_autoptr (DubTestOutcome) outcome = NULL;

      if (path == NULL)
        return;
      outcome = run (fixture, path, "es", NULL, FALSE);
      assert_refused (outcome, "No English speech was understood", "script of your own");
    }
}

static gboolean
is_video (const char *name)
{
  static const char *const endings[] = { ".mp4", ".mkv", ".mov", ".avi", ".webm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return TRUE;
  return FALSE;
}

static void
try_file (Fixture *fixture, const char *path)
{
  g_autoptr (DubTestOutcome) outcome = run (fixture, path, "es", script_until (700), FALSE);
  g_autofree char *output = g_build_filename (fixture->dir, "output.mp4", NULL);

  g_test_message ("%s: %s", path, outcome->sentence != NULL ? outcome->sentence : "dubbed");
  g_assert_true (outcome->sentence != NULL || outcome->result != NULL);
  g_assert_false (outcome->went_back);
  if (outcome->result != NULL)
    g_assert_cmpfloat_with_epsilon (engine_test_duration (output), outcome->result->duration_ms / 1000.0, OUTPUT_MARGIN_S);
}

static void
try_folder (Fixture *fixture, const char *folder, const char *prefix)
{
  g_autofree char *path = dub_test_media (folder);
  g_autoptr (GDir) dir = path != NULL ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (is_video (name) && g_str_has_prefix (name, prefix))
        try_file (fixture, file);
    }
}

static void
test_broken_files (Fixture *fixture, gconstpointer data)
{
  try_folder (fixture, "broken", "");
}

static void
test_odd_files (Fixture *fixture, gconstpointer data)
{
  try_folder (fixture, "video", "q_");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/engine/refusals/lipsync", test_lipsync);
  ADD ("/engine/refusals/no-translation", test_no_translation);
  ADD ("/engine/refusals/english", test_english);
  ADD ("/engine/refusals/unknown-language", test_unknown_language);
  ADD ("/engine/refusals/no-speech", test_no_speech);
  ADD ("/engine/refusals/no-sound", test_no_sound);
  ADD ("/engine/refusals/script-too-long", test_script_too_long);
  ADD ("/engine/refusals/no-file", test_no_file);
  ADD ("/engine/refusals/missing-parts", test_missing_parts);
  ADD ("/engine/refusals/missing-fonts", test_missing_fonts);
  ADD ("/engine/refusals/other-languages", test_other_languages);
  ADD ("/engine/refusals/broken-files", test_broken_files);
  ADD ("/engine/refusals/odd-files", test_odd_files);
  return g_test_run ();
}
