/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-speaker.h"

#include <math.h>
#include <string.h>

#define RATE 16000
#define EACH_MS 50
#define EDGE_MS 200

struct _TestSpeaker
{
  GObject parent_instance;

  double fastest;
  guint attempts;
  guint n_attempts;
};

static void speaker_init (DubSpeakerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSpeaker, test_speaker, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUB_TYPE_SPEAKER, speaker_init))

static DubVoiceQuality
serves (DubSpeaker *speaker, const DubLanguage *language, const char *text, char **why)
{
  return DUB_VOICE_GOOD;
}

static gboolean
begin (DubSpeaker *speaker, const DubLanguage *language, const DubVoiceWish *wish, GError **error)
{
  return TRUE;
}

static void
get_limits (DubSpeaker *speaker, DubSpeakerLimits *limits)
{
  TestSpeaker *self = TEST_SPEAKER (speaker);

  *limits = (DubSpeakerLimits) { 1, self->fastest, self->attempts };
}

static void
add_tone (DubPcm *pcm, double from_ms, double until_ms)
{
  for (gsize i = dub_pcm_frame (pcm, from_ms); i < dub_pcm_frame (pcm, until_ms); i++)
    pcm->samples[i] = 0.3 * sin (2 * G_PI * 200 * i / RATE);
}

static DubSpoken *
say (DubSpeaker *speaker, const char *text, double speed, double longest_ms, GError **error)
{
  TestSpeaker *self = TEST_SPEAKER (speaker);
  double each = EACH_MS / speed;
  DubPcm *pcm = dub_pcm_new (RATE, 1, (2 * EDGE_MS + each * strlen (text)) * RATE / 1000);
  DubSpoken *spoken = dub_spoken_new (pcm);

  self->n_attempts++;
  for (gsize i = 0; text[i] != '\0'; i++)
    if (text[i] != ' ')
      add_tone (pcm, EDGE_MS + i * each, EDGE_MS + (i + 1) * each);
  spoken->too_long = pcm->n_frames > dub_pcm_frame (pcm, longest_ms);
  dub_pcm_resize (pcm, dub_pcm_frame (pcm, longest_ms));
  return spoken;
}

static void
speaker_init (DubSpeakerInterface *iface)
{
  iface->serves = serves;
  iface->begin = begin;
  iface->get_limits = get_limits;
  iface->say = say;
}

static void
test_speaker_class_init (TestSpeakerClass *klass)
{
}

static void
test_speaker_init (TestSpeaker *self)
{
}

TestSpeaker *
test_speaker_new (double fastest, guint attempts)
{
  TestSpeaker *self = g_object_new (TEST_TYPE_SPEAKER, NULL);

  self->fastest = fastest;
  self->attempts = attempts;
  return self;
}

guint
test_speaker_count_attempts (TestSpeaker *self)
{
  return self->n_attempts;
}
