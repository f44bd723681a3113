/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-captions.h"
#include "dub-library-item.h"
#include "dub-task.h"

G_BEGIN_DECLS

#define DUB_TYPE_LIBRARY (dub_library_get_type ())
G_DECLARE_FINAL_TYPE (DubLibrary, dub_library, DUB, LIBRARY, GObject)

typedef void (*DubSaveProgress) (guint64 bytes, guint64 total, gpointer user_data);

/* The dubs of the current account, newest first: a GListModel of DubLibraryItem. Properties: loading (boolean), loaded (boolean:
 * read at least once), error (string or NULL). It is read anew when the account changes and when a task succeeds. */
gboolean        dub_library_get_loading    (DubLibrary *self);
gboolean        dub_library_get_loaded     (DubLibrary *self);
const char     *dub_library_get_error      (DubLibrary *self);
void            dub_library_refresh_async  (DubLibrary *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean        dub_library_refresh_finish (DubLibrary *self, GAsyncResult *result, GError **error);
/* The dub that a succeeded task made; read from the service if it is not in the list yet. (transfer full) */
void            dub_library_open_async     (DubLibrary *self, DubTask *task, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DubLibraryItem *dub_library_open_finish    (DubLibrary *self, GAsyncResult *result, GError **error);
/* Saves a dub as @destination: whole or not at all; with @replace, in place of a file. The download notice is shown by whoever calls, before. */
void            dub_library_save_async     (DubLibrary *self, DubLibraryItem *item, GFile *destination, gboolean replace, DubSaveProgress progress,
                                            gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean        dub_library_save_finish    (DubLibrary *self, GAsyncResult *result, GError **error);
/* Its subtitles as SRT or VTT, likewise. */
void            dub_library_save_subtitles_async  (DubLibrary *self, DubLibraryItem *item, DubCaptionsFormat format, GFile *destination,
                                            gboolean replace, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean        dub_library_save_subtitles_finish (DubLibrary *self, GAsyncResult *result, GError **error);

G_END_DECLS
