/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-forecast.h"

#include <math.h>
#include <string.h>

/* Service documentation, section 1: about 60 times the video's duration; lip-sync adds 5 to 10 minutes. */
#define SERVICE_FACTOR 60.0
#define LIPSYNC_MS (7.5 * 60 * 1000)

/* Measured on two cores for clips of half a minute to a minute. */
#define STUDIO_FACTOR 2.0
#define STUDIO_START_MS 5000.0

/* Where the duration is not known: a usual short ad. */
#define USUAL_VIDEO_MS 30000

/* The logarithm of the factor is kept in steps. */
#define LOWEST (-3.0)
#define STEP 0.03

/* After so many newer dubs an older one counts half. Where very many are made at the same time, they tell of the same time. */
#define HALF_LIFE 10.0
#define HALF_LIFE_OF_RUNNING 0.1
#define FORGOTTEN 1e-3

/* The pace of an account before anything is known of it: as the documentation says, which says "about". It counts as this
 * many dubs. */
#define PACE_SPREAD 0.25
#define PACE_WEIGHT 2.0

/* How dubs of the same account differ, before it is known: most of them little, one of ten much. It counts as this many
 * dubs that came before all others, and never less than one, so that nothing is ruled out. */
#define SHAPE_SPREAD 0.2
#define SHAPE_TAIL_SPREAD 0.6
#define SHAPE_TAIL_SHARE 0.1
#define SHAPE_WEIGHT 6.0
#define SHAPE_LEAST 1.0

/* No pace is known more exactly: questions are seconds or minutes apart, and a step has a width. */
#define LEAST_DOUBT 0.03

/* Beyond all that is known: of those that took so long, a share of 2^-2 takes twice as long. */
#define TAIL 2.0

/* Dubs are ready at this rate at least, in the logarithm of time, whatever was learnt: a service may change its pace, or
 * finish all at once after an outage in which none was ready. */
#define LEAST_RATE 0.1

/* Four of five dubs lie between them. */
#define EARLY 0.9
#define LATE 0.1
/* One of fifty takes so long that it is called late. */
#define OVERDUE 0.02

typedef struct
{
  double ready[DUB_FORECAST_STEPS];
  double running[DUB_FORECAST_STEPS]; /* seen not to be ready at that factor, and no more */
  double weight;                      /* of those that are ready */
  double age;                         /* the weight of what came before all of them */
} Tally;

/**
 * dub_forecast_scale:
 * @self: what is expected
 * @video_ms: the video's duration, 0 where unknown
 * @lipsync: whether lip-sync is wanted
 *
 * Returns: how long the dub takes by the prior alone, in milliseconds
 */
double
dub_forecast_scale (const DubForecast *self,
                    gint64             video_ms,
                    gboolean           lipsync)
{
  double duration = video_ms > 0 ? video_ms : USUAL_VIDEO_MS;

  if (self->studio)
    return STUDIO_FACTOR * duration + STUDIO_START_MS;
  return SERVICE_FACTOR * duration + (lipsync ? LIPSYNC_MS : 0);
}

static guint
step_of (double factor)
{
  return (guint) CLAMP ((log (factor) - LOWEST) / STEP, 0, DUB_FORECAST_STEPS - 1);
}

/* From the one that was sent last: each one that is ready makes all before it count less. */
static void
count (Tally                   *tally,
       const DubForecast       *self,
       const DubForecastSample *samples,
       guint                    n_samples)
{
  double weight = 1;
  double fade;
  guint n_running = 0;

  for (guint i = 0; i < n_samples; i++)
    n_running += samples[i].running ? 1 : 0;
  fade = exp2 (-1 / MAX (HALF_LIFE, HALF_LIFE_OF_RUNNING * n_running));

  memset (tally, 0, sizeof *tally);
  for (guint i = n_samples; i > 0 && weight > FORGOTTEN; i--)
    {
      const DubForecastSample *sample = &samples[i - 1];
      guint step;

      if (sample->took_ms <= 0 || sample->video_ms <= 0)
        continue;
      step = step_of (sample->took_ms / dub_forecast_scale (self, sample->video_ms, sample->lipsync));
      if (sample->running)
        {
          tally->running[step] += weight;
          continue;
        }
      tally->ready[step] += weight;
      tally->weight += weight;
      weight *= fade;
    }
  tally->age = weight;
}

static double
normal_above (double x)
{
  return 0.5 * erfc (x / G_SQRT2);
}

static double
pace_above (double x)
{
  return normal_above (x / PACE_SPREAD);
}

static double
shape_above (double x)
{
  return (1 - SHAPE_TAIL_SHARE) * normal_above (x / SHAPE_SPREAD) + SHAPE_TAIL_SHARE * normal_above (x / SHAPE_TAIL_SPREAD);
}

