/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-language.h"
#include "dub-script.h"

G_BEGIN_DECLS

#define DUB_TYPE_LIBRARY_ITEM (dub_library_item_get_type ())
G_DECLARE_FINAL_TYPE (DubLibraryItem, dub_library_item, DUB, LIBRARY_ITEM, GObject)

/* A dubbed video of the account, made here or elsewhere. Every getter is a read-only property of that name. Unix seconds. */
const char        *dub_library_item_get_video_id          (DubLibraryItem *self);
const char        *dub_library_item_get_account_id        (DubLibraryItem *self);
const char        *dub_library_item_get_name              (DubLibraryItem *self);
const char        *dub_library_item_get_title             (DubLibraryItem *self); /* of the original where known, else the name */
const char        *dub_library_item_get_language_code     (DubLibraryItem *self);
const DubLanguage *dub_library_item_get_language          (DubLibraryItem *self); /* may be NULL; not a property */
gint64             dub_library_item_get_created           (DubLibraryItem *self);
gint64             dub_library_item_get_expires           (DubLibraryItem *self); /* created + 30 days; 0: never (built-in studio) */
const char        *dub_library_item_get_preview_uri       (DubLibraryItem *self);
const char        *dub_library_item_get_original_uri      (DubLibraryItem *self); /* NULL when not made here */
gint64             dub_library_item_get_duration          (DubLibraryItem *self); /* ms; 0 when unknown */
DubScript         *dub_library_item_get_original_script   (DubLibraryItem *self);
DubScript         *dub_library_item_get_translated_script (DubLibraryItem *self);
/* What goes into a file of subtitles: the lines that are drawn on the picture where they are known, else the translated script;
 * NULL where neither is. Not a property. */
DubScript         *dub_library_item_get_subtitles         (DubLibraryItem *self);
/* A file name without characters that a file system refuses, ending in ".mp4". (transfer full) */
char              *dub_library_item_dup_file_name         (DubLibraryItem *self);
/* The same with another ending, such as ".srt". (transfer full) */
char              *dub_library_item_dup_file_name_as      (DubLibraryItem *self,
                                                           const char     *ending);

G_END_DECLS
