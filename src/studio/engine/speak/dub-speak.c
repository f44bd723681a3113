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

static double
spoken_ms (const DubSpoken *spoken)
{
  return spoken->too_long ? G_MAXDOUBLE : length_ms (spoken->sound);
}

/* Of two that are too long without end, the one that was tried later is the faster one. */
static gboolean
is_better (const DubSpoken *attempt, const DubSpoken *best, double slot_ms)
{
  double length = spoken_ms (attempt), before = spoken_ms (best);

  if ((length <= slot_ms) != (before <= slot_ms))
    return length <= slot_ms;
  return fabs (length - slot_ms) <= fabs (before - slot_ms);
}

/* The slowest speed that fits, and the fastest one where none does. Speeds are coarse: it is searched, not computed. */
static DubSpoken *
say_within (DubSpeaker *speaker, const char *text, double slot_ms, double longest_ms, GError **error)
{
  g_autoptr (DubSpoken) best = dub_speaker_say (speaker, text, 1, longest_ms, error);
  DubSpeakerLimits limits;
  double slow, fast;

  if (best == NULL)
    return NULL;
  dub_speaker_get_limits (speaker, &limits);
  slow = spoken_ms (best) > slot_ms ? 1 : limits.slowest;
  fast = spoken_ms (best) > slot_ms ? limits.fastest : 1;

  for (guint i = 1; i < limits.attempts; i++)
    {
      double speed = i == 1 && fast > 1 ? fast : (slow + fast) / 2;
      DubSpoken *attempt = dub_speaker_say (speaker, text, speed, longest_ms, error);

      if (attempt == NULL)
        return NULL;
      if (spoken_ms (attempt) > slot_ms)
        slow = speed;
      else
        fast = speed;
      if (is_better (attempt, best, slot_ms))
        {
          dub_spoken_free (best);
          best = attempt;
        }
      else
        dub_spoken_free (attempt);
      if (slow >= fast)
        break;
    }
  return g_steal_pointer (&best);
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
say_in_slot (DubSpeaker *speaker, const char *text, double slot_ms, double room_ms, GError **error)
{
  g_autoptr (DubSpoken) spoken = say_within (speaker, text, slot_ms, room_ms * MAX_STRETCH + SPARE_MS, error);

  if (spoken == NULL)
    return NULL;
  if (length_ms (spoken->sound) > slot_ms && spoken->sound->n_frames > 0)
    {
      DubPcm *faster = stretch (spoken->sound, MIN (length_ms (spoken->sound) / slot_ms, MAX_STRETCH));

      dub_pcm_free (spoken->sound);
      spoken->sound = faster;
    }
  cut (spoken->sound, room_ms);
  return dub_pcm_convert (spoken->sound, DUB_PCM_RATE, 1);
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
 * @speaker: has not begun
 * @script: in @language
 * @duration_ms: of the video
 *
 * Blocks. Each take begins at its segment's start.
 *
 * Returns: (transfer full) (element-type DubTake) (nullable): the takes, at 48 kHz
 */
GPtrArray *
dub_speak (DubSpeaker *speaker,
           DubScript *script,
           const DubLanguage *language,
           double duration_ms,
           DubProgress *progress,
           GError **error)
{
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_take_free);
  guint n_segments = dub_script_get_length (script);
  const DubVoiceWish wish = { 0 };

  if (!dub_speaker_begin (speaker, language, &wish, error))
    return NULL;

  for (guint i = 0; i < n_segments; i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);
      DubTake *take = g_new0 (DubTake, 1);

      take->start_ms = dub_segment_get_start (segment);
      take->end_ms = dub_segment_get_end (segment);
      g_ptr_array_add (takes, take);
      take->speech = say_in_slot (speaker, dub_segment_get_text (segment), take->end_ms - take->start_ms,
                                  room_after (script, i, duration_ms), error);
      if (take->speech == NULL)
        return NULL;
      dub_progress_set (progress, (i + 1.0) / n_segments);
    }
  return g_steal_pointer (&takes);
}
