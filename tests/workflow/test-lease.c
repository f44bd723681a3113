/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "dub-workflow-fixture.h"

/* Who works the queue, with real processes: a child that ends, is killed, or is stopped so that its time is over. */

#define LIMIT_MS 1500

typedef struct
{
  char *dir;
  DubStore *store;
  DubWorkLease *lease;
} Fixture;

static DubStore *
open_store (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "dubroom.db", NULL);
  DubStore *store = dub_store_new (path);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_store_open_async (store, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_true (dub_store_open_finish (store, result, NULL));
  return store;
}

static DubWorkLease *
start_lease (DubStore   *store,
             const char *dir,
             guint       limit_ms)
{
  DubWorkLease *lease = dub_work_lease_new (store, dir, limit_ms);
  g_autoptr (GError) error = NULL;

  dub_work_lease_open (lease, &error);
  g_assert_no_error (error);
  dub_work_lease_set_wanted (lease, TRUE);
  dub_work_lease_start (lease);
  return lease;
}

/* In the child. */

static void
say (DubWorkLease *lease)
{
  printf ("%s\n", dub_work_lease_is_held (lease) ? "held" : "lost");
  fflush (stdout);
}

static int
play_other (const char *dir,
            guint       limit_ms)
{
  g_autoptr (DubStore) store = open_store (dir);
  g_autoptr (DubWorkLease) lease = start_lease (store, dir, limit_ms);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_signal_connect (lease, "notify::held", G_CALLBACK (say), NULL);
  g_main_loop_run (loop);
  return 0;
}

/* In the parent. */

typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
} Other;

static void
assert_says (Other      *other,
             const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (other->output, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, word);
}

static Other
start_other (Fixture *fixture,
             guint    limit_ms)
{
  g_autofree char *limit = g_strdup_printf ("%u", limit_ms);
  g_autoptr (GError) error = NULL;
  Other other;

  other.process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", "--other", fixture->dir, limit, NULL);
  g_assert_no_error (error);
  other.output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (other.process));
  assert_says (&other, "held");
  return other;
}

static void
end_other (Other *other)
{
  g_subprocess_force_exit (other->process);
  g_assert_true (g_subprocess_wait (other->process, NULL, NULL));
  g_clear_object (&other->process);
  g_clear_object (&other->output);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = dub_test_make_dir ();
  fixture->store = open_store (fixture->dir);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->lease);
  g_clear_object (&fixture->store);
  dub_test_remove_dir (fixture->dir);
}

static gboolean
is_held (gpointer lease)
{
  return dub_work_lease_is_held (lease);
}

static gboolean
is_lost (gpointer lease)
{
  return !dub_work_lease_is_held (lease);
}

/* The longest way: nobody waits for the time of one that has died. */
#define NEVER_MS (3600 * 1000)

static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  Other other = start_other (fixture, NEVER_MS);

  fixture->lease = start_lease (fixture->store, fixture->dir, NEVER_MS);
  dub_workflow_fixture_pause (300);
  g_assert_false (dub_work_lease_is_held (fixture->lease));
  end_other (&other);
  dub_test_wait_for (is_held, fixture->lease, "the lease of one that was killed");
  g_assert_cmpint (dub_work_lease_get_turn (fixture->lease), ==, 2);
}

static void
stop (Other *other)
{
  int status;
  pid_t pid = (pid_t) g_ascii_strtoll (g_subprocess_get_identifier (other->process), NULL, 10);

  g_subprocess_send_signal (other->process, SIGSTOP);
  g_assert_cmpint (waitpid (pid, &status, WUNTRACED), ==, pid);
  g_assert_true (WIFSTOPPED (status));
}

/* It lives, but it does nothing: its time is over. When it goes on, it finds that out before it does harm. */
static void
test_stopped (Fixture       *fixture,
              gconstpointer  data)
{
  Other other = start_other (fixture, LIMIT_MS);

  stop (&other);
  fixture->lease = start_lease (fixture->store, fixture->dir, NEVER_MS);
  dub_test_wait_for (is_held, fixture->lease, "the lease of one that does nothing");
  g_subprocess_send_signal (other.process, SIGCONT);
  assert_says (&other, "lost");
  g_assert_true (dub_work_lease_is_held (fixture->lease));
  end_other (&other);
}

