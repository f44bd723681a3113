/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A file that is there whole or not at all: the bytes go to a new file "NAME.part" beside it. All calls block; errors are of
 * G_IO_ERROR, with a sentence for people.
 */
typedef struct _DubPartFile DubPartFile;

/* Without @replace a name that is taken is G_IO_ERROR_EXISTS, here or in dub_part_file_commit(). */
DubPartFile *dub_part_file_open   (GFile        *destination,
                                   gboolean      replace,
                                   GError      **error);
/* Without dub_part_file_commit() nothing is left. */
void         dub_part_file_free   (DubPartFile  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubPartFile, dub_part_file_free)

gboolean     dub_part_file_write  (DubPartFile  *self,
                                   const void   *data,
                                   gsize         length,
                                   GError      **error);
/* Flushes to the disk and gives the file its name. */
gboolean     dub_part_file_commit (DubPartFile  *self,
                                   GError      **error);

G_END_DECLS
