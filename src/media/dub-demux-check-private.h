/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether the container of the local file at @uri can be opened and has a stream in it. Blocks; any thread. */
gboolean dub_demux_check (const char    *uri,
                          GCancellable  *cancellable,
                          GError       **error);

G_END_DECLS
