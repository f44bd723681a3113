/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-fit.h"
#include "dub-progress.h"

G_BEGIN_DECLS

/**
 * DubTake:
 * @start_ms: when it begins
 * @end_ms: when the segment that it belongs to ends; the speech may end earlier or later
 * @fit: the speech, and what it took to fit it in
 */
typedef struct
{
  double start_ms;
  double end_ms;
  DubFit fit;
} DubTake;

DubTake   *dub_take_new     (double             start_ms,
                             double             end_ms);
void       dub_take_free    (DubTake           *self);
/* (transfer full) (element-type DubTake) (nullable): every segment of @script, spoken in the time that it has. */
GPtrArray *dub_speak        (DubSpeaker        *speaker,
                             DubScript         *script,
                             double             duration_ms,
                             DubProgress       *progress,
                             GError           **error);
/* (transfer full): @script as it is heard. */
DubScript *dub_speak_heard  (DubScript         *script,
                             GPtrArray         *takes);

G_END_DECLS
