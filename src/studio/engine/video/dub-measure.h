/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-progress.h"
#include "dub-source.h"

G_BEGIN_DECLS

/* Finds the duration of @source, the end of what is really in it; the times of its pictures; the sound to dub. Blocks. */
gboolean dub_measure (DubSource    *source,
                      DubProgress  *progress,
                      GError      **error);

G_END_DECLS
