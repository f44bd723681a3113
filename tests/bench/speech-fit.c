/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For each line "LANGUAGE PITCH_HZ SLOT_MS ROOM_MS TEXT" of standard input, with tabs between: the text is said to fit, twice, as in a rehearsal. Prints
 * natural, spoken and overrun time, characters that are not said, speed, stretch, onset and pitch of what is said, and the milliseconds of the second time. */

#include <gst/gst.h>
#include <math.h>
#include <stdio.h>
#include "dub-espeak-speaker.h"
#include "dub-fit.h"
#include "dub-pitch.h"

/* When it is first heard: 30 dB below its loudest sample. */
static double
onset_ms (const DubPcm *speech)
{
  float peak = 0;

  for (gsize i = 0; i < speech->n_frames; i++)
    peak = MAX (peak, fabsf (speech->samples[i]));
  for (gsize i = 0; i < speech->n_frames; i++)
    if (fabsf (speech->samples[i]) > peak * 0.0316f)
      return 1000.0 * i / speech->rate;
  return 0;
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
         dub_fit_say (speaker, fields[4], g_ascii_strtod (fields[2], NULL), g_ascii_strtod (fields[3], NULL), fit, error);
}

static void
measure (DubSpeaker *speaker, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", 5);
  g_autoptr (GError) error = NULL;
  g_auto (DubFit) first = { 0 };
  g_auto (DubFit) fit = { 0 };
  gint64 begun;

  if (g_strv_length (fields) != 5 || !say (speaker, fields, &first, &error))
    g_error ("%s: %s", line, error != NULL ? error->message : "five fields were expected");
  begun = g_get_monotonic_time ();
  if (!say (speaker, fields, &fit, &error))
    g_error ("%s: %s", line, error->message);
  printf ("%.1f %.1f %.1f %u %.3f %.3f %.1f %.1f %.1f\n", fit.natural_ms, fit.spoken_ms, fit.overrun_ms, fit.unspoken, fit.speed, fit.stretch,
          onset_ms (fit.speech), pitch_hz (fit.speech), (g_get_monotonic_time () - begun) / 1000.0);
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
