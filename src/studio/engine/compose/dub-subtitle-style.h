/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * DubSubtitleStyle:
 * @font_size: in pixels
 * @smallest_font: the least size that can be read, in pixels
 * @line_width: of a line at most, in pixels
 * @padding: between the letters and the edge of the box, in pixels
 * @bottom: how far the box stays from the lower edge of the picture, in pixels
 *
 * How subtitles look on a picture of a certain size.
 */
typedef struct
{
  double font_size;
  double smallest_font;
  double line_width;
  double padding;
  double bottom;
} DubSubtitleStyle;

#define DUB_SUBTITLE_MAX_LINES 2

/* Sizes are in pixels, as seen: upright and square. */
void          dub_subtitle_style_init    (DubSubtitleStyle *self,
                                          const char       *language,
                                          int               picture_width,
                                          int               picture_height);
/* (transfer full): what text in @language is shaped with: font, language and direction. */
PangoContext *dub_subtitle_style_context (const char       *language,
                                          double            font_size);

G_END_DECLS
