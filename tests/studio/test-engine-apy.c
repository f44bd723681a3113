/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A real server of the apertium-apy kind (Debian's package), with the language pairs that are installed. */

#include <gst/gst.h>
#include <string.h>
#include "dub-apy-translator.h"
#include "dub-test-support.h"
#include "dub-test-worker.h"
#include "engines-fixture.h"

#define PROGRAM "apertium-apy"
#define MODES "/usr/share/apertium/modes"
/* A pair that is read from the disk for the first time takes more than the 10 s that are usual, and the server does not find
 * its way back from that. */
#define PATIENCE_S "100"
#define READY "Serving on all interfaces"

typedef struct
{
  GSubprocess *server;
  char *url;
} Fixture;

/* A port that nobody has; whoever takes it before the server makes the server fail, and another one is tried. */
static guint
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  g_socket_listener_close (listener);
  return port;
}

/* It says on its error output when it is ready. */
static gboolean
wait_until_ready (GSubprocess *server)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  char *line;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      gboolean ready = strstr (line, READY) != NULL;

      g_free (line);
      if (ready)
        return TRUE;
    }
  return FALSE;
}

static void
start (Fixture *fixture, const char *program)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *port = g_strdup_printf ("%u", find_port ());
      g_autoptr (GError) error = NULL;

      fixture->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error, program,
                                          "-t", PATIENCE_S, "-p", port, MODES, NULL);
      g_assert_no_error (error);
      if (wait_until_ready (fixture->server))
        {
          fixture->url = g_strdup_printf ("http://127.0.0.1:%s", port);
          return;
        }
      g_subprocess_force_exit (fixture->server);
      g_clear_object (&fixture->server);
    }
  g_error ("%s does not start", program);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program = g_find_program_in_path (PROGRAM);

  if (program == NULL || !g_file_test (MODES "/eng-spa.mode", G_FILE_TEST_EXISTS))
    g_test_skip ("apertium-apy or the pair eng-spa is not installed");
  else
    start (fixture, program);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->server != NULL)
    {
      g_subprocess_send_signal (fixture->server, SIGTERM);
      g_subprocess_wait (fixture->server, NULL, NULL);
    }
  g_clear_object (&fixture->server);
  g_free (fixture->url);
}

static DubScript *
translate (Fixture *fixture, DubScript *script, const char *language)
{
  g_autoptr (DubEngineChoice) choice = engines_test_choice (DUB_ENGINE_APERTIUM, fixture->url);
  g_autoptr (DubTranslator) translator = dub_apy_translator_new (choice, NULL);
  g_autoptr (DubProgress) progress = engines_test_progress ();
  g_autoptr (GError) error = NULL;
  DubScript *translated;

  dub_progress_begin (progress, "translate", 1);
  translated = dub_translator_translate (translator, script, "en", dub_language_from_code (language), progress, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dub_script_get_length (translated), ==, dub_script_get_length (script));
  return translated;
}

static const char *
text_at (DubScript *script, guint index)
{
  return dub_segment_get_text (dub_script_get_segment (script, index));
}

static void
test_translates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (DubScript) spanish = NULL;
  g_autoptr (DubScript) french = NULL;

  if (fixture->server == NULL)
    return;
  dub_script_append (script, "Good morning.", 0, 1000);
  dub_script_append (script, "The red house & a <b>xyzzy</b>; [5] 100% /slash @ #1 ^caret$.", 1000, 2000);
  dub_script_append (script, "The house.", 2000, 3000);
  spanish = translate (fixture, script, "es");
  g_assert_cmpstr (text_at (spanish, 0), ==, "Buenos días.");
  g_test_message ("%s", text_at (spanish, 1));
  g_assert_nonnull (strstr (text_at (spanish, 1), "La casa roja"));
  g_assert_nonnull (strstr (text_at (spanish, 1), "xyzzy"));
  g_assert_null (strchr (text_at (spanish, 1), '*'));
  g_assert_cmpstr (text_at (spanish, 2), ==, "La casa.");

  /* By way of Catalan. */
  french = translate (fixture, script, "fr");
  g_test_message ("%s", text_at (french, 1));
  g_assert_cmpstr (text_at (french, 2), ==, "La maison.");
  g_assert_null (strchr (text_at (french, 1), '*'));
}

static void
test_refuses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DubEngineChoice) choice = NULL;
  g_autoptr (DubTranslator) translator = NULL;
  g_autoptr (GError) error = NULL;

  if (fixture->server == NULL)
    return;
  choice = engines_test_choice (DUB_ENGINE_APERTIUM, fixture->url);
  translator = dub_apy_translator_new (choice, NULL);
  g_assert_false (dub_translator_serves (translator, "en", dub_language_from_code ("ja"), &error));
  engines_test_assert_sentence (error->message, "does not translate from English into Japanese");
}

/* What the Test button does. */
static void
test_tried (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DubEngineTrial) trial = dub_engine_trial_new ();
  g_autoptr (DubTestOutcome) outcome = NULL;

  if (fixture->server == NULL)
    return;
  trial->stage = DUB_STAGE_TRANSLATE;
  trial->language = g_strdup ("es");
  engines_test_set (&trial->engines, DUB_STAGE_TRANSLATE, DUB_ENGINE_APERTIUM, fixture->url, NULL);
  outcome = dub_test_worker_try (g_getenv ("DUBROOM_TEST_WORKER"), trial);
  g_assert_cmpstr (outcome->sentence, ==, NULL);
  engines_test_assert_sentence (outcome->trial->message, "“Good morning.” is “Buenos días.” in Spanish");
  g_assert_true (g_strv_contains ((const char *const *) outcome->trial->languages, "es"));
  g_assert_true (g_strv_contains ((const char *const *) outcome->trial->languages, "fr"));
  g_assert_false (g_strv_contains ((const char *const *) outcome->trial->languages, "ja"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  g_test_add ("/engine-apy/translates", Fixture, NULL, set_up, test_translates, tear_down);
  g_test_add ("/engine-apy/refuses", Fixture, NULL, set_up, test_refuses, tear_down);
  g_test_add ("/engine-apy/tried", Fixture, NULL, set_up, test_tried, tear_down);
  return g_test_run ();
}
