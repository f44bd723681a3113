/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What engines over HTTP can do to a task, through the working process: slow, wrong, cut, huge and hostile answers make it
 * fail with a sentence that says what happened; nothing hangs, nothing crashes, nothing is left. */

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>
#include "dub-test-support.h"
#include "dub-test-video.h"
#include "dub-test-worker.h"
#include "engines-fixture.h"

#define KEY ENGINES_TEST_KEY
#define JSON "application/json"
/* A name that shows where it may turn what is around it, or break a line. */
#define HOSTILE "{\"error\": {\"message\": \"\\u202eevil\\u0007\\n<b>line</b> " KEY " \\u0001%s\"}}"

typedef struct
{
  char *dir;
  char *video;
} Fixture;

/* The engines that are over HTTP in a job, and the fakes behind them; the one of the stage that is tried is faulty. */
typedef struct
{
  const char *name;
  DubStage stage;
  DubEngineKind kind;
  DubFakeConvention convention;
} Case;

static const Case cases[] = {
  { "transcription", DUB_STAGE_TRANSCRIBE, DUB_ENGINE_OPENAI, DUB_FAKE_OPENAI },
  { "libretranslate", DUB_STAGE_TRANSLATE, DUB_ENGINE_LIBRETRANSLATE, DUB_FAKE_LIBRETRANSLATE },
  { "apy", DUB_STAGE_TRANSLATE, DUB_ENGINE_APERTIUM, DUB_FAKE_APY },
  { "speech", DUB_STAGE_SPEAK, DUB_ENGINE_OPENAI, DUB_FAKE_OPENAI },
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = dub_test_make_dir ();
  fixture->video = g_build_filename (fixture->dir, "tone.mp4", NULL);
  dub_test_run_pipeline ("videotestsrc num-buffers=75 ! video/x-raw,width=160,height=120,framerate=25/1 ! x264enc ! "
                         "mp4mux name=m ! filesink location=%s audiotestsrc num-buffers=144 "
                         "samplesperbuffer=1000 ! audio/x-raw,rate=48000,channels=2 ! avenc_aac ! m.",
                         fixture->video);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->video);
  dub_test_remove_dir (g_steal_pointer (&fixture->dir));
}

static DubScript *
make_script (void)
{
  DubScript *script = dub_script_new ();

  dub_script_append (script, "Hola a todos.", 100, 1400);
  dub_script_append (script, "Hola otra vez.", 1500, 2800);
  return script;
}

static DubJob *
make_job (Fixture *fixture, DubStage stage)
{
  DubJob *job = dub_job_new ();

  job->video = g_strdup (fixture->video);
  job->language = g_strdup ("es");
  job->script = stage == DUB_STAGE_SPEAK ? make_script () : NULL;
  job->work_dir = g_strdup (fixture->dir);
  job->output = g_build_filename (fixture->dir, "output.mp4", NULL);
  return job;
}

static DubTestOutcome *
run (Fixture *fixture, DubJob *job)
{
  DubTestOutcome *outcome = dub_test_worker_run (g_getenv ("DUBROOM_TEST_WORKER"), job, FALSE);
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;

  if (outcome->result != NULL)
    g_unlink (job->output);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_cmpstr (name, ==, "tone.mp4");
  return outcome;
}

/* A job whose other stages are right. */
static void
check (Fixture *fixture, const Case *tried, DubFakeEngine *faulty, guint timeout_s, const char *part)
{
  g_autoptr (DubJob) job = make_job (fixture, tried->stage);
  g_autoptr (DubFakeEngine) hearing = dub_fake_engine_new (DUB_FAKE_OPENAI, NULL);
  g_autoptr (DubTestOutcome) outcome = NULL;

  engines_test_set (&job->engines, DUB_STAGE_TRANSCRIBE, DUB_ENGINE_OPENAI, dub_fake_engine_get_url (hearing), NULL);
  engines_test_set (&job->engines, tried->stage, tried->kind, dub_fake_engine_get_url (faulty), KEY);
  job->engines.settings->stages[tried->stage]->timeout_s = timeout_s;
  outcome = run (fixture, job);
  g_assert_null (outcome->result);
  g_assert_cmpint (outcome->exit_status, ==, 1);
  engines_test_assert_sentence (outcome->sentence, part);
  g_assert_nonnull (strstr (outcome->sentence, "127.0.0.1:"));
  engines_test_assert_content (faulty);
}

