/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-subtitle-box.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>
#include "dub-job.h"
#include "dub-subtitle-style.h"

/* How much smaller each try is. */
#define SHRINK 0.94

#define EMOJI_FROM 0x1f000
#define EMOJI_UNTIL 0x1fb00

static PangoLayout *
make_layout (const char *text, const char *language, double font_size)
{
  PangoContext *context = dub_subtitle_style_context (language, font_size);
  PangoLayout *layout = pango_layout_new (context);

  g_object_unref (context);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/* In the usual size where the lines are no longer than a line may be. */
static PangoLayout *
fit_layout (const char *text, const char *language, DubSubtitleStyle *style, PangoRectangle *logical)
{
  PangoLayout *layout = make_layout (text, language, style->font_size);

  pango_layout_get_pixel_extents (layout, NULL, logical);
  while (logical->width > ceil (style->line_width) && style->font_size * SHRINK >= style->smallest_font)
    {
      style->font_size *= SHRINK;
      g_object_unref (layout);
      layout = make_layout (text, language, style->font_size);
      pango_layout_get_pixel_extents (layout, NULL, logical);
    }
  return layout;
}

/* @scale_x, @scale_y: from the picture as seen, where all are in @logical, to the pixels of the box. */
static void
draw (DubSubtitleBox *self, PangoLayout *layout, PangoRectangle *logical, double scale_x, double scale_y)
{
  cairo_surface_t *surface = cairo_image_surface_create_for_data (self->pixels, CAIRO_FORMAT_ARGB32,
                                                                  self->width, self->height, self->stride);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_translate (cr, self->width / 2.0, self->height / 2.0);
  cairo_scale (cr, scale_x, scale_y);
  cairo_move_to (cr, -logical->width / 2.0 - logical->x, -logical->height / 2.0 - logical->y);
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
  g_autoptr (PangoLayout) layout = make_layout ("", language, 32);
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

/* Even places, so that the colour of the picture beside the box stays clean. */
static void
place (DubSubtitleBox *self, const DubSubtitlePicture *picture, double bottom)
{
  self->x = ((picture->width - self->width) / 2) & ~1;
  self->y = MAX ((int) (picture->height - bottom) - self->height, 0) & ~1;
}

/**
 * dub_subtitle_box_new:
 * @text: plain text in any script, its lines divided by "\n"
 * @language: its code, which decides between the letter forms of Chinese characters
 * @picture: where the box will lie
 *
 * Black on white at the bottom of the picture (service documentation, `subtitle_enabled`). On a picture that is too small
 * for letters that can be read, they are smaller than that.
 *
 * Returns: (transfer full): the box, inside the picture
 */
DubSubtitleBox *
dub_subtitle_box_new (const char *text, const char *language, const DubSubtitlePicture *picture)
{
  DubSubtitleBox *self = g_new0 (DubSubtitleBox, 1);
  double squeeze = 1 / picture->pixel_aspect;
  double width, height, fit;
  DubSubtitleStyle style;
  PangoRectangle logical;
  g_autoptr (PangoLayout) layout = NULL;

  dub_subtitle_style_init (&style, language, picture->width * picture->pixel_aspect, picture->height);
  layout = fit_layout (text, language, &style, &logical);
  width = (logical.width + 2 * style.padding) * squeeze;
  height = logical.height + 2 * style.padding;
  fit = MIN (1, MIN (picture->width / width, (picture->height - style.bottom) / height));

  self->width = CLAMP ((int) ceil (width * fit), 1, picture->width);
  self->height = CLAMP ((int) ceil (height * fit), 1, picture->height);
  place (self, picture, style.bottom);
  self->stride = self->width * 4;
  self->pixels = g_malloc0 ((gsize) self->stride * self->height);
  draw (self, layout, &logical, squeeze * fit, fit);
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
