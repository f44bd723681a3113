/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DubHeardWord:
 * @probability: 0 to 1; negative where the recogniser does not say
 */
typedef struct
{
  char  *text;
  double start_ms;
  double end_ms;
  double probability;
} DubHeardWord;

/**
 * DubHeardPart:
 * @confidence: 0 to 1; negative where the recogniser does not say
 */
typedef struct
{
  char  *text;
  double start_ms;
  double end_ms;
  double confidence;
} DubHeardPart;

/**
 * DubHeard:
 * @language: a code ("en")
 * @parts: (element-type DubHeardPart): of any length, in the order of their starts
 * @words: (element-type DubHeardWord): a help in dividing parts; may be empty
 *
 * What a recogniser understood, as it came.
 */
typedef struct
{
  char      *language;
  GPtrArray *parts;
  GPtrArray *words;
} DubHeard;

DubHeard *dub_heard_new      (void);
void      dub_heard_free     (DubHeard   *self);
/* @text: transfer full */
void      dub_heard_add_part (DubHeard   *self,
                              char       *text,
                              double      start_ms,
                              double      end_ms,
                              double      confidence);
void      dub_heard_add_word (DubHeard   *self,
                              char       *text,
                              double      start_ms,
                              double      end_ms,
                              double      probability);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubHeard, dub_heard_free)

G_END_DECLS
