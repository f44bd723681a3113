/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which start of the machine this is: times of the monotonic clock that two processes compare must be of the same one.
 * (transfer full) */
char *dub_boot_dup_id (void);

G_END_DECLS
