/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-log.h"

G_BEGIN_DECLS

/* For tests, which must not write a megabyte. */
DubLog *dub_log_new_sized (const char *path,
                           gsize       max_bytes);

G_END_DECLS
