/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include "dub-draft-video.h"

G_BEGIN_DECLS

#define DUB_TYPE_VIDEO_ROW (dub_video_row_get_type ())
G_DECLARE_FINAL_TYPE (DubVideoRow, dub_video_row, DUB, VIDEO_ROW, GtkListBoxRow)

/* Signal "removed" (DubDraftVideo): the person does not want it. */
GtkWidget *dub_video_row_new (DubDraftVideo *video);

G_END_DECLS
