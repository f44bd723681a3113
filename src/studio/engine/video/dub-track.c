/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-track.h"

#include <string.h>

/* Codes of ISO 639 that name no language: undetermined, none, several, not named, and Matroska's empty one. */
static const char *const no_languages[] = { "und", "zxx", "mul", "mis", "", NULL };

/* By what is understood; the file's own choice and its order come after that. */
typedef enum
{
  LANGUAGE_FOREIGN,
  LANGUAGE_UNKNOWN,
  LANGUAGE_UNDERSTOOD,
} Likeness;

/**
 * dub_track_new:
 * @id: GStreamer's name of the stream
 * @language: (nullable): as the file has it: "en", "en-US", "und"
 *
 * Returns: (transfer full): a track
 */
DubTrack *
dub_track_new (const char *id, const char *language)
{
  DubTrack *self = g_new0 (DubTrack, 1);
  g_autofree char *code = g_ascii_strdown (language != NULL ? language : "", -1);

  code[strcspn (code, "-_")] = '\0';
  self->id = g_strdup (id);
  self->language = g_strv_contains (no_languages, code) ? NULL : g_steal_pointer (&code);
  return self;
}

/**
 * dub_track_free:
 * @self: (nullable) (transfer full): a track
 */
void
dub_track_free (DubTrack *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->language);
  g_free (self);
}

static Likeness
likeness_of (DubTrack *self, DubUnderstands understands, gpointer user_data)
{
  if (self->language == NULL || understands == NULL)
    return LANGUAGE_UNKNOWN;
  return understands (self->language, user_data) ? LANGUAGE_UNDERSTOOD : LANGUAGE_FOREIGN;
}

/* What the file says of it. */
static int
wish_of (DubTrack *self)
{
  return self->is_disabled ? 0 : self->is_default ? 2 : 1;
}

/**
 * dub_track_choose:
 * @tracks: (element-type DubTrack): in the order of the file
 * @understands: (nullable): %NULL where all languages are alike
 *
 * Returns: (transfer none) (nullable): of the tracks that are understood best, the one that the file itself would play, else
 *   the first; %NULL where there are none
 */
DubTrack *
dub_track_choose (GPtrArray *tracks, DubUnderstands understands, gpointer user_data)
{
  DubTrack *best = NULL;
  int best_rank = -1;

  for (guint i = 0; i < tracks->len; i++)
    {
      DubTrack *track = g_ptr_array_index (tracks, i);
      int rank = 3 * (int) likeness_of (track, understands, user_data) + wish_of (track);

      if (rank > best_rank)
        {
          best = track;
          best_rank = rank;
        }
    }
  return best;
}
