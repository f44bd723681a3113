/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-words-sounds make KIND SECONDS OUTPUT: sound without a voice (silence, noise, tone, siren, drums, music).
 * bench-words-sounds mix SPEECH MUSIC DECIBELS OUTPUT: speech with music so far below it; the levels are those of the parts
 * that are not quiet. All are 32 bit floats, one channel, 16 kHz. Nothing is random: each run makes the same. */

#include <glib.h>
#include <math.h>
#include <stdlib.h>

#define RATE 16000
#define BEAT (RATE / 2)
/* Parts of 20 ms that are this far below the loud ones (the loudest 5 of 100) are pauses. */
#define PART (RATE / 50)
#define PAUSE_POWER 0.01

/* C, G, A minor, F: a bar each; in semitones above A at 220 Hz. */
static const int chords[4][3] = { { 3, 7, 10 }, { -2, 2, 5 }, { 0, 3, 7 }, { -4, 0, 3 } };
static const int tune[16] = { 15, 19, 22, 19, 14, 17, 22, 17, 12, 15, 19, 15, 12, 20, 17, 15 };

static double
hertz (int semitones)
{
  return 220 * pow (2, semitones / 12.0);
}

/* Between -1 and 1, the same for each place. */
static double
noise_at (gsize at)
{
  guint32 x = at * 2654435761u;

  x ^= x >> 16;
  x *= 2246822519u;
  x ^= x >> 13;
  return x / (double) G_MAXUINT32 * 2 - 1;
}

static double
note_at (double semitones,
         gsize  at,
         double since)
{
  double sum = 0;

  for (int partial = 1; partial <= 6; partial++)
    sum += sin (2 * G_PI * hertz (0) * pow (2, semitones / 12) * partial * at / RATE) / partial;
  return sum * exp (-since * 2);
}

static double
drums_at (gsize at)
{
  double since = at % BEAT / (double) RATE, half = at % (BEAT / 2) / (double) RATE;
  gboolean snare = at / BEAT % 2 == 1;
  double kick = sin (2 * G_PI * 60 * since + 8 * exp (-since * 30)) * exp (-since * 12);

  return (snare ? noise_at (at) * exp (-since * 18) : kick) + 0.3 * noise_at (at + 7) * exp (-half * 60);
}

static double
music_at (gsize at)
{
  gsize beat = at / BEAT;
  double since = at % BEAT / (double) RATE, bar = at % (BEAT * 4) / (double) RATE;
  double sum = 0.7 * note_at (tune[beat % 16], at, since);

  for (guint i = 0; i < 3; i++)
    sum += 0.35 * note_at (chords[beat / 4 % 4][i], at, bar / 4);
  return (sum + note_at (chords[beat / 4 % 4][0] - 24, at, since) + 0.5 * drums_at (at)) / 4;
}

static double
sample_of (const char *kind,
           gsize       at)
{
  double s = at / (double) RATE;

  if (g_str_equal (kind, "silence"))
    return 0;
  if (g_str_equal (kind, "noise"))
    return 0.2 * noise_at (at);
  if (g_str_equal (kind, "bursts"))
    return fmod (s, 0.25) < 0.12 ? 0.3 * noise_at (at) : 0;
  if (g_str_equal (kind, "tone"))
    return 0.3 * sin (2 * G_PI * 220 * s);
  if (g_str_equal (kind, "siren"))
    return 0.3 * sin (2 * G_PI * 200 * s - 100 * cos (2 * G_PI * 0.5 * s));
  if (g_str_equal (kind, "drums"))
    return 0.4 * drums_at (at);
  if (g_str_equal (kind, "music"))
    return 0.6 * music_at (at);
  g_error ("%s is none of the kinds", kind);
}

static void
save (const char  *path,
      const float *samples,
      gsize        n_samples)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, (const char *) samples, n_samples * sizeof (float), &error))
    g_error ("%s", error->message);
}

static float *
load (const char *path,
      gsize      *n_samples)
{
  g_autoptr (GError) error = NULL;
  char *bytes;

  if (!g_file_get_contents (path, &bytes, n_samples, &error))
    g_error ("%s", error->message);
  *n_samples /= sizeof (float);
  return (float *) (gpointer) bytes;
}

static int
compare_powers (gconstpointer a,
                gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The mean power of what is no pause. */
static double
power_of (const float *samples,
          gsize        n_samples)
{
  gsize n_parts = n_samples / PART, n = 0;
  g_autofree double *powers = g_new0 (double, n_parts + 1);
  double sum = 0;

  for (gsize i = 0; i < n_parts; i++)
    for (gsize j = 0; j < PART; j++)
      powers[i] += samples[i * PART + j] * samples[i * PART + j] / PART;
  qsort (powers, n_parts, sizeof (double), compare_powers);
  for (gsize i = 0; i < n_parts; i++)
    if (powers[i] > PAUSE_POWER * powers[n_parts * 95 / 100])
      {
        sum += powers[i];
        n++;
      }
  return n > 0 ? sum / n : 1;
}

static void
mix (const char *speech_path,
     const char *music_path,
     double      decibels,
     const char *output)
{
  gsize n_speech, n_music;
  g_autofree float *speech = load (speech_path, &n_speech);
  g_autofree float *music = load (music_path, &n_music);
  double gain = sqrt (power_of (speech, n_speech) / power_of (music, n_music) * pow (10, -decibels / 10));

  for (gsize i = 0; i < n_speech; i++)
    speech[i] += gain * music[i % n_music];
  save (output, speech, n_speech);
}

int
main (int    argc,
      char **argv)
{
  g_autofree float *samples = NULL;
  gsize n_samples;

  if (argc == 6 && g_str_equal (argv[1], "mix"))
    {
      mix (argv[2], argv[3], g_ascii_strtod (argv[4], NULL), argv[5]);
      return 0;
    }
  if (argc != 5 || !g_str_equal (argv[1], "make"))
    g_error ("usage: bench-words-sounds make KIND SECONDS OUTPUT | mix SPEECH MUSIC DECIBELS OUTPUT");
  n_samples = g_ascii_strtod (argv[3], NULL) * RATE;
  samples = g_new (float, n_samples);
  for (gsize i = 0; i < n_samples; i++)
    samples[i] = sample_of (argv[2], i);
  save (argv[4], samples, n_samples);
  return 0;
}
