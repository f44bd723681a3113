/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-media-info.h"

G_DEFINE_BOXED_TYPE (DubMediaInfo, dub_media_info, dub_media_info_copy, dub_media_info_free)

/**
 * dub_media_info_new:
 *
 * Returns: (transfer full): an empty info: nothing is known
 */
DubMediaInfo *
dub_media_info_new (void)
{
  return g_new0 (DubMediaInfo, 1);
}

/**
 * dub_media_info_copy:
 *
 * Returns: (transfer full): a copy
 */
DubMediaInfo *
dub_media_info_copy (const DubMediaInfo *self)
{
  DubMediaInfo *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->content_type = g_strdup (self->content_type);
  copy->video_codec = g_strdup (self->video_codec);
  copy->audio_codec = g_strdup (self->audio_codec);
  return copy;
}

/**
 * dub_media_info_free:
 * @self: (transfer full) (nullable): an info
 */
void
dub_media_info_free (DubMediaInfo *self)
{
  if (self == NULL)
    return;

  g_free (self->content_type);
  g_free (self->video_codec);
  g_free (self->audio_codec);
  g_free (self);
}
