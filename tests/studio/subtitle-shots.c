/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of subtitles, to be looked at after each change of them: subtitle-shots DIRECTORY WIDTH HEIGHT */

#include <cairo.h>
#include "dub-subtitle-box.h"
#include "dub-subtitle-lines.h"
#include "subtitle-examples.h"

static void
draw (cairo_t *cr, const char *text, const char *language, int width, int height)
{
  DubSubtitlePicture picture = { width, height, 1 };
  g_autoptr (DubSubtitleBox) box = dub_subtitle_box_new (text, language, &picture);
  cairo_surface_t *surface =
      cairo_image_surface_create_for_data (box->pixels, CAIRO_FORMAT_ARGB32, box->width, box->height, box->stride);

  cairo_set_source_rgb (cr, 0.3, 0.4, 0.5);
  cairo_paint (cr);
  cairo_set_source_surface (cr, surface, box->x, box->y);
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

static void
save (const char *directory, const char *language, guint index, const char *text, int width, int height)
{
  g_autofree char *name = g_strdup_printf ("%s/%s-%dx%d-%u.png", directory, language, width, height, index);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  draw (cr, text, language, width, height);
  cairo_destroy (cr);
  cairo_surface_write_to_png (surface, name);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  int width, height;

  if (argc != 4)
    g_error ("usage: subtitle-shots DIRECTORY WIDTH HEIGHT");
  width = (int) g_ascii_strtoll (argv[2], NULL, 10);
  height = (int) g_ascii_strtoll (argv[3], NULL, 10);
  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      g_autoptr (DubScript) script = dub_script_new ();
      g_autoptr (DubScript) lines = NULL;

      dub_script_append (script, subtitle_example (*l), 0, 10000);
      lines = dub_subtitle_lines_new (script, *l, width, height);
      for (guint i = 0; i < dub_script_get_length (lines); i++)
        {
          DubSegment *line = dub_script_get_segment (lines, i);

          g_print ("%s %5.0f %5.0f %s\n", dub_language_get_code (*l), dub_segment_get_start (line),
                   dub_segment_get_end (line), dub_segment_get_text (line));
          save (argv[1], dub_language_get_code (*l), i, dub_segment_get_text (line), width, height);
        }
    }
  return 0;
}
