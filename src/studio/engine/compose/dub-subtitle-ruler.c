/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-subtitle-ruler.h"

#include <string.h>
#include "dub-subtitle-style.h"

/* Of all scripts that the 13 languages are written in. */
static const char sentence_ends[] = ".!?…。！？؟";
static const char clause_ends[] = ",;:–—،؛、，；：";
static const char closing_marks[] = "\"'’”»)]｣」』）】";

static gboolean
is_one_of (gunichar c, const char *characters)
{
  return c != 0 && g_utf8_strchr (characters, -1, c) != NULL;
}

static gunichar
char_at (DubSubtitleRuler *self, guint index)
{
  return g_utf8_get_char (self->text + self->offsets[index]);
}

/* Blanks and control characters become one blank each run of them; @line_ends gets the blanks (as offsets of characters)
 * that were ends of lines. */
static char *
flatten (const char *text, GArray *line_ends)
{
  g_autoptr (GString) flat = g_string_new (NULL);
  gboolean blank = FALSE, line_end = FALSE;
  guint n_chars = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character != 0xa0 && (g_unichar_isspace (character) || g_unichar_iscntrl (character)))
        {
          blank = TRUE;
          line_end |= character == '\n' || character == 0x2028 || character == 0x2029;
          continue;
        }
      if (blank && n_chars > 0)
        {
          g_string_append_c (flat, ' ');
          n_chars++;
          if (line_end)
            g_array_append_val (line_ends, n_chars);
        }
      blank = line_end = FALSE;
      g_string_append_unichar (flat, character);
      n_chars++;
    }
  return g_strdup (flat->str);
}

static void
find_offsets (DubSubtitleRuler *self)
{
  const char *c = self->text;

  self->n_chars = g_utf8_strlen (self->text, -1);
  self->offsets = g_new0 (guint, self->n_chars + 1);
  for (guint i = 0; i < self->n_chars; i++, c = g_utf8_next_char (c))
    self->offsets[i] = c - self->text;
  self->offsets[self->n_chars] = strlen (self->text);
}

static void
measure_item (DubSubtitleRuler *self, PangoItem *item, double *widths)
{
  g_autofree int *logical = g_new0 (int, item->num_chars);
  PangoGlyphString *glyphs = pango_glyph_string_new ();

  pango_shape_item (item, self->text, -1, NULL, glyphs, PANGO_SHAPE_ROUND_POSITIONS);
  pango_glyph_string_get_logical_widths (glyphs, self->text + item->offset, item->length, item->analysis.level, logical);
  for (int i = 0; i < item->num_chars; i++)
    widths[i] = (double) logical[i] / PANGO_SCALE;
  pango_glyph_string_free (glyphs);
}

/* Item by item, not by a layout: the width of a line of hundreds of thousands of pixels is beyond Pango's numbers. */
static void
find_widths (DubSubtitleRuler *self, PangoContext *context)
{
  g_autoptr (PangoAttrList) none = pango_attr_list_new ();
  GList *items = pango_itemize (context, self->text, 0, strlen (self->text), none, NULL);
  guint at = 0;

  self->widths = g_new0 (double, self->n_chars + 1);
  for (GList *l = items; l != NULL; l = l->next)
    {
      PangoItem *item = l->data;

      measure_item (self, item, self->widths + at + 1);
      at += item->num_chars;
    }
  g_list_free_full (items, (GDestroyNotify) pango_item_free);
  for (guint i = 1; i <= self->n_chars; i++)
    self->widths[i] += self->widths[i - 1];
}

/* What a text ends with, below quotes and brackets that are closed behind it. */
static gunichar
last_mark (DubSubtitleRuler *self, guint before)
{
  while (before > 0 && (char_at (self, before - 1) == ' ' || is_one_of (char_at (self, before - 1), closing_marks)))
    before--;
  return before > 0 ? char_at (self, before - 1) : 0;
}

/* A phrase of Japanese most often ends with its particle, in Hiragana, and the next one begins in another script. */
static gboolean
is_japanese_phrase (DubSubtitleRuler *self, guint at)
{
  GUnicodeScript next = g_unichar_get_script (char_at (self, at));

  return g_unichar_get_script (char_at (self, at - 1)) == G_UNICODE_SCRIPT_HIRAGANA && next != G_UNICODE_SCRIPT_HIRAGANA &&
         next != G_UNICODE_SCRIPT_COMMON;
}

