/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rehearsals over a working process that speaks nothing. */

#include <signal.h>
#include <string.h>

#include "dub-rehearser.h"
#include "server-fixture.h"

#define REHEARSE "studio/rehearse/"

typedef struct
{
  char *dir;
  DubRehearser *rehearser;
  DubJobEngines engines;
} Bare;

static void
bare_set_up (Bare         *bare,
             gconstpointer patience_ms)
{
  bare->dir = dub_test_make_dir ();
  bare->rehearser = dub_rehearser_new (fixture_get_program (), GPOINTER_TO_UINT (patience_ms));
  dub_job_engines_init (&bare->engines);
}

static void
bare_tear_down (Bare         *bare,
                gconstpointer patience_ms)
{
  dub_rehearser_close (bare->rehearser);
  g_object_unref (bare->rehearser);
  dub_job_engines_clear (&bare->engines);
  dub_test_remove_dir (bare->dir);
}

static void
begin (Bare          *bare,
       const char    *text,
       GCancellable  *cancellable,
       GAsyncResult **slot)
{
  DubRehearsalWish wish = { (char *) text, (char *) "es", 1200.5, 1500, 118 };

  dub_rehearser_say_async (bare->rehearser, &wish, &bare->engines, cancellable, dub_test_keep_result, slot);
}

static DubRehearsal *
end (Bare          *bare,
     GAsyncResult **slot,
     GError       **error)
{
  g_autoptr (GAsyncResult) result = dub_test_await (slot);

  return dub_rehearser_say_finish (bare->rehearser, result, error);
}

static DubRehearsal *
say (Bare       *bare,
     const char *text,
     GError    **error)
{
  GAsyncResult *slot = NULL;

  begin (bare, text, NULL, &slot);
  return end (bare, &slot, error);
}

/* How many the process has spoken before tells whether it is still the same one. */
static void
check_spoken (Bare       *bare,
              const char *text,
              guint       before)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubRehearsal) rehearsal = say (bare, text, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (rehearsal->speed, ==, before);
}

static void
test_spoken (Bare         *bare,
             gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubRehearsal) rehearsal = say (bare, "Buenos días.", &error);
  g_autoptr (DubRehearsal) poor = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (rehearsal->wav), ==, 44);
  g_assert_cmpfloat (rehearsal->natural_ms, ==, 118);
  g_assert_cmpfloat (rehearsal->spoken_ms, ==, 1200.5);
  g_assert_cmpfloat (rehearsal->overrun_ms, ==, 1500);
  g_assert_cmpuint (rehearsal->unspoken, ==, strlen ("Buenos dias."));
  g_assert_false (rehearsal->poor);
  g_assert_null (rehearsal->why);
  poor = say (bare, "poor", &error);
  g_assert_no_error (error);
  g_assert_true (poor->poor);
  g_assert_cmpstr (poor->why, ==, "It is hard to understand.");
}

static void
test_stays (Bare         *bare,
            gconstpointer unused)
{
  for (guint i = 0; i < 5; i++)
    check_spoken (bare, "Hola.", i);
}

