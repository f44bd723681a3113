/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For each line "LANGUAGE PITCH_HZ SLOT_MS ROOM_MS TEXT" of standard input, with tabs between: the text is said
 * to fit, twice, as in a rehearsal. Prints natural, spoken and overrun time, characters that are not said,
 * speed, stretch, first and last instant at which anything is heard, its pitch, and the milliseconds of the
 * second time. */

#include <gst/gst.h>
#include <math.h>
#include <stdio.h>
#include "dub-espeak-speaker.h"
#include "dub-fit.h"
#include "dub-pitch.h"

/* When it is first and last heard: 5 ms within 30 dB of the loudest. */
static void
find_ends (const DubPcm *speech, double *onset_ms, double *end_ms)
{
  gsize window = speech->rate / 200, hop = speech->rate / 2000;
  double loudest = 0;

  *onset_ms = *end_ms = 0;
  for (gsize i = 0; i + window <= speech->n_frames; i += hop)
    loudest = MAX (loudest, dub_pcm_rms (speech, i, i + window));
  for (gsize i = 0; i + window <= speech->n_frames; i += hop)
    if (dub_pcm_rms (speech, i, i + window) > loudest * 0.0316)
      {
        if (*end_ms <= 0)
          *onset_ms = 1000.0 * i / speech->rate;
        *end_ms = 1000.0 * (i + window) / speech->rate;
      }
}

static double
pitch_hz (const DubPcm *speech)
{
  g_autoptr (DubPitch) pitch = dub_pitch_new ();

  dub_pitch_add (pitch, speech, 0, 1000.0 * speech->n_frames / speech->rate);
  return dub_pitch_get (pitch);
}

static gboolean
say (DubSpeaker *speaker, char **fields, DubFit *fit, GError **error)
{
  const DubVoiceWish wish = { g_ascii_strtod (fields[1], NULL) };

  return dub_speaker_begin (speaker, dub_language_from_code (fields[0]), &wish, error) &&
         dub_fit_say (speaker, fields[4], g_ascii_strtod (fields[2], NULL), g_ascii_strtod (fields[3], NULL), fit,
                      error);
}

static void
measure (DubSpeaker *speaker, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", 5);
  g_autoptr (GError) error = NULL;
  g_auto (DubFit) first = { 0 };
  g_auto (DubFit) fit = { 0 };
  double onset_ms, end_ms, took_ms;
  gint64 begun;

  if (g_strv_length (fields) != 5 || !say (speaker, fields, &first, &error))
    g_error ("%s: %s", line, error != NULL ? error->message : "five fields were expected");
  begun = g_get_monotonic_time ();
  if (!say (speaker, fields, &fit, &error))
    g_error ("%s: %s", line, error->message);
  took_ms = (g_get_monotonic_time () - begun) / 1000.0;
  find_ends (fit.speech, &onset_ms, &end_ms);
  printf ("%.1f %.1f %.1f %u %.3f %.3f %.1f %.1f %.1f %.1f\n", fit.natural_ms, fit.spoken_ms, fit.overrun_ms,
          fit.unspoken, fit.speed, fit.stretch, onset_ms, end_ms, pitch_hz (fit.speech), took_ms);
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  g_autoptr (DubSpeaker) speaker = dub_espeak_speaker_new ();
  char line[4096];

  gst_init (NULL, NULL);
  while (fgets (line, sizeof line, stdin) != NULL)
    measure (speaker, g_strchomp (line));
  return 0;
}
