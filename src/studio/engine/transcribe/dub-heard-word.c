/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-heard-word.h"

/**
 * dub_heard_word_new:
 * @text: the word
 * @start_ms: from the start of the sound
 * @end_ms: likewise
 * @confidence: 0 to 1
 *
 * Returns: (transfer full): a word
 */
DubHeardWord *
dub_heard_word_new (const char *text,
                    double      start_ms,
                    double      end_ms,
                    double      confidence)
{
  DubHeardWord *self = g_new0 (DubHeardWord, 1);

  self->text = g_strdup (text);
  self->start_ms = start_ms;
  self->end_ms = end_ms;
  self->confidence = CLAMP (confidence, 0, 1);
  return self;
}

/**
 * dub_heard_word_free:
 * @self: (nullable) (transfer full): a word
 */
void
dub_heard_word_free (DubHeardWord *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self);
}
