/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-subtitle-box.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>
#include "dub-job.h"

/* Parts of the picture's shorter side. */
#define FONT_SIZE 0.052
#define SMALLEST_FONT 0.038
#define PADDING 0.35 /* of the font's size */

/* Parts of the picture: the margins in which nothing may lie, wider below an upright one, where apps put
 * their buttons. */
#define SIDE_MARGIN 0.07
#define BOTTOM_MARGIN 0.06
#define BOTTOM_MARGIN_UPRIGHT 0.12

#define WISHED_LINES 2

#define EMOJI_FROM 0x1f000
#define EMOJI_UNTIL 0x1fb00

static PangoLayout *
make_layout (const char *text, const char *language, double font_size, int width)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans Semi-Bold");
  PangoLayout *layout;

  pango_context_set_language (context, pango_language_from_string (language));
  pango_font_description_set_absolute_size (font, font_size * PANGO_SCALE);
  layout = pango_layout_new (context);
  g_object_unref (context);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width < 0 ? -1 : width * PANGO_SCALE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/* The narrowest width with as few lines: two lines of one length read better than a long and a short one. */
static void
balance (PangoLayout *layout, int width)
{
  int n_lines = pango_layout_get_line_count (layout);
  int narrow = width / (n_lines + 1), wide = width;

  if (n_lines == 1)
    return;
  while (narrow < wide)
    {
      int middle = (narrow + wide) / 2;

      pango_layout_set_width (layout, middle * PANGO_SCALE);
      if (pango_layout_get_line_count (layout) <= n_lines)
        wide = middle;
      else
        narrow = middle + 1;
    }
  pango_layout_set_width (layout, wide * PANGO_SCALE);
}

static PangoLayout *
fit_layout (const char *text, const char *language, int shorter_side, int width, double *font_size)
{
  PangoLayout *layout = NULL;

  for (double part = FONT_SIZE; part >= SMALLEST_FONT; part -= 0.004)
    {
      g_clear_object (&layout);
      *font_size = MAX (shorter_side * part, 8);
      layout = make_layout (text, language, *font_size, width);
      if (pango_layout_get_line_count (layout) <= WISHED_LINES)
        break;
    }
  balance (layout, width);
  return layout;
}

static void
draw (DubSubtitleBox *self, PangoLayout *layout, PangoRectangle *logical, int padding)
{
  cairo_surface_t *surface = cairo_image_surface_create_for_data (self->pixels, CAIRO_FORMAT_ARGB32,
                                                                  self->width, self->height, self->stride);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, padding - logical->x, padding - logical->y);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  cairo_surface_destroy (surface);
}

/* The first character of @text that no installed font can draw, or 0. Control characters are not drawn. */
static gunichar
find_unknown (PangoLayout *layout, const char *text)
{
  pango_layout_set_text (layout, text, -1);
  if (pango_layout_get_unknown_glyphs_count (layout) == 0)
    return 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      pango_layout_set_text (layout, c, g_utf8_next_char (c) - c);
      if (!g_unichar_iscntrl (g_utf8_get_char (c)) && pango_layout_get_unknown_glyphs_count (layout) > 0)
        return g_utf8_get_char (c);
    }
  return 0;
}

static const char *
font_package_of (gunichar c)
{
  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return "fonts-noto-cjk";
    default:
      return c >= EMOJI_FROM && c < EMOJI_UNTIL ? "fonts-noto-color-emoji" : "fonts-noto-core";
    }
}

/**
 * dub_subtitle_box_check:
 * @text: plain text in any script
 * @language: its code
 * @error: return location; %DUB_STUDIO_ERROR_MISSING, which names the package to install
 *
 * Returns: whether the installed fonts can draw all of @text
 */
gboolean
dub_subtitle_box_check (const char *text, const char *language, GError **error)
{
  g_autoptr (PangoLayout) layout = make_layout ("", language, 32, -1);
  gunichar unknown = find_unknown (layout, text);
  char character[7] = "";

  if (unknown == 0)
    return TRUE;

  g_unichar_to_utf8 (unknown, character);
  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING,
               /* Translators: first a single character of any script, then the name of a package. */
               _("The subtitles could not be written because no installed font has the character “%s”. "
                  "Install the package %s, or switch subtitles off, then dub again."),
               character, font_package_of (unknown));
  return FALSE;
}

/**
 * dub_subtitle_box_new:
 * @text: plain text in any script
 * @language: its code, which decides between the letter forms of Chinese characters
 * @picture_width: in pixels, as seen
 * @picture_height: in pixels, as seen
 *
 * Black on white at the bottom of the picture (service documentation, `subtitle_enabled`), in two lines where
 * that can be done in a legible size.
 *
 * Returns: (transfer full): the box, inside the picture
 */
DubSubtitleBox *
dub_subtitle_box_new (const char *text, const char *language, int picture_width, int picture_height)
{
  DubSubtitleBox *self = g_new0 (DubSubtitleBox, 1);
  int width = picture_width * (1 - 2 * SIDE_MARGIN);
  double margin = picture_height > picture_width ? BOTTOM_MARGIN_UPRIGHT : BOTTOM_MARGIN;
  double font_size;
  g_autoptr (PangoLayout) layout =
      fit_layout (text, language, MIN (picture_width, picture_height), width, &font_size);
  int padding = ceil (font_size * PADDING);
  PangoRectangle logical;

  pango_layout_get_pixel_extents (layout, NULL, &logical);
  self->width = MIN (logical.width + 2 * padding, picture_width);
  self->height = MIN (logical.height + 2 * padding, picture_height);
  /* Even places, so that the colour of the picture beside the box stays clean. */
  self->x = ((picture_width - self->width) / 2) & ~1;
  self->y = MAX ((int) (picture_height * (1 - margin)) - self->height, 0) & ~1;
  self->stride = self->width * 4;
  self->pixels = g_malloc0 ((gsize) self->stride * self->height);
  draw (self, layout, &logical, padding);
  return self;
}

/**
 * dub_subtitle_box_free:
 * @self: (transfer full): a box
 */
void
dub_subtitle_box_free (DubSubtitleBox *self)
{
  g_free (self->pixels);
  g_free (self);
}
