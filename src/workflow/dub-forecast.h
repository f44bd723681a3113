/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An earlier dub: how long the video is, and how long it took from being sent (milliseconds). */
typedef struct
{
  gint64   video_ms;
  gint64   took_ms;
  gboolean lipsync;
} DubForecastSample;

/* How long a dub takes: the middle one, and the ends of a range that most dubs lie in (milliseconds). */
typedef struct
{
  gint64 early;
  gint64 middle;
  gint64 late;
} DubForecastSpan;

/* What is expected of an account. Plain values, no state: see dub_forecast_learn(). */
typedef struct
{
  double   factor; /* of the prior's middle */
  double   spread; /* standard deviation of the factor's logarithm */
  gboolean studio;
} DubForecast;

void dub_forecast_learn (DubForecast             *self,
                         gboolean                 studio,
                         const DubForecastSample *samples,
                         guint                    n_samples);
void dub_forecast_span  (const DubForecast       *self,
                         gint64                   video_ms,
                         gboolean                 lipsync,
                         DubForecastSpan         *span);

G_END_DECLS
