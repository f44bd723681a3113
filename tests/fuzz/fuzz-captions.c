/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Subtitle files: SRT, WebVTT, CSV, in any encoding. What was read must be what is written and read again. */

#include "fuzz.h"

#include <gio/gio.h>
#include <math.h>
#include "dub-captions.h"

static void
check_again (DubScript *script, DubCaptionsFormat format)
{
  g_autoptr (GBytes) written = dub_captions_write (script, format);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubScript) again = NULL;

  if (g_bytes_get_size (written) > DUB_CAPTIONS_MAX_BYTES)
    return;
  again = dub_captions_parse (written, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dub_script_get_length (again), ==, dub_script_get_length (script));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubScript) script = dub_captions_parse (bytes, &error);

  if (script == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  g_assert_cmpuint (dub_script_get_length (script), >, 0);
  for (guint i = 0; i < dub_script_get_length (script); i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);

      g_assert_true (g_utf8_validate (dub_segment_get_text (segment), -1, NULL));
      g_assert_true (isfinite (dub_segment_get_start (segment)) && isfinite (dub_segment_get_end (segment)));
    }
  if (dub_script_check (script, 0, NULL))
    for (DubCaptionsFormat format = DUB_CAPTIONS_SRT; format <= DUB_CAPTIONS_CSV; format++)
      check_again (script, format);
  return 0;
}
