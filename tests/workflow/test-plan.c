/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-forecast.h"
#include "dub-poll-plan.h"

#include <glib.h>

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define NOW G_GINT64_CONSTANT (1800000000000)

static gint64
due (const DubPollItem *item,
     gboolean           studio)
{
  DubPollPlan plan;

  dub_poll_plan_make (item, 1, studio, MAX (item->asked, item->submitted), &plan);
  return plan.when;
}

static void
test_nothing (void)
{
  DubPollPlan plan;

  dub_poll_plan_make (NULL, 0, FALSE, NOW, &plan);
  g_assert_cmpint (plan.when, ==, 0);
  g_assert_cmpuint (plan.n_ids, ==, 0);
}

static void
test_first_question_comes_soon (void)
{
  DubPollItem item = { .id = 1, .submitted = NOW, .expected = 60 * MINUTE };

  g_assert_cmpint (due (&item, FALSE), ==, NOW + 5 * SECOND);
}

/* New ones rarely, those that may be ready often, late ones ever more rarely. */
static void
test_rhythm (void)
{
  DubPollItem item = { .id = 1, .submitted = NOW, .expected = 60 * MINUTE };
  gint64 early;
  gint64 near;
  gint64 late;
  gint64 very_late;

  item.asked = NOW + 10 * MINUTE;
  early = due (&item, FALSE) - item.asked;
  item.asked = NOW + 59 * MINUTE;
  near = due (&item, FALSE) - item.asked;
  item.asked = NOW + 120 * MINUTE;
  late = due (&item, FALSE) - item.asked;
  item.asked = NOW + 24 * 60 * MINUTE;
  very_late = due (&item, FALSE) - item.asked;
  g_assert_cmpint (near, ==, MINUTE);
  g_assert_cmpint (early, >, 5 * near);
  g_assert_cmpint (late, >, near);
  g_assert_cmpint (very_late, >, late);
  g_assert_cmpint (very_late, <=, 10 * MINUTE);
}

/* The pause before does not reach into the time when it may be ready. */
static void
test_near_end_is_not_missed (void)
{
  DubPollItem item = { .id = 1, .submitted = NOW, .asked = NOW + 35 * MINUTE, .expected = 60 * MINUTE };

  g_assert_cmpint (due (&item, FALSE), ==, NOW + 36 * MINUTE);
}

static void
test_studio_is_asked_every_second (void)
{
  DubPollItem item = { .id = 1, .submitted = NOW, .asked = NOW + 7 * SECOND, .expected = MINUTE };

  g_assert_cmpint (due (&item, TRUE), ==, NOW + 8 * SECOND);
}

/* The most urgent decides when; the next ones fill the request, five at most. */
static void
test_filling (void)
{
  DubPollItem items[8] = { 0 };
  DubPollPlan plan;

  for (guint i = 0; i < 8; i++)
    {
      items[i].id = i + 1;
      items[i].submitted = NOW - (i + 1) * SECOND;
      items[i].expected = 60 * MINUTE;
    }
  dub_poll_plan_make (items, 8, FALSE, NOW, &plan);
  g_assert_cmpuint (plan.n_ids, ==, 5);
  g_assert_cmpint (plan.when, ==, NOW - 8 * SECOND + 5 * SECOND);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (plan.ids[i], ==, 8 - i);
}

static void
test_alone (void)
{
  DubPollItem items[3] = {
    { .id = 1, .submitted = NOW - 9 * SECOND, .expected = MINUTE, .alone = TRUE },
    { .id = 2, .submitted = NOW - 8 * SECOND, .expected = MINUTE },
    { .id = 3, .submitted = NOW - 7 * SECOND, .expected = MINUTE, .alone = TRUE },
  };
  DubPollPlan plan;

  dub_poll_plan_make (items, 3, FALSE, NOW, &plan);
  g_assert_cmpuint (plan.n_ids, ==, 1);
  g_assert_cmpint (plan.ids[0], ==, 1);
  dub_poll_plan_make (items + 1, 2, FALSE, NOW, &plan);
  g_assert_cmpuint (plan.n_ids, ==, 1);
  g_assert_cmpint (plan.ids[0], ==, 2);
}

/* The clock is set back by an hour after a dub was sent: it is asked for all the same. */
static void
test_clock_set_back (void)
{
  for (guint studio = 0; studio < 2; studio++)
    {
      DubPollItem item = { .id = 1, .submitted = NOW + 3600 * SECOND, .expected = MINUTE };
      guint n_asked = 0;

      for (gint64 now = NOW; now < NOW + 59 * MINUTE; now += SECOND)
        {
          DubPollPlan plan;

          dub_poll_plan_make (&item, 1, studio, now, &plan);
          if (plan.when > now)
            continue;
          item.asked = now;
          n_asked++;
        }
      g_assert_cmpuint (n_asked, >, studio ? 3000 : 50);
      g_assert_cmpuint (n_asked, <, studio ? 3600 : 150);
    }
}

