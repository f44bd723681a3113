/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What cannot be dubbed here: each has its sentence, which says what to do instead; nothing crashes, nothing is left. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>
#include <unistd.h>
#include "dub-language.h"
#include "dub-test-support.h"
#include "dub-test-video.h"
#include "dub-test-worker.h"

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

static DubJob *
make_job (Fixture *fixture, const char *video, const char *language, DubScript *script)
{
  DubJob *job = dub_job_new ();

  job->video = g_strdup (video);
  job->language = g_strdup (language);
  job->script = script;
  job->subtitles = fixture->subtitles;
  job->work_dir = g_strdup (fixture->dir);
  job->output = g_build_filename (fixture->dir, "output.mp4", NULL);
  return job;
}

static DubTestOutcome *
run (Fixture *fixture, const char *video, const char *language, DubScript *script, gboolean lipsync)
{
  g_autoptr (DubJob) job = make_job (fixture, video, language, script);
  DubTestOutcome *outcome;

  job->lipsync = lipsync;
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
check_refused (Fixture *fixture,
               const char *video,
               const char *language,
               DubScript *script,
               const char *what,
               const char *remedy)
{
  g_autoptr (DubTestOutcome) outcome = run (fixture, video, language, script, FALSE);

  assert_refused (outcome, what, remedy);
}

static void
check_dubbed (Fixture *fixture, const char *video, DubScript *script)
{
  g_autoptr (DubTestOutcome) outcome = run (fixture, video, "es", script, FALSE);

  g_assert_cmpstr (outcome->sentence, ==, NULL);
  g_assert_nonnull (outcome->result);
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
  static const char *const languages[] = { "ar", "de", "id", "ja", "ko", "tr", "vi" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    check_refused (fixture, fixture->video, languages[i], NULL,
                   dub_language_get_name (dub_language_from_code (languages[i])), "script of your own");
}

/* Neither with a script nor without. */
static void
test_thai (Fixture *fixture, gconstpointer data)
{
  check_refused (fixture, fixture->video, "th", NULL, "cannot speak Thai", "dubbing service");
  check_refused (fixture, fixture->video, "th", script_until (900), "cannot speak Thai", "dubbing service");
}

/* What is poor is dubbed, and whoever hears it is told. */
static void
test_note (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "قهوتنا الجديدة.", "قَهْوَتُنَا الْجَدِيدَةُ." };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      DubScript *script = dub_script_new ();
      g_autoptr (DubTestOutcome) outcome = NULL;

      dub_script_append (script, texts[i], 100, 900);
      outcome = run (fixture, fixture->video, "ar", script, FALSE);
      g_assert_cmpstr (outcome->sentence, ==, NULL);
      g_assert_true ((outcome->result->note != NULL) == (i == 0));
    }
}

static void
test_english (Fixture *fixture, gconstpointer data)
{
  check_refused (fixture, fixture->video, "en", NULL, "nothing to translate into English", "script of your own");
}

static void
test_unknown_language (Fixture *fixture, gconstpointer data)
{
  check_refused (fixture, fixture->video, "xx", script_until (900), "does not know this language", "Choose one");
}

static void
test_no_speech (Fixture *fixture, gconstpointer data)
{
  check_refused (fixture, fixture->video, "es", NULL, "Nobody speaks in this video", "script of your own");
}

static void
test_no_sound (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = g_build_filename (fixture->dir, "silent.mp4", NULL);

  dub_test_run_pipeline ("videotestsrc num-buffers=25 ! video/x-raw,width=160,height=120,framerate=25/1 ! x264enc ! "
                         "mp4mux ! filesink location=%s",
                         video);
  check_refused (fixture, video, "es", NULL, "no sound", "script of your own");
}

static void
test_script_too_long (Fixture *fixture, gconstpointer data)
{
  check_refused (fixture, fixture->video, "es", script_until (9000), "end of the video", "Correct");
}

