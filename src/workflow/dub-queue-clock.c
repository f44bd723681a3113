/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-clock.h"

#include <time.h>

/* Nothing that is waited for is older; what says so was noted by a clock that was wrong. */
#define OLDEST_MS (G_GINT64_CONSTANT (30) * 24 * 3600 * 1000)

/**
 * dub_queue_clock_now:
 *
 * The clock by which the queue waits. It goes on while the machine is suspended, as the service does, and nobody can set it.
 * It means nothing to another process. Any thread.
 *
 * Returns: milliseconds since the machine was started, more than 0
 */
gint64
dub_queue_clock_now (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return g_get_monotonic_time () / 1000;
  return now.tv_sec * G_GINT64_CONSTANT (1000) + now.tv_nsec / 1000000;
}

/**
 * dub_queue_clock_when:
 * @stored: Unix ms, by the clock on the wall
 *
 * What was stored by a clock that was set since may lie in the time to come, which is taken as now, or very far back. To be
 * called once for each moment, and the answer kept: later the clock on the wall may be another one.
 *
 * Returns: when that was by dub_queue_clock_now(); negative where it was before the machine was started
 */
gint64
dub_queue_clock_when (gint64 stored)
{
  gint64 age = g_get_real_time () / 1000 - stored;

  return dub_queue_clock_now () - CLAMP (age, 0, OLDEST_MS);
}
