/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-voice.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include "dub-job.h"
#include "dub-reading.h"

#define SILENCE 150 /* of 32768 */

struct _DubVoice
{
  const DubLanguage *language;
  int rate;
};

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

/**
 * dub_voice_open:
 *
 * Returns: (transfer full) (nullable): the voice, or %NULL with %DUB_STUDIO_ERROR_MISSING
 */
DubVoice *
dub_voice_open (const DubLanguage *language, GError **error)
{
  int rate = espeak_Initialize (AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, espeakINITIALIZE_DONT_EXIT);
  DubVoice *self;

  if (rate <= 0 || espeak_SetVoiceByName (voice_name (language)) != EE_OK)
    {
      g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
                   /* Translators: the name of a language. */
                   _("There is no voice for %s here. Install the package espeak-ng-data, then dub again."),
                   dub_language_get_name (language));
      return NULL;
    }

  espeak_SetSynthCallback (on_samples);
  /* The same script gives the same dub: breath is made of chance. */
  espeak_ng_SetRandSeed (1);
  self = g_new0 (DubVoice, 1);
  self->language = language;
  self->rate = rate;
  return self;
}

/**
 * dub_voice_close:
 * @self: (transfer full): a voice
 */
void
dub_voice_close (DubVoice *self)
{
  espeak_Terminate ();
  g_free (self);
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

/**
 * dub_voice_say:
 * @text: in the voice's language; plain text, whatever it looks like
 * @words_a_minute: %DUB_VOICE_SLOWEST to %DUB_VOICE_FASTEST
 * @longest_ms: where it stops to speak
 * @too_long: (out): whether there was more to be said
 *
 * Blocks for about a hundredth of the time that it speaks.
 *
 * Returns: (transfer full) (nullable): the speech
 */
DubPcm *
dub_voice_say (DubVoice *self,
               const char *text,
               int words_a_minute,
               double longest_ms,
               gboolean *too_long,
               GError **error)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (gint16));
  Spoken spoken = { .samples = samples, .room = (gsize) (longest_ms / 1000 * self->rate) };
  g_autofree char *reading = NULL;

  if (g_str_equal (dub_language_get_code (self->language), "ja"))
    {
      reading = dub_reading_of_japanese (text, error);
      if (reading == NULL)
        return NULL;
      text = reading;
    }

  espeak_SetParameter (espeakRATE, words_a_minute, 0);
  if (espeak_Synth (text, strlen (text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, &spoken) != EE_OK)
    {
      g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                           _("A sentence of the script could not be spoken. Dub again; if it fails once more, "
                              "shorten the sentences."));
      return NULL;
    }
  espeak_Synchronize ();
  *too_long = spoken.too_long;
  return without_silence (samples, self->rate);
}
