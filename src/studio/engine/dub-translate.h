/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-language.h"
#include "dub-script.h"

G_BEGIN_DECLS

/* Whether English can be translated into @language here at all; does not look at what is installed. */
gboolean   dub_translate_knows (const DubLanguage *language);
/* (transfer full) (nullable): @english in @language, segment by segment, with the same times. */
DubScript *dub_translate       (DubScript         *english,
                                const DubLanguage *language,
                                GError           **error);

G_END_DECLS