/* It was asked for, and then the clock is set back. */
static void
test_clock_set_back_after_asking (void)
{
  DubPollItem item = { .id = 1, .submitted = NOW, .asked = NOW + 3600 * SECOND, .expected = MINUTE };
  DubPollPlan plan;

  dub_poll_plan_make (&item, 1, FALSE, NOW, &plan);
  g_assert_cmpint (plan.when, <=, NOW + 5 * SECOND);
}

static void
test_looking (void)
{
  const gint64 later = NOW + 3000 * MINUTE;

  g_assert_cmpint (dub_poll_plan_look (NOW, 0, MINUTE, FALSE, later), ==, 0);
  g_assert_cmpint (dub_poll_plan_look (NOW, NOW + SECOND, 60 * MINUTE, FALSE, later), ==, NOW + SECOND + 5 * MINUTE);
  g_assert_cmpint (dub_poll_plan_look (NOW, NOW + SECOND, MINUTE, TRUE, later), ==, NOW + 3 * SECOND);
  g_assert_cmpint (dub_poll_plan_look (NOW, NOW + 2400 * MINUTE, MINUTE, FALSE, later) - NOW, ==, 2460 * MINUTE);
  /* The clock was set back since. */
  g_assert_cmpint (dub_poll_plan_look (NOW, NOW + 60 * MINUTE, MINUTE, FALSE, NOW), ==, 0);
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
  dub_forecast_span (&service, MINUTE, FALSE, &span);
  g_assert_cmpint (span.middle, ==, 60 * MINUTE);
  g_assert_cmpint (span.early, <, span.middle);
  g_assert_cmpint (span.late, >, span.middle);
  dub_forecast_span (&service, MINUTE, TRUE, &with_lips);
  g_assert_cmpint (with_lips.middle - span.middle, >=, 5 * MINUTE);
  g_assert_cmpint (with_lips.middle - span.middle, <=, 10 * MINUTE);
  dub_forecast_span (&studio, MINUTE, FALSE, &span);
  g_assert_cmpint (span.middle, ==, 125 * SECOND);
}

static void
test_learning (void)
{
  DubForecastSample samples[20];
  DubForecast forecast;
  DubForecastSpan before;
  DubForecastSpan after;

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    samples[i] = (DubForecastSample) { .video_ms = MINUTE, .took_ms = 30 * MINUTE };
  dub_forecast_learn (&forecast, FALSE, samples, 1);
  dub_forecast_span (&forecast, MINUTE, FALSE, &before);
  g_assert_cmpint (before.middle, <, 60 * MINUTE);
  g_assert_cmpint (before.middle, >, 40 * MINUTE);
  dub_forecast_learn (&forecast, FALSE, samples, G_N_ELEMENTS (samples));
  dub_forecast_span (&forecast, MINUTE, FALSE, &after);
  g_assert_cmpint (after.middle, <, 35 * MINUTE);
  g_assert_cmpint (after.late - after.early, <, before.late - before.early);
}

static void
test_absurd_samples (void)
{
  DubForecastSample samples[] = {
    { .video_ms = 0, .took_ms = MINUTE },
    { .video_ms = MINUTE, .took_ms = -5 },
    { .video_ms = MINUTE, .took_ms = G_MAXINT64 / 2 },
  };
  DubForecast forecast;
  DubForecastSpan span;

  dub_forecast_learn (&forecast, FALSE, samples, G_N_ELEMENTS (samples));
  dub_forecast_span (&forecast, MINUTE, FALSE, &span);
  g_assert_cmpint (span.middle, >=, 60 * MINUTE);
  g_assert_cmpint (span.middle, <, 180 * MINUTE);
  dub_forecast_span (&forecast, 0, FALSE, &span);
  g_assert_cmpint (span.middle, >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow/poll-plan/nothing", test_nothing);
  g_test_add_func ("/workflow/poll-plan/first-question", test_first_question_comes_soon);
  g_test_add_func ("/workflow/poll-plan/rhythm", test_rhythm);
  g_test_add_func ("/workflow/poll-plan/near-end", test_near_end_is_not_missed);
  g_test_add_func ("/workflow/poll-plan/studio", test_studio_is_asked_every_second);
  g_test_add_func ("/workflow/poll-plan/filling", test_filling);
  g_test_add_func ("/workflow/poll-plan/alone", test_alone);
  g_test_add_func ("/workflow/poll-plan/clock-set-back", test_clock_set_back);
  g_test_add_func ("/workflow/poll-plan/clock-set-back-after-asking", test_clock_set_back_after_asking);
  g_test_add_func ("/workflow/poll-plan/looking", test_looking);
  g_test_add_func ("/workflow/forecast/priors", test_priors);
  g_test_add_func ("/workflow/forecast/learning", test_learning);
  g_test_add_func ("/workflow/forecast/absurd-samples", test_absurd_samples);
  return g_test_run ();
}
