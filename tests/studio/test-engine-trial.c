/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An engine is tried: `--test-engine`. */

#include <string.h>
#include "dub-test-worker.h"
#include "engines-fixture.h"

static DubEngineTrial *
make_trial (DubStage stage, const char *language)
{
  DubEngineTrial *trial = dub_engine_trial_new ();

  trial->stage = stage;
  trial->language = g_strdup (language);
  return trial;
}

static DubTestOutcome *
try (DubEngineTrial *trial)
{
  return dub_test_worker_try (g_getenv ("DUBROOM_TEST_WORKER"), trial);
}

static void
assert_works (DubTestOutcome *outcome, const char *part)
{
  g_assert_cmpstr (outcome->sentence, ==, NULL);
  g_assert_cmpint (outcome->exit_status, ==, 0);
  engines_test_assert_sentence (outcome->trial->message, part);
}

static void
test_transcription (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_OPENAI, ENGINES_TEST_KEY);
  g_autoptr (DubEngineTrial) trial = make_trial (DUB_STAGE_TRANSCRIBE, "");
  g_autoptr (DubTestOutcome) outcome = NULL;

  engines_test_set (&trial->engines, DUB_STAGE_TRANSCRIBE, DUB_ENGINE_OPENAI, dub_fake_engine_get_url (fake), ENGINES_TEST_KEY);
  outcome = try (trial);
  assert_works (outcome, "it understood “Good morning.");
  g_assert_cmpuint (g_strv_length (outcome->trial->languages), ==, 0);
  engines_test_assert_content (fake);
}

static void
test_translation (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_LIBRETRANSLATE, ENGINES_TEST_KEY);
  g_autoptr (DubEngineTrial) trial = make_trial (DUB_STAGE_TRANSLATE, "pt");
  g_autoptr (DubTestOutcome) outcome = NULL;
  g_autofree char *languages = NULL;

  engines_test_set (&trial->engines, DUB_STAGE_TRANSLATE, DUB_ENGINE_LIBRETRANSLATE, dub_fake_engine_get_url (fake),
                    ENGINES_TEST_KEY);
  outcome = try (trial);
  assert_works (outcome, "“Good morning.” is “[pt-BR] Good morning.” in Portuguese");
  languages = g_strjoinv (" ", outcome->trial->languages);
  g_assert_cmpstr (languages, ==, "de pt es");
  engines_test_assert_content (fake);
}

static void
test_speech (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_OPENAI, NULL);
  g_autoptr (DubEngineTrial) trial = make_trial (DUB_STAGE_SPEAK, "de");
  g_autoptr (DubTestOutcome) outcome = NULL;

  engines_test_set (&trial->engines, DUB_STAGE_SPEAK, DUB_ENGINE_OPENAI, dub_fake_engine_get_url (fake), NULL);
  outcome = try (trial);
  assert_works (outcome, "It said “Guten Morgen.” in 0.8 seconds");
  engines_test_assert_content (fake);
}

static void
test_built_in (void)
{
  g_autoptr (DubEngineTrial) trial = make_trial (DUB_STAGE_SPEAK, "de");
  g_autoptr (DubTestOutcome) outcome = try (trial);

  assert_works (outcome, "It said “Guten Morgen.”");
}

static void
test_wrong_key (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_LIBRETRANSLATE, "another-key");
  g_autoptr (DubEngineTrial) trial = make_trial (DUB_STAGE_TRANSLATE, "es");
  g_autoptr (DubTestOutcome) outcome = NULL;

  engines_test_set (&trial->engines, DUB_STAGE_TRANSLATE, DUB_ENGINE_LIBRETRANSLATE, dub_fake_engine_get_url (fake),
                    ENGINES_TEST_KEY);
  outcome = try (trial);
  g_assert_null (outcome->trial);
  g_assert_cmpint (outcome->exit_status, ==, 1);
  engines_test_assert_sentence (outcome->sentence, "does not accept the key");
}

/* A key is not sent where others could read it: not by http beyond the house. Nothing goes out for this test. */
static void
test_far_key (void)
{
  static const char *const addresses[] = { "http://192.0.2.1:5000", "http://[2001:db8::1]", "http://8.8.8.8/libre" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (DubEngineTrial) trial = make_trial (DUB_STAGE_TRANSLATE, "es");
      g_autoptr (DubTestOutcome) outcome = NULL;

      engines_test_set (&trial->engines, DUB_STAGE_TRANSLATE, DUB_ENGINE_LIBRETRANSLATE, addresses[i], ENGINES_TEST_KEY);
      outcome = try (trial);
      engines_test_assert_sentence (outcome->sentence, "was not sent, because others could read it");
    }
}

static void
test_odd_key (void)
{
  g_autoptr (DubFakeEngine) fake = dub_fake_engine_new (DUB_FAKE_OPENAI, NULL);
  g_autoptr (DubEngineTrial) trial = make_trial (DUB_STAGE_SPEAK, "en");
  g_autoptr (DubTestOutcome) outcome = NULL;

  engines_test_set (&trial->engines, DUB_STAGE_SPEAK, DUB_ENGINE_OPENAI, dub_fake_engine_get_url (fake), "sk\r\nX-Evil: 1");
  outcome = try (trial);
  engines_test_assert_sentence (outcome->sentence, "has characters that no key has");
  g_assert_cmpuint (dub_fake_engine_count (fake), ==, 0);
}

/* What comes through the pipe may be anything. */
static void
test_variants (void)
{
  g_autoptr (DubEngineTrial) trial = make_trial (DUB_STAGE_SPEAK, "en");
  g_autoptr (GVariant) variant = dub_engine_trial_to_variant (trial);
  g_autoptr (DubEngineTrial) same = dub_engine_trial_from_variant (variant, NULL);
  g_autoptr (GVariant) engines = g_variant_get_child_value (variant, 2);
  g_autoptr (GVariant) wrong = g_variant_ref_sink (g_variant_new ("(us@" DUB_JOB_ENGINES_VARIANT_TYPE ")", 9, "en", engines));
  g_autoptr (GVariant) other = g_variant_ref_sink (g_variant_new ("(s)", "en"));
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (same->stage, ==, DUB_STAGE_SPEAK);
  g_assert_cmpstr (same->language, ==, "en");
  g_assert_null (dub_engine_trial_from_variant (wrong, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (dub_engine_trial_from_variant (other, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (dub_engine_trial_result_from_variant (other, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine-trial/transcription", test_transcription);
  g_test_add_func ("/engine-trial/translation", test_translation);
  g_test_add_func ("/engine-trial/speech", test_speech);
  g_test_add_func ("/engine-trial/built-in", test_built_in);
  g_test_add_func ("/engine-trial/wrong-key", test_wrong_key);
  g_test_add_func ("/engine-trial/far-key", test_far_key);
  g_test_add_func ("/engine-trial/odd-key", test_odd_key);
  g_test_add_func ("/engine-trial/variants", test_variants);
  return g_test_run ();
}
