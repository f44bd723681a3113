/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-rate-limiter.h"
#include "dub-test-support.h"

/* Slots: their order, their distance (which a slow machine can only make longer), rests. */

#define INTERVAL_MS 20

typedef struct
{
  GString *order;
  GArray *moments; /* monotonic µs */
} Log;

typedef struct
{
  Log *log;
  char name;
} Entry;

static void
on_slot (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Entry *entry = user_data;
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_monotonic_time ();

  if (dub_rate_limiter_acquire_finish (DUB_RATE_LIMITER (source), result, &error))
    {
      g_string_append_c (entry->log->order, entry->name);
      g_array_append_val (entry->log->moments, now);
      return;
    }
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_string_append_c (entry->log->order, g_ascii_tolower (entry->name));
}

static void
acquire (DubRateLimiter *limiter,
         DubEndpoint     endpoint,
         GCancellable   *cancellable,
         Log            *log,
         char            name)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->log = log;
  entry->name = name;
  dub_rate_limiter_acquire_async (limiter, endpoint, cancellable, on_slot, entry);
}

static gboolean
has_four (gpointer user_data)
{
  return ((Log *) user_data)->order->len == 4;
}

static Log
log_new (void)
{
  return (Log) { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (gint64)) };
}

static void
log_clear (Log *log)
{
  g_string_free (log->order, TRUE);
  g_array_unref (log->moments);
}

static void
test_order (void)
{
  g_autoptr (DubRateLimiter) limiter = dub_rate_limiter_new (INTERVAL_MS);
  gint64 start = g_get_monotonic_time ();
  Log log = log_new ();

  for (char name = 'A'; name <= 'D'; name++)
    acquire (limiter, DUB_ENDPOINT_TASK_LIST, NULL, &log, name);
  dub_test_wait_for (has_four, &log, "four slots");
  g_assert_cmpstr (log.order->str, ==, "ABCD");
  g_assert_cmpint (g_array_index (log.moments, gint64, 3) - start, >=, 3 * INTERVAL_MS * 1000);
  log_clear (&log);
}

static void
test_lanes (void)
{
  g_autoptr (DubRateLimiter) limiter = dub_rate_limiter_new (1000 * 1000);
  Log log = log_new ();

  acquire (limiter, DUB_ENDPOINT_TASK_CREATE, NULL, &log, 'A');
  acquire (limiter, DUB_ENDPOINT_TASK_LIST, NULL, &log, 'B');
  acquire (limiter, DUB_ENDPOINT_VIDEO_LIST, NULL, &log, 'C');
  acquire (limiter, DUB_ENDPOINT_USER_INFO, NULL, &log, 'D');
  dub_test_wait_for (has_four, &log, "a slot of each endpoint");
  log_clear (&log);
}

static void
test_unlimited (void)
{
  g_autoptr (DubRateLimiter) limiter = dub_rate_limiter_new (0);
  Log log = log_new ();

  for (char name = 'A'; name <= 'D'; name++)
    acquire (limiter, DUB_ENDPOINT_TASK_LIST, NULL, &log, name);
  dub_test_wait_for (has_four, &log, "four slots");
  g_assert_cmpstr (log.order->str, ==, "ABCD");
  g_assert_cmpint (dub_rate_limiter_get_next (limiter, DUB_ENDPOINT_TASK_LIST), <=, g_get_monotonic_time ());
  log_clear (&log);
}

static void
test_cancel (void)
{
  g_autoptr (DubRateLimiter) limiter = dub_rate_limiter_new (INTERVAL_MS);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Log log = log_new ();

  acquire (limiter, DUB_ENDPOINT_TASK_LIST, NULL, &log, 'A');
  acquire (limiter, DUB_ENDPOINT_TASK_LIST, cancellable, &log, 'B');
  acquire (limiter, DUB_ENDPOINT_TASK_LIST, NULL, &log, 'C');
  g_cancellable_cancel (cancellable);
  acquire (limiter, DUB_ENDPOINT_TASK_LIST, cancellable, &log, 'D');
  dub_test_wait_for (has_four, &log, "two slots and two refusals");
  g_assert_nonnull (strchr (log.order->str, 'b'));
  g_assert_nonnull (strchr (log.order->str, 'd'));
  /* The one that was cancelled took no slot. */
  g_assert_cmpuint (log.moments->len, ==, 2);
  log_clear (&log);
}