/* The sound goes on a little after the picture: a script may end with what the file states, as the server says. */
static void
test_script_to_the_end (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = g_build_filename (fixture->dir, "longer-sound.mp4", NULL);

  dub_test_run_pipeline ("videotestsrc num-buffers=50 ! video/x-raw,width=160,height=120,framerate=25/1 ! x264enc ! "
                         "mp4mux name=m ! filesink location=%s audiotestsrc num-buffers=103 samplesperbuffer=960 ! "
                         "audio/x-raw,rate=48000,channels=2 ! avenc_aac ! m.",
                         video);
  check_dubbed (fixture, video, script_until (2040));
  check_refused (fixture, video, "es", script_until (2200), "end of the video", "Correct");
}

/* A picture of @n_pictures times ten seconds. */
static char *
make_long_video (Fixture *fixture, const char *name, int n_pictures)
{
  char *video = g_build_filename (fixture->dir, name, NULL);

  dub_test_run_pipeline ("videotestsrc num-buffers=%d ! video/x-raw,width=32,height=32,framerate=1/10 ! "
                         "vp8enc deadline=1 ! matroskamux ! filesink location=%s",
                         n_pictures, video);
  return video;
}

/* Matroska: the element 0x4489, a number of 8 bytes, in milliseconds. */
static void
state_duration (const char *video, double duration_ms)
{
  g_autofree char *bytes = NULL;
  gsize size;
  char *place = NULL;
  union
  {
    double value;
    guint64 bits;
  } number = { .value = duration_ms };

  g_assert_true (g_file_get_contents (video, &bytes, &size, NULL));
  place = memmem (bytes, size, "\x44\x89\x88", 3);
  g_assert_nonnull (place);
  number.bits = GUINT64_TO_BE (number.bits);
  memcpy (place + 3, &number.bits, sizeof number.bits);
  g_assert_true (g_file_set_contents (video, bytes, (gssize) size, NULL));
}

/* Whatever a file states: its memory would have no bound. */
static void
test_longer_than_stated (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = make_long_video (fixture, "long.mkv", 70);

  state_duration (video, 5000);
  check_refused (fixture, video, "es", script_until (900), "1 second to 10 minutes", "Cut it");
}

static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = make_long_video (fixture, "long.mkv", 70);

  check_refused (fixture, video, "es", script_until (900), "1 second to 10 minutes", "Cut it");
}

static void
test_too_short (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = g_build_filename (fixture->dir, "short.webm", NULL);

  dub_test_run_pipeline ("videotestsrc num-buffers=15 ! video/x-raw,width=64,height=48,framerate=30/1 ! "
                         "vp8enc deadline=1 ! webmmux ! filesink location=%s",
                         video);
  check_refused (fixture, video, "es", script_until (400), "1 second to 10 minutes", "Cut it");
}

/* What says nothing of its duration is measured. */
static void
test_no_duration (Fixture *fixture, gconstpointer data)
{
  g_autofree char *video = g_build_filename (fixture->dir, "stream.webm", NULL);

  dub_test_run_pipeline ("videotestsrc num-buffers=60 ! video/x-raw,width=64,height=48,framerate=30/1 ! "
                         "vp8enc deadline=1 ! webmmux streamable=true ! filesink location=%s",
                         video);
  check_dubbed (fixture, video, script_until (1900));
  check_refused (fixture, video, "es", script_until (2500), "end of the video", "Correct");
}

static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->dir, "nowhere.mp4", NULL);

  check_refused (fixture, nowhere, "es", script_until (900), "cannot be read", "Export");
  check_refused (fixture, fixture->dir, "es", script_until (900), "cannot be read", "Export");
}

/* Each part that is not installed is named, with the package that brings it. */
static void
test_missing_parts (Fixture *fixture, gconstpointer data)
{
  DubScript *script = dub_script_new ();

  dub_script_append (script, "私は東京で飲みます。", 100, 900);
  g_setenv ("MECABRC", fixture->video, TRUE);
  check_refused (fixture, fixture->video, "ja", script, "dictionary is not installed", "mecab-ipadic-utf8");
  g_unsetenv ("MECABRC");
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
      DubScript *script = dub_script_new ();

      dub_script_append (script, cases[i].text, 100, 900);
      check_refused (fixture, fixture->video, cases[i].language, script, "no installed font", cases[i].package);
    }
  g_unsetenv ("FONTCONFIG_FILE");
}

