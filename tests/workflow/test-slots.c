/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-boot.h"
#include "dub-rate-limiter.h"
#include "dub-shared-slots.h"
#include "dub-test-support.h"

/* Two programs on one account: together they are not faster than one. Each has a connection of its own to the file. */

#define INTERVAL_MS 40
#define ENDPOINT DUB_ENDPOINT_TASK_LIST

typedef struct
{
  char *dir;
  DubRateLimiter *limiters[2];
  GArray *moments; /* monotonic µs of slots */
} Fixture;

static DubRateLimiter *
make_limiter (const char *path)
{
  g_autoptr (DubSlotBook) book = dub_slot_book_new (path);
  g_autoptr (DubSharedSlots) slots = dub_shared_slots_new (book, "shop");
  DubRateLimiter *limiter = dub_rate_limiter_new (INTERVAL_MS);

  dub_rate_limiter_share (limiter, DUB_SLOTS (slots));
  return limiter;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  name)
{
  g_autofree char *path = NULL;

  fixture->dir = dub_test_make_dir ();
  path = g_build_filename (fixture->dir, name != NULL ? name : "slots.db", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->limiters); i++)
    fixture->limiters[i] = make_limiter (path);
  fixture->moments = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  name)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixture->limiters); i++)
    g_clear_object (&fixture->limiters[i]);
  g_array_unref (fixture->moments);
  dub_test_remove_dir (fixture->dir);
}

static void
on_slot (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *fixture = user_data;
  gint64 now = g_get_monotonic_time ();

  g_assert_true (dub_rate_limiter_acquire_finish (DUB_RATE_LIMITER (source), result, NULL));
  g_array_append_val (fixture->moments, now);
}

static gboolean
has_eight (gpointer user_data)
{
  return ((Fixture *) user_data)->moments->len == 8;
}

static gboolean
has_one (gpointer user_data)
{
  return ((Fixture *) user_data)->moments->len == 1;
}

/* A late one is followed by the next in less, but never does one come before its own slot. */
static void
assert_pace (Fixture *fixture,
             gint64   start)
{
  for (guint i = 0; i < fixture->moments->len; i++)
    g_assert_cmpint (g_array_index (fixture->moments, gint64, i) - start, >=, (gint64) i * INTERVAL_MS * 1000);
}

static void
test_together (Fixture       *fixture,
               gconstpointer  name)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 8; i++)
    dub_rate_limiter_acquire_async (fixture->limiters[i % 2], ENDPOINT, NULL, on_slot, fixture);
  dub_test_wait_for (has_eight, fixture, "eight slots");
  assert_pace (fixture, start);
}

/* What one of them is told, the other heeds. */
static void
test_rest (Fixture       *fixture,
           gconstpointer  name)
{
  gint64 start;

  /* The rest is written before the slot is asked for: each limiter's calls go one after the other, and the file's too. */
  start = g_get_monotonic_time ();
  dub_rate_limiter_back_off (fixture->limiters[0], ENDPOINT, 1);
  dub_rate_limiter_acquire_async (fixture->limiters[0], ENDPOINT, NULL, on_slot, fixture);
  dub_test_wait_for (has_one, fixture, "a slot after the rest");
  g_assert_cmpint (g_array_index (fixture->moments, gint64, 0) - start, >=, G_USEC_PER_SEC);

  g_array_set_size (fixture->moments, 0);
  start = g_get_monotonic_time ();
  dub_rate_limiter_back_off (fixture->limiters[0], ENDPOINT, 2);
  dub_rate_limiter_back_off (fixture->limiters[0], ENDPOINT, 1);
  dub_rate_limiter_acquire_async (fixture->limiters[1], DUB_ENDPOINT_VIDEO_LIST, NULL, on_slot, fixture);
  dub_test_wait_for (has_one, fixture, "a slot of another endpoint");
  g_assert_cmpint (g_array_index (fixture->moments, gint64, 0) - start, <, G_USEC_PER_SEC);
}

static void
test_rest_of_another (Fixture       *fixture,
                      gconstpointer  name)
{
  g_autofree char *path = g_build_filename (fixture->dir, "slots.db", NULL);
  g_autoptr (DubSlotBook) book = dub_slot_book_new (path);
  g_autofree char *boot = dub_boot_dup_id ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  gint64 now = g_get_monotonic_time () / 1000;

  dub_slot_book_rest (book, "shop", dub_endpoint_to_string (ENDPOINT), boot, now + 500);
  dub_slot_book_take_async (book, "another", "x", boot, now, 1, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_cmpint (dub_slot_book_take_finish (book, result, NULL), ==, now);

  dub_rate_limiter_acquire_async (fixture->limiters[1], ENDPOINT, NULL, on_slot, fixture);
  dub_test_wait_for (has_one, fixture, "a slot after the rest");
  g_assert_cmpint (g_array_index (fixture->moments, gint64, 0), >=, (now + 500) * 1000);
}

static gint64
take (DubSlotBook *book,
      const char  *boot,
      gint64       from)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  gint64 taken;

  dub_slot_book_take_async (book, "shop", "task/list", boot, from, 1000, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  taken = dub_slot_book_take_finish (book, result, &error);
  g_assert_no_error (error);
  return taken;
}

/* The monotonic clock begins anew: what was written before says nothing. */
static void
test_another_start (Fixture       *fixture,
                    gconstpointer  name)
{
  g_autofree char *path = g_build_filename (fixture->dir, "slots.db", NULL);
  g_autoptr (DubSlotBook) book = dub_slot_book_new (path);

  g_assert_cmpint (take (book, "monday", 900000), ==, 900000);
  g_assert_cmpint (take (book, "monday", 900000), ==, 901000);
  g_assert_cmpint (take (book, "tuesday", 5000), ==, 5000);
  g_assert_cmpint (take (book, "tuesday", 5000), ==, 6000);
  /* A system that does not tell its starts apart. */
  g_assert_cmpint (take (book, "unknown", 90000000), ==, 90000000);
  g_assert_cmpint (take (book, "unknown", 5000), ==, 5000);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  name)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_rate_limiter_acquire_async (fixture->limiters[0], ENDPOINT, cancellable, dub_test_keep_result, &slot);
  g_cancellable_cancel (cancellable);
  result = dub_test_await (&slot);
  g_assert_false (dub_rate_limiter_acquire_finish (fixture->limiters[0], result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  dub_rate_limiter_acquire_async (fixture->limiters[0], ENDPOINT, NULL, on_slot, fixture);
  dub_test_wait_for (has_one, fixture, "a slot for the next one");
}

/* The file cannot be opened: each does what it can by itself. */
static void
test_unreachable (Fixture       *fixture,
                  gconstpointer  name)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 8; i++)
    dub_rate_limiter_acquire_async (fixture->limiters[0], ENDPOINT, NULL, on_slot, fixture);
  dub_test_wait_for (has_eight, fixture, "eight slots");
  assert_pace (fixture, start);
}

#define ADD(path, function, name) g_test_add ("/workflow/slots/" path, Fixture, name, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("together", test_together, NULL);
  ADD ("rest", test_rest, NULL);
  ADD ("rest-of-another", test_rest_of_another, NULL);
  ADD ("another-start", test_another_start, NULL);
  ADD ("cancelled", test_cancelled, NULL);
  ADD ("unreachable", test_unreachable, "missing/slots.db");

  return g_test_run ();
}