/* Unicode lets a line of Korean end in any word; Koreans do so only between them. */
static DubSubtitleBreak
kind_of_break (DubSubtitleRuler *self, const char *language, const PangoLogAttr *attrs, guint at)
{
  gunichar mark = last_mark (self, at);
  gboolean after_blank = char_at (self, at - 1) == ' ';

  if (!attrs[at].is_line_break)
    return attrs[at].is_cursor_position && !after_blank && char_at (self, at) != ' ' ? DUB_SUBTITLE_BREAK_RESORT : DUB_SUBTITLE_BREAK_NEVER;
  if (is_one_of (mark, sentence_ends))
    return DUB_SUBTITLE_BREAK_SENTENCE;
  /* Thai has blanks between phrases, and none between words. */
  if (is_one_of (mark, clause_ends) || (after_blank && g_str_equal (language, "th")))
    return DUB_SUBTITLE_BREAK_CLAUSE;
  if (after_blank || g_str_equal (language, "th"))
    return DUB_SUBTITLE_BREAK_WORD;
  if (g_str_equal (language, "ja") && is_japanese_phrase (self, at))
    return DUB_SUBTITLE_BREAK_WORD;
  if (g_str_equal (language, "ja") || g_str_equal (language, "ko"))
    return DUB_SUBTITLE_BREAK_SPLIT;
  return DUB_SUBTITLE_BREAK_WORD;
}

static void
find_breaks (DubSubtitleRuler *self, const char *language, GArray *line_ends)
{
  g_autofree PangoLogAttr *attrs = g_new0 (PangoLogAttr, self->n_chars + 1);

  pango_get_log_attrs (self->text, strlen (self->text), -1, pango_language_from_string (language), attrs,
                       self->n_chars + 1);
  self->breaks = g_new0 (DubSubtitleBreak, self->n_chars + 1);
  for (guint i = 1; i < self->n_chars; i++)
    self->breaks[i] = kind_of_break (self, language, attrs, i);
  for (guint i = 0; i < line_ends->len; i++)
    self->breaks[g_array_index (line_ends, guint, i)] = DUB_SUBTITLE_BREAK_SENTENCE;
  self->breaks[self->n_chars] = DUB_SUBTITLE_BREAK_SENTENCE;
}

/**
 * dub_subtitle_ruler_new:
 * @text: plain text in any script; its line ends are where lines end best
 * @language: its code
 * @font_size: in pixels
 *
 * Returns: (transfer full): the measured text
 */
DubSubtitleRuler *
dub_subtitle_ruler_new (const char *text, const char *language, double font_size)
{
  DubSubtitleRuler *self = g_new0 (DubSubtitleRuler, 1);
  g_autoptr (GArray) line_ends = g_array_new (FALSE, FALSE, sizeof (guint));
  PangoContext *context = dub_subtitle_style_context (language, font_size);

  self->text = flatten (text, line_ends);
  find_offsets (self);
  find_widths (self, context);
  find_breaks (self, language, line_ends);
  g_object_unref (context);
  return self;
}

/**
 * dub_subtitle_ruler_free:
 * @self: (transfer full): a ruler
 */
void
dub_subtitle_ruler_free (DubSubtitleRuler *self)
{
  g_free (self->text);
  g_free (self->offsets);
  g_free (self->widths);
  g_free (self->breaks);
  g_free (self);
}

static void
trim (DubSubtitleRuler *self, guint *from, guint *until)
{
  while (*from < *until && char_at (self, *from) == ' ')
    ++*from;
  while (*until > *from && char_at (self, *until - 1) == ' ')
    --*until;
}

/**
 * dub_subtitle_ruler_width:
 * @from: a character
 * @until: the one after the last
 *
 * Returns: the width of that part without blanks at its ends, in pixels
 */
double
dub_subtitle_ruler_width (DubSubtitleRuler *self, guint from, guint until)
{
  trim (self, &from, &until);
  return self->widths[until] - self->widths[from];
}

/**
 * dub_subtitle_ruler_part:
 * @from: a character
 * @until: the one after the last
 *
 * Returns: (transfer full): that part without blanks at its ends
 */
char *
dub_subtitle_ruler_part (DubSubtitleRuler *self, guint from, guint until)
{
  trim (self, &from, &until);
  return g_strndup (self->text + self->offsets[from], self->offsets[until] - self->offsets[from]);
}