static void
test_transport (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    DubFakeFault fault;
    guint timeout_s;
    const char *part;
  } faults[] = {
    { DUB_FAKE_DRIPS, 1, "did not answer in full within 1 second" },
    { DUB_FAKE_SILENT, 1, "did not answer in full within 1 second" },
    { DUB_FAKE_CUT, ENGINES_TEST_TIMEOUT_S, "broke off before its whole answer" },
    { DUB_FAKE_CUT_CHUNK, ENGINES_TEST_TIMEOUT_S, "broke off before its whole answer" },
    { DUB_FAKE_HANGS_UP, ENGINES_TEST_TIMEOUT_S, "broke off before its whole answer" },
    { DUB_FAKE_STATES_HUGE, ENGINES_TEST_TIMEOUT_S, "which no such answer can have" },
    { DUB_FAKE_ENDLESS, ENGINES_TEST_TIMEOUT_S, "which no such answer can have" },
    { DUB_FAKE_BOMB, ENGINES_TEST_TIMEOUT_S, "which no such answer can have" },
    { DUB_FAKE_REDIRECTS, ENGINES_TEST_TIMEOUT_S, "sent the request on to another address" },
    { DUB_FAKE_GARBAGE, ENGINES_TEST_TIMEOUT_S, "broke off before its whole answer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      const Case *tried = data;
      g_autoptr (DubFakeEngine) faulty = dub_fake_engine_new (tried->convention, KEY);
      guint n_list = tried->stage == DUB_STAGE_TRANSLATE ? 1 : 0;

      g_test_message ("%s: fault %d", tried->name, faults[i].fault);
      dub_fake_engine_set_fault (faulty, faults[i].fault);
      check (fixture, tried, faulty, faults[i].timeout_s, faults[i].part);
      /* Each request once: what broke off may have been done. Two may have been under way. */
      g_assert_cmpuint (dub_fake_engine_count (faulty), >=, n_list + 1);
      g_assert_cmpuint (dub_fake_engine_count (faulty), <=, n_list + 2);
    }
}

static void
test_statuses (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *part;
  } statuses[] = {
    { 401, "does not accept the key" },
    { 429, "takes no more requests" },
    { 500, "has a fault of its own" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      const Case *tried = data;
      g_autoptr (DubFakeEngine) faulty = dub_fake_engine_new (tried->convention, KEY);

      dub_fake_engine_set_answer (faulty, statuses[i].status, JSON, "Retry-After: 0\r\n", NULL);
      check (fixture, tried, faulty, ENGINES_TEST_TIMEOUT_S, statuses[i].part);
    }
}

static void
check_answer (Fixture *fixture,
              const Case *tried,
              guint status,
              const char *type,
              const char *text,
              gssize length,
              const char *part)
{
  g_autoptr (DubFakeEngine) faulty = dub_fake_engine_new (tried->convention, KEY);
  g_autoptr (GBytes) body = g_bytes_new (text, length >= 0 ? (gsize) length : strlen (text));

  dub_fake_engine_set_answer (faulty, status, type, NULL, body);
  check (fixture, tried, faulty, ENGINES_TEST_TIMEOUT_S, part);
}

