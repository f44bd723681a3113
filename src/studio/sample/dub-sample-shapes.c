/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-sample-shapes.h"

#include <math.h>
#include <pango/pangocairo.h>
#include "dub-sample.h"

#define FONT "Inter, Sans Bold"

double
dub_shape_ease (double time, double from, double until)
{
  double t = CLAMP ((time - from) / (until - from), 0, 1);

  return t * t * (3 - 2 * t);
}

void
dub_shape_colour (cairo_t *cr, guint32 rgb, double alpha)
{
  cairo_set_source_rgba (cr, (rgb >> 16) / 255.0, ((rgb >> 8) & 0xff) / 255.0, (rgb & 0xff) / 255.0, alpha);
}

static void
add_stop (cairo_pattern_t *pattern, double offset, guint32 rgb, double alpha)
{
  cairo_pattern_add_color_stop_rgba (pattern, offset, (rgb >> 16) / 255.0, ((rgb >> 8) & 0xff) / 255.0,
                                     (rgb & 0xff) / 255.0, alpha);
}

void
dub_shape_sky (cairo_t *cr, guint32 top, guint32 bottom)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, 0, 0, DUB_SAMPLE_HEIGHT);

  add_stop (pattern, 0, top, 1);
  add_stop (pattern, 1, bottom, 1);
  cairo_set_source (cr, pattern);
  cairo_paint (cr);
  cairo_pattern_destroy (pattern);
}

void
dub_shape_disc (cairo_t *cr, double x, double y, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
}

void
dub_shape_glow (cairo_t *cr, double x, double y, double radius, guint32 rgb)
{
  cairo_pattern_t *pattern = cairo_pattern_create_radial (x, y, 0, x, y, radius);

  add_stop (pattern, 0, rgb, 0.55);
  add_stop (pattern, 1, rgb, 0);
  cairo_set_source (cr, pattern);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

void
dub_shape_rounded (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

void
dub_shape_hill (cairo_t *cr, double left_y, double crest_x, double crest_y, double right_y, guint32 rgb)
{
  const double w = DUB_SAMPLE_WIDTH;

  cairo_move_to (cr, 0, DUB_SAMPLE_HEIGHT);
  cairo_line_to (cr, 0, left_y);
  cairo_curve_to (cr, crest_x * 0.45, left_y, crest_x * 0.55, crest_y, crest_x, crest_y);
  cairo_curve_to (cr, crest_x + (w - crest_x) * 0.45, crest_y, crest_x + (w - crest_x) * 0.55, right_y, w, right_y);
  cairo_line_to (cr, w, DUB_SAMPLE_HEIGHT);
  cairo_close_path (cr);
  dub_shape_colour (cr, rgb, 1);
  cairo_fill (cr);
}

void
dub_shape_leaf (cairo_t *cr, double x, double y, double length, double angle, guint32 rgb)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rotate (cr, angle);
  cairo_move_to (cr, 0, 0);
  cairo_curve_to (cr, length * 0.3, -length * 0.36, length * 0.75, -length * 0.28, length, 0);
  cairo_curve_to (cr, length * 0.75, length * 0.28, length * 0.3, length * 0.36, 0, 0);
  dub_shape_colour (cr, rgb, 1);
  cairo_fill (cr);
  cairo_move_to (cr, length * 0.06, 0);
  cairo_line_to (cr, length * 0.88, 0);
  cairo_set_line_width (cr, MAX (length * 0.02, 1.5));
  dub_shape_colour (cr, 0xffffff, 0.25);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_ellipse (cairo_t *cr, double x, double y, double radius_x, double radius_y)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, radius_x, radius_y);
  dub_shape_disc (cr, 0, 0, 1);
  cairo_restore (cr);
}

