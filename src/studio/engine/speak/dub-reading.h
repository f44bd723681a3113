/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A word of a text and of how it is read, in characters of each. */
typedef struct
{
  guint from;
  guint until;
  guint read_from;
  guint read_until;
} DubReadWord;

/**
 * DubReading:
 * @text: how it is pronounced, in katakana
 * @words: (element-type DubReadWord): in order
 */
typedef struct
{
  char   *text;
  GArray *words;
} DubReading;

/* (transfer full) (nullable): Japanese, for a voice that cannot read kanji. */
DubReading *dub_reading_new  (const char  *text,
                              GError     **error);
void        dub_reading_free (DubReading  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubReading, dub_reading_free)

G_END_DECLS
