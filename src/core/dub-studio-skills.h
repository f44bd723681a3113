/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-language.h"

G_BEGIN_DECLS

/* Whether the built-in studio translates into @language; into any other it dubs by a script of the person's own. */
gboolean dub_studio_translates (const DubLanguage *language);

G_END_DECLS
