/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What an address may lead to. */

/* Whether @uri names this machine by the letter. */
gboolean  dub_trust_is_local      (GUri   *uri);
/* https, or http to this machine: 127.0.0.0/8, ::1 or localhost, by the letter. */
gboolean  dub_trust_is_secure     (GUri   *uri);
/* The real path of @file where that is below @root, else NULL. (transfer full) */
char     *dub_trust_resolve_below (GFile  *file,
                                   GFile  *root);

G_END_DECLS
