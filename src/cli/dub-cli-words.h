/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-draft.h"

G_BEGIN_DECLS

/* Why a dub is not made, and what to do. (transfer full) */
char *dub_cli_words_dup_left_out (DubScriptNeed need,
                                  const char   *video,
                                  const char   *language);

G_END_DECLS
