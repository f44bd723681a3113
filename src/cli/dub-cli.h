/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-cli-options.h"
#include "dub-workflow.h"

G_BEGIN_DECLS

/* Dubs without a window: runs the main context until all is saved, or failed. Returns the exit status. */
int dub_cli_run (DubWorkflow         *workflow,
                 const DubCliOptions *options);

/* Nothing is done: says why, as JSON too where that is wanted. Returns the exit status. */
int dub_cli_refuse (const DubCliOptions *options,
                    const char          *sentence);

G_END_DECLS