/* Not English: the recogniser hears English words in it, but is sure of none. */
static void
test_other_languages (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dub_test_media ("video/mux_it_leopard_portrait.mp4");

  if (path != NULL)
    check_refused (fixture, path, "es", NULL, "No English speech was understood", "script of your own");
}

static gboolean
has_reached (const char *line, const char *stage)
{
  return g_str_has_prefix (line, "progress ") && g_str_has_prefix (line + strlen ("progress "), stage);
}

/* Does something to the video as soon as the worker is at @stage. Returns (transfer full): what the worker says in the end. */
static char *
disturb_at (Fixture *fixture, const char *video, const char *stage, void (*disturb) (const char *video))
{
  g_autoptr (DubJob) job = make_job (fixture, video, "es", script_until (900));
  g_autoptr (GVariant) variant = dub_job_to_variant (job);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) worker =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        g_getenv ("DUBROOM_TEST_WORKER"), "--work", NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  gboolean disturbed = FALSE;
  char *line, *last = NULL;

  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (worker), g_variant_get_data (variant),
                             g_variant_get_size (variant), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (g_subprocess_get_stdin_pipe (worker), NULL, NULL);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (worker));
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      if (!disturbed && has_reached (line, stage))
        {
          disturb (video);
          disturbed = TRUE;
        }
      g_free (last);
      last = line;
    }
  g_subprocess_wait (worker, NULL, NULL);
  g_assert_true (disturbed);
  g_assert_true (g_subprocess_get_if_exited (worker));
  g_assert_false (g_file_test (job->output, G_FILE_TEST_EXISTS));
  return last;
}

static void
cut (const char *video)
{
  g_assert_cmpint (truncate (video, 3000), ==, 0);
}

static void
take_away (const char *video)
{
  g_assert_cmpint (g_unlink (video), ==, 0);
}

static void
test_changed_under_way (Fixture *fixture, gconstpointer data)
{
  static const char *const stages[] = { "listen", "speak" };

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autofree char *video = g_build_filename (fixture->dir, "copy.mp4", NULL);
      g_autofree char *bytes = NULL;
      g_autofree char *cut_short = NULL;
      g_autofree char *gone = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (fixture->video, &bytes, &size, NULL));
      g_assert_true (g_file_set_contents (video, bytes, (gssize) size, NULL));
      cut_short = disturb_at (fixture, video, stages[i], cut);
      g_assert_nonnull (strstr (cut_short, "failed The video was changed while it was being dubbed."));
      g_assert_true (g_file_set_contents (video, bytes, (gssize) size, NULL));
      gone = disturb_at (fixture, video, stages[i], take_away);
      g_assert_nonnull (strstr (gone, "failed The video went away while it was being dubbed."));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/engine/refusals/lipsync", test_lipsync);
  ADD ("/engine/refusals/no-translation", test_no_translation);
  ADD ("/engine/refusals/thai", test_thai);
  ADD ("/engine/refusals/note", test_note);
  ADD ("/engine/refusals/english", test_english);
  ADD ("/engine/refusals/unknown-language", test_unknown_language);
  ADD ("/engine/refusals/no-speech", test_no_speech);
  ADD ("/engine/refusals/no-sound", test_no_sound);
  ADD ("/engine/refusals/script-too-long", test_script_too_long);
  ADD ("/engine/refusals/script-to-the-end", test_script_to_the_end);
  ADD ("/engine/refusals/longer-than-stated", test_longer_than_stated);
  ADD ("/engine/refusals/too-long", test_too_long);
  ADD ("/engine/refusals/too-short", test_too_short);
  ADD ("/engine/refusals/no-duration", test_no_duration);
  ADD ("/engine/refusals/no-file", test_no_file);
  ADD ("/engine/refusals/missing-parts", test_missing_parts);
  ADD ("/engine/refusals/missing-fonts", test_missing_fonts);
  ADD ("/engine/refusals/other-languages", test_other_languages);
  ADD ("/engine/refusals/changed-under-way", test_changed_under_way);
  return g_test_run ();
}