/* Words of the server are shown, and do nothing else. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  const Case *tried = data;
  g_autofree char *long_word = g_strnfill (1000 * 1000, 'x');
  g_autofree char *hostile = g_strdup_printf (HOSTILE, "");
  g_autofree char *endless = g_strdup_printf (HOSTILE, long_word);

  check_answer (fixture, tried, 400, JSON, hostile, -1, "It said: “evil <b>line</b> …”");
  check_answer (fixture, tried, 400, JSON, endless, -1, "refused the request");
  check_answer (fixture, tried, 422, JSON, "{\"detail\": [{\"loc\": [\"body\"], \"msg\": \"voice is missing\"}]}", -1,
                "It said: “voice is missing”");
  check_answer (fixture, tried, 400, JSON, "{\"status\": \"error\", \"explanation\": \"That pair is not installed\"}", -1,
                "It said: “That pair is not installed”");
  check_answer (fixture, tried, 500, JSON, "{\"error\": \"\xff\xfe\"}", -1, "has a fault of its own");
  check_answer (fixture, tried, 500, "text/html", "<h1>Error</h1>", -1, "has a fault of its own");
  check_answer (fixture, tried, 200, "text/html; charset=utf-8", "<h1>Welcome</h1>", -1, "is a web page, not an engine");
  check_answer (fixture, tried, 200, "image/png", "\x89PNG", -1, "is not an engine of the kind");
}

/* What is of the right type, and not what the convention says. */
static void
test_json (Fixture *fixture, gconstpointer data)
{
  static const char misunderstood[] = "cannot be understood";
  const Case *tried = data;
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autofree char *blanks = g_strnfill (1000 * 1000, ' ');
  g_autofree char *many = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "{\"a\":[");
  many = g_strjoin (NULL, "{\"translatedText\": \"", blanks, "\"}", NULL);
  check_answer (fixture, tried, 200, JSON, "", -1, misunderstood);
  check_answer (fixture, tried, 200, JSON, "{\"segments\": ", -1, misunderstood);
  check_answer (fixture, tried, 200, JSON, "\xff\xfe{}", -1, misunderstood);
  check_answer (fixture, tried, 200, JSON, deep->str, -1, misunderstood);
  check_answer (fixture, tried, 200, JSON, many, -1, misunderstood);
}

/* What is wrong in itself is the parsers' to find (test-engine-answers); here it reaches the person. */
static void
test_contents (Fixture *fixture, gconstpointer data)
{
  check_answer (fixture, &cases[0], 200, JSON, "{\"language\": \"english\", \"segments\": []}", -1, "Nobody speaks");
  check_answer (fixture, &cases[0], 200, JSON,
                "{\"language\": \"english\", \"segments\": [{\"start\": 2, \"end\": 1, \"text\": \"a\"}]}", -1,
                "segments[0].end: is before its start");
  check_answer (fixture, &cases[1], 200, JSON, "{\"translatedText\": [\"a\"]}", -1, "another number of texts");
  check_answer (fixture, &cases[2], 200, JSON, "{\"responseData\": {\"translatedText\": \"\"}}", -1,
                "responseData.translatedText: is empty");
}

/* The list of languages is asked for before anything is translated. */
static void
test_lists (Fixture *fixture, gconstpointer data)
{
  const Case *tried = data;
  static const char *const bodies[] = {
    "[{\"code\": \"../../x\", \"targets\": []}]", "[{\"code\": 5}]", "{\"responseData\": [{\"sourceLanguage\": \"a|b\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (DubFakeEngine) faulty = dub_fake_engine_new (tried->convention, KEY);
      g_autoptr (GBytes) body = engines_test_bytes (bodies[i]);

      dub_fake_engine_set_list_answer (faulty, 200, JSON, body);
      check (fixture, tried, faulty, ENGINES_TEST_TIMEOUT_S, "cannot be understood");
    }
  for (DubFakeFault fault = DUB_FAKE_CUT; fault <= DUB_FAKE_HANGS_UP; fault++)
    {
      g_autoptr (DubFakeEngine) faulty = dub_fake_engine_new (tried->convention, KEY);

      dub_fake_engine_set_list_fault (faulty, fault);
      check (fixture, tried, faulty, ENGINES_TEST_TIMEOUT_S, "broke off");
    }
}

