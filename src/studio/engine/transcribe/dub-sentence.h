/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-remarks.h"

G_BEGIN_DECLS

/* (transfer full): recognised words ("so i will say banana") as a sentence ("So I will say banana."). */
char *dub_sentence_from_words (const char *words);

/* (transfer full): the same for words that were heard, from one to before another; @remarks are told how sure they are. */
char *dub_sentence_from_heard (GPtrArray  *words,
                               guint       from,
                               guint       until,
                               DubRemarks *remarks);

G_END_DECLS
