/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-subtitle-lines.h"

#include "dub-subtitle-divide.h"
#include "dub-subtitle-style.h"

/* What is seen for a shorter time cannot be read (BBC subtitle guidelines: 5/6 s). */
#define SHORTEST_MS 830

/* Segments that are spoken in the same time, and their subtitles. */
typedef struct
{
  double start_ms;
  double end_ms;
  GPtrArray *subtitles;
} Group;

typedef struct
{
  DubScript *script;
  const char *language;
  DubSubtitleStyle style;
} Laying;

static double
start_of (Laying *self, guint index)
{
  return dub_segment_get_start (dub_script_get_segment (self->script, index));
}

static double
end_of (Laying *self, guint index)
{
  return dub_segment_get_end (dub_script_get_segment (self->script, index));
}

/* Whether the segment is over, or can give way, when the next one begins. */
static gboolean
stands_alone (Laying *self, guint index)
{
  double needed = MIN (SHORTEST_MS, end_of (self, index) - start_of (self, index));

  return index + 1 == dub_script_get_length (self->script) || start_of (self, index + 1) - start_of (self, index) >= needed;
}

static void
add_subtitles (Laying *self, Group *group, guint index, double font_size)
{
  const char *text = dub_segment_get_text (dub_script_get_segment (self->script, index));
  GPtrArray *subtitles = dub_subtitle_divide (text, self->language, font_size, self->style.line_width);

  g_ptr_array_extend_and_steal (group->subtitles, subtitles);
}

static void
fill_group (Laying *self, Group *group, guint first, guint last)
{
  double time = group->end_ms - group->start_ms;

  for (guint i = first; i <= last; i++)
    add_subtitles (self, group, i, self->style.font_size);
  if (group->subtitles->len < 2 || time >= group->subtitles->len * SHORTEST_MS)
    return;

  /* The smaller the letters, the more of them are in a line. */
  g_ptr_array_set_size (group->subtitles, 0);
  for (guint i = first; i <= last; i++)
    add_subtitles (self, group, i, self->style.smallest_font);
}

/* In proportion to what is to be read; whoever gets less than the shortest time takes it from the others. */
static double *
share_time (GPtrArray *subtitles, double time)
{
  double *shares = g_new0 (double, subtitles->len);
  double shortest = MIN (SHORTEST_MS, time / subtitles->len);
  double left = time, length = 0;
  gboolean changed = TRUE;

  for (guint i = 0; i < subtitles->len; i++)
    length += g_utf8_strlen (g_ptr_array_index (subtitles, i), -1);
  while (changed)
    {
      changed = FALSE;
      for (guint i = 0; i < subtitles->len; i++)
        {
          double own = g_utf8_strlen (g_ptr_array_index (subtitles, i), -1);

          if (shares[i] > 0 || left * own >= shortest * length)
            continue;
          shares[i] = shortest;
          left -= shortest;
          length -= own;
          changed = TRUE;
        }
    }
  for (guint i = 0; i < subtitles->len; i++)
    if (shares[i] == 0)
      shares[i] = left * g_utf8_strlen (g_ptr_array_index (subtitles, i), -1) / length;
  return shares;
}

static void
append_group (Group *group, DubScript *lines)
{
  g_autofree double *shares = NULL;
  double at = group->start_ms;

  if (group->subtitles->len == 0)
    return;
  shares = share_time (group->subtitles, group->end_ms - group->start_ms);
  for (guint i = 0; i < group->subtitles->len; i++)
    {
      double end = i + 1 < group->subtitles->len ? at + shares[i] : group->end_ms;

      dub_script_append (lines, g_ptr_array_index (group->subtitles, i), at, end);
      at = end;
    }
}

/**
 * dub_subtitle_lines_new:
 * @script: what is spoken
 * @language: that it is in
 * @picture_width: in pixels, as seen: upright, with square pixels
 * @picture_height: likewise
 *
 * A segment that is too long for two lines is divided into several subtitles, which share its time in proportion to their
 * characters. No two are seen at once: a segment gives way to the next one, and where it would have no time to be read, both
 * share theirs.
 *
 * Returns: (transfer full): the subtitles
 */
DubScript *
dub_subtitle_lines_new (DubScript *script, const DubLanguage *language, int picture_width, int picture_height)
{
  Laying laying = { .script = script, .language = dub_language_get_code (language) };
  DubScript *lines = dub_script_new ();
  guint n_segments = dub_script_get_length (script);

  dub_subtitle_style_init (&laying.style, laying.language, picture_width, picture_height);
  for (guint first = 0, last; first < n_segments; first = last + 1)
    {
      g_autoptr (GPtrArray) subtitles = g_ptr_array_new_with_free_func (g_free);
      Group group = { .start_ms = start_of (&laying, first), .end_ms = end_of (&laying, first), .subtitles = subtitles };

      for (last = first; !stands_alone (&laying, last); last++)
        group.end_ms = MAX (group.end_ms, end_of (&laying, last + 1));
      if (last + 1 < n_segments)
        group.end_ms = MIN (group.end_ms, start_of (&laying, last + 1));
      fill_group (&laying, &group, first, last);
      append_group (&group, lines);
    }
  return lines;
}
