/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-language.h"
#include "dub-script.h"

G_BEGIN_DECLS

/* (transfer full): @script as subtitles on a picture of this size have it: a segment for each of them, at most two lines
 * divided by "\n", one after the other. */
DubScript *dub_subtitle_lines_new (DubScript         *script,
                                   const DubLanguage *language,
                                   int                picture_width,
                                   int                picture_height);

G_END_DECLS
