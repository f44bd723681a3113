/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-speak.h"

#include <math.h>
#include <sonic.h>
#include <string.h>

/* Faster than that is hard to follow. */
#define MAX_STRETCH 1.3
/* What is left between speech that runs over and the segment after it. */
#define BREATH_MS 60
#define FADE_MS 25
/* Silence at the beginning, which is taken away. */
#define SPARE_MS 1000

/**
 * dub_take_free:
 * @self: (transfer full): a take
 */
void
dub_take_free (DubTake *self)
{
  g_clear_pointer (&self->speech, dub_pcm_free);
  g_free (self);
}

static double
length_ms (const DubPcm *pcm)
{
  return 1000.0 * pcm->n_frames / pcm->rate;
}

/* A rate at which the text was said. */
typedef struct
{
  DubPcm *speech;
  double length_ms; /* without end where there was more to be said */
} Attempt;

static gboolean
say (DubVoice *voice, const char *text, int rate, double longest_ms, Attempt *attempt, GError **error)
{
  gboolean too_long;

  attempt->speech = dub_voice_say (voice, text, rate, longest_ms, &too_long, error);
  if (attempt->speech == NULL)
    return FALSE;
  attempt->length_ms = too_long ? G_MAXDOUBLE : length_ms (attempt->speech);
  return TRUE;
}

/* Of two that are too long without end, the one that was tried later is the faster one. */
static gboolean
is_better (const Attempt *attempt, const Attempt *best, double slot_ms)
{
  if ((attempt->length_ms <= slot_ms) != (best->length_ms <= slot_ms))
    return attempt->length_ms <= slot_ms;
  return fabs (attempt->length_ms - slot_ms) <= fabs (best->length_ms - slot_ms);
}

/* The slowest rate that fits, and the fastest one where none does. A rate is coarse: it is searched, not
 * computed. */
static DubPcm *
say_within (DubVoice *voice, const char *text, double slot_ms, double longest_ms, GError **error)
{
  int slow = DUB_VOICE_SLOWEST, fast = DUB_VOICE_FASTEST;
  g_autoptr (DubPcm) speech = NULL;
  Attempt best;

  if (!say (voice, text, DUB_VOICE_NATURAL, longest_ms, &best, error))
    return NULL;
  speech = best.speech;
  if (best.length_ms > slot_ms)
    slow = DUB_VOICE_NATURAL + 1;
  else
    fast = DUB_VOICE_NATURAL;

  while (slow <= fast)
    {
      int rate = (slow + fast) / 2;
      Attempt attempt;

      if (!say (voice, text, rate, longest_ms, &attempt, error))
        return NULL;
      if (attempt.length_ms > slot_ms)
        slow = rate + 1;
      else
        fast = rate - 1;
      if (is_better (&attempt, &best, slot_ms))
        {
          best = attempt;
          dub_pcm_free (speech);
          speech = attempt.speech;
        }
      else
        dub_pcm_free (attempt.speech);
    }
  return g_steal_pointer (&speech);
}

static DubPcm *
stretch (const DubPcm *pcm, float speed)
{
  sonicStream stream = sonicCreateStream (pcm->rate, 1);
  DubPcm *faster;
  int n_frames;

  sonicSetSpeed (stream, speed);
  sonicWriteFloatToStream (stream, pcm->samples, pcm->n_frames);
  sonicFlushStream (stream);
  faster = dub_pcm_new (pcm->rate, 1, sonicSamplesAvailable (stream));
  n_frames = sonicReadFloatFromStream (stream, faster->samples, faster->n_frames);
  dub_pcm_resize (faster, MAX (n_frames, 0));
  sonicDestroyStream (stream);
  return faster;
}

static void
cut (DubPcm *pcm, double room_ms)
{
  gsize keep = dub_pcm_frame (pcm, MAX (room_ms, 0));
  gsize fade = MIN (keep, dub_pcm_frame (pcm, FADE_MS));

  if (keep >= pcm->n_frames)
    return;
  dub_pcm_resize (pcm, keep);
  for (gsize i = 0; i < fade; i++)
    pcm->samples[keep - 1 - i] *= (float) i / fade;
}

/* Rate first, then stretching, then the pause that follows; only what goes beyond that is lost. */
static DubPcm *
say_in_slot (DubVoice *voice, const char *text, double slot_ms, double room_ms, GError **error)
{
  g_autoptr (DubPcm) spoken = say_within (voice, text, slot_ms, room_ms * MAX_STRETCH + SPARE_MS, error);

  if (spoken == NULL)
    return NULL;
  if (length_ms (spoken) > slot_ms && spoken->n_frames > 0)
    {
      DubPcm *faster = stretch (spoken, MIN (length_ms (spoken) / slot_ms, MAX_STRETCH));

      dub_pcm_free (spoken);
      spoken = faster;
    }
  cut (spoken, room_ms);
  return dub_pcm_convert (spoken, DUB_PCM_RATE, 1);
}

static double
room_after (DubScript *script, guint index, double duration_ms)
{
  DubSegment *segment = dub_script_get_segment (script, index);
  double slot = dub_segment_get_end (segment) - dub_segment_get_start (segment);
  double until = duration_ms;

  if (index + 1 < dub_script_get_length (script))
    until = dub_segment_get_start (dub_script_get_segment (script, index + 1)) - BREATH_MS;
  return MAX (slot, until - dub_segment_get_start (segment));
}

/**
 * dub_speak:
 * @script: in @language
 * @duration_ms: of the video
 *
 * Blocks. Each take begins at its segment's start.
 *
 * Returns: (transfer full) (element-type DubTake) (nullable): the takes, at 48 kHz
 */
GPtrArray *
dub_speak (DubScript *script,
           const DubLanguage *language,
           double duration_ms,
           DubProgress *progress,
           GError **error)
{
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_take_free);
  g_autoptr (DubVoice) voice = dub_voice_open (language, error);
  guint n_segments = dub_script_get_length (script);

  if (voice == NULL)
    return NULL;

  for (guint i = 0; i < n_segments; i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);
      DubTake *take = g_new0 (DubTake, 1);

      take->start_ms = dub_segment_get_start (segment);
      take->end_ms = dub_segment_get_end (segment);
      g_ptr_array_add (takes, take);
      take->speech = say_in_slot (voice, dub_segment_get_text (segment), take->end_ms - take->start_ms,
                                  room_after (script, i, duration_ms), error);
      if (take->speech == NULL)
        return NULL;
      dub_progress_set (progress, (i + 1.0) / n_segments);
    }
  return g_steal_pointer (&takes);
}
