/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-subtitle-style.h"

#include <pango/pangocairo.h>

/* Parts of the picture's shorter side. */
#define FONT_SIZE 0.052
#define SMALLEST_FONT 0.038
/* Below this, letters have no shape any more. */
#define LEAST_PIXELS 8.0

#define PADDING 0.35 /* of the font's size */

/* Parts of the picture that stay free, wider below an upright one, where apps put their buttons. EBU R 95: 5 % at least. */
#define SIDE_MARGIN 0.06
#define BOTTOM_MARGIN 0.06
#define BOTTOM_MARGIN_UPRIGHT 0.12

/* What is read at a glance, in widths of the font's size: some 42 letters, or 16 of Japanese and Korean (timed text style
 * guides of Netflix). */
#define LONGEST_LINE 23.0
#define LONGEST_LINE_WIDE_LETTERS 16.5
/* On a tiny picture the letters are made smaller rather than the lines shorter. */
#define SHORTEST_LINE 12.0

static gboolean
has_wide_letters (const char *language)
{
  return g_str_equal (language, "ja") || g_str_equal (language, "ko");
}

/**
 * dub_subtitle_style_init:
 * @self: (out): the style
 * @language: its code
 * @picture_width: in pixels, as seen
 * @picture_height: in pixels, as seen
 */
void
dub_subtitle_style_init (DubSubtitleStyle *self, const char *language, int picture_width, int picture_height)
{
  int shorter_side = MIN (picture_width, picture_height);
  double margin = picture_height > picture_width ? BOTTOM_MARGIN_UPRIGHT : BOTTOM_MARGIN;
  double longest = has_wide_letters (language) ? LONGEST_LINE_WIDE_LETTERS : LONGEST_LINE;

  self->font_size = MAX (shorter_side * FONT_SIZE, LEAST_PIXELS);
  self->smallest_font = MAX (shorter_side * SMALLEST_FONT, LEAST_PIXELS);
  self->padding = self->font_size * PADDING;
  self->bottom = picture_height * margin;
  self->line_width = picture_width * (1 - 2 * SIDE_MARGIN) - 2 * self->padding;
  self->line_width = CLAMP (self->line_width, SHORTEST_LINE * self->font_size, longest * self->font_size);
}

/**
 * dub_subtitle_style_context:
 * @language: its code, which decides between the letter forms of Chinese characters
 * @font_size: in pixels
 *
 * Returns: (transfer full): what text is shaped with
 */
PangoContext *
dub_subtitle_style_context (const char *language, double font_size)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans Semi-Bold");

  pango_font_description_set_absolute_size (font, font_size * PANGO_SCALE);
  pango_context_set_font_description (context, font);
  pango_context_set_language (context, pango_language_from_string (language));
  /* By the language, not by the first letter: a line of Arabic may begin with a name in Latin. */
  pango_context_set_base_dir (context, g_str_equal (language, "ar") ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  return context;
}
