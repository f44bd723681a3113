/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file of lines that several processes write to and that is put aside when it has grown: NAME, then NAME.1 to NAME.3.
 * Blocks: for one thread that may. */
typedef struct _DubLogFile DubLogFile;

DubLogFile *dub_log_file_new    (const char   *path,
                                 gsize         max_bytes);
void        dub_log_file_free   (DubLogFile   *self);
/* @line: with its line break. */
gboolean    dub_log_file_append (DubLogFile   *self,
                                 const char   *line,
                                 GError      **error);
/* The last @n_lines, of the older files too where the newest has fewer. */
char       *dub_log_file_read   (DubLogFile   *self,
                                 guint         n_lines,
                                 GError      **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubLogFile, dub_log_file_free)

G_END_DECLS
