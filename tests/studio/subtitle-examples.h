/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-language.h"

G_BEGIN_DECLS

/* Three sentences in any of the languages, too long for one subtitle. */
const char *subtitle_example (const DubLanguage *language);

G_END_DECLS
