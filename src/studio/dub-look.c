/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-look.h"

/**
 * dub_look_to_variant:
 * @info: what was found
 *
 * Returns: (transfer full): the same as it goes through a pipe, in the byte order of this machine
 */
GVariant *
dub_look_to_variant (const DubMediaInfo *info)
{
  return g_variant_ref_sink (g_variant_new (DUB_LOOK_VARIANT_TYPE,
                                            info->content_type, info->video_codec, info->audio_codec,
                                            info->duration_ms, info->size, info->width, info->height,
                                            info->has_video, info->has_audio));
}

/**
 * dub_look_from_variant:
 * @variant: what came
 *
 * Reads what was found. Everything is checked first: @variant may be anything.
 *
 * Returns: (transfer full) (nullable): what was found, or %NULL where @variant is not that
 */
DubMediaInfo *
dub_look_from_variant (GVariant *variant)
{
  DubMediaInfo *info;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (DUB_LOOK_VARIANT_TYPE)) || !g_variant_is_normal_form (variant))
    return NULL;

  info = dub_media_info_new ();
  g_variant_get (variant, DUB_LOOK_VARIANT_TYPE,
                 &info->content_type, &info->video_codec, &info->audio_codec,
                 &info->duration_ms, &info->size, &info->width, &info->height,
                 &info->has_video, &info->has_audio);
  return info;
}