static void
test_refused (Bare         *bare,
              gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  check_spoken (bare, "Hola.", 0);
  g_assert_null (say (bare, "refuse", &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED);
  g_assert_cmpstr (error->message, ==, "There is no voice for this.");
  check_spoken (bare, "Hola.", 2);
}

/* What crashes does so for itself; who comes after it gets another process. */
static void
test_crash (Bare         *bare,
            gconstpointer text)
{
  g_autoptr (GError) error = NULL;

  check_spoken (bare, "Hola.", 0);
  g_assert_null (say (bare, text, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED);
  check_spoken (bare, "Hola.", 0);
}

static void
test_crash_and_garbage (Bare         *bare,
                        gconstpointer unused)
{
  test_crash (bare, "crash");
  g_clear_object (&bare->rehearser);
  bare->rehearser = dub_rehearser_new (fixture_get_program (), DUB_REHEARSER_PATIENCE_MS);
  test_crash (bare, "garbage");
}

static void
test_crash_once (Bare         *bare,
                 gconstpointer unused)
{
  g_autofree char *mark = g_build_filename (bare->dir, "crashed", NULL);
  g_autofree char *text = g_strconcat ("crash-once ", mark, NULL);

  check_spoken (bare, "Hola.", 0);
  check_spoken (bare, text, 0);
  check_spoken (bare, "Hola.", 1);
}

static void
test_hang (Bare         *bare,
           gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (say (bare, "hang", &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED);
  g_assert_nonnull (strstr (error->message, "took too long"));
}

/* One that is on, and as many as may wait; who is cancelled while it waits takes nobody's time. */
static void
test_queue (Bare         *bare,
            gconstpointer unused)
{
  GAsyncResult *slots[DUB_REHEARSER_MAX_WAITING + 2] = { NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const guint last = G_N_ELEMENTS (slots) - 1;

  for (guint i = 0; i <= last; i++)
    begin (bare, "Hola.", i == 5 ? cancellable : NULL, &slots[i]);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i <= last; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DubRehearsal) rehearsal = end (bare, &slots[i], &error);

      if (i == last)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
      else if (i == 5)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_cmpfloat (rehearsal->speed, ==, i < 5 ? i : i - 1);
    }
}

static void
test_close (Bare         *bare,
            gconstpointer unused)
{
  GAsyncResult *slots[2] = { NULL };

  begin (bare, "hang", NULL, &slots[0]);
  begin (bare, "Hola.", NULL, &slots[1]);
  dub_rehearser_close (bare->rehearser);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (end (bare, &slots[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_no_program (Bare         *bare,
                 gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_object_unref (bare->rehearser);
  bare->rehearser = dub_rehearser_new ("/nowhere/dubroom-studio", DUB_REHEARSER_PATIENCE_MS);
  g_assert_null (say (bare, "Hola.", &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED);
}

/* --- over the wire --- */

static JsonNode *
ask (Fixture    *fixture,
     const char *body)
{
  return dub_test_studio_ask (fixture->studio, "POST", REHEARSE, fixture->studio->token, body);
}

static void
test_answer (Fixture      *fixture,
             gconstpointer unused)
{
  g_autoptr (JsonNode) answer = ask (fixture, "{\"text\": \"Hola.\", \"language\": \"es\", \"slot_ms\": 900,"
                                              " \"room_ms\": 1000, \"pitch_hz\": 120}");

  dub_test_assert_json (answer, "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\", \"data\": {"
                                "\"sound\": \"<text>\", \"natural_ms\": 120, \"spoken_ms\": 900, \"overrun_ms\": 1000,"
                                "\"unspoken\": 5, \"speed\": 0, \"stretch\": 1, \"quality\": \"good\", \"why\": \"\"}}");
}

static void
test_wire_refusals (Fixture      *fixture,
                    gconstpointer unused)
{
  static const struct
  {
    const char *body;
    gint64 code;
    const char *message;
  } wrong[] = {
    { "{\"text\": \"refuse\", \"language\": \"es\"}", 40002, "There is no voice for this." },
    { "{\"text\": \"crash\", \"language\": \"es\"}", 50000, "The built-in studio crashed" },
    { "{\"text\": \"\", \"language\": \"es\"}", 40002, "text: is empty" },
    { "{\"text\": \"Hola.\", \"language\": \"xx\"}", 40002, "language: must be one of" },
    { "{\"text\": \"Hola.\", \"language\": \"es\", \"slot_ms\": -1}", 40002, "slot_ms: must be" },
    { "no JSON", 40002, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (JsonNode) answer = ask (fixture, wrong[i].body);

      dub_test_assert_refusal (answer, wrong[i].code, wrong[i].message);
    }
}

/* The engines are those that are set at that moment. */
static void
test_wire_settings (Fixture      *fixture,
                    gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->data, "engines.conf", NULL);
  g_autoptr (JsonNode) good = ask (fixture, "{\"text\": \"Hola.\", \"language\": \"es\"}");
  g_autoptr (JsonNode) bad = NULL;

  g_assert_cmpint (json_object_get_int_member (json_node_get_object (good), "code"), ==, 0);
  g_assert_true (g_file_set_contents (path, "[speak]\nengine=telepathy\n", -1, NULL));
  bad = ask (fixture, "{\"text\": \"Hola.\", \"language\": \"es\"}");
  dub_test_assert_refusal (bad, 40002, "");
}

#define ADD(path, patience_ms, function) \
  g_test_add ("/studio/rehearse/" path, Bare, GUINT_TO_POINTER (patience_ms), bare_set_up, function, bare_tear_down)
#define ADD_WIRE(path, function) \
  g_test_add ("/studio/rehearse/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  ADD ("spoken", DUB_REHEARSER_PATIENCE_MS, test_spoken);
  ADD ("stays", DUB_REHEARSER_PATIENCE_MS, test_stays);
  ADD ("refused", DUB_REHEARSER_PATIENCE_MS, test_refused);
  ADD ("crash", DUB_REHEARSER_PATIENCE_MS, test_crash_and_garbage);
  ADD ("crash-once", DUB_REHEARSER_PATIENCE_MS, test_crash_once);
  ADD ("hang", 200, test_hang);
  ADD ("queue", DUB_REHEARSER_PATIENCE_MS, test_queue);
  ADD ("close", DUB_REHEARSER_PATIENCE_MS, test_close);
  ADD ("no-program", DUB_REHEARSER_PATIENCE_MS, test_no_program);
  ADD_WIRE ("answer", test_answer);
  ADD_WIRE ("wire-refusals", test_wire_refusals);
  ADD_WIRE ("wire-settings", test_wire_settings);
  return g_test_run ();
}
