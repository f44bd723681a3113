/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUB_TYPE_STATE_PILL (dub_state_pill_get_type ())
G_DECLARE_FINAL_TYPE (DubStatePill, dub_state_pill, DUB, STATE_PILL, GtkWidget)

/* @tone: "neutral", "accent", "success", "warning" or "error": a style class. Icon and word carry the meaning. */
void        dub_state_pill_set       (DubStatePill *self,
                                      const char   *icon_name,
                                      const char   *label,
                                      const char   *tone);
const char *dub_state_pill_get_label (DubStatePill *self);

G_END_DECLS