void
dub_shape_cup (cairo_t *cr, double x, double y, double size, guint32 rgb)
{
  const double half = size / 2;

  dub_shape_colour (cr, 0x3b2418, 0.16);
  draw_ellipse (cr, x, y + size * 0.63, size * 0.95, size * 0.1);
  dub_shape_colour (cr, 0xfffaf2, 1);
  draw_ellipse (cr, x, y + size * 0.6, size * 0.85, size * 0.09);

  dub_shape_colour (cr, rgb, 1);
  cairo_set_line_width (cr, size * 0.11);
  cairo_arc (cr, x + half * 0.98, y + size * 0.16, size * 0.2, -1.4, 1.5);
  cairo_stroke (cr);
  cairo_move_to (cr, x - half, y - size * 0.12);
  cairo_curve_to (cr, x - half, y + size * 0.42, x - half * 0.62, y + size * 0.58, x, y + size * 0.58);
  cairo_curve_to (cr, x + half * 0.62, y + size * 0.58, x + half, y + size * 0.42, x + half, y - size * 0.12);
  cairo_close_path (cr);
  cairo_fill (cr);

  dub_shape_colour (cr, 0xffffff, 0.35);
  draw_ellipse (cr, x, y - size * 0.12, half, size * 0.13);
  dub_shape_colour (cr, 0x3b2418, 1);
  draw_ellipse (cr, x, y - size * 0.115, half * 0.9, size * 0.105);
  dub_shape_colour (cr, 0xc98a52, 0.9);
  draw_ellipse (cr, x - size * 0.05, y - size * 0.1, half * 0.5, size * 0.05);
}

void
dub_shape_steam (cairo_t *cr, double x, double y, double size, double time)
{
  cairo_set_line_width (cr, size * 0.05);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (int i = -1; i <= 1; i++)
    {
      double phase = time * 1.6 + i * 1.3;

      for (int j = 0; j <= 24; j++)
        {
          double up = j / 24.0;
          double sway = sin (up * 6 - phase * 2) * size * 0.07 * (0.4 + up);

          if (j == 0)
            cairo_move_to (cr, x + i * size * 0.22 + sway, y);
          else
            cairo_line_to (cr, x + i * size * 0.22 + sway, y - up * size * (i == 0 ? 0.78 : 0.6));
        }
      dub_shape_colour (cr, 0xffffff, 0.4 + 0.12 * sin (phase));
      cairo_stroke (cr);
    }
}

void
dub_shape_bag (cairo_t *cr, double x, double y, double size)
{
  const double w = size * 0.72, top = y - size * 0.55;

  dub_shape_colour (cr, 0x3b2418, 0.15);
  draw_ellipse (cr, x, y + size * 0.56, w * 0.62, size * 0.05);
  dub_shape_colour (cr, 0xc8553d, 1);
  dub_shape_rounded (cr, x - w / 2, top, w, size * 1.1, size * 0.07);
  cairo_fill (cr);
  dub_shape_colour (cr, 0xa8432f, 1);
  dub_shape_rounded (cr, x - w / 2, top, w, size * 0.17, size * 0.06);
  cairo_fill (cr);
  dub_shape_colour (cr, 0xfff4e3, 1);
  dub_shape_rounded (cr, x - w * 0.36, y - size * 0.24, w * 0.72, size * 0.56, size * 0.05);
  cairo_fill (cr);
  dub_shape_colour (cr, 0xf2a65a, 1);
  cairo_arc (cr, x, y + size * 0.05, size * 0.14, G_PI, 2 * G_PI);
  cairo_fill (cr);
  dub_shape_colour (cr, 0x3b2418, 1);
  dub_shape_rounded (cr, x - size * 0.19, y + size * 0.06, size * 0.38, size * 0.022, size * 0.011);
  cairo_fill (cr);
  dub_shape_text (cr, "SUNRISE", size * 0.075, x, y + size * 0.17, 0x3b2418, 1);
}

void
dub_shape_text (cairo_t *cr, const char *text, double size, double x, double y, guint32 rgb, double shown)
{
  PangoLayout *layout;
  PangoFontDescription *font;
  PangoRectangle line;

  if (shown <= 0)
    return;
  layout = pango_cairo_create_layout (cr);
  font = pango_font_description_from_string (FONT);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_line_spacing (layout, 1.0);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_extents (layout, NULL, &line);
  cairo_move_to (cr, x - line.width / 2.0 - line.x, y - size * 0.6 + (1 - shown) * size * 0.5);
  dub_shape_colour (cr, rgb, shown);
  pango_cairo_show_layout (cr, layout);
  pango_font_description_free (font);
  g_object_unref (layout);
}
