/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-heard-segments.h"

#include "dub-heard-word.h"
#include "dub-sentence.h"

/* A speaker who breaks off for so long has come to the end of a sentence, or of a part that stands for itself. Between the
 * sentences of a recording whose times are known 320 ms and more are heard; stops before plosives are shorter. */
#define PAUSE_MS 300
/* What is shorter than a second cannot be dubbed at another length; it is joined to what is this near. */
#define SHORTEST_MS 1000
#define NEAR_MS 700
#define LONGEST_MS 10000

/* Words from one to before another one; both are indices. */
typedef struct
{
  guint from;
  guint until;
} Part;

static const DubHeardWord *
word_at (GPtrArray *words,
         guint      index)
{
  return g_ptr_array_index (words, index);
}

/* The pause before a word. */
static double
pause_before (GPtrArray *words,
              guint      index)
{
  return word_at (words, index)->start_ms - word_at (words, index - 1)->end_ms;
}

static double
length_of (GPtrArray *words,
           Part       part)
{
  return word_at (words, part.until - 1)->end_ms - word_at (words, part.from)->start_ms;
}

static GArray *
cut_at_pauses (GPtrArray *words)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  Part part = { 0, 0 };

  for (guint i = 1; i <= words->len; i++)
    if (i == words->len || pause_before (words, i) >= PAUSE_MS)
      {
        part.until = i;
        g_array_append_val (parts, part);
        part.from = i;
      }
  return parts;
}

static gboolean
can_join (GPtrArray *words,
          Part       first,
          Part       second)
{
  Part both = { first.from, second.until };

  return pause_before (words, second.from) <= NEAR_MS && length_of (words, both) <= LONGEST_MS;
}

/* To the neighbour that is nearer; %FALSE where it stands alone. */
static gboolean
join_at (GPtrArray *words,
         GArray    *parts,
         guint      index)
{
  Part *all = (Part *) (gpointer) parts->data;
  gboolean before = index > 0 && can_join (words, all[index - 1], all[index]);
  gboolean after = index + 1 < parts->len && can_join (words, all[index], all[index + 1]);

  if (before && after)
    before = pause_before (words, all[index].from) <= pause_before (words, all[index + 1].from);
  if (!before && !after)
    return FALSE;
  if (before)
    index--;
  all[index].until = all[index + 1].until;
  g_array_remove_index (parts, index + 1);
  return TRUE;
}

static void
join_short (GPtrArray *words,
            GArray    *parts)
{
  guint i = 0;

  while (i < parts->len)
    {
      gboolean is_short = length_of (words, g_array_index (parts, Part, i)) < SHORTEST_MS;

      if (is_short && join_at (words, parts, i))
        i = i > 0 ? i - 1 : 0;
      else
        i++;
    }
}

/* Where somebody speaks without a pause, at the longest stop between two words that leaves a second on both sides. */
static guint
find_stop (GPtrArray *words,
           Part       part)
{
  guint best = (part.from + part.until) / 2;
  double longest = -1;

  for (guint i = part.from + 1; i < part.until; i++)
    {
      Part head = { part.from, i }, tail = { i, part.until };

      if (pause_before (words, i) > longest && length_of (words, head) >= SHORTEST_MS
          && length_of (words, tail) >= SHORTEST_MS)
        {
          longest = pause_before (words, i);
          best = i;
        }
    }
  return best;
}

static void
append_segment (GPtrArray *words,
                Part       part,
                DubScript *script)
{
  g_autoptr (DubRemarks) remarks = dub_remarks_new ();
  g_autofree char *sentence = dub_sentence_from_heard (words, part.from, part.until, remarks);
  double start_ms = word_at (words, part.from)->start_ms;
  double end_ms = MIN (word_at (words, part.until - 1)->end_ms, start_ms + LONGEST_MS);
  g_autoptr (DubSegment) segment = dub_segment_new (sentence, start_ms, end_ms);

  dub_segment_set_remarks (segment, g_steal_pointer (&remarks));
  dub_script_add_segment (script, segment);
}

static void
append_part (GPtrArray *words,
             Part       part,
             DubScript *script)
{
  if (length_of (words, part) > LONGEST_MS && part.until - part.from > 1)
    {
      guint stop = find_stop (words, part);

      append_part (words, (Part) { part.from, stop }, script);
      append_part (words, (Part) { stop, part.until }, script);
      return;
    }
  if (length_of (words, part) > 0)
    append_segment (words, part, script);
}

/**
 * dub_heard_segments_append:
 * @words: (element-type DubHeardWord): in order
 * @script: what the segments are appended to
 *
 * Divides words at pauses, into segments of 1 to 10 s: what is longer is divided at its longest stop between words, what is
 * shorter is joined to a neighbour that is near. Each segment has remarks: how sure the recogniser is of it, and which words
 * it doubts.
 */
void
dub_heard_segments_append (GPtrArray *words,
                           DubScript *script)
{
  g_autoptr (GArray) parts = cut_at_pauses (words);

  if (words->len == 0)
    return;
  join_short (words, parts);
  for (guint i = 0; i < parts->len; i++)
    append_part (words, g_array_index (parts, Part, i), script);
}
