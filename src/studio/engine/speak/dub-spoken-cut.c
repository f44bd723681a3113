/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-spoken-cut.h"

#include <math.h>

/* To the loudest sample: 40 dB. What is quieter at an end is breath or noise. */
#define QUIET 0.01f
#define SILENT 0.001f
/* To the loudest 5 ms: 26 dB. From there on a voice is heard; of the consonant before it this much is kept: it
 * must not begin late. */
#define HEARD 0.05
#define SHORT_MS 5
#define LEAD_MS 10
/* Some voices begin at full strength: they come in over the first, so that it is no click, and go out over what
 * is left of the quiet. */
#define EDGE_MS 2
#define TAIL_MS 20
/* Of what goes on after the cut. */
#define FADE_MS 25
/* Where no word is known, speech is cut where it is quietest, within the last part of the room. */
#define LAST_PART 0.6

static float
quiet_level (const DubPcm *sound)
{
  float peak = 0;

  for (gsize i = 0; i < sound->n_frames; i++)
    peak = MAX (peak, fabsf (sound->samples[i]));
  return MAX (QUIET * peak, SILENT);
}

static gsize
last_loud (const DubPcm *sound, gsize until, float quiet)
{
  while (until > 0 && fabsf (sound->samples[until - 1]) < quiet)
    until--;
  return until;
}

static gsize
first_loud (const DubPcm *sound, float quiet)
{
  gsize i = 0;

  while (i < sound->n_frames && fabsf (sound->samples[i]) < quiet)
    i++;
  return i;
}

static gsize
first_heard (const DubPcm *sound)
{
  gsize hop = MAX (sound->rate / 1000, 1), window = hop * SHORT_MS, at = 0;
  double loudest = 0;

  for (gsize i = 0; i < sound->n_frames; i += window)
    loudest = MAX (loudest, dub_pcm_rms (sound, i, i + window));
  while (at < sound->n_frames && dub_pcm_rms (sound, at, at + window) < HEARD * loudest)
    at += hop;
  return at;
}

static gsize
where_to_begin (const DubPcm *sound, float quiet)
{
  gsize lead = sound->rate * LEAD_MS / 1000, heard = first_heard (sound);

  return MAX (first_loud (sound, quiet), heard - MIN (heard, lead));
}

static void
fade_in (DubPcm *sound, gsize n_frames)
{
  n_frames = MIN (n_frames, sound->n_frames);
  for (gsize i = 0; i < n_frames; i++)
    sound->samples[i] *= 0.5 - 0.5 * cos (G_PI * (i + 0.5) / n_frames);
}

static void
fade_out (DubPcm *sound, gsize n_frames)
{
  n_frames = MIN (n_frames, sound->n_frames);
  for (gsize i = 0; i < n_frames; i++)
    sound->samples[sound->n_frames - 1 - i] *= 0.5 - 0.5 * cos (G_PI * (i + 0.5) / n_frames);
}

static void
keep (DubSpoken *self, gsize from, gsize until)
{
  DubPcm *sound = dub_pcm_new (self->sound->rate, 1, until - from);
  double before_ms = 1000.0 * from / sound->rate;

  for (gsize i = from; i < until; i++)
    sound->samples[i - from] = self->sound->samples[i];
  dub_pcm_free (self->sound);
  self->sound = sound;
  for (guint i = 0; i < self->words->len; i++)
    {
      DubSpokenWord *word = &g_array_index (self->words, DubSpokenWord, i);

      word->start_ms = MAX (word->start_ms - before_ms, 0);
      word->end_ms = MAX (word->end_ms - before_ms, 0);
    }
}

/**
 * dub_spoken_trim:
 * @self: one channel
 *
 * Where all is silent, nothing is left.
 */
void
dub_spoken_trim (DubSpoken *self)
{
  const DubPcm *sound = self->sound;
  float quiet = quiet_level (sound);
  gsize edge = sound->rate * EDGE_MS / 1000, tail = sound->rate * TAIL_MS / 1000;
  gsize from = where_to_begin (sound, quiet), until = last_loud (sound, sound->n_frames, quiet);

  if (until == 0)
    {
      keep (self, 0, 0);
      return;
    }
  keep (self, from, MIN (until + tail, sound->n_frames));
  fade_in (self->sound, edge);
  fade_out (self->sound, tail);
}

/* From the character at @said on; marks alone are no loss. */
static guint
n_lost (const char *text, guint said)
{
  g_autofree char *trimmed = g_strchomp (g_strdup (text));
  guint total = g_utf8_strlen (trimmed, -1);

  if (said >= total)
    return 0;
  for (const char *at = g_utf8_offset_to_pointer (trimmed, said); *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      return total - said;
  return 0;
}

/* The end of the last word that is over within the room; 0 where not even the first one is. */
static gsize
end_of_words (const DubSpoken *self, gsize room, guint *n_words)
{
  float quiet = quiet_level (self->sound);

  for (guint i = self->words->len; i > 0; i--)
    {
      double end_ms = g_array_index (self->words, DubSpokenWord, i - 1).end_ms;
      gsize end = last_loud (self->sound, dub_pcm_frame (self->sound, end_ms), quiet);

      *n_words = i;
      if (end <= room && end > 0)
        return end;
    }
  *n_words = 0;
  return 0;
}

static double
loudness_at (const DubPcm *sound, gsize frame)
{
  gsize half = sound->rate / 100;

  return dub_pcm_rms (sound, frame - MIN (frame, half), frame + half);
}

static gsize
quietest_place (const DubPcm *sound, gsize room)
{
  gsize step = MAX (sound->rate / 200, 1), best = room;
  double least = G_MAXDOUBLE;

  for (gsize i = LAST_PART * room; i <= room; i += step)
    {
      double loudness = loudness_at (sound, i);

      if (loudness <= least)
        {
          least = loudness;
          best = i;
        }
    }
  return best;
}

/* Nobody knows where the words are: by the time, and then from the next one on. */
static guint
estimate_said (const char *text, double part)
{
  guint total = g_utf8_strlen (text, -1), said = MIN (part * total, total);
  const char *at = g_utf8_offset_to_pointer (text, said);

  while (said > 0 && said < total && !g_unichar_isspace (g_utf8_get_char (at)))
    {
      at = g_utf8_prev_char (at);
      said--;
    }
  for (; said < total && g_unichar_isspace (g_utf8_get_char (at)); at = g_utf8_next_char (at))
    said++;
  return said;
}

/**
 * dub_spoken_cut:
 * @self: what was said of @text
 * @text: what was to be said
 * @room_ms: for how long it may be heard
 *
 * Without the times of its words it is cut where it is quietest, and what is lost is estimated.
 *
 * Returns: how many characters, from the first word that is not heard as a whole; 0 where everything is
 */
guint
dub_spoken_cut (DubSpoken *self, const char *text, double room_ms)
{
  gsize room = dub_pcm_frame (self->sound, room_ms), end;
  guint n_words, said;

  if (room >= self->sound->n_frames && !self->too_long)
    return 0;

  if (self->words->len == 0)
    {
      end = quietest_place (self->sound, MIN (room, self->sound->n_frames));
      said = estimate_said (text, (double) end / MAX (self->sound->n_frames, 1));
    }
  else
    {
      end = end_of_words (self, room, &n_words);
      said = n_words < self->words->len ? g_array_index (self->words, DubSpokenWord, n_words).from
                                        : g_array_index (self->words, DubSpokenWord, n_words - 1).until;
    }
  keep (self, 0, end);
  fade_out (self->sound, self->sound->rate * FADE_MS / 1000);
  return n_lost (text, said);
}
