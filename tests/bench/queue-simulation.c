/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-queue-simulation N SERVICE OUTAGE SEED: N dubs, sent five a second, at a simulated service (DubSimulatedService, by
 * number), with (1) or without (0) an outage. How they are asked for is simulated event by event, with the program's own plan
 * and forecast, and with others to compare. Prints a line a strategy: name, mean and p95 of the time from finished to known
 * (s), requests a dub, the mean for dubs that finished while more were waiting than a minute's requests can fetch (s), and how
 * many these are. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dub-forecast.h"
#include "dub-poll-plan.h"
#include "dub-simulated-service.h"

/* Milliseconds. */
#define SLOT 1000
#define EACH_EVERY 10000
#define CREATE 5
#define SATURATED (60 * DUB_MAX_IDS_PER_LIST)

/* The list of videos: how long it takes, for a list with so many in it, and how long the queue rests from it then. */
#define LIST_TAKES(n_videos) (500 + (n_videos))
#define LIST_LEAST_PAUSE 2000
#define LIST_PAUSE(took) MAX (LIST_LEAST_PAUSE, 3 * (took))

typedef struct
{
  gint64 sent;
  gint64 finished;
  gint64 known; /* 0: not yet */
  gint64 asked; /* 0: never */
  gint64 video_ms;
  double scale;
  gboolean ready;
  gboolean saturated; /* finished when more were waiting than a minute's requests can fetch, whoever asks */
} Dub;

typedef struct
{
  Dub *dubs; /* in the order in which they were sent */
  guint n;
  guint first; /* all before it are known */
  guint n_sent;
  guint n_known;
  guint64 n_requests;
} World;

static World *
make_world (guint               n,
            DubSimulatedService service,
            gboolean            outage,
            guint               seed)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (seed);
  World *world = g_new0 (World, 1);
  gint64 from = 20 * 60000;
  gint64 to = 80 * 60000;

  world->n = n;
  world->dubs = g_new0 (Dub, n);
  for (guint i = 0; i < n; i++)
    {
      Dub *dub = &world->dubs[i];

      dub->sent = 1 + SLOT * (gint64) (i / CREATE);
      dub->video_ms = dub_simulated_duration (chance);
      dub->scale = 60.0 * dub->video_ms;
      dub->finished = dub->sent + (gint64) (dub->scale * dub_simulated_service_factor (service, chance, i));
      if (outage && dub->finished >= from && dub->finished < to)
        dub->finished = to;
    }
  return world;
}

