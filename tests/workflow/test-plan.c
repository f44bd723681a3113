/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-poll-plan.h"

#include "dub-queue-clock.h"

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)

static void
expect_hour (DubForecast *forecast)
{
  DubForecastSample samples[40];

  /* From 48 to 72 minutes for a minute of video. */
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    samples[i] = (DubForecastSample) { .video_ms = MINUTE, .took_ms = (48 + 24 * (i * 7 % 40) / 40) * MINUTE };
  dub_forecast_learn (forecast, FALSE, samples, G_N_ELEMENTS (samples));
}

static DubPollItem
item_asked (gint64 id,
            gint64 age,
            gint64 asked)
{
  return (DubPollItem) { .id = id, .age = age, .asked = asked, .scale = 60.0 * MINUTE };
}

/* How long after a question the next one comes, of a single dub. */
static gint64
pause_after (const DubForecast *forecast,
             gint64             asked)
{
  DubPollItem item = item_asked (1, asked, asked);
  DubPollPlan plan;

  dub_poll_plan_make (&item, 1, forecast, &plan);
  g_assert_cmpuint (plan.n_ids, ==, 1);
  return plan.wait;
}

static void
test_nothing (void)
{
  DubForecast forecast;
  DubPollPlan plan;

  expect_hour (&forecast);
  dub_poll_plan_make (NULL, 0, &forecast, &plan);
  g_assert_cmpint (plan.wait, ==, 0);
  g_assert_cmpuint (plan.n_ids, ==, 0);
}

static void
test_first_question_comes_soon (void)
{
  DubPollItem item = item_asked (1, 0, DUB_POLL_NEVER);
  DubForecast forecast;
  DubPollPlan plan;

  expect_hour (&forecast);
  dub_poll_plan_make (&item, 1, &forecast, &plan);
  g_assert_cmpint (plan.wait, >=, 5 * SECOND);
  g_assert_cmpint (plan.wait, <=, 7 * SECOND);
  item.age = 5 * SECOND;
  dub_poll_plan_make (&item, 1, &forecast, &plan);
  g_assert_cmpint (plan.wait, ==, 0);
}

/* New ones rarely, those that may be ready often, late ones ever more rarely; never later than every ten minutes. */
static void
test_rhythm (void)
{
  DubForecast forecast;
  gint64 near;

  expect_hour (&forecast);
  near = pause_after (&forecast, 60 * MINUTE);
  g_assert_cmpint (near, <=, MINUTE);
  g_assert_cmpint (near, >=, 10 * SECOND);
  g_assert_cmpint (pause_after (&forecast, 20 * MINUTE), >, 3 * near);
  g_assert_cmpint (pause_after (&forecast, 40 * 60 * MINUTE), >, 4 * near);
  for (gint64 asked = 0; asked < 3000 * MINUTE; asked += 7 * MINUTE)
    g_assert_cmpint (pause_after (&forecast, asked), <=, 10 * MINUTE + 75 * SECOND);
}

/* It is due after ten minutes, though it cannot be ready for a day. */
static void
test_longest (void)
{
  DubPollItem item = item_asked (1, 11 * MINUTE, MINUTE);
  DubForecast forecast;
  DubPollPlan plan;

  expect_hour (&forecast);
  item.scale *= 1000;
  dub_poll_plan_make (&item, 1, &forecast, &plan);
  g_assert_cmpint (plan.wait, ==, 0);
  item.age -= MINUTE;
  dub_poll_plan_make (&item, 1, &forecast, &plan);
  g_assert_cmpint (plan.wait, >, 0);
  g_assert_cmpint (plan.wait, <=, 2 * MINUTE);
}

/* The pause before does not reach far into the time when it may be ready: in the middle it is asked for as the model says. */
static void
test_price (void)
{
  DubForecast forecast;
  gint64 pause;
  double rate;

  expect_hour (&forecast);
  pause = pause_after (&forecast, 60 * MINUTE);
  rate = (1 - dub_forecast_alive (&forecast, 60 * MINUTE, 60 * MINUTE + pause) /
                dub_forecast_alive (&forecast, 60 * MINUTE, 60 * MINUTE)) / pause;
  /* √(2c ÷ h), c: half a second */
  g_assert_cmpfloat (rate * pause * pause, >=, 2 * 500);
  g_assert_cmpfloat (rate * pause * pause, <=, 2 * 500 * 1.4);
}

static void
test_studio_is_asked_every_second (void)
{
  DubPollItem item = item_asked (1, 7 * SECOND, 7 * SECOND);
  DubForecast forecast;
  DubPollPlan plan;

  dub_forecast_learn (&forecast, TRUE, NULL, 0);
  dub_poll_plan_make (&item, 1, &forecast, &plan);
  g_assert_cmpint (plan.wait, ==, SECOND);
  item.age = 8 * SECOND;
  dub_poll_plan_make (&item, 1, &forecast, &plan);
  g_assert_cmpint (plan.wait, ==, 0);
}

