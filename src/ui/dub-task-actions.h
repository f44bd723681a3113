/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-workflow.h"

G_BEGIN_DECLS

#define DUB_TYPE_TASK_ACTIONS (dub_task_actions_get_type ())
G_DECLARE_FINAL_TYPE (DubTaskActions, dub_task_actions, DUB, TASK_ACTIONS, GSimpleActionGroup)

DubTaskActions *dub_task_actions_new (GtkWidget    *widget,
                                      GListModel   *tasks,
                                      DubWorkflow  *workflow,
                                      GCancellable *cancellable);

G_END_DECLS
