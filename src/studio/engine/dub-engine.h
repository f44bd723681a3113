/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-job.h"
#include "dub-progress.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): dubs; the file at job->output is there only when this succeeds. Blocks. */
DubJobResult *dub_engine_run (DubJob       *job,
                              DubProgress  *progress,
                              GError      **error);

G_END_DECLS
