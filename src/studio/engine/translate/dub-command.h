/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): what a program prints for @input, within @limit_ms. It ends when this process does. */
char *dub_command_filter (const char *const  *argv,
                          const char         *input,
                          guint               limit_ms,
                          GError            **error);

G_END_DECLS
