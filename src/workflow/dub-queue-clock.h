/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 dub_queue_clock_now  (void);
gint64 dub_queue_clock_when (gint64 stored);

G_END_DECLS