/* Free places go to those that are most probably ready, five at most. */
static void
test_filling (void)
{
  DubForecast forecast;
  DubPollItem items[8];
  DubPollPlan plan;

  expect_hour (&forecast);
  for (guint i = 0; i < 8; i++)
    items[i] = item_asked (i + 1, (48 + 2 * i) * MINUTE, 47 * MINUTE);
  dub_poll_plan_make (items, 8, &forecast, &plan);
  g_assert_cmpint (plan.wait, ==, 0);
  g_assert_cmpuint (plan.n_ids, ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (plan.ids[i], ==, 8 - i);
}

/* Five that share a request are asked for sooner than each would be by itself. */
static void
test_sharing (void)
{
  DubForecast forecast;
  DubPollItem items[5];
  DubPollPlan plan;

  expect_hour (&forecast);
  for (guint i = 0; i < 5; i++)
    items[i] = item_asked (i + 1, 60 * MINUTE, 60 * MINUTE);
  dub_poll_plan_make (items, 5, &forecast, &plan);
  g_assert_cmpint (plan.wait, >, 0);
  g_assert_cmpint (plan.wait, <, pause_after (&forecast, 60 * MINUTE) * 2 / 3);
  g_assert_cmpuint (plan.n_ids, ==, 5);
}

static void
test_seen_in_list (void)
{
  DubForecast forecast;
  DubPollItem items[7];
  DubPollPlan plan;

  expect_hour (&forecast);
  for (guint i = 0; i < 7; i++)
    items[i] = item_asked (i + 1, 70 * MINUTE, 48 * MINUTE);
  items[6].age = items[6].asked = 3 * MINUTE;
  items[6].ready = TRUE;
  dub_poll_plan_make (items, 7, &forecast, &plan);
  g_assert_cmpint (plan.wait, ==, 0);
  g_assert_cmpint (plan.ids[0], ==, 7);
  dub_poll_plan_make (items + 6, 1, &forecast, &plan);
  g_assert_cmpint (plan.wait, ==, 0);
}

/* Those that have probably finished come before one whose id is only to be checked, which comes before those that probably
 * have not. */
static void
test_first_question_is_worth_half (void)
{
  DubForecast forecast;
  DubPollItem items[3];
  DubPollPlan plan;

  expect_hour (&forecast);
  items[0] = item_asked (1, 52 * MINUTE, 50 * MINUTE);
  items[1] = item_asked (2, 8 * SECOND, DUB_POLL_NEVER);
  items[2] = item_asked (3, 70 * MINUTE, 50 * MINUTE);
  dub_poll_plan_make (items, 3, &forecast, &plan);
  g_assert_cmpuint (plan.n_ids, ==, 3);
  g_assert_cmpint (plan.ids[0], ==, 3);
  g_assert_cmpint (plan.ids[1], ==, 2);
}

/* Ten thousand that have long not been asked for must not take the places of those that are probably ready. */
static void
test_saturation (void)
{
  const guint n = 10000;
  g_autofree DubPollItem *items = g_new (DubPollItem, n);
  DubForecast forecast;
  DubPollPlan plan;

  expect_hour (&forecast);
  for (guint i = 0; i < n; i++)
    items[i] = item_asked (i + 1, 30 * MINUTE, 10 * MINUTE);
  for (guint i = 0; i < 5; i++)
    items[1000 * i + 7] = item_asked (1000 * i + 8, (64 + i) * MINUTE, 58 * MINUTE);
  dub_poll_plan_make (items, n, &forecast, &plan);
  g_assert_cmpint (plan.wait, ==, 0);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (plan.ids[i], ==, 4008 - 1000 * i);
}

/* After a night in which the machine slept: all have waited for too long, and those that are probably ready come first. */
static void
test_after_a_night (void)
{
  DubForecast forecast;
  DubPollItem items[9];
  DubPollPlan plan;

  expect_hour (&forecast);
  for (guint i = 0; i < 9; i++)
    items[i] = item_asked (i + 1, (90 - 2 * i) * MINUTE, (30 - 3 * i) * MINUTE);
  dub_poll_plan_make (items, 9, &forecast, &plan);
  g_assert_cmpint (plan.wait, ==, 0);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (plan.ids[i], ==, i + 1);
}

static void
test_alone (void)
{
  DubForecast forecast;
  DubPollItem items[3];
  DubPollPlan plan;

  expect_hour (&forecast);
  items[0] = item_asked (1, 66 * MINUTE, 50 * MINUTE);
  items[1] = item_asked (2, 65 * MINUTE, 50 * MINUTE);
  items[2] = item_asked (3, 64 * MINUTE, 50 * MINUTE);
  items[0].alone = items[2].alone = TRUE;
  dub_poll_plan_make (items, 3, &forecast, &plan);
  g_assert_cmpuint (plan.n_ids, ==, 1);
  g_assert_cmpint (plan.ids[0], ==, 1);
  dub_poll_plan_make (items + 1, 2, &forecast, &plan);
  g_assert_cmpuint (plan.n_ids, ==, 1);
  g_assert_cmpint (plan.ids[0], ==, 2);
}

/* What the plan says to wait is what it then finds due. */
static void
test_waiting_is_enough (void)
{
  DubForecast forecast;
  DubPollItem items[60];
  DubPollPlan plan;

  expect_hour (&forecast);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    items[i] = item_asked (i + 1, (20 + i / 2) * MINUTE, (20 + i / 2) * MINUTE);
  for (guint round = 0; round < 200; round++)
    {
      DubPollPlan then;

      dub_poll_plan_make (items, G_N_ELEMENTS (items), &forecast, &plan);
      for (guint i = 0; i < G_N_ELEMENTS (items); i++)
        items[i].age += plan.wait;
      dub_poll_plan_make (items, G_N_ELEMENTS (items), &forecast, &then);
      g_assert_cmpint (then.wait, ==, 0);
      g_assert_cmpmem (then.ids, sizeof then.ids, plan.ids, sizeof plan.ids);
      for (guint i = 0; i < then.n_ids; i++)
        items[then.ids[i] - 1].asked = items[then.ids[i] - 1].age;
    }
}

static void
test_looking (void)
{
  g_assert_cmpint (dub_poll_plan_look (3000 * MINUTE, DUB_POLL_NEVER, MINUTE, FALSE), ==, 0);
  g_assert_cmpint (dub_poll_plan_look (SECOND, SECOND, 60 * MINUTE, FALSE), ==, 5 * MINUTE);
  g_assert_cmpint (dub_poll_plan_look (4 * MINUTE, SECOND, 60 * MINUTE, FALSE), ==, MINUTE + SECOND);
  g_assert_cmpint (dub_poll_plan_look (SECOND, SECOND, MINUTE, TRUE), ==, 2 * SECOND);
  g_assert_cmpint (dub_poll_plan_look (2400 * MINUTE, 2400 * MINUTE, MINUTE, FALSE), ==, 60 * MINUTE);
  g_assert_cmpint (dub_poll_plan_look (3000 * MINUTE, MINUTE, MINUTE, FALSE), ==, 0);
}

/* What was stored by a clock that was wrong neither lies in the time to come nor before anyone could have waited. */
static void
test_clock (void)
{
  gint64 real = g_get_real_time () / 1000;
  gint64 now = dub_queue_clock_now ();
  gint64 hour_ago = dub_queue_clock_when (real - 60 * MINUTE);

  g_assert_cmpint (now, >, 0);
  g_assert_cmpint (ABS (hour_ago - (now - 60 * MINUTE)), <, 10 * SECOND);
  g_assert_cmpint (ABS (dub_queue_clock_when (real + 600 * MINUTE) - now), <, 10 * SECOND);
  g_assert_cmpint (dub_queue_clock_when (0), >, now - G_GINT64_CONSTANT (32) * 24 * 60 * MINUTE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow/poll-plan/nothing", test_nothing);
  g_test_add_func ("/workflow/poll-plan/first-question", test_first_question_comes_soon);
  g_test_add_func ("/workflow/poll-plan/rhythm", test_rhythm);
  g_test_add_func ("/workflow/poll-plan/longest", test_longest);
  g_test_add_func ("/workflow/poll-plan/price", test_price);
  g_test_add_func ("/workflow/poll-plan/studio", test_studio_is_asked_every_second);
  g_test_add_func ("/workflow/poll-plan/filling", test_filling);
  g_test_add_func ("/workflow/poll-plan/sharing", test_sharing);
  g_test_add_func ("/workflow/poll-plan/seen-in-list", test_seen_in_list);
  g_test_add_func ("/workflow/poll-plan/first-question-is-worth-half", test_first_question_is_worth_half);
  g_test_add_func ("/workflow/poll-plan/saturation", test_saturation);
  g_test_add_func ("/workflow/poll-plan/after-a-night", test_after_a_night);
  g_test_add_func ("/workflow/poll-plan/alone", test_alone);
  g_test_add_func ("/workflow/poll-plan/waiting-is-enough", test_waiting_is_enough);
  g_test_add_func ("/workflow/poll-plan/looking", test_looking);
  g_test_add_func ("/workflow/poll-plan/clock", test_clock);
  return g_test_run ();
}
