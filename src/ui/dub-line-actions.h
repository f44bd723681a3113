/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-queue.h"

G_BEGIN_DECLS

#define DUB_TYPE_LINE_ACTIONS (dub_line_actions_get_type ())
G_DECLARE_FINAL_TYPE (DubLineActions, dub_line_actions, DUB, LINE_ACTIONS, GSimpleActionGroup)

DubLineActions *dub_line_actions_new (GtkWidget    *widget,
                                      DubQueue     *queue,
                                      GCancellable *cancellable);

G_END_DECLS
