/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-poll-plan.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)

/* The studio is asked over loopback, where a question costs nothing. */
#define STUDIO_INTERVAL SECOND

/* Soon after sending, so that the order of the returned ids is checked. */
#define FIRST_QUESTION (5 * SECOND)
/* It is worth as much as one that has finished with this chance: less than those that probably have. */
#define FIRST_CHANCE 0.5

/* A request is worth so much waiting of dubs that have finished, all that it asks for together (ms). */
#define PRICE 500.0

/* Nobody is looked at later, whatever the forecast says. Where there are so many that this alone would take more than a
 * quarter of all requests, it takes a quarter. */
#define LONGEST (10 * MINUTE)
#define SLOT SECOND
#define LONGEST_SHARE 0.25

/* Waiting is worked out to an eighth of itself. */
#define EXACTLY 8

/* It takes longer than expected: nobody knows how much longer. */
#define LATE 1.6

#define NOBODY G_MAXUINT

/* What is known before the time to ask is looked for. */
typedef struct
{
  const DubPollItem *items;
  guint n_items;
  const DubForecast *forecast;
  double *alive; /* for each, the share that took longer than it had when it was last asked for */
  double longest;
} Field;

typedef struct
{
  guint item;
  double rank;
  double worth; /* ms of waiting */
} Candidate;

/* The five best at a moment. */
typedef struct
{
  Candidate best[DUB_MAX_IDS_PER_LIST];
  guint n_best;
} Choice;

static double
since_asked (const DubPollItem *item,
             double             later)
{
  return MAX (item->age + later - MAX (item->asked, 0), 0);
}

/* What asking for it would be worth when it is older by @later: at least PRICE where it is worth a request of its own. */
static Candidate
judge (const Field *field,
       guint        i,
       double       later)
{
  const DubPollItem *item = &field->items[i];
  double since = since_asked (item, later);
  Candidate candidate = { .item = i };
  double chance;
  double waited;

  if (field->forecast->studio)
    {
      /* Who looks on sees those move; the others that wait are asked for in turn. */
      candidate.rank = item->working && since >= STUDIO_INTERVAL ? G_MAXDOUBLE : since;
      candidate.worth = since >= STUDIO_INTERVAL ? PRICE : 0;
      return candidate;
    }
  if (item->ready)
    return (Candidate) { i, G_MAXDOUBLE, PRICE };

  chance = 1 - dub_forecast_alive (field->forecast, item->scale, item->age + later) / field->alive[i];
  candidate.rank = chance;
  candidate.worth = 0.5 * chance * since;
  if (item->asked < 0 && item->age + later >= FIRST_QUESTION)
    {
      candidate.rank = MAX (chance, FIRST_CHANCE);
      candidate.worth = MAX (candidate.worth, PRICE);
    }
  else if (item->asked >= 0)
    {
      /* The fourth power: of little weight until it is nearly too long. */
      waited = since / field->longest;
      candidate.rank = waited < 1 ? MAX (chance, waited * waited * waited * waited) : 1 + chance;
      if (waited >= 1)
        candidate.worth = MAX (candidate.worth, PRICE);
    }
  return candidate;
}

static gboolean
is_before (const Field     *field,
           const Candidate *a,
           const Candidate *b)
{
  if (a->rank != b->rank)
    return a->rank > b->rank;
  return field->items[a->item].id < field->items[b->item].id;
}

static void
offer (Choice          *choice,
       const Field     *field,
       const Candidate *candidate)
{
  guint place = choice->n_best;

  if (place == DUB_MAX_IDS_PER_LIST)
    {
      if (!is_before (field, candidate, &choice->best[place - 1]))
        return;
      place--;
    }
  else
    choice->n_best++;
  for (; place > 0 && is_before (field, candidate, &choice->best[place - 1]); place--)
    choice->best[place] = choice->best[place - 1];
  choice->best[place] = *candidate;
}

/* Those that may be asked for together, and the first of those that may not. The better of both is left in @choice. */
static void
choose (const Field *field,
        double       later,
        Choice      *choice)
{
  Candidate alone = { .item = NOBODY };

  choice->n_best = 0;
  for (guint i = 0; i < field->n_items; i++)
    {
      Candidate candidate = judge (field, i, later);

      if (!field->items[i].alone)
        offer (choice, field, &candidate);
      else if (alone.item == NOBODY || is_before (field, &candidate, &alone))
        alone = candidate;
    }
  if (alone.item == NOBODY || (choice->n_best > 0 && is_before (field, &choice->best[0], &alone)))
    return;
  choice->best[0] = alone;
  choice->n_best = 1;
}