/* A slot that nobody waits for any more does not hold the limiter. */
static void
test_cancel_last (void)
{
  DubRateLimiter *limiter = dub_rate_limiter_new (1000 * 1000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_rate_limiter_acquire_async (limiter, DUB_ENDPOINT_TASK_LIST, NULL, dub_test_keep_result, &slot);
  first = dub_test_await (&slot);
  g_assert_true (dub_rate_limiter_acquire_finish (limiter, first, NULL));
  dub_rate_limiter_acquire_async (limiter, DUB_ENDPOINT_TASK_LIST, cancellable, dub_test_keep_result, &slot);
  g_cancellable_cancel (cancellable);
  second = dub_test_await (&slot);
  g_assert_false (dub_rate_limiter_acquire_finish (limiter, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&first);
  g_clear_object (&second);
  g_assert_finalize_object (limiter);
}

static double
rest_of (DubRateLimiter *limiter,
         gint64          since)
{
  return (double) (dub_rate_limiter_get_next (limiter, DUB_ENDPOINT_TASK_LIST) - since) / G_USEC_PER_SEC;
}

static void
test_first_rest (void)
{
  g_autoptr (DubRateLimiter) limiter = dub_rate_limiter_new (0);
  gint64 before = g_get_monotonic_time ();
  double rest;
  gint64 after;

  dub_rate_limiter_back_off (limiter, DUB_ENDPOINT_TASK_LIST, 0);
  after = g_get_monotonic_time ();
  rest = rest_of (limiter, before);
  g_assert_cmpfloat (rest, >=, 2);
  g_assert_cmpfloat (rest_of (limiter, after), <=, 2.5);

  /* A second refusal of what was sent at the same moment. */
  dub_rate_limiter_back_off (limiter, DUB_ENDPOINT_TASK_LIST, 0);
  g_assert_cmpfloat (rest_of (limiter, before), ==, rest);
  g_assert_cmpint (dub_rate_limiter_get_next (limiter, DUB_ENDPOINT_VIDEO_LIST), <=, after);
}

static void
test_asked_rest (void)
{
  g_autoptr (DubRateLimiter) limiter = dub_rate_limiter_new (0);
  gint64 before = g_get_monotonic_time ();

  dub_rate_limiter_back_off (limiter, DUB_ENDPOINT_TASK_LIST, 30);
  g_assert_cmpfloat (rest_of (limiter, before), >=, 30);
  dub_rate_limiter_back_off (limiter, DUB_ENDPOINT_TASK_LIST, 5);
  g_assert_cmpfloat (rest_of (limiter, before), >=, 30);
  dub_rate_limiter_back_off (limiter, DUB_ENDPOINT_TASK_LIST, G_MAXUINT);
  g_assert_cmpfloat (rest_of (limiter, g_get_monotonic_time ()), <=, 3600);
}

/* Those who wait already rest too. */
static void
test_rest_of_waiting (void)
{
  DubRateLimiter *limiter = dub_rate_limiter_new (INTERVAL_MS);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 before = g_get_monotonic_time ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;

  dub_rate_limiter_acquire_async (limiter, DUB_ENDPOINT_TASK_LIST, NULL, dub_test_keep_result, &first);
  dub_rate_limiter_acquire_async (limiter, DUB_ENDPOINT_TASK_LIST, cancellable, dub_test_keep_result, &second);
  dub_rate_limiter_back_off (limiter, DUB_ENDPOINT_TASK_LIST, 1);
  result = dub_test_await (&first);
  g_assert_true (dub_rate_limiter_acquire_finish (limiter, result, NULL));
  g_clear_object (&result);
  result = dub_test_await (&second);
  g_assert_true (dub_rate_limiter_acquire_finish (limiter, result, NULL));
  g_assert_cmpint (g_get_monotonic_time () - before, >=, G_USEC_PER_SEC);
  g_clear_object (&result);
  g_assert_finalize_object (limiter);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service/limiter/order", test_order);
  g_test_add_func ("/service/limiter/lanes", test_lanes);
  g_test_add_func ("/service/limiter/unlimited", test_unlimited);
  g_test_add_func ("/service/limiter/cancel", test_cancel);
  g_test_add_func ("/service/limiter/cancel-last", test_cancel_last);
  g_test_add_func ("/service/limiter/first-rest", test_first_rest);
  g_test_add_func ("/service/limiter/asked-rest", test_asked_rest);
  g_test_add_func ("/service/limiter/rest-of-waiting", test_rest_of_waiting);

  return g_test_run ();
}
