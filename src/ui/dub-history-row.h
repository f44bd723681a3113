/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-queue-history.h"

G_BEGIN_DECLS

#define DUB_TYPE_HISTORY_ROW (dub_history_row_get_type ())
G_DECLARE_FINAL_TYPE (DubHistoryRow, dub_history_row, DUB, HISTORY_ROW, AdwPreferencesRow)

/* @first: the dub's first step. @is_studio: whether it is made on this computer. */
GtkWidget *dub_history_row_new (const DubTaskStep *step,
                                gboolean           first,
                                gboolean           is_studio);

G_END_DECLS
