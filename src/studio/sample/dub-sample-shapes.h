/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* 0 to 1 between two instants, slow at both ends. */
double dub_shape_ease     (double      time,
                           double      from,
                           double      until);
void   dub_shape_colour   (cairo_t    *cr,
                           guint32     rgb,
                           double      alpha);
void   dub_shape_sky      (cairo_t    *cr,
                           guint32     top,
                           guint32     bottom);
void   dub_shape_disc     (cairo_t    *cr,
                           double      x,
                           double      y,
                           double      radius);
void   dub_shape_glow     (cairo_t    *cr,
                           double      x,
                           double      y,
                           double      radius,
                           guint32     rgb);
void   dub_shape_rounded  (cairo_t    *cr,
                           double      x,
                           double      y,
                           double      width,
                           double      height,
                           double      radius);
void   dub_shape_hill     (cairo_t    *cr,
                           double      left_y,
                           double      crest_x,
                           double      crest_y,
                           double      right_y,
                           guint32     rgb);
void   dub_shape_leaf     (cairo_t    *cr,
                           double      x,
                           double      y,
                           double      length,
                           double      angle,
                           guint32     rgb);
void   dub_shape_cup      (cairo_t    *cr,
                           double      x,
                           double      y,
                           double      size,
                           guint32     rgb);
void   dub_shape_steam    (cairo_t    *cr,
                           double      x,
                           double      y,
                           double      size,
                           double      time);
void   dub_shape_bag      (cairo_t    *cr,
                           double      x,
                           double      y,
                           double      size);
/* Around @x, its first line's middle at @y; comes up and in as @shown goes from 0 to 1. */
void   dub_shape_text     (cairo_t    *cr,
                           const char *text,
                           double      size,
                           double      x,
                           double      y,
                           guint32     rgb,
                           double      shown);

G_END_DECLS
