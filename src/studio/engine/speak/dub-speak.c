/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-speak.h"

#include <math.h>

/**
 * dub_take_new:
 *
 * Returns: (transfer full): a take in which nothing is said yet
 */
DubTake *
dub_take_new (double start_ms, double end_ms)
{
  DubTake *self = g_new0 (DubTake, 1);

  self->start_ms = start_ms;
  self->end_ms = end_ms;
  return self;
}

/**
 * dub_take_free:
 * @self: (transfer full): a take
 */
void
dub_take_free (DubTake *self)
{
  dub_fit_clear (&self->fit);
  g_free (self);
}

static gboolean
foresee (DubSpeaker *speaker, DubScript *script, DubProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_null_terminated (dub_script_get_length (script), NULL, TRUE);

  for (guint i = 0; i < dub_script_get_length (script); i++)
    g_ptr_array_add (texts, (gpointer) dub_segment_get_text (dub_script_get_segment (script, i)));
  return dub_speaker_foresee (speaker, (const char *const *) texts->pdata, progress, error);
}

/**
 * dub_speak:
 * @speaker: has begun, in the language of @script
 * @script: what to say
 * @duration_ms: of the video
 * @progress: of this stage
 * @error: return location; of %DUB_STUDIO_ERROR
 *
 * Blocks. Each take begins at its segment's start.
 *
 * Returns: (transfer full) (element-type DubTake) (nullable): a take for each segment
 */
GPtrArray *
dub_speak (DubSpeaker *speaker, DubScript *script, double duration_ms, DubProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_take_free);
  guint n_segments = dub_script_get_length (script);

  if (!foresee (speaker, script, progress, error))
    return NULL;

  for (guint i = 0; i < n_segments; i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);
      DubTake *take = dub_take_new (dub_segment_get_start (segment), dub_segment_get_end (segment));

      g_ptr_array_add (takes, take);
      if (!dub_fit_say (speaker, dub_segment_get_text (segment), take->end_ms - take->start_ms,
                        dub_fit_room (script, i, duration_ms), &take->fit, error))
        return NULL;
      dub_progress_set (progress, (i + 1.0) / n_segments);
    }
  return g_steal_pointer (&takes);
}

/* A segment lasts until its speech is over, and no longer where some of it was cut off. */
static double
heard_end (const DubTake *take)
{
  double spoken = round (take->start_ms + take->fit.spoken_ms);

  if (take->fit.unspoken > 0 && spoken > take->start_ms)
    return spoken;
  return MAX (take->end_ms, spoken);
}

/**
 * dub_speak_heard:
 * @script: what was to be said
 * @takes: (element-type DubTake): a take for each of its segments
 *
 * Returns: (transfer full): its texts, with the times at which they are really heard and remarks on what did not
 * fit
 */
DubScript *
dub_speak_heard (DubScript *script, GPtrArray *takes)
{
  DubScript *heard = dub_script_new ();

  for (guint i = 0; i < takes->len; i++)
    {
      const DubTake *take = g_ptr_array_index (takes, i);
      DubSegment *segment = dub_script_get_segment (script, i);
      const DubRemarks *before = dub_segment_get_remarks (segment);
      DubRemarks *remarks = before != NULL ? dub_remarks_copy (before) : dub_remarks_new ();
      g_autoptr (DubSegment) spoken =
          dub_segment_new (dub_segment_get_text (segment), take->start_ms, heard_end (take));

      remarks->natural_ms = round (take->fit.natural_ms);
      remarks->overrun_ms = round (take->fit.overrun_ms);
      remarks->unspoken = take->fit.unspoken;
      dub_segment_set_remarks (spoken, remarks);
      dub_script_add_segment (heard, spoken);
    }
  return heard;
}
