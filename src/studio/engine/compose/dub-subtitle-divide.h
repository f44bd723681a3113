/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) (element-type utf8): @text as subtitles of at most two lines, divided by "\n", none wider than @line_width
 * pixels in a font of @font_size; empty where there is nothing to be read. */
GPtrArray *dub_subtitle_divide (const char *text,
                                const char *language,
                                double      font_size,
                                double      line_width);

G_END_DECLS
