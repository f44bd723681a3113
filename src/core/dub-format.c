/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-format.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#define MAX_SHOWN_MS 3.6e12
#define NO_BREAK_SPACE "\u00a0"
#define WORD_JOINER "\u2060"

/**
 * dub_format_duration:
 * @ms: milliseconds
 *
 * Returns: (transfer full): hours (where there are any), minutes and whole seconds: "0:53", "1:02:09"
 */
char *
dub_format_duration (gint64 ms)
{
  gint64 seconds = MAX (ms, 0) / 1000;

  if (seconds >= 3600)
    return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600, (int) (seconds / 60 % 60),
                            (int) (seconds % 60));
  return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
}

/**
 * dub_format_position:
 * @ms: milliseconds
 *
 * Returns: (transfer full): a place in a video, to a hundredth of a second: "0:25.58"
 */
char *
dub_format_position (double ms)
{
  gint64 hundredths = isfinite (ms) ? (gint64) floor (CLAMP (ms, 0, MAX_SHOWN_MS) / 10 + 0.5) : 0;
  g_autofree char *whole = dub_format_duration (hundredths * 10);

  return g_strdup_printf ("%s.%02d", whole, (int) (hundredths % 100));
}

/**
 * dub_format_size:
 * @bytes: bytes
 *
 * Returns: (transfer full): a size in decimal units, with a tenth where it tells something: "38 MB", "1.2 GB"
 */
char *
dub_format_size (guint64 bytes)
{
  /* Translators: a size, in thousands of bytes. */
  const char *units[] = { N_("%s kB"), N_("%s MB"), N_("%s GB"), N_("%s TB"), N_("%s PB"), N_("%s EB") };
  double value = (double) bytes / 1000;
  g_autofree char *number = NULL;
  guint unit = 0;

  if (bytes < 1000)
    return g_strdup_printf (ngettext ("%d byte", "%d bytes", (gulong) bytes), (int) bytes);

  while (value >= 999.5 && unit + 1 < G_N_ELEMENTS (units))
    {
      value /= 1000;
      unit++;
    }

  /* "1.0 GB" would claim a precision that "1 GB" has as well. */
  if (value >= 9.95 || fabs (value - round (value)) < 0.05)
    number = g_strdup_printf ("%.0f", value);
  else
    number = g_strdup_printf ("%.1f", value);

  {
    GString *size = g_string_new (_(units[unit]));

    g_string_replace (size, "%s", number, 1);
    return g_string_free_and_steal (size);
  }
}

static GDateTime *
local_time (gint64 unix_seconds)
{
  GDateTime *time = g_date_time_new_from_unix_local (unix_seconds);

  return time != NULL ? time : g_date_time_new_from_unix_local (0);
}

/* The number of midnights between the two, as the calendar has them: a day may have 23 or 25 hours. */
static int
days_between (GDateTime *from,
              GDateTime *to)
{
  GDate dates[2];

  g_date_clear (dates, 2);
  g_date_set_dmy (&dates[0], g_date_time_get_day_of_month (from), g_date_time_get_month (from),
                  g_date_time_get_year (from));
  g_date_set_dmy (&dates[1], g_date_time_get_day_of_month (to), g_date_time_get_month (to),
                  g_date_time_get_year (to));
  return g_date_days_between (&dates[0], &dates[1]);
}

static char *
format_clock (GDateTime *time)
{
  /* Translators: a time of day, see g_date_time_format(). */
  return g_date_time_format (time, _("%H:%M"));
}

static char *
format_day_and_clock (GDateTime *time,
                      GDateTime *now)
{
  int days = days_between (now, time);

  if (days == 0)
    return format_clock (time);
  if (days == -1)
    /* Translators: a time of yesterday, see g_date_time_format(). */
    return g_date_time_format (time, _("Yesterday %H:%M"));
  if (ABS (days) < 7)
    /* Translators: day of the week and time, see g_date_time_format(). */
    return g_date_time_format (time, _("%a %H:%M"));
  /* Translators: day, month and time, see g_date_time_format(). */
  return g_date_time_format (time, _("%-d %b %H:%M"));
}

/**
 * dub_format_range:
 * @from: Unix seconds
 * @to: Unix seconds
 * @now: Unix seconds
 *
 * Tells a forecast in local time.
 *
 * Returns: (transfer full): "09:40–10:05", with the day in front where it is not today ("Tue 09:40–10:05"), and with both
 *   days where midnight lies between ("23:40 – Wed 00:20"); one time where both are in the same minute
 */
char *
dub_format_range (gint64 from,
                  gint64 to,
                  gint64 now)
{
  g_autoptr (GDateTime) first = local_time (from);
  g_autoptr (GDateTime) last = local_time (MAX (from, to));
  g_autoptr (GDateTime) today = local_time (now);
  g_autofree char *start = format_day_and_clock (first, today);
  g_autofree char *end = NULL;

  if (days_between (first, last) != 0)
    {
      end = format_day_and_clock (last, today);
      /* Translators: from a time of one day to a time of another. */
      return g_strdup_printf (_("%s – %s"), start, end);
    }

  end = format_clock (last);
  if (g_str_has_suffix (start, end))
    return g_steal_pointer (&start);
  /* Translators: from a time to a time of the same day. */
  return g_strdup_printf (_("%s–%s"), start, end);
}

/**
 * dub_format_unbroken_range:
 * @from: Unix seconds
 * @to: Unix seconds
 * @now: Unix seconds
 *
 * Like dub_format_range(), for text that is wrapped: a line never ends within it.
 *
 * Returns: (transfer full): the range, with characters in it that are not seen
 */
char *
dub_format_unbroken_range (gint64 from,
                           gint64 to,
                           gint64 now)
{
  g_autofree char *range = dub_format_range (from, to, now);
  GString *unbroken = g_string_new (range);

  g_string_replace (unbroken, " ", NO_BREAK_SPACE, 0);
  g_string_replace (unbroken, "–", WORD_JOINER "–" WORD_JOINER, 0);
  return g_string_free_and_steal (unbroken);
}

/**
 * dub_format_moment:
 * @moment: Unix seconds
 * @now: Unix seconds
 *
 * Tells a moment in local time, the more exactly the nearer it is.
 *
 * Returns: (transfer full): "09:05" today, "Yesterday 09:05", "Tue 09:05" within a week, else "12 Nov 2026"
 */
char *
dub_format_moment (gint64 moment,
                   gint64 now)
{
  g_autoptr (GDateTime) time = local_time (moment);
  g_autoptr (GDateTime) today = local_time (now);

  if (ABS (days_between (today, time)) < 7)
    return format_day_and_clock (time, today);
  /* Translators: a date, see g_date_time_format(). */
  return g_date_time_format (time, _("%-d %b %Y"));
}

/**
 * dub_format_days_between:
 * @from: Unix seconds
 * @to: Unix seconds
 *
 * Returns: how many midnights of local time lie between the two, as people count days; negative where @to is before @from
 */
int
dub_format_days_between (gint64 from,
                         gint64 to)
{
  g_autoptr (GDateTime) first = local_time (from);
  g_autoptr (GDateTime) last = local_time (to);

  return days_between (first, last);
}
