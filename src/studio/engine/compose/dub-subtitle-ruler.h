/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DubSubtitleBreak:
 * @DUB_SUBTITLE_BREAK_NEVER: within what is seen as one letter
 * @DUB_SUBTITLE_BREAK_RESORT: within a word that is longer than a line
 * @DUB_SUBTITLE_BREAK_SPLIT: within a word, where the script allows it
 * @DUB_SUBTITLE_BREAK_WORD: between words
 * @DUB_SUBTITLE_BREAK_CLAUSE: after a comma and the like
 * @DUB_SUBTITLE_BREAK_SENTENCE: after a sentence, or where the text itself has a line's end
 *
 * How well a line, or a picture of subtitles, can end at a place.
 */
typedef enum
{
  DUB_SUBTITLE_BREAK_NEVER,
  DUB_SUBTITLE_BREAK_RESORT,
  DUB_SUBTITLE_BREAK_SPLIT,
  DUB_SUBTITLE_BREAK_WORD,
  DUB_SUBTITLE_BREAK_CLAUSE,
  DUB_SUBTITLE_BREAK_SENTENCE,
} DubSubtitleBreak;

/**
 * DubSubtitleRuler:
 * @text: one line, without blanks at its ends
 * @n_chars: of @text
 * @offsets: the byte at which a character begins; n_chars + 1 of them
 * @widths: of the text before a character, in pixels; n_chars + 1 of them
 * @breaks: whether it can end before a character; n_chars + 1 of them
 *
 * A text as long as it is on the screen.
 */
typedef struct
{
  char             *text;
  guint             n_chars;
  guint            *offsets;
  double           *widths;
  DubSubtitleBreak *breaks;
} DubSubtitleRuler;

DubSubtitleRuler *dub_subtitle_ruler_new   (const char       *text,
                                            const char       *language,
                                            double            font_size);
void              dub_subtitle_ruler_free  (DubSubtitleRuler *self);
/* In pixels, without blanks at the ends. */
double            dub_subtitle_ruler_width (DubSubtitleRuler *self,
                                            guint             from,
                                            guint             until);
/* (transfer full): likewise. */
char             *dub_subtitle_ruler_part  (DubSubtitleRuler *self,
                                            guint             from,
                                            guint             until);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubSubtitleRuler, dub_subtitle_ruler_free)

G_END_DECLS