/* Kaplan and Meier's estimate, with a prior of @weight around @middle. Those that are still running count among those that could
 * have been ready by then; within a step, half of it. */
static void
estimate (double      *alive,
          const Tally *tally,
          double (*above) (double),
          double       middle,
          double       weight)
{
  double at_risk = weight;

  for (guint i = 0; i < DUB_FORECAST_STEPS; i++)
    at_risk += tally->ready[i] + tally->running[i];
  alive[0] = 1;
  for (guint i = 0; i < DUB_FORECAST_STEPS; i++)
    {
      double from = LOWEST + i * STEP - middle;
      double ready = tally->ready[i] + weight * (above (from) - above (from + STEP));
      double exposed = at_risk - 0.5 * tally->running[i];
      double hazard = exposed > 0 ? MIN (ready / exposed, 1) : 1;

      alive[i + 1] = MAX (alive[i] * (1 - hazard), 1e-9);
      at_risk -= ready + tally->running[i];
    }
}

/* @x: a factor's logarithm */
static double
look_up (const double *alive,
         double        x)
{
  double place = (x - LOWEST) / STEP;
  guint step;

  if (place <= 0)
    return 1;
  if (place >= DUB_FORECAST_STEPS)
    return alive[DUB_FORECAST_STEPS] * exp (-TAIL * (x - LOWEST - DUB_FORECAST_STEPS * STEP));
  step = (guint) place;
  return alive[step] + (alive[step + 1] - alive[step]) * (place - step);
}

/* The factor that @share of dubs exceed. */
static double
factor_above (const double *alive,
              double        share)
{
  guint low = 0;
  guint high = DUB_FORECAST_STEPS;

  if (share <= alive[DUB_FORECAST_STEPS])
    return exp (LOWEST + DUB_FORECAST_STEPS * STEP + log (alive[DUB_FORECAST_STEPS] / share) / TAIL);
  while (high - low > 1)
    {
      guint step = (low + high) / 2;

      if (alive[step] > share)
        low = step;
      else
        high = step;
    }
  return exp (LOWEST + STEP * (low + (alive[low] > alive[high] ? (alive[low] - share) / (alive[low] - alive[high]) : 0)));
}

/* A normal distribution by nine values of the same chance: their standard deviation is 1. */
static const double normal_values[] = { -1.7111, -1.039, -0.6331, -0.3031, 0, 0.3031, 0.6331, 1.039, 1.7111 };

/* What is not known of the pace makes the range of a single dub wider. */
static void
blur (DubForecast *self)
{
  for (guint i = 0; i <= DUB_FORECAST_STEPS; i++)
    {
      double sum = 0;

      for (guint k = 0; k < G_N_ELEMENTS (normal_values); k++)
        sum += look_up (self->own, LOWEST + i * STEP - self->doubt * normal_values[k]);
      self->alive[i] = sum / G_N_ELEMENTS (normal_values);
    }
}

static void
allow_for_surprises (DubForecast *self)
{
  self->asking[0] = 1;
  for (guint i = 0; i < DUB_FORECAST_STEPS; i++)
    self->asking[i + 1] = self->asking[i] * MIN (self->alive[i + 1] / self->alive[i], exp (-LEAST_RATE * STEP));
}

/**
 * dub_forecast_learn:
 * @self: (out caller-allocates): what is expected from now on
 * @studio: whether the account is the built-in studio
 * @samples: (array length=n_samples): dubs of the account in the order in which they were sent
 *
 * A pure function, of one pass over @samples. What is learnt is by how many times dubs took longer than the prior says, as a
 * distribution: Kaplan and Meier's estimate ("Nonparametric estimation from incomplete observations", 1958), so that a dub that
 * is still running counts as one that takes longer than it has taken; without them those that were ready first would make all
 * seem quick. Newer dubs count more. The prior is a few dubs more: first for the pace, which is the median of all; then, around
 * it, for how dubs differ. Quantiles and not means, so that a single absurd dub moves little.
 */
void
dub_forecast_learn (DubForecast             *self,
                    gboolean                 studio,
                    const DubForecastSample *samples,
                    guint                    n_samples)
{
  double middle;
  double spread;
  Tally tally;

  g_return_if_fail (self != NULL);

  self->studio = studio;
  count (&tally, self, samples, n_samples);
  estimate (self->own, &tally, pace_above, 0, PACE_WEIGHT);
  middle = log (factor_above (self->own, 0.5));
  estimate (self->own, &tally, shape_above, middle, MAX (SHAPE_WEIGHT * tally.age, SHAPE_LEAST));
  spread = log (factor_above (self->own, LATE) / factor_above (self->own, EARLY)) / 2.56;
  self->doubt = 1 / sqrt (1 / (PACE_SPREAD * PACE_SPREAD) + tally.weight / MAX (spread * spread, 1e-4));
  self->doubt = MAX (self->doubt, LEAST_DOUBT);
  blur (self);
  allow_for_surprises (self);
}

