/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-heard-script.h"

#include <math.h>
#include <string.h>
#include "dub-heard-words.h"

#define SHORTEST_MS 1000
#define LONGEST_MS 10000
/* Speech that is no further apart belongs together. */
#define SMALL_PAUSE_MS 500
/* A word that is less probable than not. */
#define SURE 0.5
/* What speaks for a place at which a part is divided, in parts of its length from the middle. */
#define SENTENCE_END 0.3
#define CLAUSE_END 0.12
#define PAUSE_PER_S 0.2

/* A segment to be. */
typedef struct
{
  char *text;
  double start_ms;
  double end_ms;
  double confidence;
  GArray *doubts; /* of DubTextRange */
} Piece;

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  g_free (piece->text);
  g_array_unref (piece->doubts);
  g_free (piece);
}

typedef struct
{
  const DubHeardPart *part;
  GArray *marks;
  GPtrArray *pieces;
} Division;

static DubHeardMark *
mark_at (Division *self, guint index)
{
  return &g_array_index (self->marks, DubHeardMark, index);
}

/* Where the text in front of the word @index ends: behind the last blank before it, so that what opens a quotation stays
 * with it. */
static gsize
cut_before (Division *self, guint index)
{
  gsize from = mark_at (self, index - 1)->until;
  gsize until = mark_at (self, index)->from;

  for (gsize i = until; i > from; i--)
    if (self->part->text[i - 1] == ' ')
      return i;
  return until;
}

static double
start_of (Division *self, guint index)
{
  return index == 0 ? self->part->start_ms : mark_at (self, index)->start_ms;
}

/* The end of the words before @index. */
static double
end_of (Division *self, guint index)
{
  return index == self->marks->len ? self->part->end_ms : mark_at (self, index - 1)->end_ms;
}

static double
quality_of (Division *self, guint index)
{
  const char *text = self->part->text;
  const char *end = text + cut_before (self, index);
  double quality = PAUSE_PER_S * MIN (start_of (self, index) - end_of (self, index), 1000) / 1000;

  for (const char *c = text + mark_at (self, index - 1)->from; c < end; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_utf8_strchr (".?!…。！？؟।", -1, character) != NULL)
        return quality + SENTENCE_END;
      if (g_utf8_strchr (",;:—、，；：،؛", -1, character) != NULL)
        quality = MAX (quality, CLAUSE_END);
    }
  return quality;
}

/* Words from @from to before @until are divided before the word that is returned; 0: nowhere. */
static guint
find_cut (Division *self, guint from, guint until)
{
  double start = start_of (self, from), end = end_of (self, until);
  double best = -G_MAXDOUBLE;
  guint cut = 0;

  for (guint i = from + 1; i < until; i++)
    {
      double value = quality_of (self, i) - fabs ((end_of (self, i) + start_of (self, i)) / 2 - (start + end) / 2) / (end - start);

      if (end_of (self, i) - start < SHORTEST_MS || end - start_of (self, i) < SHORTEST_MS)
        value -= 1;
      if (value > best)
        {
          best = value;
          cut = i;
        }
    }
  return cut;
}

static void
add_doubts (Division *self, Piece *piece, guint from, guint until, gsize first_byte)
{
  const char *base = self->part->text + first_byte;

  for (guint i = from; i < until; i++)
    {
      DubHeardMark *mark = mark_at (self, i);
      DubTextRange range;

      if (mark->probability < 0 || mark->probability >= SURE)
        continue;
      range.from = (guint) g_utf8_strlen (base, (gssize) (mark->from - first_byte));
      range.until = (guint) g_utf8_strlen (base, (gssize) (mark->until - first_byte));
      g_array_append_val (piece->doubts, range);
    }
}

static void
add_piece (Division *self, guint from, guint until)
{
  gsize first = from == 0 ? 0 : cut_before (self, from);
  gsize last = until == self->marks->len ? strlen (self->part->text) : cut_before (self, until);
  Piece *piece = g_new0 (Piece, 1);

  piece->text = g_strchomp (g_strndup (self->part->text + first, last - first));
  piece->start_ms = start_of (self, from);
  piece->end_ms = MIN (end_of (self, until), piece->start_ms + LONGEST_MS);
  piece->confidence = self->part->confidence;
  piece->doubts = g_array_new (FALSE, FALSE, sizeof (DubTextRange));
  add_doubts (self, piece, from, until, first);
  g_ptr_array_add (self->pieces, piece);
}

static void
divide (Division *self, guint from, guint until)
{
  guint cut = end_of (self, until) - start_of (self, from) > LONGEST_MS ? find_cut (self, from, until) : 0;

  if (cut == 0)
    {
      add_piece (self, from, until);
      return;
    }
  divide (self, from, cut);
  divide (self, cut, until);
}

