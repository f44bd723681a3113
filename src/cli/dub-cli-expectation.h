/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-cli-progress.h"
#include "dub-draft.h"
#include "dub-queue.h"

G_BEGIN_DECLS

/* Says when @tasks (DubTask) of @draft, of so many languages, are ready; or that they wait for the person. */
void dub_cli_expectation_say (DubCliProgress *progress,
                              DubQueue       *queue,
                              DubDraft       *draft,
                              guint           n_languages,
                              GPtrArray      *tasks);

G_END_DECLS
