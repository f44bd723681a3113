/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-workflow.h"

G_BEGIN_DECLS

/* How fast it goes, before it is opened: @interval_ms lies between two requests to an endpoint of the service (1000), pauses
 * and poll intervals are divided by @haste (1). Anything else is for tests, which must not wait for an hour. */
void dub_workflow_set_pace (DubWorkflow *self,
                            guint        interval_ms,
                            guint        haste);

G_END_DECLS
