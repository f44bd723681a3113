/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-heard-words.h"

#include <string.h>

/* How far behind the one before it a word is looked for: some are told otherwise than they are written ("20", "twenty"). */
#define LOOK_BYTES 200
/* A word may begin a little before its part, and end after it. */
#define SLACK_MS 300
/* Scripts without blanks: so many characters are taken for a word. */
#define LONGEST_RUN 24
#define RUN 4
/* Of a part of which fewer are known it cannot be told where it may be divided. */
#define A_WORD_IN_MS 5000

static gboolean
find_word (const DubHeardPart *part, const DubHeardWord *word, gsize cursor, DubHeardMark *mark)
{
  gsize length = strlen (part->text);
  const char *place = g_strstr_len (part->text + cursor, (gssize) MIN (LOOK_BYTES, length - cursor), word->text);

  if (place == NULL)
    return FALSE;
  mark->from = (gsize) (place - part->text);
  mark->until = mark->from + strlen (word->text);
  mark->start_ms = CLAMP (word->start_ms, part->start_ms, part->end_ms);
  mark->end_ms = CLAMP (word->end_ms, part->start_ms, part->end_ms);
  mark->probability = word->probability;
  return TRUE;
}

static void
find_told (GArray *marks, const DubHeardPart *part, GPtrArray *words, guint *next)
{
  gsize cursor = 0;
  double last = part->start_ms;

  for (; *next < words->len; (*next)++)
    {
      const DubHeardWord *word = g_ptr_array_index (words, *next);
      DubHeardMark mark;

      if (word->start_ms > part->end_ms + SLACK_MS)
        break;
      if (word->end_ms < part->start_ms - SLACK_MS || !find_word (part, word, cursor, &mark))
        {
          /* It may be the first word of the part that follows. */
          if (word->start_ms >= part->end_ms)
            break;
          continue;
        }
      mark.start_ms = MAX (mark.start_ms, last);
      mark.end_ms = MAX (mark.end_ms, mark.start_ms);
      last = mark.end_ms;
      cursor = mark.until;
      g_array_append_val (marks, mark);
    }
}

static void
append_guess (GArray *marks, const DubHeardPart *part, gsize from, gsize until)
{
  double length = (double) strlen (part->text);
  double duration = part->end_ms - part->start_ms;
  DubHeardMark mark = {
    .from = from,
    .until = until,
    .start_ms = part->start_ms + duration * from / length,
    .end_ms = part->start_ms + duration * until / length,
    .probability = -1,
  };

  g_array_append_val (marks, mark);
}

/* @from to @until are without blanks. */
static void
guess_run (GArray *marks, const DubHeardPart *part, gsize from, gsize until)
{
  const char *end = part->text + until;
  const char *c = part->text + from;
  guint n_chars = 0;

  if (g_utf8_strlen (c, end - c) > LONGEST_RUN)
    for (; c < end; c = g_utf8_next_char (c))
      if (n_chars++ >= RUN && !g_unichar_ismark (g_utf8_get_char (c)))
        {
          append_guess (marks, part, from, (gsize) (c - part->text));
          from = (gsize) (c - part->text);
          n_chars = 1;
        }
  append_guess (marks, part, from, until);
}

static void
guess (GArray *marks, const DubHeardPart *part)
{
  gsize from = 0;

  while (part->text[from] != '\0')
    {
      gsize length = strcspn (part->text + from, " ");

      if (length > 0)
        guess_run (marks, part, from, from + length);
      from += length + strspn (part->text + from + length, " ");
    }
}

/**
 * dub_heard_words_find:
 * @part: not empty
 * @words: (element-type DubHeardWord): of all parts
 * @next: (inout): the first one that may be of this part
 *
 * Returns: (transfer full) (element-type DubHeardMark): at least one, in order
 */
GArray *
dub_heard_words_find (const DubHeardPart *part, GPtrArray *words, guint *next)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (DubHeardMark));

  find_told (marks, part, words, next);
  if (marks->len == 0 || marks->len < (part->end_ms - part->start_ms) / A_WORD_IN_MS)
    {
      g_array_set_size (marks, 0);
      guess (marks, part);
    }
  return marks;
}
