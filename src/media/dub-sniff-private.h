/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DubSniff:
 * @content_type: MIME type by content, or NULL where unknown
 * @size: in bytes
 *
 * What can be said of a local file without decoding it.
 */
typedef struct
{
  char   *content_type;
  guint64 size;
} DubSniff;

/* Looks at the file at @path: missing, a folder, empty, text or a picture is an error. Blocks; any thread. */
gboolean dub_sniff_file  (const char  *uri,
                          DubSniff    *sniff,
                          GError     **error);
void     dub_sniff_clear (DubSniff    *sniff);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DubSniff, dub_sniff_clear)

G_END_DECLS
