/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): recognised words ("so i will say banana") as a sentence ("So I will say banana."). */
char *dub_sentence_from_words (const char *words);

G_END_DECLS
