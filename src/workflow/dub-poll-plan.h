/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-service-types.h"

G_BEGIN_DECLS

/**
 * DubPollItem:
 * @id: the task's row id
 * @submitted: when it was sent (Unix ms)
 * @asked: when it was last asked for (Unix ms), 0: never
 * @expected: how long it is expected to take from being sent (ms)
 * @alone: a request with it among others was refused: it is asked for by itself
 */
typedef struct
{
  gint64   id;
  gint64   submitted;
  gint64   asked;
  gint64   expected;
  gboolean alone;
} DubPollItem;

/**
 * DubPollPlan:
 * @when: when to ask (Unix ms), may be in the past; 0 where there is nothing to ask for
 * @ids: row ids to ask for, the most urgent first
 */
typedef struct
{
  gint64 when;
  guint  n_ids;
  gint64 ids[DUB_MAX_IDS_PER_LIST];
} DubPollPlan;

void   dub_poll_plan_make (const DubPollItem *items,
                           guint              n_items,
                           gboolean           studio,
                           gint64             now,
                           DubPollPlan       *plan);
gint64 dub_poll_plan_look (gint64             sent,
                           gint64             looked,
                           gint64             expected,
                           gboolean           studio,
                           gint64             now);

G_END_DECLS
