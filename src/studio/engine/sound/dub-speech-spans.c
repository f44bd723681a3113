/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-speech-spans.h"

#include <math.h>
#include "dub-voice-trace.h"

/* All of it in steps of 10 ms. */
#define STEP_MS DUB_VOICE_STEP_MS
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

/* Somebody speaks at a step where so many of those around it glide … */
#define AROUND 50
#define GLIDES_AROUND 8
/* … and where nobody does for so long, nobody is heard, but for the consonants at the edges. */
#define SILENT 150
#define EDGE 50

/* Measured on a dozen pieces of music and two dozen recordings of speech, with music 10 dB below too: of the steps of
 * speech so many glide, and its level changes by so much within half a second. Music that changes as much does not glide;
 * a siren glides, but its level is even. */
#define MANY_GLIDES 0.08
#define FEW_GLIDES 0.03
#define EVEN_DB 3.0
#define UNEVEN_DB 4.0
#define CHANGE 50

typedef struct
{
  guint from;
  guint until;
} Steps;

/* What is known of the sound, for each step. */
typedef struct
{
  float *levels;
  gboolean *glides;
  guint n_steps;
} Trace;

static void
trace_clear (Trace *trace)
{
  g_clear_pointer (&trace->levels, g_free);
  g_clear_pointer (&trace->glides, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trace, trace_clear)

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

static guint
count_glides (const Trace *trace, guint from, guint until)
{
  guint n = 0;

  for (guint i = from; i < until; i++)
    n += trace->glides[i];
  return n;
}

/* How much the level goes up and down within half a second (the rhythm of syllables is some four a second), in dB. */
static double
find_change (const Trace *trace, Steps span)
{
  guint width = MIN (CHANGE, span.until - span.from), n = 0;
  double changes = 0;

  for (guint at = span.from; at + width <= span.until; at += 10)
    {
      double sum = 0, squares = 0;

      for (guint i = at; i < at + width; i++)
        {
          sum += trace->levels[i];
          squares += trace->levels[i] * trace->levels[i];
        }
      changes += sqrt (MAX (0, squares / width - sum / width * sum / width));
      n++;
    }
  return n > 0 ? changes / n : 0;
}

static gboolean
is_speech (const Trace *trace, Steps span)
{
  double glides = (double) count_glides (trace, span.from, span.until) / (span.until - span.from);
  double change = find_change (trace, span);

  g_debug ("%.2f to %.2f s: %.3f of it glide, the level changes by %.1f dB", span.from * STEP_MS / 1000.0,
           span.until * STEP_MS / 1000.0, glides, change);
  return (glides >= MANY_GLIDES && change >= EVEN_DB) || (glides >= FEW_GLIDES && change >= UNEVEN_DB);
}

static gboolean
speaks_at (const Trace *trace, Steps span, guint at)
{
  guint from = at > span.from + AROUND ? at - AROUND : span.from;
  guint until = MIN (at + AROUND, span.until);

  return count_glides (trace, from, until) * 2 * AROUND >= GLIDES_AROUND * (until - from);
}

static void
append_speech (GArray *spoken, const Trace *trace, Steps span)
{
  if (is_speech (trace, span))
    g_array_append_val (spoken, span);
}

/* A span without the parts in which nobody speaks for long: music that goes on before and after a sentence. */
static void
append_spoken (GArray *spoken, const Trace *trace, Steps span)
{
  Steps part = { span.from, span.from };
  gboolean found = FALSE;

  for (guint at = span.from; at < span.until; at++)
    {
      if (!speaks_at (trace, span, at))
        continue;
      if (at - part.until >= SILENT)
        {
          part.until = MIN (part.until + EDGE, span.until);
          if (found)
            append_speech (spoken, trace, part);
          part.from = at - EDGE;
        }
      part.until = at + 1;
      found = TRUE;
    }
  if (!found)
    return;
  part.until = span.until - part.until >= SILENT ? part.until + EDGE : span.until;
  append_speech (spoken, trace, part);
}

static GArray *
find_spoken (const Trace *trace, GArray *loud)
{
  GArray *spoken = g_array_new (FALSE, FALSE, sizeof (Steps));

  for (guint i = 0; i < loud->len; i++)
    append_spoken (spoken, trace, g_array_index (loud, Steps, i));
  return spoken;
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
 * Finds where somebody speaks: where it is loud enough, by energy between two thresholds (one to begin, a lower one to
 * end), both measured against the loudest and the quietest parts, and where a voice is heard, by its pitch and rhythm
 * (dub_voice_trace_glides()). What is cut is cut at its quietest place.
 *
 * Returns: (transfer full) (element-type DubSpan): the stretches, in order
 */
GArray *
dub_speech_spans_find (const DubPcm *mono)
{
  g_autoptr (GArray) loud = NULL;
  g_autoptr (GArray) spoken = NULL;
  g_autoptr (GArray) joined = NULL;
  g_autoptr (GArray) cut = g_array_new (FALSE, FALSE, sizeof (Steps));
  g_auto (Trace) trace = { 0 };

  g_return_val_if_fail (mono->channels == 1, NULL);

  trace.levels = measure (mono, &trace.n_steps);
  if (trace.n_steps == 0)
    return g_array_new (FALSE, FALSE, sizeof (DubSpan));

  trace.glides = dub_voice_trace_glides (mono, trace.n_steps);
  loud = find_loud (trace.levels, trace.n_steps);
  spoken = find_spoken (&trace, loud);
  joined = join_short (spoken);
  for (guint i = 0; i < joined->len; i++)
    append_cut (cut, trace.levels, g_array_index (joined, Steps, i));
  return to_times (cut, trace.n_steps);
}
