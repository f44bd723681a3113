/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether there is room for a dub: the video once more while it is made, once more for what lies between, and a little
 * beside. Better said before an hour's work than after it. The error is DUB_STUDIO_ERROR_FAILED with a sentence. */
void     dub_studio_room_check_async  (const char           *video,
                                       const char           *directory,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean dub_studio_room_check_finish (GAsyncResult         *result,
                                       GError              **error);

/* As many working processes as make sense on a machine with @processors and @memory bytes. */
guint    dub_studio_room_jobs         (guint                 processors,
                                       guint64               memory);

G_END_DECLS
