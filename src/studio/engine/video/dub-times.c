/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-times.h"

/* What is lost where a time became nanoseconds, twice. */
#define LOST_NS 2

/* Those that cameras and programs write, the coarsest first: QuickTime's 600, Matroska's milliseconds, hundreds of frame
 * rates, what ffmpeg makes of them, those of NTSC, and MPEG's. The last one is exact enough for any other. */
static const guint timescales[] = {
  600,   1000,  2400,  2500,  3000,  5000,  6000,  10240, 12288, 12800,
  15360, 16000, 19200, 24000, 30000, 44100, 48000, 60000, 90000, 120000,
  1000000,
};

static gint64
time_at (GArray *times, guint index)
{
  return g_array_index (times, gint64, index);
}

static gboolean
lie_on (GArray *times, guint timescale)
{
  for (guint i = 0; i < times->len; i++)
    {
      guint64 time = ABS (time_at (times, i));
      guint64 ticks = gst_util_uint64_scale_round (time, timescale, GST_SECOND);

      if (ABS ((gint64) gst_util_uint64_scale_round (ticks, GST_SECOND, timescale) - (gint64) time) > LOST_NS)
        return FALSE;
    }
  return TRUE;
}

/**
 * dub_times_find_timescale:
 * @times: of pictures
 *
 * Returns: ticks a second; a time that is written in them is read as it was
 */
guint
dub_times_find_timescale (GArray *times)
{
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (timescales) && !lie_on (times, timescales[i]))
    i++;
  return timescales[i];
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

/**
 * dub_times_in_order:
 * @times: of pictures
 *
 * Returns: (transfer full) (element-type gint64): the same, the earliest first
 */
GArray *
dub_times_in_order (GArray *times)
{
  GArray *sorted = g_array_copy (times);

  g_array_sort (sorted, compare);
  return sorted;
}

/**
 * dub_times_get_delay:
 * @times: of pictures
 *
 * Where the pictures are decoded one by one whenever one is shown, this is how much earlier that must be, so that none is
 * shown before it is decoded.
 *
 * Returns: in nanoseconds; 0 where they are seen in the order in which they are stored
 */
gint64
dub_times_get_delay (GArray *times)
{
  g_autoptr (GArray) sorted = dub_times_in_order (times);
  gint64 delay = 0;

  for (guint i = 0; i < times->len; i++)
    delay = MAX (delay, time_at (sorted, i) - time_at (times, i));
  return delay;
}
