/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-engine-settings.h"
#include "dub-language.h"

G_BEGIN_DECLS

/* What can be known of the built-in studio without asking it, as its engines are set up (@settings; NULL: all built in). */

/* Whether it understands speech in @language. */
gboolean dub_studio_hears      (const DubEngineSettings *settings,
                                const DubLanguage       *language);
/* Whether it translates into @language; into any other it dubs by a script of the person's own. */
gboolean dub_studio_translates (const DubEngineSettings *settings,
                                const DubLanguage       *language);
/* Whether it has a voice for @language; without one it does not dub into it at all. */
gboolean dub_studio_speaks     (const DubEngineSettings *settings,
                                const DubLanguage       *language);

G_END_DECLS
