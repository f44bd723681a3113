/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-language.h"
#include "dub-pcm.h"
#include "dub-progress.h"
#include "dub-script.h"
#include "dub-source.h"

G_BEGIN_DECLS

/* Makes the MP4 at @output: the picture of @source with @sound, and with @subtitles drawn on it unless NULL. */
gboolean dub_compose (DubSource         *source,
                      const DubPcm      *sound,
                      DubScript         *subtitles,
                      const DubLanguage *language,
                      const char        *output,
                      DubProgress       *progress,
                      GError           **error);

G_END_DECLS
