/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What `/v1/audio/transcriptions` answers, and what becomes of it. */

#include "fuzz.h"

#include "dub-heard-script.h"
#include "dub-transcription-answer.h"

#define DURATION_MS 60000.0

static void
check_segment (DubSegment *segment, double least)
{
  const DubRemarks *remarks = dub_segment_get_remarks (segment);
  glong length = g_utf8_strlen (dub_segment_get_text (segment), -1);
  double start = dub_segment_get_start (segment), end = dub_segment_get_end (segment);

  g_assert_true (g_utf8_validate (dub_segment_get_text (segment), -1, NULL));
  g_assert_cmpint (length, >, 0);
  g_assert_cmpfloat (start, >=, least);
  g_assert_cmpfloat (end, >, start);
  g_assert_cmpfloat (end - start, <=, 10001);
  g_assert_cmpfloat (end, <=, DURATION_MS);
  for (guint i = 0; remarks != NULL && i < remarks->doubts->len; i++)
    {
      DubTextRange range = g_array_index (remarks->doubts, DubTextRange, i);

      g_assert_cmpuint (range.from, <, range.until);
      g_assert_cmpint (range.until, <=, length);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autofree char *fault = NULL;
  g_autoptr (DubHeard) heard = dub_transcription_answer_read (body, DURATION_MS, &fault);
  g_autoptr (DubScript) script = NULL;
  double least = 0;

  g_assert_true ((heard == NULL) == (fault != NULL));
  if (heard == NULL)
    return 0;
  script = dub_heard_to_script (heard, DURATION_MS);
  g_assert_true (heard->parts->len == 0 || heard->language != NULL);
  for (guint i = 0; i < dub_script_get_length (script); i++)
    {
      check_segment (dub_script_get_segment (script, i), least);
      least = dub_segment_get_end (dub_script_get_segment (script, i));
    }
  return 0;
}
