/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GInputStream *dub_file_open      (GFile         *file,
                                  GCancellable  *cancellable,
                                  GError       **error);
/* Replaces an error of GIO by a sentence of DUB_ERROR_FILE; a cancellation stays what it is. */
void          dub_file_translate (GFile         *file,
                                  GError       **error);
char         *dub_file_dup_name  (GFile         *file);

G_END_DECLS
