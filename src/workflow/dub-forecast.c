/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-forecast.h"

#include <math.h>

/* Service documentation, section 1: about 60 times the video's duration; lip-sync adds 5 to 10 minutes. */
#define SERVICE_FACTOR 60.0
#define LIPSYNC_MS (7.5 * 60 * 1000)

/* Measured on two cores for clips of half a minute to a minute. */
#define STUDIO_FACTOR 2.0
#define STUDIO_START_MS 5000.0

/* Where the duration is not known: a usual short ad. */
#define USUAL_VIDEO_MS 30000

/* The prior counts as this many dubs that took exactly as long as it says, with this spread. */
#define PRIOR_WEIGHT 2.0
#define PRIOR_SPREAD 0.30

/* Half of the range's width, in standard deviations: four of five dubs lie in it if the logarithms are normal. */
#define RANGE 1.28

/* One dub that took absurdly long (a closed lid, a broken clock) must not move the forecast by more than this. */
#define MAX_LOG 2.5

static double
prior_ms (gboolean studio,
          gint64   video_ms,
          gboolean lipsync)
{
  double duration = video_ms > 0 ? video_ms : USUAL_VIDEO_MS;

  if (studio)
    return STUDIO_FACTOR * duration + STUDIO_START_MS;
  return SERVICE_FACTOR * duration + (lipsync ? LIPSYNC_MS : 0);
}

/**
 * dub_forecast_learn:
 * @self: (out caller-allocates): what is expected from now on
 * @studio: whether the account is the built-in studio
 * @samples: (array length=n_samples): earlier dubs of the account, the newest ones are enough
 *
 * A pure function. The factor by which earlier dubs took longer than the prior is taken as log-normal; the prior counts
 * as two dubs more, so that the first ones move the forecast without turning it over.
 */
void
dub_forecast_learn (DubForecast             *self,
                    gboolean                 studio,
                    const DubForecastSample *samples,
                    guint                    n_samples)
{
  double n = PRIOR_WEIGHT;
  double sum = 0;
  double squares = PRIOR_WEIGHT * PRIOR_SPREAD * PRIOR_SPREAD;
  double mean;

  g_return_if_fail (self != NULL);

  for (guint i = 0; i < n_samples; i++)
    {
      double value;

      if (samples[i].took_ms <= 0 || samples[i].video_ms <= 0)
        continue;
      value = log (samples[i].took_ms / prior_ms (studio, samples[i].video_ms, samples[i].lipsync));
      value = CLAMP (value, -MAX_LOG, MAX_LOG);
      sum += value;
      squares += value * value;
      n += 1;
    }

  mean = sum / n;
  self->studio = studio;
  self->factor = exp (mean);
  self->spread = sqrt (MAX (squares / n - mean * mean, 0.01));
}

/**
 * dub_forecast_span:
 * @self: what is expected
 * @video_ms: the video's duration, 0 where unknown
 * @lipsync: whether lip-sync is wanted
 * @span: (out caller-allocates): how long it takes from being sent, in milliseconds
 *
 * A pure function.
 */
void
dub_forecast_span (const DubForecast *self,
                   gint64             video_ms,
                   gboolean           lipsync,
                   DubForecastSpan   *span)
{
  double middle;

  g_return_if_fail (self != NULL && span != NULL);

  middle = prior_ms (self->studio, video_ms, lipsync) * self->factor;
  span->middle = (gint64) middle;
  span->early = (gint64) (middle * exp (-RANGE * self->spread));
  span->late = (gint64) (middle * exp (RANGE * self->spread));
}
