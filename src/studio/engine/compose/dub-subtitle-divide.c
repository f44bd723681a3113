/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-subtitle-divide.h"

#include <math.h>
#include "dub-subtitle-ruler.h"

/* What it costs to end there, where a subtitle more costs 1: a subtitle is best a sentence, a line a phrase. */
static const double subtitle_costs[] = {
  [DUB_SUBTITLE_BREAK_NEVER] = 100, [DUB_SUBTITLE_BREAK_RESORT] = 10,   [DUB_SUBTITLE_BREAK_SPLIT] = 0.9,
  [DUB_SUBTITLE_BREAK_WORD] = 0.6,  [DUB_SUBTITLE_BREAK_CLAUSE] = 0.15, [DUB_SUBTITLE_BREAK_SENTENCE] = 0,
};
/* Here the measure is the difference of the two lines, as a part of both. */
static const double line_costs[] = {
  [DUB_SUBTITLE_BREAK_NEVER] = 100, [DUB_SUBTITLE_BREAK_RESORT] = 10,   [DUB_SUBTITLE_BREAK_SPLIT] = 0.5,
  [DUB_SUBTITLE_BREAK_WORD] = 0.3,  [DUB_SUBTITLE_BREAK_CLAUSE] = 0.1, [DUB_SUBTITLE_BREAK_SENTENCE] = 0,
};
/* What an empty subtitle costs, so that two of about one length are preferred to a full one and the rest. */
#define EMPTINESS 0.5

/* The cheapest way to come to a place, of all places where a subtitle can end. */
typedef struct
{
  double cost;
  guint from;
} Way;

typedef struct
{
  DubSubtitleRuler *ruler;
  double line_width;
} Dividing;

static gboolean
fits (Dividing *self, guint from, guint until)
{
  return dub_subtitle_ruler_width (self->ruler, from, until) <= self->line_width;
}

/* Where a line that begins at @from ends at the latest: within a word only where there is no other way. */
static guint
furthest (Dividing *self, guint from)
{
  guint best = from, resort = from;

  for (guint i = from + 1; i <= self->ruler->n_chars; i++)
    {
      if (self->ruler->breaks[i] == DUB_SUBTITLE_BREAK_NEVER)
        continue;
      if (!fits (self, from, i))
        break;
      if (self->ruler->breaks[i] == DUB_SUBTITLE_BREAK_RESORT)
        resort = i;
      else
        best = i;
    }
  if (best > from)
    return best;
  return resort > from ? resort : MIN (from + 1, self->ruler->n_chars);
}

static double
cost_of_subtitle (Dividing *self, guint from, guint until)
{
  double filled = dub_subtitle_ruler_width (self->ruler, from, until) / (2 * self->line_width);

  return 1 + subtitle_costs[self->ruler->breaks[until]] + EMPTINESS * (1 - filled) * (1 - filled);
}

static void
take_way (Dividing *self, Way *ways, guint from, guint until)
{
  double cost = ways[from].cost + cost_of_subtitle (self, from, until);

  if (cost < ways[until].cost)
    ways[until] = (Way) { .cost = cost, .from = from };
}

/* The second line ends at the furthest, whatever the first one is: it is longest where the first one is. */
static void
go_on_from (Dividing *self, Way *ways, guint from)
{
  guint second = furthest (self, from);
  guint last = second < self->ruler->n_chars ? furthest (self, second) : second;

  for (guint i = from + 1; i < last; i++)
    if (self->ruler->breaks[i] > DUB_SUBTITLE_BREAK_RESORT)
      take_way (self, ways, from, i);
  take_way (self, ways, from, last);
}

/* (element-type guint): where the subtitles end. */
static GArray *
find_ends (Dividing *self)
{
  guint n_chars = self->ruler->n_chars;
  g_autofree Way *ways = g_new (Way, n_chars + 1);
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i <= n_chars; i++)
    ways[i].cost = i == 0 ? 0 : INFINITY;
  for (guint i = 0; i < n_chars; i++)
    if (isfinite (ways[i].cost))
      go_on_from (self, ways, i);
  for (guint i = n_chars; i > 0; i = ways[i].from)
    g_array_prepend_val (ends, i);
  return ends;
}

static guint
best_line_end (Dividing *self, guint from, guint until)
{
  guint first_line = furthest (self, from);
  guint best = first_line;
  double least = INFINITY;

  for (guint i = from + 1; i < until && fits (self, from, i); i++)
    {
      double first = dub_subtitle_ruler_width (self->ruler, from, i);
      double second = dub_subtitle_ruler_width (self->ruler, i, until);
      double cost = line_costs[self->ruler->breaks[i]] + fabs (first - second) / (first + second);

      if (second <= self->line_width && cost < least)
        {
          least = cost;
          best = i;
        }
    }
  return best;
}

static char *
make_lines (Dividing *self, guint from, guint until)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint middle;

  if (fits (self, from, until))
    return dub_subtitle_ruler_part (self->ruler, from, until);
  middle = best_line_end (self, from, until);
  first = dub_subtitle_ruler_part (self->ruler, from, middle);
  second = dub_subtitle_ruler_part (self->ruler, middle, until);
  return *second != '\0' ? g_strconcat (first, "\n", second, NULL) : g_steal_pointer (&first);
}

/**
 * dub_subtitle_divide:
 * @text: plain text in any script; its line ends are where lines end best
 * @language: its code
 * @font_size: in pixels
 * @line_width: in pixels
 *
 * As few subtitles as can hold the text, which end with sentences, clauses or words, in this order, and are about equally
 * full. Takes a time in proportion to the length of the text.
 *
 * Returns: (transfer full) (element-type utf8): the subtitles
 */
GPtrArray *
dub_subtitle_divide (const char *text, const char *language, double font_size, double line_width)
{
  g_autoptr (DubSubtitleRuler) ruler = dub_subtitle_ruler_new (text, language, font_size);
  Dividing dividing = { .ruler = ruler, .line_width = line_width };
  g_autoptr (GArray) ends = find_ends (&dividing);
  GPtrArray *subtitles = g_ptr_array_new_with_free_func (g_free);
  guint from = 0;

  for (guint i = 0; i < ends->len; i++)
    {
      guint until = g_array_index (ends, guint, i);
      g_autofree char *lines = make_lines (&dividing, from, until);

      if (*lines != '\0')
        g_ptr_array_add (subtitles, g_steal_pointer (&lines));
      from = until;
    }
  return subtitles;
}
