/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-forecast.h"
#include "dub-simulated-service.h"

#include <glib.h>

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)

/* So many dubs of each simulated service, of which the first are not judged. */
#define N_DUBS 1000
#define N_FIRST 30
#define BATCH 12

static void
span_of (const DubForecast *forecast,
         gint64             video_ms,
         gboolean           lipsync,
         DubForecastSpan   *span)
{
  dub_forecast_span (forecast, dub_forecast_scale (forecast, video_ms, lipsync), 0, span);
}

static void
learn_n (DubForecast *forecast,
         guint        n,
         gint64       took_ms)
{
  g_autofree DubForecastSample *samples = g_new0 (DubForecastSample, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    samples[i] = (DubForecastSample) { .video_ms = MINUTE, .took_ms = took_ms };
  dub_forecast_learn (forecast, FALSE, samples, n);
}

static void
test_priors (void)
{
  DubForecast service;
  DubForecast studio;
  DubForecastSpan span;
  DubForecastSpan with_lips;

  dub_forecast_learn (&service, FALSE, NULL, 0);
  dub_forecast_learn (&studio, TRUE, NULL, 0);
  span_of (&service, MINUTE, FALSE, &span);
  g_assert_cmpint (ABS (span.middle - 60 * MINUTE), <, MINUTE);
  g_assert_cmpint (span.early, <, 45 * MINUTE);
  g_assert_cmpint (span.early, >, 30 * MINUTE);
  g_assert_cmpint (span.late, >, 80 * MINUTE);
  g_assert_cmpint (span.late, <, 120 * MINUTE);
  span_of (&service, MINUTE, TRUE, &with_lips);
  g_assert_cmpint (with_lips.middle - span.middle, >=, 5 * MINUTE);
  g_assert_cmpint (with_lips.middle - span.middle, <=, 10 * MINUTE);
  span_of (&studio, MINUTE, FALSE, &span);
  g_assert_cmpint (ABS (span.middle - 125 * SECOND), <, 3 * SECOND);
}

static void
test_learning (void)
{
  DubForecast forecast;
  DubForecastSpan before;
  DubForecastSpan after;

  learn_n (&forecast, 1, 30 * MINUTE);
  span_of (&forecast, MINUTE, FALSE, &before);
  g_assert_cmpint (before.middle, <, 57 * MINUTE);
  g_assert_cmpint (before.middle, >, 40 * MINUTE);
  learn_n (&forecast, 20, 30 * MINUTE);
  span_of (&forecast, MINUTE, FALSE, &after);
  g_assert_cmpint (ABS (after.middle - 30 * MINUTE), <, 2 * MINUTE);
  g_assert_cmpint (after.late - after.early, <, (before.late - before.early) / 2);
}

/* A service that became twice as slow: the range has the new time after three dubs, and after sixteen the middle is there. */
static void
test_following (void)
{
  DubForecastSample samples[116];
  DubForecast forecast;
  DubForecastSpan span;

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    samples[i] = (DubForecastSample) { .video_ms = MINUTE, .took_ms = i < 100 ? 60 * MINUTE : 120 * MINUTE };
  dub_forecast_learn (&forecast, FALSE, samples, 103);
  span_of (&forecast, MINUTE, FALSE, &span);
  g_assert_cmpint (span.late, >, 118 * MINUTE);
  dub_forecast_learn (&forecast, FALSE, samples, G_N_ELEMENTS (samples));
  span_of (&forecast, MINUTE, FALSE, &span);
  g_assert_cmpint (ABS (span.middle - 120 * MINUTE), <, 6 * MINUTE);
}

static void
test_absurd_samples (void)
{
  DubForecastSample samples[43] = {
    { .video_ms = 0, .took_ms = MINUTE },
    { .video_ms = MINUTE, .took_ms = -5 },
    { .video_ms = MINUTE, .took_ms = G_MAXINT64 / 2 },
  };
  DubForecast forecast;
  DubForecastSpan span;

  dub_forecast_learn (&forecast, FALSE, samples, 3);
  span_of (&forecast, MINUTE, FALSE, &span);
  g_assert_cmpint (span.middle, >=, 60 * MINUTE);
  g_assert_cmpint (span.middle, <, 90 * MINUTE);
  span_of (&forecast, 0, FALSE, &span);
  g_assert_cmpint (span.middle, >, 0);

  for (guint i = 2; i < G_N_ELEMENTS (samples) - 1; i++)
    samples[i] = (DubForecastSample) { .video_ms = MINUTE, .took_ms = (50 + i % 20) * MINUTE };
  samples[42] = (DubForecastSample) { .video_ms = MINUTE, .took_ms = 5000 * MINUTE };
  dub_forecast_learn (&forecast, FALSE, samples, G_N_ELEMENTS (samples));
  span_of (&forecast, MINUTE, FALSE, &span);
  g_assert_cmpint (ABS (span.middle - 60 * MINUTE), <, 5 * MINUTE);
  g_assert_cmpint (span.late, <, 80 * MINUTE);
}

/* Of ten that were sent together, two are ready after half of the time. The others are not, which says as much. */
static void
test_running_ones_count (void)
{
  DubForecastSample samples[10];
  DubForecast forecast;
  DubForecastSpan with;
  DubForecastSpan without;

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    samples[i] = (DubForecastSample) { .video_ms = MINUTE, .took_ms = 30 * MINUTE, .running = i >= 2 };
  dub_forecast_learn (&forecast, FALSE, samples, 2);
  span_of (&forecast, MINUTE, FALSE, &without);
  dub_forecast_learn (&forecast, FALSE, samples, G_N_ELEMENTS (samples));
  span_of (&forecast, MINUTE, FALSE, &with);
  g_assert_cmpint (without.middle, <, 45 * MINUTE);
  g_assert_cmpint (with.middle, >, without.middle + 10 * MINUTE);

  /* All of them are three times as old as expected: so is the next one. */
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    samples[i] = (DubForecastSample) { .video_ms = MINUTE, .took_ms = 180 * MINUTE, .running = TRUE };
  dub_forecast_learn (&forecast, FALSE, samples, G_N_ELEMENTS (samples));
  span_of (&forecast, MINUTE, FALSE, &with);
  g_assert_cmpint (with.middle, >, 150 * MINUTE);
}

/* While a dub gets older no end of its range moves back, and the range does not end before now until the dub is late. */
static void
test_getting_older (void)
{
  const double scale = 60 * MINUTE;
  DubForecast forecast;
  DubForecastSpan first;
  DubForecastSpan before;
  guint n_late = 0;

  learn_n (&forecast, 5, 60 * MINUTE);
  dub_forecast_span (&forecast, scale, 0, &first);
  before = first;
  for (gint64 age = 0; age < 600 * MINUTE; age += MINUTE)
    {
      DubForecastSpan span;

      dub_forecast_span (&forecast, scale, age, &span);
      g_assert_cmpint (span.early, >=, before.early);
      g_assert_cmpint (span.middle, >=, before.middle);
      g_assert_cmpint (span.late, >=, before.late);
      g_assert_cmpint (span.early, <=, span.late);
      if (n_late > 0)
        g_assert_cmpint (span.late, <, age);
      else if (span.late > age)
        g_assert_cmpint (span.early, >=, age);
      else
        {
          g_assert_cmpint (age, >, first.late);
          n_late++;
        }
      before = span;
    }
  g_assert_cmpuint (n_late, ==, 1);
}

/* The survival function falls from 1, never rises, and never is 0: nothing is certain. */
static void
test_survival (void)
{
  DubForecast forecast;
  double before = 1;

  learn_n (&forecast, 40, 60 * MINUTE);
  g_assert_cmpfloat (dub_forecast_alive (&forecast, 60 * MINUTE, 0), ==, 1);
  g_assert_cmpfloat (dub_forecast_alive (&forecast, 60 * MINUTE, -5), ==, 1);
  for (gint64 age = SECOND; age < 6000 * MINUTE; age += age / 40 + SECOND)
    {
      double alive = dub_forecast_alive (&forecast, 60 * MINUTE, age);

      g_assert_cmpfloat (alive, <=, before);
      g_assert_cmpfloat (alive, >, 0);
      before = alive;
    }
  g_assert_cmpfloat (before, <, 0.001);
}

/* Sixty dubs took an hour each, and yet one may be ready after twenty minutes, or take three hours: the plan is to see it. */
static void
test_surprises (void)
{
  DubForecast forecast;

  learn_n (&forecast, 60, 60 * MINUTE);
  for (gint64 age = 10 * MINUTE; age < 1000 * MINUTE; age += age)
    g_assert_cmpfloat (dub_forecast_alive (&forecast, 60 * MINUTE, 2 * age), <,
                       dub_forecast_alive (&forecast, 60 * MINUTE, age) * 0.94);
}

static void
test_last_of_many (void)
{
  DubForecastPart parts[100] = { 0 };
  DubForecast forecast;
  DubForecastSpan one;
  DubForecastSpan hundred;
  DubForecastSpan single;

  dub_forecast_learn (&forecast, FALSE, NULL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    parts[i].scale = 30 * MINUTE;
  dub_forecast_last (&forecast, parts, 0, &one);
  g_assert_cmpint (one.late, ==, 0);

  dub_forecast_span (&forecast, 30 * MINUTE, 0, &single);
  dub_forecast_last (&forecast, parts, 1, &one);
  g_assert_cmpint (ABS (one.early - single.early), <, MINUTE);
  g_assert_cmpint (ABS (one.late - single.late), <, MINUTE);
  dub_forecast_last (&forecast, parts, G_N_ELEMENTS (parts), &hundred);
  g_assert_cmpint (hundred.early, >, one.early);
  g_assert_cmpint (hundred.middle, >, one.middle + 5 * MINUTE);
  g_assert_cmpint (hundred.late, >, one.late);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    parts[i].sent_ms = 20.0 * MINUTE;
  dub_forecast_last (&forecast, parts, 1, &single);
  g_assert_cmpint (ABS (single.late - one.late - 20 * MINUTE), <, MINUTE);
}

typedef struct
{
  guint n;
  guint n_inside;
} Score;

static void
judge (Score *score,
       double took,
       gint64 from,
       gint64 to)
{
  score->n++;
  score->n_inside += took >= from && took <= to ? 1 : 0;
}

static double
percent (const Score *score)
{
  return score->n > 0 ? 100.0 * score->n_inside / score->n : 100;
}

typedef struct
{
  Score first;     /* the range of a dub before it is sent, while little is known */
  Score fresh;     /* the same later */
  Score older;     /* the range that it has when it has outlived its early end */
  Score batch;     /* until the last of a batch is ready */
} Scores;

/* Each dub is forecast from those before it. */
static void
simulate (DubSimulatedService service,
          Scores             *scores)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (20240 + service);
  g_autofree DubForecastSample *samples = g_new0 (DubForecastSample, N_DUBS);
  g_autofree double *scales = g_new (double, N_DUBS);
  DubForecast forecast;

  for (guint i = 0; i < N_DUBS; i++)
    {
      samples[i].video_ms = dub_simulated_duration (chance);
      scales[i] = 60.0 * samples[i].video_ms;
      samples[i].took_ms = (gint64) (scales[i] * dub_simulated_service_factor (service, chance, i));
    }
  for (guint i = 0; i < N_DUBS; i++)
    {
      DubForecastSpan span;
      DubForecastSpan older;

      dub_forecast_learn (&forecast, FALSE, samples, i);
      dub_forecast_span (&forecast, scales[i], 0, &span);
      judge (i < N_FIRST ? &scores->first : &scores->fresh, samples[i].took_ms, span.early, span.late);
      dub_forecast_span (&forecast, scales[i], span.middle, &older);
      if (i >= N_FIRST && samples[i].took_ms > span.middle)
        judge (&scores->older, samples[i].took_ms, older.early, older.late);
      if (i >= N_FIRST && i + BATCH <= N_DUBS)
        {
          DubForecastPart parts[BATCH];
          double last = 0;

          for (guint j = 0; j < BATCH; j++)
            {
              parts[j] = (DubForecastPart) { scales[i + j], 1000.0 * (j / 5) };
              last = MAX (last, parts[j].sent_ms + samples[i + j].took_ms);
            }
          dub_forecast_last (&forecast, parts, BATCH, &span);
          judge (&scores->batch, last, span.early, span.late);
        }
    }
}

/* Four of five dubs are ready in the range that was told. Where all take the same time, all are: the range is then narrow. */
static void
test_calibration (gconstpointer data)
{
  DubSimulatedService service = GPOINTER_TO_INT (data);
  double most = service == DUB_SIMULATED_EXACT ? 100 : 88;
  Scores scores = { 0 };

  simulate (service, &scores);
  g_test_message ("%s: of the first %u %.0f %% in the range, then %.0f %%; older ones %.0f %%; batches %.0f %%",
                  dub_simulated_service_name (service), N_FIRST, percent (&scores.first), percent (&scores.fresh),
                  percent (&scores.older), percent (&scores.batch));
  g_assert_cmpfloat (percent (&scores.fresh), >=, 72);
  g_assert_cmpfloat (percent (&scores.fresh), <=, most);
  g_assert_cmpfloat (percent (&scores.older), >=, 70);
  g_assert_cmpfloat (percent (&scores.batch), >=, 72);
  g_assert_cmpfloat (percent (&scores.batch), <=, most);
}

static void
test_narrow_where_exact (void)
{
  DubForecast forecast;
  DubForecastSpan span;

  learn_n (&forecast, 60, 60 * MINUTE);
  span_of (&forecast, MINUTE, FALSE, &span);
  g_assert_cmpint (span.early, <, 60 * MINUTE);
  g_assert_cmpint (span.late, >, 60 * MINUTE);
  g_assert_cmpint (span.late - span.early, <, 8 * MINUTE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow/forecast/priors", test_priors);
  g_test_add_func ("/workflow/forecast/learning", test_learning);
  g_test_add_func ("/workflow/forecast/following", test_following);
  g_test_add_func ("/workflow/forecast/absurd-samples", test_absurd_samples);
  g_test_add_func ("/workflow/forecast/running-ones-count", test_running_ones_count);
  g_test_add_func ("/workflow/forecast/getting-older", test_getting_older);
  g_test_add_func ("/workflow/forecast/survival", test_survival);
  g_test_add_func ("/workflow/forecast/surprises", test_surprises);
  g_test_add_func ("/workflow/forecast/last-of-many", test_last_of_many);
  g_test_add_func ("/workflow/forecast/narrow-where-exact", test_narrow_where_exact);
  for (guint i = 0; i < DUB_N_SIMULATED; i++)
    {
      g_autofree char *name = g_strdup (dub_simulated_service_name (i));
      g_autofree char *path = g_strdup_printf ("/workflow/forecast/calibration/%s", g_strdelimit (name, " ", '-'));

      g_test_add_data_func (path, GINT_TO_POINTER (i), test_calibration);
    }
  return g_test_run ();
}
