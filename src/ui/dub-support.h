/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-account.h"
#include "dub-log.h"
#include "dub-queue-history.h"

G_BEGIN_DECLS

/* Plain texts for those who are asked for help. In English: they may not read the person's language. (transfer full) */
char *dub_support_dup_versions (void);
char *dub_support_dup_history  (DubTask    *task,
                                DubAccount *account,
                                GPtrArray  *steps,
                                DubLog     *log);
char *dub_support_dup_log      (const char *lines);

G_END_DECLS