/* As long as there is nothing to do, nobody takes it from one that lives; and nothing is written meanwhile. */
static void
test_idle (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (DubStore) store = open_store (fixture->dir);
  g_autoptr (DubWorkLease) idle = start_lease (store, fixture->dir, 200);

  dub_test_wait_for (is_held, idle, "the lease");
  dub_work_lease_set_wanted (idle, FALSE);
  fixture->lease = dub_work_lease_new (fixture->store, fixture->dir, 200);
  g_assert_true (dub_work_lease_open (fixture->lease, NULL));
  dub_work_lease_start (fixture->lease);
  dub_workflow_fixture_pause (700);
  g_assert_false (dub_work_lease_is_held (fixture->lease));
  g_assert_true (dub_work_lease_is_held (idle));

  dub_work_lease_set_wanted (fixture->lease, TRUE);
  dub_test_wait_for (is_held, fixture->lease, "the lease of one that had nothing to do");
  dub_work_lease_set_wanted (idle, TRUE);
  dub_test_wait_for (is_lost, idle, "it to notice");
}

static void
test_given_back (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (DubStore) store = open_store (fixture->dir);
  g_autoptr (DubWorkLease) first = start_lease (store, fixture->dir, NEVER_MS);

  dub_test_wait_for (is_held, first, "the lease");
  fixture->lease = start_lease (fixture->store, fixture->dir, NEVER_MS);
  dub_work_lease_release (first);
  g_assert_false (dub_work_lease_is_held (first));
  g_assert_cmpint (dub_work_lease_get_turn (first), ==, 0);
  dub_test_wait_for (is_held, fixture->lease, "the lease that was given back");
}

static gboolean
transition (DubStore  *store,
            gint64     turn,
            GError   **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_store_transition_async (store, none, NULL, turn, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_store_transition_finish (store, result, error);
}

/* What one has begun under its turn, it cannot end under another's. */
static void
test_fence (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (DubStore) store = open_store (fixture->dir);
  g_autoptr (DubWorkLease) first = start_lease (store, fixture->dir, NEVER_MS);
  g_autoptr (GError) error = NULL;
  gint64 turn;

  dub_test_wait_for (is_held, first, "the lease");
  turn = dub_work_lease_get_turn (first);
  g_assert_true (transition (store, turn, &error));
  g_assert_no_error (error);
  dub_work_lease_release (first);
  fixture->lease = start_lease (fixture->store, fixture->dir, NEVER_MS);
  dub_test_wait_for (is_held, fixture->lease, "the lease");
  g_assert_false (transition (store, turn, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_LEASE);
}

static DubLeaseRecord *
take (DubStore   *store,
      gint64      holder,
      const char *boot,
      gint64      now,
      gint64      until)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  DubLeaseRecord *lease;

  dub_store_take_lease_async (store, holder, 0, boot, now, until, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  lease = dub_store_take_lease_finish (store, result, &error);
  g_assert_no_error (error);
  return lease;
}

/* A lease of before the machine was started again is nobody's, even where its time is far in the future. */
static void
test_another_start (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree DubLeaseRecord *monday = take (fixture->store, 7, "monday", 1000000, 1060000);
  g_autofree DubLeaseRecord *refused = take (fixture->store, 8, "monday", 1000001, 1060001);
  g_autofree DubLeaseRecord *tuesday = take (fixture->store, 8, "tuesday", 5, 60005);
  g_autofree DubLeaseRecord *untold = take (fixture->store, 9, "tuesday", 3, 60003);

  g_assert_cmpint (monday->holder, ==, 7);
  g_assert_cmpint (refused->holder, ==, 7);
  g_assert_cmpint (tuesday->holder, ==, 8);
  g_assert_cmpint (tuesday->turn, ==, monday->turn + 1);
  /* Nobody can have asked for that on this clock. */
  g_assert_cmpint (untold->holder, ==, 9);
}

#define ADD(path, function) g_test_add ("/workflow/lease/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  if (argc == 4 && strcmp (argv[1], "--other") == 0)
    return play_other (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));

  g_test_init (&argc, &argv, NULL);

  ADD ("killed", test_killed);
  ADD ("stopped", test_stopped);
  ADD ("idle", test_idle);
  ADD ("given-back", test_given_back);
  ADD ("fence", test_fence);
  ADD ("another-start", test_another_start);

  return g_test_run ();
}
