/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the built-in studio is asked to make, and the ids that it is asked about. */

#include "fuzz.h"

#include "dub-service-codec.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  g_autoptr (GPtrArray) items = dub_codec_decode_create (body, &error);
  g_auto (GStrv) ids = dub_codec_decode_id_array (text, &other_error);

  g_assert_true ((items == NULL) == (error != NULL));
  g_assert_true ((ids == NULL) == (other_error != NULL));
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      DubCreateItem *item = g_ptr_array_index (items, i);

      g_assert_nonnull (item->video_url);
      g_assert_nonnull (item->target_language);
    }
  return 0;
}
