/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include "dub-sample-shapes.h"
#include "dub-sample.h"

/* How long one scene goes over into the next. */
#define FADE_S 0.5

#define MIDDLE (DUB_SAMPLE_WIDTH / 2.0)

#define CREAM 0xfff4e3
#define BROWN 0x3b2418
#define SUN 0xffc56b
#define CLAY 0xc8553d
#define LEAF 0x4f8a5b
#define DARK_LEAF 0x2f6a4f

/* Time is in seconds from the scene's start. */
typedef void (*DrawScene) (cairo_t *cr, double time);

static void
draw_dawn (cairo_t *cr, double time)
{
  double up = dub_shape_ease (time, -0.5, 3.2);
  double sun_y = 960 - 250 * up;

  dub_shape_sky (cr, 0xf7b58a, 0xffe6bd);
  dub_shape_glow (cr, MIDDLE, sun_y, 420, CREAM);
  dub_shape_colour (cr, SUN, 1);
  dub_shape_disc (cr, MIDDLE, sun_y, 150);
  dub_shape_hill (cr, 860, 190, 790, 930, 0xe0895f);
  dub_shape_hill (cr, 980, 520, 860, 960, CLAY);
  dub_shape_hill (cr, 1060, 240, 1010, 1120, 0x8c3b2c);
  dub_shape_text (cr, "Sunrise", 132, MIDDLE, 270, BROWN, dub_shape_ease (time, 0.2, 0.9));
  dub_shape_text (cr, "COFFEE", 46, MIDDLE, 400, CLAY, dub_shape_ease (time, 0.6, 1.3));
}

static void
draw_row (cairo_t *cr, double y, double spread, double time)
{
  for (int i = -3; i <= 3; i++)
    {
      double x = MIDDLE + i * spread;
      double sway = 0.06 * sin (time * 1.8 + i + y);

      dub_shape_leaf (cr, x, y, spread * 0.62, -2.3 + sway, DARK_LEAF);
      dub_shape_leaf (cr, x, y, spread * 0.62, -0.85 + sway, LEAF);
      dub_shape_leaf (cr, x, y, spread * 0.7, -1.57 + sway, 0x6aa874);
      dub_shape_colour (cr, CLAY, 1);
      dub_shape_disc (cr, x - spread * 0.12, y - spread * 0.08, spread * 0.075);
      dub_shape_disc (cr, x + spread * 0.1, y - spread * 0.16, spread * 0.075);
    }
}

static void
draw_farm (cairo_t *cr, double time)
{
  dub_shape_sky (cr, 0xbfe3dc, 0xfdf1d6);
  dub_shape_colour (cr, SUN, 1);
  dub_shape_disc (cr, 570, 520 - 10 * time, 70);
  dub_shape_hill (cr, 720, 160, 600, 760, 0x8fbfa3);
  dub_shape_hill (cr, 820, 560, 690, 760, 0x74aa88);
  dub_shape_hill (cr, 900, 260, 830, 910, 0x9a6b47);
  draw_row (cr, 930, 120, time);
  draw_row (cr, 1080, 160, time);
  draw_row (cr, 1260, 210, time);
  dub_shape_text (cr, "From the\nmountains", 84, MIDDLE, 220, DARK_LEAF, dub_shape_ease (time, 0.3, 1.0));
}

static void
draw_cup (cairo_t *cr, double time)
{
  double in = dub_shape_ease (time, -0.2, 0.9);

  dub_shape_sky (cr, 0xf6c992, 0xf3a77c);
  dub_shape_glow (cr, MIDDLE, 800, 520, CREAM);
  dub_shape_steam (cr, MIDDLE, 730 + 60 * (1 - in), 300, time);
  dub_shape_cup (cr, MIDDLE - 20, 820 + 60 * (1 - in), 340, 0x2f6f6d);
  dub_shape_text (cr, "Fresh every\nmorning", 92, MIDDLE, 220, BROWN, dub_shape_ease (time, 0.3, 1.0));
}

