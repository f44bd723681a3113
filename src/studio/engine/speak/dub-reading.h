/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): Japanese as it is pronounced, in katakana, for a voice that cannot read kanji. */
char *dub_reading_of_japanese (const char  *text,
                               GError     **error);

G_END_DECLS
