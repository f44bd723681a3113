/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Segments as apertium reads them: one a line, with a blank line between. All (transfer full). */
char      *dub_apertium_text_line   (const char       *text);
char      *dub_apertium_text_join   (const GPtrArray  *lines,
                                     guint             from,
                                     guint             until);
/* (element-type utf8) (nullable): the answer's lines, which may be empty; NULL where it is not divided like the question. */
GPtrArray *dub_apertium_text_divide (const char       *answer,
                                     guint             n_lines);
/* Whether there is anything in it to translate. */
gboolean   dub_apertium_text_speaks (const char       *text);

G_END_DECLS
