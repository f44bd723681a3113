/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-pictures.h"
#include "dub-workflow.h"

G_BEGIN_DECLS

#define DUB_TYPE_WINDOW (dub_window_get_type ())
G_DECLARE_FINAL_TYPE (DubWindow, dub_window, DUB, WINDOW, AdwApplicationWindow)

/* @sample: the path of a video to try, or NULL */
GtkWindow *dub_window_new       (GtkApplication *application,
                                 DubWorkflow    *workflow,
                                 DubPictures    *pictures,
                                 GSettings      *settings,
                                 const char     *sample);
/* Opens the dub that a task made. */
void       dub_window_open_task (DubWindow      *self,
                                 gint64          id);
void       dub_window_show_queue (DubWindow     *self);

G_END_DECLS
