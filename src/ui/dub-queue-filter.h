/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-queue-summary.h"

G_BEGIN_DECLS

typedef enum
{
  DUB_QUEUE_FILTER_ALL,
  DUB_QUEUE_FILTER_NEEDS_YOU,
  DUB_QUEUE_FILTER_UNDER_WAY,
  DUB_QUEUE_FILTER_FAILED,
  DUB_QUEUE_FILTER_DONE,
} DubQueueFilterKind;

#define DUB_TYPE_QUEUE_FILTER (dub_queue_filter_get_type ())
G_DECLARE_FINAL_TYPE (DubQueueFilter, dub_queue_filter, DUB, QUEUE_FILTER, AdwBin)

/* Properties: narrow (boolean), summary (DubQueueSummary), kind (uint, a DubQueueFilterKind). */
DubQueueFilterKind dub_queue_filter_get_kind  (DubQueueFilter     *self);
void               dub_queue_filter_set_kind  (DubQueueFilter     *self,
                                               DubQueueFilterKind  kind);
/* The words for it, translated. */
const char        *dub_queue_filter_get_label (DubQueueFilterKind  kind);
/* Whether a dub is shown by it. */
gboolean           dub_queue_filter_matches   (DubQueueFilterKind  kind,
                                               DubQueueSummary    *summary,
                                               DubTask            *task);

G_END_DECLS
