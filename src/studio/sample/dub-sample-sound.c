/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <math.h>
#include <string.h>
#include "dub-sample.h"

/* The voice, the words, their pace and the take (the seed of the voice's breath) are those that the built-in studio's
 * recogniser understands best. */
#define VOICE "en-us+f2"

/* Where in its scene a sentence begins. */
#define LEAD_S 0.35
#define VOICE_LEVEL 0.75
#define MUSIC_LEVEL 0.006

#define NOTE_S 0.5

typedef struct
{
  const char *text;
  int words_a_minute;
  int take;
} Sentence;

static const Sentence sentences[DUB_SAMPLE_N_SCENES] = {
  { "Every morning begins with a small cup of coffee.", 142, 1 },
  { "The coffee comes from the mountains.", 130, 1 },
  { "You will love the smell of fresh coffee.", 131, 3 },
  { "We will bring it to your house every week.", 138, 2 },
  { "It is the best part of the day.", 138, 3 },
};

/* A chord for each two seconds, as semitones from A 220 Hz: C, A minor, F, G. */
static const int chords[][4] = {
  { 3, 7, 10, 15 },
  { 0, 3, 7, 12 },
  { -4, 3, 8, 12 },
  { -2, 5, 10, 14 },
};

static int
on_samples (short *samples, int n_samples, espeak_EVENT *events)
{
  GArray *spoken = events->user_data;

  if (samples != NULL && n_samples > 0 && spoken != NULL)
    g_array_append_vals (spoken, samples, n_samples);
  return 0;
}

static DubPcm *
say (const Sentence *sentence, int rate)
{
  g_autoptr (GArray) spoken = g_array_new (FALSE, FALSE, sizeof (short));
  g_autoptr (DubPcm) pcm = NULL;

  espeak_ng_SetRandSeed (sentence->take);
  espeak_SetParameter (espeakRATE, sentence->words_a_minute, 0);
  espeak_Synth (sentence->text, strlen (sentence->text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, spoken);
  espeak_Synchronize ();
  pcm = dub_pcm_new (rate, 1, spoken->len);
  for (guint i = 0; i < spoken->len; i++)
    pcm->samples[i] = g_array_index (spoken, short, i) / 32768.f;
  return dub_pcm_convert (pcm, DUB_PCM_RATE, 1);
}

static void
lay_over (DubPcm *sound, const DubPcm *mono, double time_s, float level)
{
  gsize at = dub_pcm_frame (sound, time_s * 1000);

  for (gsize i = 0; i < mono->n_frames && at + i < sound->n_frames; i++)
    for (guint c = 0; c < sound->channels; c++)
      sound->samples[(at + i) * sound->channels + c] += level * mono->samples[i];
}

static gboolean
add_voice (DubPcm *sound, GError **error)
{
  int rate = espeak_Initialize (AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, espeakINITIALIZE_DONT_EXIT);

  if (rate <= 0 || espeak_SetVoiceByName (VOICE) != EE_OK)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "espeak-ng-data is not installed");
      return FALSE;
    }
  espeak_SetSynthCallback (on_samples);
  for (guint i = 0; i < DUB_SAMPLE_N_SCENES; i++)
    {
      g_autoptr (DubPcm) spoken = say (&sentences[i], rate);

      lay_over (sound, spoken, i * DUB_SAMPLE_SCENE_S + LEAD_S, VOICE_LEVEL);
    }
  espeak_Terminate ();
  return TRUE;
}

/* A soft bell: a few partials, each dying away faster than the one below it. */
static void
add_note (DubPcm *sound, double time_s, double pitch, double level, double pan)
{
  gsize from = dub_pcm_frame (sound, time_s * 1000);
  gsize until = dub_pcm_frame (sound, time_s * 1000 + 2500);

  for (gsize i = from; i < until; i++)
    {
      double t = (double) (i - from) / sound->rate;
      double attack = MIN (t / 0.02, 1);
      double tail = MIN ((until - i) / (0.2 * sound->rate), 1);
      double wave = sin (2 * G_PI * pitch * t) * exp (-1.6 * t) + 0.3 * sin (4 * G_PI * pitch * t) * exp (-3 * t) +
                    0.1 * sin (6 * G_PI * pitch * t) * exp (-5 * t);

      sound->samples[i * 2] += level * attack * tail * wave * (1 - pan);
      sound->samples[i * 2 + 1] += level * attack * tail * wave * pan;
    }
}

static void
add_music (DubPcm *sound)
{
  static const int pattern[] = { 0, 2, 1, 3 };

  for (int i = 0; i * NOTE_S < DUB_SAMPLE_DURATION_S - 2; i++)
    {
      const int *chord = chords[(i / 4) % G_N_ELEMENTS (chords)];
      double pitch = 220 * pow (2, chord[pattern[i % 4]] / 12.0);

      add_note (sound, i * NOTE_S, pitch, MUSIC_LEVEL * 2, i % 2 == 0 ? 0.4 : 0.6);
      if (i % 4 == 0)
        add_note (sound, i * NOTE_S, 110 * pow (2, chord[0] / 12.0), MUSIC_LEVEL * 2.4, 0.5);
    }
}

/**
 * dub_sample_sound:
 *
 * Returns: (transfer full) (nullable): voice and music, as long as the sample
 */
DubPcm *
dub_sample_sound (GError **error)
{
  g_autoptr (DubPcm) sound =
      dub_pcm_new (DUB_PCM_RATE, DUB_PCM_CHANNELS, (gsize) DUB_PCM_RATE * DUB_SAMPLE_DURATION_S);

  if (!add_voice (sound, error))
    return NULL;
  add_music (sound);
  return g_steal_pointer (&sound);
}
