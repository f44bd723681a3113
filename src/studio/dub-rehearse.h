/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-job.h"
#include "dub-rehearsal.h"

G_BEGIN_DECLS

/* What the working process is started with to rehearse. It reads frames: a length in bytes (guint32, little endian), then
 * a serialised request. Each is answered by a line, in order: "done BASE64", a serialised DubRehearsal, or
 * "failed SENTENCE". It ends when its standard input is closed. */
#define DUB_REHEARSE_WORD "--rehearse"

/* 2,000 characters and three engines with their keys are far below. */
#define DUB_REHEARSE_MAX_FRAME (256 * 1024)

#define DUB_REHEARSE_VARIANT_TYPE "(" DUB_REHEARSAL_WISH_VARIANT_TYPE DUB_JOB_ENGINES_VARIANT_TYPE ")"

/* (transfer full): the frame. */
GBytes           *dub_rehearse_to_frame     (const DubRehearsalWish  *wish,
                                             const DubJobEngines     *engines);
/* @bytes: a frame without its length: it may be anything. @engines: (out): (transfer full): a variant of
 * DUB_JOB_ENGINES_VARIANT_TYPE that is of normal form. Returns (transfer full) (nullable). */
DubRehearsalWish *dub_rehearse_from_frame   (GBytes                  *bytes,
                                             GVariant               **engines,
                                             GError                 **error);

G_END_DECLS
