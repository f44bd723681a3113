/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-speech-spans.h"

#include <math.h>

/* All of it in steps of 10 ms. */
#define STEP_MS 10
#define ONSET 4 /* loud steps that begin a span */
#define HANGOVER                                                                                             \
  32 /* quiet steps that end it: longer than the stop within a word, shorter than that between sentences */
#define LEAD 10 /* consonants begin before they are loud */
#define TAIL 12
#define SHORTEST 20
#define JOIN_BELOW 100 /* a span this short is joined to a neighbour … */
#define JOIN_GAP 60    /* … that is this near */
#define LONGEST 1000
#define CUT_AFTER 300 /* where a long span may be cut, at the earliest */
#define CUT_WIDTH 12  /* a cut is made where so many steps are the quietest together */

#define QUIETEST_DB -55.0
#define BELOW_LOUD_DB 24.0
#define ABOVE_FLOOR_DB 7.0
#define HYSTERESIS_DB 4.0

typedef struct
{
  guint from;
  guint until;
} Steps;

/* Speech has its strength between 200 Hz and 4 kHz; hum and the bass of music would hide the pauses. */
static float *
measure (const DubPcm *mono, guint *n_steps)
{
  gsize step = mono->rate * STEP_MS / 1000;
  float *levels;
  float last = 0, filtered = 0;
  const float pole = expf (-2 * (float) G_PI * 200 / mono->rate);

  *n_steps = mono->n_frames / step;
  levels = g_new (float, MAX (*n_steps, 1));
  for (guint i = 0; i < *n_steps; i++)
    {
      double sum = 0;

      for (gsize j = 0; j < step; j++)
        {
          float sample = mono->samples[i * step + j];

          filtered = pole * (filtered + sample - last);
          last = sample;
          sum += (double) filtered * filtered;
        }
      levels[i] = 10 * log10 (sum / step + 1e-10);
    }
  return levels;
}

static int
compare_levels (gconstpointer a, gconstpointer b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

static void
find_thresholds (const float *levels, guint n_steps, float *on, float *off)
{
  g_autofree float *sorted = g_memdup2 (levels, n_steps * sizeof (float));
  float floor_level, loud_level;

  qsort (sorted, n_steps, sizeof (float), compare_levels);
  floor_level = sorted[n_steps / 10];
  /* Where somebody speaks a few words in a minute of silence, those are the loud ones. */
  loud_level = sorted[MIN (n_steps - 1, n_steps - 1 - MIN (n_steps / 20, 50))];
  *on = MAX (QUIETEST_DB, MAX (loud_level - BELOW_LOUD_DB, floor_level + ABOVE_FLOOR_DB));
  *off = *on - HYSTERESIS_DB;
}

static GArray *
find_loud (const float *levels, guint n_steps)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Steps));
  guint loud = 0, quiet = 0;
  gboolean inside = FALSE;
  Steps span = { 0, 0 };
  float on, off;

  find_thresholds (levels, n_steps, &on, &off);
  for (guint i = 0; i < n_steps; i++)
    {
      loud = levels[i] > on ? loud + 1 : 0;
      quiet = levels[i] < off ? quiet + 1 : 0;
      if (!inside && loud >= ONSET)
        {
          inside = TRUE;
          span.from = i + 1 - loud;
        }
      else if (inside && quiet >= HANGOVER)
        {
          inside = FALSE;
          span.until = i + 1 - quiet;
          g_array_append_val (spans, span);
        }
    }
  if (inside)
    {
      span.until = n_steps - MIN (quiet, n_steps - span.from - 1);
      g_array_append_val (spans, span);
    }
  return spans;
}

static GArray *
join_short (GArray *spans)
{
  GArray *joined = g_array_new (FALSE, FALSE, sizeof (Steps));

  for (guint i = 0; i < spans->len; i++)
    {
      Steps span = g_array_index (spans, Steps, i);
      Steps *before = joined->len > 0 ? &g_array_index (joined, Steps, joined->len - 1) : NULL;
      gboolean is_short = before != NULL &&
                          (span.until - span.from < JOIN_BELOW || before->until - before->from < JOIN_BELOW);

      if (is_short && span.from - before->until < JOIN_GAP && span.until - before->from <= LONGEST)
        before->until = span.until;
      else
        g_array_append_val (joined, span);
    }
  return joined;
}

static guint
find_cut (const float *levels, Steps span)
{
  guint best = span.from + LONGEST - CUT_WIDTH;
  double quietest = G_MAXDOUBLE;

  for (guint i = span.from + CUT_AFTER; i + CUT_WIDTH < span.from + LONGEST && i + CUT_WIDTH < span.until;
       i++)
    {
      double sum = 0;

      for (guint j = 0; j < CUT_WIDTH; j++)
        sum += levels[i + j];
      if (sum < quietest)
        {
          quietest = sum;
          best = i + CUT_WIDTH / 2;
        }
    }
  return best;
}

static void
append_cut (GArray *cut, const float *levels, Steps span)
{
  while (span.until - span.from > LONGEST)
    {
      Steps head = { span.from, find_cut (levels, span) };

      g_array_append_val (cut, head);
      span.from = head.until;
    }
  if (span.until - span.from >= SHORTEST)
    g_array_append_val (cut, span);
}

static GArray *
to_times (GArray *steps, guint n_steps)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (DubSpan));

  for (guint i = 0; i < steps->len; i++)
    {
      Steps at = g_array_index (steps, Steps, i);
      guint earliest = i > 0 ? g_array_index (steps, Steps, i - 1).until : 0;
      guint latest = i + 1 < steps->len ? g_array_index (steps, Steps, i + 1).from : n_steps;
      DubSpan span;

      if (i > 0 && at.from > earliest)
        earliest = MIN (earliest + TAIL, at.from);
      span.start_ms = STEP_MS * (double) MAX (earliest, at.from - MIN (LEAD, at.from));
      span.end_ms = STEP_MS * (double) MIN (latest, at.until + TAIL);
      g_array_append_val (spans, span);
    }
  return spans;
}

/**
 * dub_speech_spans_find:
 * @mono: one channel
 *
 * Finds where it is loud enough for speech, by energy between two thresholds (one to begin, a lower one to
 * end), both measured against the loudest and the quietest parts. What is cut is cut at its quietest place.
 *
 * Returns: (transfer full) (element-type DubSpan): the stretches, in order
 */
GArray *
dub_speech_spans_find (const DubPcm *mono)
{
  g_autoptr (GArray) loud = NULL;
  g_autoptr (GArray) joined = NULL;
  g_autoptr (GArray) cut = g_array_new (FALSE, FALSE, sizeof (Steps));
  g_autofree float *levels = NULL;
  guint n_steps;

  g_return_val_if_fail (mono->channels == 1, NULL);

  levels = measure (mono, &n_steps);
  if (n_steps == 0)
    return g_array_new (FALSE, FALSE, sizeof (DubSpan));

  loud = find_loud (levels, n_steps);
  joined = join_short (loud);
  for (guint i = 0; i < joined->len; i++)
    append_cut (cut, levels, g_array_index (joined, Steps, i));
  return to_times (cut, n_steps);
}