static void
world_free (World *world)
{
  g_free (world->dubs);
  g_free (world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
forget_all (World *world)
{
  for (guint i = 0; i < world->n; i++)
    {
      world->dubs[i].known = 0;
      world->dubs[i].asked = 0;
      world->dubs[i].ready = FALSE;
    }
  world->first = 0;
  world->n_sent = 0;
  world->n_known = 0;
  world->n_requests = 0;
}

/* Returns whether it was ready. */
static gboolean
look_at (World *world,
         Dub   *dub,
         gint64 now)
{
  dub->asked = now;
  dub->ready = FALSE;
  if (dub->finished > now)
    return FALSE;
  dub->known = now;
  world->n_known++;
  while (world->first < world->n && world->dubs[world->first].known != 0)
    world->first++;
  return TRUE;
}

static void
send_until (World *world,
            gint64 now)
{
  while (world->n_sent < world->n && world->dubs[world->n_sent].sent <= now)
    world->n_sent++;
}

/* (a) Each dub every ten seconds, a request each, as many requests as that takes. */
static void
ask_each (World *world)
{
  for (guint i = 0; i < world->n; i++)
    {
      Dub *dub = &world->dubs[i];
      gint64 n = (dub->finished - dub->sent + EACH_EVERY - 1) / EACH_EVERY;

      dub->known = dub->sent + n * EACH_EVERY;
      world->n_requests += (guint64) n;
    }
}

/* (b) One request a second, five dubs each, one after the other and round again. */
static void
ask_in_turn (World *world)
{
  guint next = 0;

  for (gint64 now = 1; world->n_known < world->n; now += SLOT)
    {
      guint n_asked = 0;

      send_until (world, now);
      for (guint i = world->first; i < world->n_sent && n_asked < DUB_MAX_IDS_PER_LIST; i++)
        {
          if (next >= world->n_sent)
            next = world->first;
          if (world->dubs[next].known == 0)
            {
              look_at (world, &world->dubs[next], now);
              n_asked++;
            }
          next++;
        }
      world->n_requests += n_asked > 0 ? 1 : 0;
    }
}

static int
compare_finished (gconstpointer a,
                  gconstpointer b)
{
  const Dub *x = *(Dub *const *) a;
  const Dub *y = *(Dub *const *) b;

  return x->finished < y->finished ? -1 : x->finished > y->finished;
}

/* (c) It is known when each one finishes; one request a second and five ids are all that holds. It also says which dubs
 * finished when more were waiting than a minute's requests can fetch. */
static void
ask_knowing (World *world)
{
  g_autofree Dub **order = g_new (Dub *, world->n);
  gint64 now = 0;
  guint n_waiting = 0;

  for (guint i = 0; i < world->n; i++)
    order[i] = &world->dubs[i];
  qsort (order, world->n, sizeof *order, compare_finished);
  for (guint next = 0; next < world->n;)
    {
      guint end = next;

      now = MAX (now, order[next]->finished);
      for (n_waiting = next; n_waiting < world->n && order[n_waiting]->finished <= now; n_waiting++)
        ;
      for (guint i = next; i < n_waiting && n_waiting - next > SATURATED; i++)
        order[i]->saturated = TRUE;
      for (; end < n_waiting && end < next + DUB_MAX_IDS_PER_LIST; end++)
        order[end]->known = now;
      next = end;
      world->n_requests++;
      now += SLOT;
    }
}

/* The program's own plan and forecast. */
typedef struct
{
  World *world;
  gboolean lists; /* what it sees in the list of videos, which it reads for the scripts of what was ready, counts */
  gint64 list_begun;
  gint64 list_ends; /* 0: it is not being read */
  gint64 list_next;
  gboolean list_wanted;
  DubForecast forecast;
  gint64 learnt_at;
  guint learnt_of;
  DubForecastSample *samples;
  DubPollItem *items;
} Program;

/* As often as it changes by much: the program does it whenever something was ready. */
static void
learn (Program *self,
       gint64   now)
{
  World *world = self->world;
  guint n = 0;

  if (self->learnt_at != 0 && now - self->learnt_at < 60000 &&
      world->n_known - self->learnt_of < 1 + world->n_known / 100)
    return;
  self->learnt_at = now;
  self->learnt_of = world->n_known;
  for (guint i = 0; i < world->n_sent; i++)
    {
      const Dub *dub = &world->dubs[i];
      gint64 seen = dub->known != 0 ? dub->known : dub->asked;

      if (seen != 0)
        self->samples[n++] = (DubForecastSample) { dub->video_ms, seen - dub->sent, FALSE, dub->known == 0 };
    }
  dub_forecast_learn (&self->forecast, FALSE, self->samples, n);
}

static void
make_plan (Program     *self,
           gint64       now,
           DubPollPlan *plan)
{
  guint n = 0;

  for (guint i = self->world->first; i < self->world->n_sent; i++)
    {
      const Dub *dub = &self->world->dubs[i];

      if (dub->known == 0)
        self->items[n++] = (DubPollItem) { .id = i, .age = now - dub->sent,
                                           .asked = dub->asked != 0 ? dub->asked - dub->sent : DUB_POLL_NEVER,
                                           .scale = dub->scale, .ready = dub->ready };
    }
  dub_poll_plan_make (self->items, n, &self->forecast, plan);
}

static void
read_list (Program *self,
           gint64   now)
{
  World *world = self->world;
  guint n_finished = 0;

  if (self->list_ends != 0 && self->list_ends <= now)
    {
      for (guint i = world->first; i < world->n_sent; i++)
        if (world->dubs[i].known == 0 && world->dubs[i].finished <= self->list_begun)
          world->dubs[i].ready = TRUE;
      self->list_next = self->list_ends + LIST_PAUSE (self->list_ends - self->list_begun);
      self->list_ends = 0;
    }
  if (!self->lists || !self->list_wanted || self->list_ends != 0 || self->list_next > now)
    return;
  for (guint i = 0; i < world->n_sent; i++)
    n_finished += world->dubs[i].finished <= now ? 1 : 0;
  self->list_wanted = FALSE;
  self->list_begun = now;
  self->list_ends = now + LIST_TAKES (n_finished);
  world->n_requests++;
}

/* When something happens by itself: a dub is sent, the list is there or may be read. */
static gint64
next_event (const Program *self)
{
  const World *world = self->world;
  gint64 next = world->n_sent < world->n ? world->dubs[world->n_sent].sent : G_MAXINT64;

  if (self->list_ends != 0)
    next = MIN (next, self->list_ends);
  else if (self->lists && self->list_wanted)
    next = MIN (next, self->list_next);
  return next;
}

static void
ask_by_plan (World    *world,
             gboolean  lists)
{
  g_autofree DubForecastSample *samples = g_new (DubForecastSample, world->n);
  g_autofree DubPollItem *items = g_new (DubPollItem, world->n);
  Program self = { .world = world, .lists = lists, .samples = samples, .items = items };
  gint64 now = 1;
  gint64 slot = 0;

  while (world->n_known < world->n)
    {
      DubPollPlan plan;

      send_until (world, now);
      read_list (&self, now);
      learn (&self, now);
      make_plan (&self, now, &plan);
      if (plan.n_ids == 0 || plan.wait > 0 || slot > now)
        {
          gint64 due = plan.n_ids == 0 ? G_MAXINT64 : MAX (now + plan.wait, slot);

          now = MIN (due, next_event (&self));
          continue;
        }
      for (guint i = 0; i < plan.n_ids; i++)
        if (look_at (world, &world->dubs[plan.ids[i]], now))
          self.list_wanted = TRUE;
      world->n_requests++;
      slot = now + SLOT;
    }
}

static int
compare_delays (gconstpointer a,
                gconstpointer b)
{
  const gint64 *x = a;
  const gint64 *y = b;

  return *x < *y ? -1 : *x > *y;
}

static void
print (World      *world,
       const char *name)
{
  g_autofree gint64 *delays = g_new (gint64, world->n);
  double sum = 0;
  double saturated = 0;
  guint n_saturated = 0;

  for (guint i = 0; i < world->n; i++)
    {
      const Dub *dub = &world->dubs[i];

      delays[i] = dub->known - dub->finished;
      sum += delays[i];
      saturated += dub->saturated ? delays[i] : 0;
      n_saturated += dub->saturated ? 1 : 0;
    }
  qsort (delays, world->n, sizeof *delays, compare_delays);
  g_print ("%s %.3f %.3f %.3f %.3f %u\n", name, sum / world->n / 1000, delays[(guint) (0.95 * (world->n - 1))] / 1000.0,
           (double) world->n_requests / world->n, n_saturated > 0 ? saturated / n_saturated / 1000 : 0, n_saturated);
  forget_all (world);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (World) world = NULL;

  if (argc != 5 || atoi (argv[1]) < 1 || (guint) atoi (argv[2]) >= DUB_N_SIMULATED)
    return EXIT_FAILURE;
  world = make_world ((guint) atoi (argv[1]), (DubSimulatedService) atoi (argv[2]), atoi (argv[3]) != 0, (guint) atoi (argv[4]));
  ask_knowing (world);
  print (world, "best");
  ask_each (world);
  print (world, "each");
  ask_in_turn (world);
  print (world, "turn");
  ask_by_plan (world, FALSE);
  print (world, "plan");
  ask_by_plan (world, TRUE);
  print (world, "list");
  return EXIT_SUCCESS;
}
