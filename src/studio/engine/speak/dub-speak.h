/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-progress.h"
#include "dub-script.h"
#include "dub-speaker.h"

G_BEGIN_DECLS

/**
 * DubTake:
 * @start_ms: when it begins
 * @end_ms: when the segment that it belongs to ends; the speech may end earlier or later
 * @speech: one channel
 */
typedef struct
{
  double  start_ms;
  double  end_ms;
  DubPcm *speech;
} DubTake;

void       dub_take_free (DubTake           *self);
/* (transfer full) (element-type DubTake) (nullable): every segment of @script, spoken in the time that it has. */
GPtrArray *dub_speak     (DubSpeaker        *speaker,
                          DubScript         *script,
                          const DubLanguage *language,
                          double             duration_ms,
                          DubProgress       *progress,
                          GError           **error);

G_END_DECLS
