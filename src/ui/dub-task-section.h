/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include "dub-pictures.h"
#include "dub-queue-summary.h"

G_BEGIN_DECLS

#define DUB_TYPE_TASK_SECTION (dub_task_section_get_type ())
G_DECLARE_FINAL_TYPE (DubTaskSection, dub_task_section, DUB, TASK_SECTION, GtkWidget)

/* Property narrow (boolean). */
GtkWidget *dub_task_section_new      (DubPictures     *pictures,
                                      DubQueueSummary *summary);
/* @task: one of the video's dubs, or NULL */
void       dub_task_section_set_task (DubTaskSection  *self,
                                      DubTask         *task);

G_END_DECLS
