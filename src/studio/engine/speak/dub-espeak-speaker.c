/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-espeak-speaker.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include "dub-job.h"
#include "dub-reading.h"

#define SILENCE 150 /* of 32768 */

/* Words a minute. */
#define SLOWEST 130
#define NATURAL 165
#define FASTEST 260

struct _DubEspeakSpeaker
{
  GObject parent_instance;

  const DubLanguage *language;
  int rate; /* samples a second; 0: not initialised */
};

static void speaker_init (DubSpeakerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubEspeakSpeaker, dub_espeak_speaker, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUB_TYPE_SPEAKER, speaker_init))

/* Where eSpeak NG's name of the voice is not the language's code. */
static const struct
{
  const char *language;
  const char *voice;
} voices[] = {
  { "en", "en-us" },
  { "pt", "pt-br" },
};

static const char *
voice_name (const DubLanguage *language)
{
  const char *code = dub_language_get_code (language);

  for (guint i = 0; i < G_N_ELEMENTS (voices); i++)
    if (g_str_equal (voices[i].language, code))
      return voices[i].voice;
  return code;
}

typedef struct
{
  GArray *samples;
  gsize room;
  gboolean too_long;
} Spoken;

/* 1 ends the synthesis. */
static int
on_samples (short *samples, int n_samples, espeak_EVENT *events)
{
  Spoken *spoken = events->user_data;
  gsize n_taken;

  if (samples == NULL || n_samples <= 0 || spoken == NULL)
    return 0;
  n_taken = MIN ((gsize) n_samples, spoken->room - spoken->samples->len);
  g_array_append_vals (spoken->samples, samples, n_taken);
  spoken->too_long |= n_taken < (gsize) n_samples;
  return spoken->too_long ? 1 : 0;
}

static DubVoiceQuality
serves (DubSpeaker *speaker, const DubLanguage *language, const char *text, char **why)
{
  return DUB_VOICE_GOOD;
}

static gboolean
begin (DubSpeaker *speaker, const DubLanguage *language, const DubVoiceWish *wish, GError **error)
{
  DubEspeakSpeaker *self = DUB_ESPEAK_SPEAKER (speaker);

  if (self->rate <= 0)
    self->rate = espeak_Initialize (AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, espeakINITIALIZE_DONT_EXIT);
  if (self->rate <= 0 || espeak_SetVoiceByName (voice_name (language)) != EE_OK)
    {
      g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
                   /* Translators: the name of a language. */
                   _("There is no voice for %s here. Install the package espeak-ng-data, then dub again."),
                   dub_language_get_name (language));
      return FALSE;
    }

  espeak_SetSynthCallback (on_samples);
  /* The same script gives the same dub: breath is made of chance. */
  espeak_ng_SetRandSeed (1);
  self->language = language;
  return TRUE;
}

static void
get_limits (DubSpeaker *speaker, DubSpeakerLimits *limits)
{
  limits->slowest = (double) SLOWEST / NATURAL;
  limits->fastest = (double) FASTEST / NATURAL;
  limits->attempts = 10;
}

static DubPcm *
without_silence (GArray *spoken, int rate)
{
  const gint16 *samples = (const gint16 *) (gpointer) spoken->data;
  gsize from = 0, until = spoken->len;
  DubPcm *pcm;

  while (from < until && ABS (samples[from]) < SILENCE)
    from++;
  while (until > from && ABS (samples[until - 1]) < SILENCE)
    until--;

  pcm = dub_pcm_new (rate, 1, until - from);
  for (gsize i = from; i < until; i++)
    pcm->samples[i - from] = samples[i] / 32768.f;
  return pcm;
}

static DubSpoken *
say (DubSpeaker *speaker, const char *text, double speed, double longest_ms, GError **error)
{
  DubEspeakSpeaker *self = DUB_ESPEAK_SPEAKER (speaker);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (gint16));
  Spoken spoken = { .samples = samples, .room = (gsize) (longest_ms / 1000 * self->rate) };
  g_autofree char *reading = NULL;
  DubSpoken *said;

  if (g_str_equal (dub_language_get_code (self->language), "ja"))
    {
      reading = dub_reading_of_japanese (text, error);
      if (reading == NULL)
        return NULL;
      text = reading;
    }

  espeak_SetParameter (espeakRATE, (int) lrint (speed * NATURAL), 0);
  if (espeak_Synth (text, strlen (text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, &spoken) != EE_OK)
    {
      g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                           _("A sentence of the script could not be spoken. Dub again; if it fails once more, "
                              "shorten the sentences."));
      return NULL;
    }
  espeak_Synchronize ();
  said = dub_spoken_new (without_silence (samples, self->rate));
  said->too_long = spoken.too_long;
  return said;
}

static void
dub_espeak_speaker_finalize (GObject *object)
{
  DubEspeakSpeaker *self = DUB_ESPEAK_SPEAKER (object);

  if (self->rate > 0)
    espeak_Terminate ();
  G_OBJECT_CLASS (dub_espeak_speaker_parent_class)->finalize (object);
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
dub_espeak_speaker_class_init (DubEspeakSpeakerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_espeak_speaker_finalize;
}

static void
dub_espeak_speaker_init (DubEspeakSpeaker *self)
{
}

/**
 * dub_espeak_speaker_new:
 *
 * Returns: (transfer full): the speaker
 */
DubSpeaker *
dub_espeak_speaker_new (void)
{
  return DUB_SPEAKER (g_object_new (DUB_TYPE_ESPEAK_SPEAKER, NULL));
}
