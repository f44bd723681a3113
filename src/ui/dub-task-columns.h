/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How wide the columns of the queue are, in pixels, so that whatever a dub is fits. */
typedef struct
{
  int language;
  int state;
} DubTaskColumns;

/* @parent: a widget that is styled as the rows are; it is measured inside of it. */
void dub_task_columns_measure (DubTaskColumns *self,
                               GtkWidget      *parent);

G_END_DECLS
