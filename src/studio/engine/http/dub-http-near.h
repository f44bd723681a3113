/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether @address is of this computer, or of a network that does not reach beyond a house. */
gboolean dub_http_near_is_private (GInetAddress *address);
/* Whether all addresses that @host has are. Blocks where it is a name. */
gboolean dub_http_near_check_host (const char   *host,
                                   GError      **error);

G_END_DECLS
