/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "engines-fixture.h"

#include <math.h>
#include <string.h>

#define LONGEST_SENTENCE 700

DubEngineChoice *
engines_test_choice (DubEngineKind kind, const char *address)
{
  DubEngineChoice *choice = dub_engine_choice_new ();

  choice->kind = kind;
  choice->address = g_strdup (address);
  choice->timeout_s = ENGINES_TEST_TIMEOUT_S;
  choice->parallel = 2;
  return choice;
}

void
engines_test_set (DubJobEngines *engines, DubStage stage, DubEngineKind kind, const char *address, const char *key)
{
  dub_engine_choice_free (engines->settings->stages[stage]);
  engines->settings->stages[stage] = engines_test_choice (kind, address);
  g_free (engines->keys[stage]);
  engines->keys[stage] = g_strdup (key);
}

static void
ignore (const char *stage, double fraction, gpointer user_data)
{
}

DubProgress *
engines_test_progress (void)
{
  return dub_progress_new (ignore, NULL);
}

DubPcm *
engines_test_sound (double seconds)
{
  DubPcm *sound = dub_pcm_new (DUB_PCM_RATE, DUB_PCM_CHANNELS, (gsize) (seconds * DUB_PCM_RATE));

  for (gsize i = 0; i < sound->n_frames * sound->channels; i++)
    sound->samples[i] = 0.3f * sinf ((float) i / 50);
  return sound;
}

GBytes *
engines_test_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

void
engines_test_assert_content (DubFakeEngine *fake)
{
  g_autofree char *complaint = dub_fake_engine_dup_complaint (fake);

  g_assert_cmpstr (complaint, ==, NULL);
}

void
engines_test_assert_sentence (const char *sentence, const char *part)
{
  g_assert_nonnull (sentence);
  g_test_message ("%s", sentence);
  g_assert_nonnull (strstr (sentence, part));
  g_assert_true (g_utf8_validate (sentence, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (sentence, -1), <, LONGEST_SENTENCE);
  g_assert_null (strstr (sentence, ENGINES_TEST_KEY));
  for (const char *c = sentence; *c != '\0'; c = g_utf8_next_char (c))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (c)));
}