/* A WAV file of @n_samples of 16 bit at 16 kHz, whose header says that it has @stated. */
static GBytes *
make_wav (guint n_samples, guint stated, gint16 value)
{
  GByteArray *file = g_byte_array_new ();
  const guint32 sizes[] = { GUINT32_TO_LE (36 + stated * 2), GUINT32_TO_LE (stated * 2) };
  static const guint8 format[] = { 16, 0, 0, 0, 1, 0, 1, 0, 0x80, 0x3e, 0, 0, 0, 0x7d, 0, 0, 2, 0, 16, 0 };

  g_byte_array_append (file, (const guint8 *) "RIFF", 4);
  g_byte_array_append (file, (const guint8 *) &sizes[0], 4);
  g_byte_array_append (file, (const guint8 *) "WAVEfmt ", 8);
  g_byte_array_append (file, format, sizeof format);
  g_byte_array_append (file, (const guint8 *) "data", 4);
  g_byte_array_append (file, (const guint8 *) &sizes[1], 4);
  for (guint i = 0; i < n_samples; i++)
    g_byte_array_append (file, (const guint8 *) &value, 2);
  return g_byte_array_free_to_bytes (file);
}

static void
check_speech (Fixture *fixture, GBytes *body, const char *part)
{
  check_answer (fixture, &cases[3], 200, "audio/wav", g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), part);
}

static void
test_sounds (Fixture *fixture, gconstpointer data)
{
  static const char unplayable[] = "is no sound that can be played";
  g_autoptr (GBytes) silence = make_wav (16000, 16000, 0);
  g_autoptr (GBytes) cut = make_wav (1000, 16000, 8000);
  g_autoptr (GBytes) none = make_wav (0, 0, 0);
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (silence, 0, 30);

  check_speech (fixture, silence, "sent silence for a sentence");
  check_speech (fixture, cut, "is cut off");
  check_speech (fixture, none, "sent");
  check_speech (fixture, head, "sent");
  check_answer (fixture, &cases[3], 200, "audio/wav", "", 0, unplayable);
  check_answer (fixture, &cases[3], 200, "audio/mpeg", "not a sound at all, but some text that is long enough", -1, unplayable);
  check_answer (fixture, &cases[3], 200, JSON, "{\"error\": \"out of voices\"}", -1, "It said: “out of voices”");
}

/* Another one than the server was told of; none where it wants one. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  const Case *tried = data;
  g_autoptr (DubFakeEngine) strict = dub_fake_engine_new (tried->convention, "another-key");
  g_autoptr (DubFakeEngine) hearing = dub_fake_engine_new (DUB_FAKE_OPENAI, NULL);
  const char *const keys[] = { KEY, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (DubJob) job = make_job (fixture, tried->stage);
      g_autoptr (DubTestOutcome) outcome = NULL;

      engines_test_set (&job->engines, DUB_STAGE_TRANSCRIBE, DUB_ENGINE_OPENAI, dub_fake_engine_get_url (hearing), NULL);
      engines_test_set (&job->engines, tried->stage, tried->kind, dub_fake_engine_get_url (strict), keys[i]);
      outcome = run (fixture, job);
      g_assert_null (outcome->result);
      engines_test_assert_sentence (outcome->sentence, "does not accept the key, or wants one");
    }
}

/* All over HTTP, and it becomes a dub. */
static void
test_right (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DubJob) job = make_job (fixture, DUB_STAGE_TRANSCRIBE);
  g_autoptr (DubFakeEngine) hearing = dub_fake_engine_new (DUB_FAKE_OPENAI, KEY);
  g_autoptr (DubFakeEngine) translating = dub_fake_engine_new (DUB_FAKE_LIBRETRANSLATE, KEY);
  g_autoptr (DubFakeEngine) speaking = dub_fake_engine_new (DUB_FAKE_OPENAI, KEY);
  g_autoptr (DubTestOutcome) outcome = NULL;

  engines_test_set (&job->engines, DUB_STAGE_TRANSCRIBE, DUB_ENGINE_OPENAI, dub_fake_engine_get_url (hearing), KEY);
  engines_test_set (&job->engines, DUB_STAGE_TRANSLATE, DUB_ENGINE_LIBRETRANSLATE, dub_fake_engine_get_url (translating), KEY);
  engines_test_set (&job->engines, DUB_STAGE_SPEAK, DUB_ENGINE_OPENAI, dub_fake_engine_get_url (speaking), KEY);
  outcome = run (fixture, job);
  g_assert_cmpstr (outcome->sentence, ==, NULL);
  g_assert_false (outcome->went_back);
  g_assert_nonnull (outcome->result);
  g_assert_cmpuint (dub_script_get_length (outcome->result->translated), ==, 2);
  g_assert_cmpstr (dub_segment_get_text (dub_script_get_segment (outcome->result->original, 0)), ==, "Good morning.");
  g_assert_cmpstr (dub_segment_get_text (dub_script_get_segment (outcome->result->translated, 1)), ==,
                   "[es] This is a test.");
  engines_test_assert_content (hearing);
  engines_test_assert_content (translating);
  engines_test_assert_content (speaking);
}