/* The parts, divided; they do not overlap. */
static GPtrArray *
divide_all (const DubHeard *heard)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func (piece_free);
  guint next = 0;

  for (guint i = 0; i < heard->parts->len; i++)
    {
      DubHeardPart part = *(DubHeardPart *) g_ptr_array_index (heard->parts, i);
      const DubHeardPart *after = i + 1 < heard->parts->len ? g_ptr_array_index (heard->parts, i + 1) : NULL;
      g_autoptr (GArray) marks = NULL;
      Division division = { .part = &part, .pieces = pieces };

      if (after != NULL)
        part.end_ms = MIN (part.end_ms, after->start_ms);
      marks = dub_heard_words_find (&part, heard->words, &next);
      division.marks = marks;
      divide (&division, 0, marks->len);
    }
  return pieces;
}

/* Chinese and Japanese have no blanks between words, nor between sentences. */
static gboolean
need_blank (const char *before, const char *after)
{
  const char *last = g_utf8_find_prev_char (before, before + strlen (before));

  return last != NULL && !g_unichar_iswide (g_utf8_get_char (last)) && !g_unichar_iswide (g_utf8_get_char (after));
}

static void
join (Piece *piece, const Piece *after)
{
  const char *blank = need_blank (piece->text, after->text) ? " " : "";
  guint shift = (guint) (g_utf8_strlen (piece->text, -1) + g_utf8_strlen (blank, -1));
  char *text = g_strconcat (piece->text, blank, after->text, NULL);

  for (guint i = 0; i < after->doubts->len; i++)
    {
      DubTextRange range = g_array_index (after->doubts, DubTextRange, i);

      range.from += shift;
      range.until += shift;
      g_array_append_val (piece->doubts, range);
    }
  g_free (piece->text);
  piece->text = text;
  piece->end_ms = MAX (piece->end_ms, after->end_ms);
  piece->confidence = MIN (piece->confidence, after->confidence);
}

static gboolean
belong_together (const Piece *piece, const Piece *after)
{
  gboolean is_short = piece->end_ms - piece->start_ms < SHORTEST_MS || after->end_ms - after->start_ms < SHORTEST_MS;

  return is_short && after->start_ms - piece->end_ms <= SMALL_PAUSE_MS && after->end_ms - piece->start_ms <= LONGEST_MS;
}

static void
join_short (GPtrArray *pieces)
{
  guint kept = 0;

  for (guint i = 1; i < pieces->len; i++)
    {
      Piece *piece = g_ptr_array_index (pieces, kept);
      Piece *after = g_ptr_array_index (pieces, i);

      if (belong_together (piece, after))
        join (piece, after);
      else if (++kept != i)
        {
          pieces->pdata[i] = pieces->pdata[kept];
          pieces->pdata[kept] = after;
        }
    }
  if (pieces->len > 0)
    g_ptr_array_set_size (pieces, (int) kept + 1);
}

/* What is still too short may take from the pauses around it. */
static void
lengthen (GPtrArray *pieces, guint index, double duration_ms)
{
  Piece *piece = g_ptr_array_index (pieces, index);
  double least = index > 0 ? ((Piece *) g_ptr_array_index (pieces, index - 1))->end_ms : 0;
  double most = index + 1 < pieces->len ? ((Piece *) g_ptr_array_index (pieces, index + 1))->start_ms : duration_ms;

  if (piece->end_ms - piece->start_ms < SHORTEST_MS)
    piece->end_ms = MAX (piece->end_ms, MIN (piece->start_ms + SHORTEST_MS, most));
  if (piece->end_ms - piece->start_ms < SHORTEST_MS)
    piece->start_ms = MIN (piece->start_ms, MAX (piece->end_ms - SHORTEST_MS, least));
}

static void
add_segment (DubScript *script, const Piece *piece)
{
  g_autoptr (DubSegment) segment = NULL;
  DubRemarks *remarks;

  /* In a sound of no length. */
  if (piece->end_ms <= piece->start_ms || *piece->text == '\0')
    return;
  segment = dub_segment_new (piece->text, piece->start_ms, piece->end_ms);
  remarks = dub_remarks_new ();
  remarks->confidence = piece->confidence;
  for (guint i = 0; i < piece->doubts->len; i++)
    dub_remarks_add_doubt (remarks, g_array_index (piece->doubts, DubTextRange, i).from,
                           g_array_index (piece->doubts, DubTextRange, i).until);
  dub_segment_set_remarks (segment, remarks);
  dub_script_add_segment (script, segment);
}

/**
 * dub_heard_to_script:
 * @heard: within @duration_ms
 * @duration_ms: of the sound
 *
 * Long parts are divided at the ends of sentences and clauses and at pauses, near the middle; what is short and near is
 * joined. Two segments never overlap.
 *
 * Returns: (transfer full): the script
 */
DubScript *
dub_heard_to_script (const DubHeard *heard, double duration_ms)
{
  g_autoptr (GPtrArray) pieces = divide_all (heard);
  DubScript *script = dub_script_new ();

  join_short (pieces);
  for (guint i = 0; i < pieces->len; i++)
    lengthen (pieces, i, duration_ms);
  for (guint i = 0; i < pieces->len; i++)
    add_segment (script, g_ptr_array_index (pieces, i));
  return script;
}
