/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-poll-plan.h"

#include <stdlib.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)

/* The studio is asked over loopback, where a question costs nothing. */
#define STUDIO_INTERVAL SECOND

/* Soon after sending, so that the order of the returned ids is checked. */
#define FIRST_QUESTION (5 * SECOND)

/* From here on it may be ready. */
#define NEAR 0.6
/* It takes longer than expected: nobody knows how much longer. */
#define LATE 1.6

static gint64
interval (gint64 elapsed,
          gint64 expected)
{
  if (elapsed < (gint64) (NEAR * expected))
    return CLAMP (expected / 6, 30 * SECOND, 10 * MINUTE);
  if (elapsed < (gint64) (LATE * expected))
    return CLAMP (expected / 60, 10 * SECOND, MINUTE);
  return CLAMP (elapsed / 20, 30 * SECOND, 10 * MINUTE);
}

/* Rarely at first, often when the dub may be ready, ever more rarely when it takes much longer. */
static gint64
due_at (const DubPollItem *item,
        gboolean           studio)
{
  gint64 expected;
  gint64 near;
  gint64 due;

  if (studio)
    return MAX (item->asked, item->submitted) + STUDIO_INTERVAL;
  if (item->asked == 0)
    return item->submitted + FIRST_QUESTION;

  expected = MAX (item->expected, MINUTE);
  near = item->submitted + (gint64) (NEAR * expected);
  due = item->asked + interval (item->asked - item->submitted, expected);
  if (item->asked < near && due > near)
    return near;
  return due;
}

/* What lies in the future was noted before the clock was set back, and must not put a question off until the clock has caught
 * up: as if it had just been sent, and not been asked for. */
static DubPollItem
by_the_clock (const DubPollItem *item,
              gint64             now)
{
  DubPollItem seen = *item;

  if (seen.submitted > now)
    seen.submitted = now - FIRST_QUESTION;
  if (seen.asked > now)
    seen.asked = 0;
  return seen;
}

typedef struct
{
  gint64 due;
  const DubPollItem *item;
} Due;

static int
compare_due (gconstpointer a,
             gconstpointer b)
{
  const Due *x = a;
  const Due *y = b;

  if (x->due != y->due)
    return x->due < y->due ? -1 : 1;
  return x->item->id < y->item->id ? -1 : x->item->id > y->item->id;
}

/**
 * dub_poll_plan_make:
 * @items: (array length=n_items): the dubs of one account that are under way
 * @studio: whether the account is the built-in studio
 * @now: Unix ms
 * @plan: (out caller-allocates): which to ask for next, and when
 *
 * A pure function of the clock and of what is known. Places that are free in the request are filled with those that are
 * due next, so that one question serves several.
 */
void
dub_poll_plan_make (const DubPollItem *items,
                    guint              n_items,
                    gboolean           studio,
                    gint64             now,
                    DubPollPlan       *plan)
{
  g_autofree Due *dues = g_new (Due, MAX (n_items, 1));

  g_return_if_fail (plan != NULL);

  memset (plan, 0, sizeof *plan);
  if (n_items == 0)
    return;

  for (guint i = 0; i < n_items; i++)
    {
      DubPollItem seen = by_the_clock (&items[i], now);

      dues[i].item = &items[i];
      dues[i].due = due_at (&seen, studio);
    }
  qsort (dues, n_items, sizeof *dues, compare_due);

  plan->when = dues[0].due;
  for (guint i = 0; i < n_items && plan->n_ids < DUB_MAX_IDS_PER_LIST; i++)
    {
      if (i > 0 && (dues[i].item->alone || dues[0].item->alone))
        continue;
      plan->ids[plan->n_ids++] = dues[i].item->id;
    }
}

/**
 * dub_poll_plan_look:
 * @sent: when a dub was sent whose answer was lost (Unix ms)
 * @looked: when the account's list was last read for it (Unix ms), 0: never
 * @expected: how long it is expected to take (ms)
 * @studio: whether it is made by the built-in studio
 * @now: Unix ms
 *
 * A dub without an id can only be found in the account's list, by its name, when it is ready.
 *
 * Returns: when to look next (Unix ms)
 */
gint64
dub_poll_plan_look (gint64   sent,
                    gint64   looked,
                    gint64   expected,
                    gboolean studio,
                    gint64   now)
{
  gint64 since;

  /* Of a time to come: the clock was set back. */
  if (looked == 0 || looked > now)
    return 0;

  since = MAX (looked - sent, 0);
  if (studio)
    return looked + CLAMP (since / 4, 2 * SECOND, MINUTE);
  if (since < (gint64) (LATE * expected))
    return looked + CLAMP (expected / 12, MINUTE, 10 * MINUTE);
  return looked + CLAMP (since / 8, 5 * MINUTE, 60 * MINUTE);
}