/* Some over HTTP, some built in. */
static void
test_mixed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DubJob) job = make_job (fixture, DUB_STAGE_TRANSCRIBE);
  g_autoptr (DubFakeEngine) hearing = dub_fake_engine_new (DUB_FAKE_OPENAI, KEY);
  g_autoptr (DubFakeEngine) speaking = dub_fake_engine_new (DUB_FAKE_OPENAI, NULL);
  g_autoptr (DubTestOutcome) outcome = NULL;

  if (!g_file_test ("/usr/share/apertium/modes/eng-spa.mode", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the pair eng-spa of apertium is not installed");
      return;
    }
  engines_test_set (&job->engines, DUB_STAGE_TRANSCRIBE, DUB_ENGINE_OPENAI, dub_fake_engine_get_url (hearing), KEY);
  engines_test_set (&job->engines, DUB_STAGE_SPEAK, DUB_ENGINE_OPENAI, dub_fake_engine_get_url (speaking), NULL);
  outcome = run (fixture, job);
  g_assert_cmpstr (outcome->sentence, ==, NULL);
  g_assert_cmpuint (dub_script_get_length (outcome->result->translated), ==, 2);
  g_assert_cmpstr (dub_segment_get_text (dub_script_get_segment (outcome->result->translated, 0)), ==, "Buenos días.");
  engines_test_assert_content (hearing);
  engines_test_assert_content (speaking);
}

static void
add (const char *name, const Case *tried, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/engine-http-faults/%s/%s", tried->name, name);

  g_test_add (path, Fixture, tried, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  g_test_add ("/engine-http-faults/right", Fixture, NULL, set_up, test_right, tear_down);
  g_test_add ("/engine-http-faults/mixed", Fixture, NULL, set_up, test_mixed, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add ("transport", &cases[i], test_transport);
      add ("statuses", &cases[i], test_statuses);
      add ("keys", &cases[i], test_keys);
      if (cases[i].stage != DUB_STAGE_SPEAK)
        add ("json", &cases[i], test_json);
      /* The same code for all. */
      if (cases[i].kind == DUB_ENGINE_OPENAI)
        add ("words", &cases[i], test_words);
      if (cases[i].stage == DUB_STAGE_TRANSLATE)
        add ("lists", &cases[i], test_lists);
    }
  g_test_add ("/engine-http-faults/contents", Fixture, NULL, set_up, test_contents, tear_down);
  g_test_add ("/engine-http-faults/sounds", Fixture, NULL, set_up, test_sounds, tear_down);
  return g_test_run ();
}
