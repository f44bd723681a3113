/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The service's list of videos, with their scripts. */

#include "fuzz.h"

#include <math.h>
#include "dub-service-codec.h"

static void
check_script (DubScript *script)
{
  for (guint i = 0; script != NULL && i < dub_script_get_length (script); i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);

      g_assert_true (g_utf8_validate (dub_segment_get_text (segment), -1, NULL));
      g_assert_true (isfinite (dub_segment_get_start (segment)) && isfinite (dub_segment_get_end (segment)));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autofree char *request_id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) videos = dub_codec_decode_videos (body, &request_id, &error);

  g_assert_true ((videos == NULL) == (error != NULL));
  for (guint i = 0; videos != NULL && i < videos->len; i++)
    {
      DubRemoteVideo *video = g_ptr_array_index (videos, i);

      check_script (video->original_script);
      check_script (video->translated_script);
    }
  return 0;
}