static void
draw_house (cairo_t *cr)
{
  dub_shape_colour (cr, CREAM, 1);
  cairo_rectangle (cr, 130, 690, 460, 400);
  cairo_fill (cr);
  dub_shape_colour (cr, CLAY, 1);
  cairo_move_to (cr, 80, 700);
  cairo_line_to (cr, MIDDLE, 500);
  cairo_line_to (cr, 640, 700);
  cairo_close_path (cr);
  cairo_fill (cr);
  dub_shape_colour (cr, 0x2f6f6d, 1);
  dub_shape_rounded (cr, 285, 800, 150, 300, 16);
  cairo_fill (cr);
  dub_shape_colour (cr, SUN, 1);
  dub_shape_disc (cr, 410, 955, 10);
  dub_shape_rounded (cr, 170, 790, 80, 100, 8);
  dub_shape_rounded (cr, 470, 790, 80, 100, 8);
  cairo_fill (cr);
}

static void
draw_door (cairo_t *cr, double time)
{
  double drop = dub_shape_ease (time, 0.7, 1.5);

  dub_shape_sky (cr, 0x9fd0d6, 0xe9f3e4);
  dub_shape_colour (cr, 0xffffff, 0.75);
  dub_shape_disc (cr, 140 + 14 * time, 470, 46);
  dub_shape_disc (cr, 200 + 14 * time, 450, 62);
  dub_shape_disc (cr, 265 + 14 * time, 472, 44);
  dub_shape_hill (cr, 1060, 420, 1030, 1070, 0x74aa88);
  draw_house (cr);
  dub_shape_hill (cr, 1090, 300, 1080, 1100, LEAF);
  dub_shape_bag (cr, 530, 1070 - 220 * (1 - drop), 190);
  dub_shape_text (cr, "At your door\nevery week", 84, MIDDLE, 190, 0x1f4f52, dub_shape_ease (time, 0.3, 1.0));
}

static void
draw_button (cairo_t *cr, const char *text, double y, double shown, double time)
{
  double pulse = 1 + 0.02 * sin (time * 5) * shown;

  cairo_save (cr);
  cairo_translate (cr, MIDDLE, y);
  cairo_scale (cr, pulse, pulse);
  dub_shape_colour (cr, CLAY, shown);
  dub_shape_rounded (cr, -220, -60, 440, 120, 60);
  cairo_fill (cr);
  dub_shape_text (cr, text, 50, 0, 0, CREAM, shown);
  cairo_restore (cr);
}

static void
draw_end (cairo_t *cr, double time)
{
  dub_shape_sky (cr, CREAM, 0xffdfb4);
  dub_shape_glow (cr, MIDDLE, 640, 480, SUN);
  dub_shape_bag (cr, MIDDLE, 660 - 20 * dub_shape_ease (time, 0, 1), 440);
  dub_shape_text (cr, "Sunrise Coffee", 84, MIDDLE, 230, BROWN, dub_shape_ease (time, 0.1, 0.7));
  draw_button (cr, "Order today", 1060, dub_shape_ease (time, 0.6, 1.2), time);
}

static const DrawScene scenes[DUB_SAMPLE_N_SCENES] = { draw_dawn, draw_farm, draw_cup, draw_door, draw_end };

/**
 * dub_sample_draw:
 * @time_s: seconds from the sample's start
 */
void
dub_sample_draw (cairo_t *cr, double time_s)
{
  int scene = CLAMP ((int) (time_s / DUB_SAMPLE_SCENE_S), 0, DUB_SAMPLE_N_SCENES - 1);
  double time = time_s - scene * DUB_SAMPLE_SCENE_S;

  scenes[scene](cr, time);
  if (scene + 1 == DUB_SAMPLE_N_SCENES || time < DUB_SAMPLE_SCENE_S - FADE_S)
    return;

  cairo_push_group (cr);
  scenes[scene + 1](cr, time - DUB_SAMPLE_SCENE_S);
  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, dub_shape_ease (time, DUB_SAMPLE_SCENE_S - FADE_S, DUB_SAMPLE_SCENE_S));
}
