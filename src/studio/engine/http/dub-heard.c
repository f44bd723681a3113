/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-heard.h"

static void
part_free (gpointer data)
{
  DubHeardPart *part = data;

  g_free (part->text);
  g_free (part);
}

static void
word_free (gpointer data)
{
  DubHeardWord *word = data;

  g_free (word->text);
  g_free (word);
}

/**
 * dub_heard_new:
 *
 * Returns: (transfer full): nothing that was heard
 */
DubHeard *
dub_heard_new (void)
{
  DubHeard *self = g_new0 (DubHeard, 1);

  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->words = g_ptr_array_new_with_free_func (word_free);
  return self;
}

/**
 * dub_heard_free:
 * @self: (nullable) (transfer full): what was heard
 */
void
dub_heard_free (DubHeard *self)
{
  if (self == NULL)
    return;

  g_free (self->language);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->words);
  g_free (self);
}

/**
 * dub_heard_add_part:
 * @text: (transfer full): not empty
 * @confidence: negative where it is not known
 */
void
dub_heard_add_part (DubHeard *self, char *text, double start_ms, double end_ms, double confidence)
{
  DubHeardPart *part = g_new0 (DubHeardPart, 1);

  part->text = text;
  part->start_ms = start_ms;
  part->end_ms = end_ms;
  part->confidence = confidence;
  g_ptr_array_add (self->parts, part);
}

/**
 * dub_heard_add_word:
 * @text: (transfer full): not empty
 * @probability: negative where it is not known
 */
void
dub_heard_add_word (DubHeard *self, char *text, double start_ms, double end_ms, double probability)
{
  DubHeardWord *word = g_new0 (DubHeardWord, 1);

  word->text = text;
  word->start_ms = start_ms;
  word->end_ms = end_ms;
  word->probability = probability;
  g_ptr_array_add (self->words, word);
}
