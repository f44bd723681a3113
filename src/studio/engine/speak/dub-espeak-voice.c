/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-espeak-voice.h"

#include <espeak-ng/speak_lib.h>
#include <math.h>
#include "dub-pitch.h"

/* Between the voices of men and of women: H. Traunmüller and A. Eriksson (1994) have means of about 120 and 210
 * Hz. */
#define WOMEN_FROM_HZ 165.0
/* Without an echo, which would be heard after the end of each segment. Men have the voice that was made for the
 * language. */
#define WOMAN "+f1"

#define USUAL 50
#define HIGHEST 99
/* A number is read in all languages, as one long word, and about as high as sentences are. */
#define SYLLABLES "1234567."

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

static double
probe_at (double setting, DubVoiceProbe probe, gpointer user_data)
{
  g_autoptr (DubPitch) pitch = dub_pitch_new ();
  g_autoptr (DubPcm) sound = NULL;

  espeak_SetParameter (espeakPITCH, (int) lrint (setting), 0);
  sound = probe (SYLLABLES, user_data);
  dub_pitch_add (pitch, sound, 0, 1000.0 * sound->n_frames / sound->rate);
  return dub_pitch_get (pitch);
}

/* The settings are about logarithmic, 50 an octave or less: measured once to know the voice, and again to know
 * how much a setting does. */
static double
find_setting (double pitch_hz, DubVoiceProbe probe, gpointer user_data)
{
  double usual = probe_at (USUAL, probe, user_data);
  double guess, reached, each;

  if (usual <= 0)
    return USUAL;
  guess = CLAMP (USUAL + 65 * log2 (pitch_hz / usual), 0, HIGHEST);
  if (fabs (guess - USUAL) < 1)
    return guess;
  reached = probe_at (guess, probe, user_data);
  each = reached > 0 ? log2 (reached / usual) / (guess - USUAL) : 0;
  if (each <= 0)
    return guess;
  return CLAMP (guess + log2 (pitch_hz / reached) / each, 0, HIGHEST);
}

/**
 * dub_espeak_voice_set:
 * @language: what it is to speak
 * @pitch_hz: how high (median fundamental frequency); 0 for the voice's own
 * @probe: says something
 *
 * Returns: whether there is such a voice
 */
gboolean
dub_espeak_voice_set (const DubLanguage *language, double pitch_hz, DubVoiceProbe probe, gpointer user_data)
{
  g_autofree char *name = g_strconcat (voice_name (language), pitch_hz >= WOMEN_FROM_HZ ? WOMAN : NULL, NULL);
  double setting = USUAL;

  if (espeak_SetVoiceByName (name) != EE_OK)
    return FALSE;
  if (pitch_hz > 0)
    setting = find_setting (pitch_hz, probe, user_data);
  espeak_SetParameter (espeakPITCH, (int) lrint (setting), 0);
  return TRUE;
}
