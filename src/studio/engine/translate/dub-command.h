/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): what a program prints for @input. It ends when this process does. */
char *dub_command_filter (const char *const  *argv,
                          const char         *input,
                          GError            **error);

G_END_DECLS
