/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DubHeardWord:
 * @text: the word, in small letters
 * @start_ms: from the start of the sound
 * @end_ms: likewise
 * @confidence: how sure the recogniser is of it, 0 to 1
 */
typedef struct
{
  char  *text;
  double start_ms;
  double end_ms;
  double confidence;
} DubHeardWord;

DubHeardWord *dub_heard_word_new  (const char   *text,
                                   double        start_ms,
                                   double        end_ms,
                                   double        confidence);
void          dub_heard_word_free (DubHeardWord *self);

G_END_DECLS
