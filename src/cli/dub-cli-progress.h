/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-task.h"

G_BEGIN_DECLS

typedef struct _DubCliProgress DubCliProgress;

/* On a terminal one line that is rewritten, else a line for each step; to standard error. */
DubCliProgress *dub_cli_progress_new   (GPtrArray      *tasks);
void            dub_cli_progress_free  (DubCliProgress *self);
/* Takes the line away, until the next second: something else is printed. */
void            dub_cli_progress_clear (DubCliProgress *self);
/* A sentence that stays. */
void            dub_cli_progress_say   (DubCliProgress *self,
                                        const char     *format,
                                        ...) G_GNUC_PRINTF (2, 3);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubCliProgress, dub_cli_progress_free)

G_END_DECLS
