/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-heard.h"

G_BEGIN_DECLS

/**
 * DubHeardMark:
 * @from: byte of the part's text at which the word begins
 * @until: the byte after its end
 * @probability: negative where it is not known
 *
 * Where a word is in the text of a part, and when it is said.
 */
typedef struct
{
  gsize  from;
  gsize  until;
  double start_ms;
  double end_ms;
  double probability;
} DubHeardMark;

/* (transfer full) (element-type DubHeardMark): the words of @part, in order; those of @words from *@next on that are in it,
 * by name and time, or, where none is, what is between blanks, at times that are guessed. Never empty. */
GArray *dub_heard_words_find (const DubHeardPart *part,
                              GPtrArray          *words,
                              guint              *next);

G_END_DECLS
