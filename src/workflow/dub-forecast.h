/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DubForecastSample:
 * @video_ms: how long the video is
 * @took_ms: how long the dub took from being sent, or (@running) how old it was when it was last seen not to be ready
 * @lipsync: whether the lips were to move with it
 * @running: whether it is still being made
 *
 * A dub of the account, to learn from. Milliseconds.
 */
typedef struct
{
  gint64   video_ms;
  gint64   took_ms;
  gboolean lipsync;
  gboolean running;
} DubForecastSample;

/**
 * DubForecastSpan:
 * @early: one of ten dubs is ready by then
 * @middle: half of them are
 * @late: nine of ten are
 *
 * How long a dub takes from being sent (milliseconds).
 */
typedef struct
{
  gint64 early;
  gint64 middle;
  gint64 late;
} DubForecastSpan;

/**
 * DubForecastPart:
 * @scale: its time by the prior, see dub_forecast_scale()
 * @sent_ms: when it is sent, from now on
 *
 * One of several dubs.
 */
typedef struct
{
  double scale;
  double sent_ms;
} DubForecastPart;

/* A step is the logarithm of 1.03: no range is given more exactly. The steps go from a twentieth of the prior to twenty times. */
#define DUB_FORECAST_STEPS 200

/**
 * DubForecast:
 * @own: for each step of the factor's logarithm, the share of dubs that take longer, where the account's pace is as learnt
 * @alive: the same with the doubt about the pace in it: what is true of a single dub
 * @asking: the same where it never falls slowly: for the plan, which must also find what nobody expects
 * @doubt: standard deviation of the logarithm of the account's pace, which all its dubs have in common
 * @studio: whether the account is the built-in studio
 *
 * What is expected of an account: how many times longer than the prior its dubs take. Plain values, no state: see
 * dub_forecast_learn().
 */
typedef struct
{
  double   own[DUB_FORECAST_STEPS + 1];
  double   alive[DUB_FORECAST_STEPS + 1];
  double   asking[DUB_FORECAST_STEPS + 1];
  double   doubt;
  gboolean studio;
} DubForecast;

void   dub_forecast_learn (DubForecast             *self,
                           gboolean                 studio,
                           const DubForecastSample *samples,
                           guint                    n_samples);
double dub_forecast_scale (const DubForecast       *self,
                           gint64                   video_ms,
                           gboolean                 lipsync);
double dub_forecast_alive (const DubForecast       *self,
                           double                   scale,
                           double                   age_ms);
void   dub_forecast_span  (const DubForecast       *self,
                           double                   scale,
                           gint64                   age_ms,
                           DubForecastSpan         *span);
void   dub_forecast_last  (const DubForecast       *self,
                           const DubForecastPart   *parts,
                           guint                    n_parts,
                           DubForecastSpan         *span);

G_END_DECLS
