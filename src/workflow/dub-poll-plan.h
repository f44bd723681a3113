/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-forecast.h"
#include "dub-service-types.h"

G_BEGIN_DECLS

#define DUB_POLL_NEVER (-1)

/**
 * DubPollItem:
 * @id: the task's row id
 * @age: time since it was sent (ms)
 * @asked: how old it was when it was last asked for (ms), or DUB_POLL_NEVER
 * @scale: its time by the prior (ms), see dub_forecast_scale()
 * @alone: a request with it among others was refused: it is asked for by itself
 * @ready: its video was seen in the account's list
 * @working: it is being made, of the studio: how far it is changes from second to second
 *
 * A dub that is under way. Ages, not moments: no clock has to be believed.
 */
typedef struct
{
  gint64   id;
  gint64   age;
  gint64   asked;
  double   scale;
  gboolean alone;
  gboolean ready;
  gboolean working;
} DubPollItem;

/**
 * DubPollPlan:
 * @wait: how long to wait before asking (ms); 0 where it is due
 * @n_ids: how many are to be asked for; 0 where there is nothing
 * @ids: row ids, the most probable first
 */
typedef struct
{
  gint64 wait;
  guint  n_ids;
  gint64 ids[DUB_MAX_IDS_PER_LIST];
} DubPollPlan;

void   dub_poll_plan_make (const DubPollItem *items,
                           guint              n_items,
                           const DubForecast *forecast,
                           DubPollPlan       *plan);
gint64 dub_poll_plan_look (gint64             age,
                           gint64             looked,
                           gint64             expected,
                           gboolean           studio);

G_END_DECLS
