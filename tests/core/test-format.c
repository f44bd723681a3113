/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-format.h"

#include <math.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static void
assert_text (char       *actual,
             const char *expected)
{
  g_assert_cmpstr (actual, ==, expected);
  g_free (actual);
}

static void
test_duration (void)
{
  assert_text (dub_format_duration (0), "0:00");
  assert_text (dub_format_duration (-5), "0:00");
  assert_text (dub_format_duration (53480), "0:53");
  assert_text (dub_format_duration (53999), "0:53");
  assert_text (dub_format_duration (2830000), "47:10");
  assert_text (dub_format_duration (3600000), "1:00:00");
  assert_text (dub_format_duration (3729000), "1:02:09");
}

static void
test_position (void)
{
  assert_text (dub_format_position (25580), "0:25.58");
  assert_text (dub_format_position (0), "0:00.00");
  assert_text (dub_format_position (59996), "1:00.00");
  assert_text (dub_format_position (-1), "0:00.00");
  assert_text (dub_format_position (NAN), "0:00.00");
  assert_text (dub_format_position (INFINITY), "0:00.00");
  g_free (dub_format_position (1e300));
}

static void
test_size (void)
{
  assert_text (dub_format_size (0), "0 bytes");
  assert_text (dub_format_size (1), "1 byte");
  assert_text (dub_format_size (999), "999 bytes");
  assert_text (dub_format_size (1000), "1 kB");
  assert_text (dub_format_size (1500), "1.5 kB");
  assert_text (dub_format_size (38123456), "38 MB");
  assert_text (dub_format_size (163700000), "164 MB");
  assert_text (dub_format_size (999600000), "1 GB");
  assert_text (dub_format_size (1204000000), "1.2 GB");
  assert_text (dub_format_size (9960000000), "10 GB");
  assert_text (dub_format_size (G_MAXUINT64), "18 EB");
}

/* A Tuesday, 12:00 local time. */
static gint64
noon (void)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (2026, 11, 17, 12, 0, 0);

  return g_date_time_to_unix (time);
}

static void
test_range (void)
{
  gint64 now = noon ();

  assert_text (dub_format_range (now + 40 * MINUTE, now + 65 * MINUTE, now), "12:40–13:05");
  assert_text (dub_format_range (now + 40 * MINUTE, now + 40 * MINUTE + 20, now), "12:40");
  assert_text (dub_format_range (now + 40 * MINUTE, now, now), "12:40");
  assert_text (dub_format_range (now + DAY, now + DAY + HOUR, now), "Wed 12:00–13:00");
  assert_text (dub_format_range (now + DAY, now + DAY, now), "Wed 12:00");
  assert_text (dub_format_range (now + 11 * HOUR, now + 13 * HOUR, now), "23:00 – Wed 01:00");
  assert_text (dub_format_range (now + 7 * DAY, now + 7 * DAY + HOUR, now), "24 Nov 12:00–13:00");
  assert_text (dub_format_unbroken_range (now + 40 * MINUTE, now + 65 * MINUTE, now), "12:40\u2060–\u206013:05");
  assert_text (dub_format_unbroken_range (now + 11 * HOUR, now + 13 * HOUR, now), "23:00\u00a0\u2060–\u2060\u00a0Wed\u00a001:00");
}

static void
test_moment (void)
{
  gint64 now = noon ();

  assert_text (dub_format_moment (now - 3 * HOUR, now), "09:00");
  assert_text (dub_format_moment (now - 12 * HOUR, now), "00:00");
  assert_text (dub_format_moment (now - 12 * HOUR - 1, now), "Yesterday 23:59");
  assert_text (dub_format_moment (now - 2 * DAY, now), "Sun 12:00");
  assert_text (dub_format_moment (now - 6 * DAY, now), "Wed 12:00");
  assert_text (dub_format_moment (now - 7 * DAY, now), "10 Nov 2026");
  assert_text (dub_format_moment (now - 13 * DAY, now), "4 Nov 2026");
}

static void
test_time_change (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) before = g_date_time_new_local (2026, 10, 24, 23, 30, 0);
  g_autoptr (GDateTime) after = g_date_time_new_local (2026, 10, 26, 0, 30, 0);

  /* The clocks go back on the 25th, that day has 25 hours: still two days, not one. */
  g_assert_cmpstr (g_time_zone_get_identifier (zone), ==, "Europe/Berlin");
  assert_text (dub_format_moment (g_date_time_to_unix (before), g_date_time_to_unix (after)), "Sat 23:30");
}

static void
test_days_between (void)
{
  gint64 now = noon ();

  g_assert_cmpint (dub_format_days_between (now, now + 11 * HOUR), ==, 0);
  g_assert_cmpint (dub_format_days_between (now, now + 13 * HOUR), ==, 1);
  g_assert_cmpint (dub_format_days_between (now - 13 * HOUR, now), ==, 1);
  g_assert_cmpint (dub_format_days_between (now, now - 37 * HOUR), ==, -2);
  g_assert_cmpint (dub_format_days_between (now, now + 30 * DAY), ==, 30);
}

static void
test_extremes (void)
{
  g_free (dub_format_range (G_MININT64, G_MAXINT64, 0));
  g_free (dub_format_moment (G_MAXINT64, G_MININT64));
}

int
main (int   argc,
      char *argv[])
{
  /* Before the first use of the local zone. */
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/format/duration", test_duration);
  g_test_add_func ("/core/format/position", test_position);
  g_test_add_func ("/core/format/size", test_size);
  g_test_add_func ("/core/format/range", test_range);
  g_test_add_func ("/core/format/moment", test_moment);
  g_test_add_func ("/core/format/time-change", test_time_change);
  g_test_add_func ("/core/format/days-between", test_days_between);
  g_test_add_func ("/core/format/extremes", test_extremes);
  return g_test_run ();
}