/**
 * dub_forecast_alive:
 * @self: what is expected
 * @scale: the dub's time by the prior (ms)
 * @age_ms: time since it was sent
 *
 * The survival function of the time that it takes, for the plan: it allows for surprises. A pure function; cheap, for many
 * dubs at once.
 *
 * Returns: the chance that it takes longer than @age_ms
 */
double
dub_forecast_alive (const DubForecast *self,
                    double             scale,
                    double             age_ms)
{
  return age_ms <= 0 ? 1 : look_up (self->asking, log (age_ms / scale));
}

/**
 * dub_forecast_span:
 * @self: what is expected
 * @scale: the dub's time by the prior (ms)
 * @age_ms: time since it was sent, at which it was not ready; 0 for one that is still to be sent
 * @span: (out caller-allocates): how long it takes from being sent, in milliseconds
 *
 * A pure function. The range is the one of the dubs that got as old as this one: while it gets older, no end moves back. The
 * late end stops at the time that one dub of fifty exceeds; who is older is late, and its range is over.
 */
void
dub_forecast_span (const DubForecast *self,
                   double             scale,
                   gint64             age_ms,
                   DubForecastSpan   *span)
{
  double alive;
  double overdue;

  g_return_if_fail (self != NULL && span != NULL);

  alive = age_ms > 0 ? look_up (self->alive, log (age_ms / scale)) : 1;
  overdue = scale * factor_above (self->alive, OVERDUE);
  span->early = (gint64) MIN (scale * factor_above (self->alive, EARLY * alive), overdue);
  span->middle = (gint64) (scale * factor_above (self->alive, 0.5 * alive));
  span->late = (gint64) MIN (scale * factor_above (self->alive, LATE * alive), overdue);
}

/* The chance that all are ready, if the pace is @pace times as learnt. */
static double
all_ready (const DubForecast     *self,
           const DubForecastPart *parts,
           guint                  n_parts,
           double                 pace,
           double                 at_ms)
{
  double chance = 1;

  for (guint i = 0; i < n_parts && chance > 1e-6; i++)
    {
      double age = at_ms - parts[i].sent_ms;

      chance *= age > 0 ? 1 - look_up (self->own, log (age / parts[i].scale / pace)) : 0;
    }
  return chance;
}

static double
last_ready_by (const DubForecast     *self,
               const DubForecastPart *parts,
               guint                  n_parts,
               double                 at_ms)
{
  double sum = 0;

  for (guint k = 0; k < G_N_ELEMENTS (normal_values); k++)
    sum += all_ready (self, parts, n_parts, exp (self->doubt * normal_values[k]), at_ms);
  return sum / G_N_ELEMENTS (normal_values);
}

static double
last_quantile (const DubForecast     *self,
               const DubForecastPart *parts,
               guint                  n_parts,
               double                 share,
               double                 low,
               double                 high)
{
  while (high - low > 1000 && high - low > 0.002 * low)
    {
      double at = 0.5 * (low + high);

      if (last_ready_by (self, parts, n_parts, at) < share)
        low = at;
      else
        high = at;
    }
  return 0.5 * (low + high);
}

/**
 * dub_forecast_last:
 * @self: what is expected
 * @parts: (array length=n_parts): dubs that are still to be sent
 * @span: (out caller-allocates): from now until the last of them is ready, in milliseconds; 0 where there are none
 *
 * A pure function. The last of many is later than each of them alone: the chance that all are ready is the product of theirs, for
 * each pace that the account may have, and these are what is averaged: a pace that is not known is the same for all.
 */
void
dub_forecast_last (const DubForecast     *self,
                   const DubForecastPart *parts,
                   guint                  n_parts,
                   DubForecastSpan       *span)
{
  double high = 0;
  double early;
  double middle;

  g_return_if_fail (self != NULL && span != NULL);

  memset (span, 0, sizeof *span);
  for (guint i = 0; i < n_parts; i++)
    high = MAX (high, parts[i].sent_ms + parts[i].scale);
  if (n_parts == 0)
    return;
  while (last_ready_by (self, parts, n_parts, high) < 1 - LATE)
    high *= 2;
  early = last_quantile (self, parts, n_parts, 1 - EARLY, 0, high);
  middle = last_quantile (self, parts, n_parts, 0.5, early, high);
  span->early = (gint64) early;
  span->middle = (gint64) middle;
  span->late = (gint64) last_quantile (self, parts, n_parts, 1 - LATE, middle, high);
}
