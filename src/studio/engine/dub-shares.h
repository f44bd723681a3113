/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The part of a job (0 to 1) that is done when a stage is: about that of its time. */
double dub_shares_until (const char *stage,
                         gboolean    has_script,
                         gboolean    has_subtitles);

G_END_DECLS