static gboolean
is_worth_it (const Choice *choice)
{
  double worth = 0;

  for (guint i = 0; i < choice->n_best; i++)
    worth += choice->best[i].worth;
  return worth >= PRICE;
}

/* How long until a request is worth it; @choice is what it asks for then. */
static double
find_wait (const Field *field,
           Choice      *choice)
{
  double low = 0;
  double high = SECOND;
  Choice at;

  choose (field, 0, choice);
  if (is_worth_it (choice))
    return 0;
  choose (field, high, choice);
  while (!is_worth_it (choice) && high < field->longest)
    {
      low = high;
      high *= 2;
      choose (field, high, choice);
    }
  while (high - low > MAX (SECOND, high / EXACTLY))
    {
      choose (field, 0.5 * (low + high), &at);
      if (is_worth_it (&at))
        {
          high = 0.5 * (low + high);
          *choice = at;
        }
      else
        low = 0.5 * (low + high);
    }
  return high;
}

/**
 * dub_poll_plan_make:
 * @items: (array length=n_items): the dubs of one account that are under way
 * @forecast: what is expected of the account
 * @plan: (out caller-allocates): which to ask for next, and when
 *
 * A pure function of what is known. Of a dub that was not ready at the age a, the chance that it is at the age t is
 *
 *     p = 1 − S(t) ÷ S(a),
 *
 * where S is the share of dubs that take longer (dub_forecast_alive()). If it is, it has been waiting for (t − a) ÷ 2 in the
 * middle, so that w = p · (t − a) ÷ 2 is the waiting that a look would end. A request is due when the five dubs that it asks
 * for have w's that add up to its price c, half a second: for a rate h of finishing, a single dub is asked for every √(2c ÷ h),
 * which is where waiting (h · Δ ÷ 2 in the unit of time) and requests (c ÷ Δ) cost least by renewal-reward. It is the plan of
 * inspections of Barlow, Hunter and Proschan ("Optimum checking procedures", 1963) in the form of Keller's density √(h ÷ 2c)
 * ("Optimum checking schedules for systems subject to random failure", 1974), with p for h, so that no derivative of what
 * was learnt from a few dubs is needed.
 *
 * Which five: those with the highest p, since p is what waiting grows by while one that may be ready is not asked for (the
 * cμ rule). Where more is worth a request than there are requests, each one so finds as many as it can. Beside that: one
 * that was seen in the list of videos is asked for at once; each one is asked for soon after it was sent, when nothing better
 * is to be done; and none later than every ten minutes, as far as requests go round, whatever the forecast says.
 *
 * O(@n_items) for each moment that is tried, about 15 at most, none but the present one where something is due.
 */
void
dub_poll_plan_make (const DubPollItem *items,
                    guint              n_items,
                    const DubForecast *forecast,
                    DubPollPlan       *plan)
{
  g_autofree double *alive = NULL;
  Field field = { items, n_items, forecast, NULL, 0 };
  Choice choice;

  g_return_if_fail (plan != NULL && forecast != NULL);

  memset (plan, 0, sizeof *plan);
  if (n_items == 0)
    return;

  field.alive = alive = g_new (double, n_items);
  for (guint i = 0; i < n_items; i++)
    alive[i] = dub_forecast_alive (forecast, items[i].scale, items[i].asked);
  field.longest = MAX (LONGEST, n_items * SLOT / (LONGEST_SHARE * DUB_MAX_IDS_PER_LIST));

  plan->wait = (gint64) find_wait (&field, &choice);
  plan->n_ids = choice.n_best;
  for (guint i = 0; i < choice.n_best; i++)
    plan->ids[i] = items[choice.best[i].item].id;
}

/**
 * dub_poll_plan_look:
 * @age: time since a dub was sent whose answer was lost (ms)
 * @looked: how old it was when the account's list was last read for it (ms), or DUB_POLL_NEVER
 * @expected: how long it is expected to take (ms)
 * @studio: whether it is made by the built-in studio
 *
 * A dub without an id can only be found in the account's list, by its name, when it is ready.
 *
 * Returns: how long to wait before the list is read (ms); 0 where it is due
 */
gint64
dub_poll_plan_look (gint64   age,
                    gint64   looked,
                    gint64   expected,
                    gboolean studio)
{
  gint64 pause;

  if (looked < 0)
    return 0;
  if (studio)
    pause = CLAMP (looked / 4, 2 * SECOND, MINUTE);
  else if (looked < (gint64) (LATE * expected))
    pause = CLAMP (expected / 12, MINUTE, 10 * MINUTE);
  else
    pause = CLAMP (looked / 8, 5 * MINUTE, 60 * MINUTE);
  return MAX (looked + pause - age, 0);
}
