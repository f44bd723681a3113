/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fit.h"

#include <math.h>
#include "dub-spoken-cut.h"
#include "dub-stretch.h"

/* Faster than that is hard to follow. */
#define MAX_STRETCH 1.3
/* So near to the slot, the rest is stretched: nobody hears it, and it is exact. */
#define NEAR 0.03
/* Each attempt costs; the second guess is within NEAR nearly always. */
#define MAX_ATTEMPTS 4
/* What is left between speech that runs over and the segment after it. */
#define BREATH_MS 60
/* Silence around the speech, which is taken away. */
#define SPARE_MS 1000
/* How long a natural sentence may take that is measured and not estimated. */
#define SENTENCE_MS 15000
/* The longest video. */
#define LONGEST_MS 600000.0

typedef struct
{
  DubSpeaker *speaker;
  const char *text;
  double slot_ms;
  double room_ms;
  DubSpeakerLimits limits;
  guint attempts;
} Request;

/**
 * dub_fit_clear:
 * @self: a fit that is set, or all 0
 */
void
dub_fit_clear (DubFit *self)
{
  g_clear_pointer (&self->speech, dub_pcm_free);
}

/* Of one that goes on beyond what was asked for, nobody knows. */
static double
length_ms (const DubSpoken *spoken)
{
  return spoken->too_long ? G_MAXDOUBLE : 1000.0 * spoken->sound->n_frames / spoken->sound->rate;
}

static DubSpoken *
attempt (Request *self, double speed, double longest_ms, GError **error)
{
  DubSpoken *spoken = dub_speaker_say (self->speaker, self->text, speed, longest_ms, error);

  self->attempts++;
  if (spoken != NULL)
    dub_spoken_trim (spoken);
  return spoken;
}

/* What goes beyond all rates is spoken as far as it can be heard, whatever there is of it; a sentence, to its
 * end. */
static DubSpoken *
say_naturally (Request *self, GError **error)
{
  return attempt (self, 1, MAX (self->room_ms * MAX_STRETCH * self->limits.fastest + SPARE_MS, SENTENCE_MS), error);
}

/* By the part of the text that was reached. */
static double
estimate_natural (const DubSpoken *spoken, const char *text)
{
  double length = 1000.0 * spoken->sound->n_frames / spoken->sound->rate;
  const DubSpokenWord *last;

  if (!spoken->too_long)
    return MIN (length, LONGEST_MS);
  if (spoken->words->len == 0)
    return length;
  last = &g_array_index (spoken->words, DubSpokenWord, spoken->words->len - 1);
  return MIN (length * MAX (g_utf8_strlen (text, -1) / (double) MAX (last->until, 1), 1), LONGEST_MS);
}

/* How far it is from the slot, as a ratio. */
static double
distance (const DubSpoken *spoken, double slot_ms)
{
  return fabs (log (length_ms (spoken) / slot_ms));
}

/* Length is about speed to a power near -1, which the attempts so far tell: the secant of logarithms. */
static double
next_speed (double speed, double length, double natural, double slot_ms)
{
  double power = speed > 1 ? log (natural / length) / log (speed) : 1;

  return speed * pow (length / slot_ms, 1 / CLAMP (power, 0.5, 2));
}

/* Of the speeds above the natural one, the one that fits; the fastest where none does. @spoken: said naturally,
 * too long. */
static gboolean
hurry (Request *self, DubSpoken **spoken, double *speed, GError **error)
{
  double natural = length_ms (*spoken), tried = 1, length = natural;

  while (self->attempts < MIN (self->limits.attempts, MAX_ATTEMPTS) && distance (*spoken, self->slot_ms) > NEAR)
    {
      double next = MIN (next_speed (tried, length, natural, self->slot_ms), self->limits.fastest);
      g_autoptr (DubSpoken) said = NULL;

      if (fabs (next - tried) < 0.005 * tried)
        break;
      said = attempt (self, next, self->room_ms * MAX_STRETCH + SPARE_MS, error);
      if (said == NULL)
        return FALSE;
      tried = next;
      length = length_ms (said);
      if ((*spoken)->too_long || distance (said, self->slot_ms) < distance (*spoken, self->slot_ms))
        {
          DubSpoken *before = *spoken;

          *spoken = g_steal_pointer (&said);
          said = before;
          *speed = tried;
        }
      if (length > LONGEST_MS)
        break;
    }
  return TRUE;
}

/* Never drawn out, but for the little by which a rate was too fast. */
static double
stretch_for (const DubSpoken *spoken, double slot_ms, double speed)
{
  double length = 1000.0 * spoken->sound->n_frames / spoken->sound->rate;

  if (spoken->sound->n_frames == 0 || (length <= slot_ms && speed <= 1))
    return 1;
  return CLAMP (length / slot_ms, 1 / (1 + NEAR), MAX_STRETCH);
}

static void
finish (const Request *self, DubSpoken *spoken, DubFit *fit)
{
  fit->stretch = stretch_for (spoken, self->slot_ms, fit->speed);
  dub_spoken_stretch (spoken, fit->stretch);
  fit->unspoken = dub_spoken_cut (spoken, self->text, self->room_ms);
  fit->speech = dub_pcm_convert (spoken->sound, DUB_PCM_RATE, 1);
  fit->spoken_ms = 1000.0 * fit->speech->n_frames / DUB_PCM_RATE;
  fit->overrun_ms = MAX (fit->spoken_ms - self->slot_ms, 0);
}

/**
 * dub_fit_say:
 * @speaker: has begun
 * @text: what to say
 * @slot_ms: how long the segment is
 * @room_ms: how long it may sound from the segment's start, with the pause that follows; at least @slot_ms
 * @fit: (out caller-allocates): what is heard
 * @error: return location; of %DUB_STUDIO_ERROR
 *
 * Says it at the natural rate where that fits; otherwise faster, then stretched, then into the pause that follows;
 * what goes beyond that is cut off after a word. What is shorter than its slot stays as it is: a voice that drags
 * is worse than a pause. Blocks.
 *
 * Returns: whether it was said
 */
gboolean
dub_fit_say (DubSpeaker *speaker, const char *text, double slot_ms, double room_ms, DubFit *fit, GError **error)
{
  Request request = { speaker, text, MAX (slot_ms, 1), MAX (room_ms, MAX (slot_ms, 1)), { 0 }, 0 };
  g_autoptr (DubSpoken) spoken = NULL;

  *fit = (DubFit) { .speed = 1, .stretch = 1 };
  dub_speaker_get_limits (speaker, &request.limits);
  spoken = say_naturally (&request, error);
  if (spoken == NULL)
    return FALSE;

  fit->natural_ms = estimate_natural (spoken, text);
  if (length_ms (spoken) > request.slot_ms && !hurry (&request, &spoken, &fit->speed, error))
    return FALSE;
  finish (&request, spoken, fit);
  return TRUE;
}

/**
 * dub_fit_room:
 * @script: segments in order
 * @index: one of them
 * @duration_ms: of the video
 *
 * Segments that overlap in @script may overlap in sound as well.
 *
 * Returns: from its start, at least its own length: up to a breath before the next one, or to the end of the video,
 * in ms
 */
double
dub_fit_room (DubScript *script, guint index, double duration_ms)
{
  DubSegment *segment = dub_script_get_segment (script, index);
  double start = dub_segment_get_start (segment);
  double slot = dub_segment_get_end (segment) - start;
  double until = duration_ms;

  if (index + 1 < dub_script_get_length (script))
    until = dub_segment_get_start (dub_script_get_segment (script, index + 1)) - BREATH_MS;
  return MAX (slot, until - start);
}
