/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two processes on one file: the second one is this program again, with a role in place of the tests. */

#include <stdio.h>
#include <string.h>

#include "dub-store-schema.h"
#include "store-fixture.h"

static char *program;

static GSubprocess *
start_child (const char *role,
             const char *path)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *child;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  child = g_subprocess_launcher_spawn (launcher, &error, program, "--role", role, path, NULL);
  g_assert_no_error (error);
  return child;
}

/* Blocks until the child has said a line; NULL when it has ended. */
static char *
hear (GDataInputStream *lines)
{
  return g_data_input_stream_read_line (lines, NULL, NULL, NULL);
}

static GDataInputStream *
lines_of (GSubprocess *child)
{
  GDataInputStream *lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  return lines;
}

static void
assert_hears (GDataInputStream *lines,
              const char       *expected)
{
  g_autofree char *line = hear (lines);

  g_assert_cmpstr (line, ==, expected);
}

static void
tell (GSubprocess *child)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (child), "\n", 1, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
wait_for_success (GSubprocess *child)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check (child, NULL, &error);
  g_assert_no_error (error);
}

static void
say (const char *line)
{
  puts (line);
  fflush (stdout);
}

static void
count_signal (DubStore *store,
              guint    *n_signals)
{
  *n_signals += 1;
}

static gboolean
has_signal (gpointer n_signals)
{
  return *(guint *) n_signals > 0;
}

/* Opens, and adds a task when it is told to. */
static int
play_writer (DubStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) stored = NULL;

  g_assert_true (open_store (store, &error));
  say ("open");
  getchar ();
  tasks = list_tasks (store);
  stored = add_named (store, 1, "Coat", NULL);
  say (((DubTaskRecord *) g_ptr_array_index (stored, 0))->name);
  getchar ();
  return 0;
}

/* Opens, and changes nothing. */
static int
play_reader (DubStore *store)
{
  g_autoptr (GPtrArray) tasks = list_tasks (store);

  say ("read");
  return 0;
}

static gboolean
hold_job (DubConnection  *connection,
          gpointer        data,
          gpointer       *result,
          GError        **error)
{
  say ("holding");
  getchar ();
  return dub_connection_execute (connection, "INSERT INTO settings (key, value) VALUES ('held', 'yes')", error);
}

/* Keeps the file locked in the middle of a change until it is told to go on. */
static int
play_holder (const char *path)
{
  g_autoptr (DubDatabase) database = dub_database_new (path, dub_store_get_migrations ());
  g_autoptr (GError) error = NULL;

  AWAIT (dub_database_run_async (database, hold_job, NULL, NULL, NULL, NULL, dub_test_keep_result, &slot));
  dub_database_run_finish (database, result, &error);
  g_assert_no_error (error);
  return 0;
}

/* Tasks by fives through their states, without end. */
G_NORETURN static void
play_runner (DubStore *store)
{
  const DubTaskState way[] = { DUB_TASK_PUBLISHING, DUB_TASK_SUBMITTING, DUB_TASK_SUBMITTED, DUB_TASK_PROCESSING,
                               DUB_TASK_SUCCEEDED };

  while (TRUE)
    {
      g_autoptr (GPtrArray) tasks = add_named (store, 1, "Coat", "Coat", "Coat", "Coat", "Coat", NULL);

      say ("added");
      for (guint i = 0; i < G_N_ELEMENTS (way); i++)
        {
          DubTaskState from[5];
          g_autoptr (GError) error = NULL;

          for (guint j = 0; j < tasks->len; j++)
            {
              DubTaskRecord *task = g_ptr_array_index (tasks, j);

              from[j] = task->state;
              task->state = way[i];
            }
          g_assert_true (transition (store, tasks, from, &error));
          say ("stepped");
        }
    }
}

static int
play_role (const char *role,
           const char *path)
{
  g_autoptr (DubStore) store = dub_store_new (path);

  if (g_str_equal (role, "writer"))
    return play_writer (store);
  if (g_str_equal (role, "reader"))
    return play_reader (store);
  if (g_str_equal (role, "holder"))
    return play_holder (path);
  if (g_str_equal (role, "runner"))
    play_runner (store);
  return 2;
}

/* What the other process commits is told, and seen; names are unique across both. */
static void
test_watch (StoreFixture *fixture,
            gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) ours = add_named (fixture->store, video, "Coat", NULL);
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GSubprocess) child = start_child ("writer", fixture->path);
  g_autoptr (GDataInputStream) lines = lines_of (child);
  guint n_signals = 0;

  assert_hears (lines, "open");
  g_signal_connect (fixture->store, "changed-elsewhere", G_CALLBACK (count_signal), &n_signals);
  dub_store_watch (fixture->store);
  tell (child);
  assert_hears (lines, "Coat (2)");
  dub_test_wait_for (has_signal, &n_signals, "the signal of the other process's change");
  g_assert_cmpuint (n_signals, ==, 1);

  listed = list_tasks (fixture->store);
  g_assert_cmpuint (listed->len, ==, 2);
  tell (child);
  wait_for_success (child);
}

static void
end_child (GSubprocess *child)
{
  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, NULL);
}

/* A change waits while another process is in the middle of one, and is refused when that takes too long. */
static void
test_busy (StoreFixture *fixture,
           gconstpointer data)
{
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *values = NULL;

  g_assert_true (open_store (fixture->store, &error));
  child = start_child ("holder", fixture->path);
  lines = lines_of (child);
  assert_hears (lines, "holding");
  {
    AWAIT (dub_store_put_setting_async (fixture->store, "ours", "refused", NULL, dub_test_keep_result, &slot));
    g_assert_false (dub_store_put_setting_finish (fixture->store, result, &error));
    g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_BUSY);
    g_assert_nonnull (strstr (error->message, "Another Dubroom"));
    g_clear_error (&error);
  }
  {
    GAsyncResult *slot = NULL;
    g_autoptr (GAsyncResult) result = NULL;

    dub_store_put_setting_async (fixture->store, "ours", "waited", NULL, dub_test_keep_result, &slot);
    tell (child);
    result = dub_test_await (&slot);
    g_assert_true (dub_store_put_setting_finish (fixture->store, result, &error));
    g_assert_no_error (error);
  }
  wait_for_success (child);
  values = query_file (fixture->path, "SELECT key || '=' || value FROM settings ORDER BY key");
  g_assert_cmpstr (values, ==, "held=yes,ours=waited");
}

/* Several make the same new file at once. */
static void
test_open_at_once (StoreFixture *fixture,
                   gconstpointer data)
{
  GSubprocess *children[6];
  g_autofree char *accounts = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    children[i] = start_child ("reader", fixture->path);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      wait_for_success (children[i]);
      g_object_unref (children[i]);
    }
  accounts = query_file (fixture->path, "SELECT id FROM accounts");
  g_assert_cmpstr (accounts, ==, "studio");
}

/* A step that the child said to be made is on the disk. */
static void
assert_explained (const char *path,
                  guint       n_steps)
{
  g_autofree char *integrity = query_file (path, "PRAGMA integrity_check");
  g_autofree char *keys = query_file (path, "PRAGMA foreign_key_check");
  g_autofree char *without_story = query_file (path,
                                               "SELECT name FROM tasks WHERE state IS NOT (SELECT to_state FROM"
                                               " transitions WHERE task = tasks.id ORDER BY id DESC LIMIT 1)");
  g_autofree char *broken_story = query_file (path,
                                              "SELECT id FROM (SELECT id, from_state, lag (to_state, 1, 'waiting')"
                                              " OVER (PARTITION BY task ORDER BY id) AS before FROM transitions)"
                                              " WHERE from_state <> before");
  g_autofree char *half_batches = query_file (path,
                                              "SELECT min (id) FROM tasks GROUP BY (id - 1) / 5"
                                              " HAVING count (*) <> 5 OR count (DISTINCT state) <> 1");
  g_autofree char *n_transitions = query_file (path, "SELECT count (*) FROM transitions");

  g_assert_cmpstr (integrity, ==, "ok");
  g_assert_cmpstr (keys, ==, "");
  g_assert_cmpstr (without_story, ==, "");
  g_assert_cmpstr (broken_story, ==, "");
  g_assert_cmpstr (half_batches, ==, "");
  g_assert_cmpuint (g_ascii_strtoull (n_transitions, NULL, 10), >=, 5 * n_steps);
}

/* Killed in the middle of a stream of changes, again and again, at another instant each time. */
static void
test_kill (StoreFixture *fixture,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_steps = 0;

  put_agreed_video (fixture->store);
  dub_store_close (fixture->store);

  for (guint round = 0; round < 12; round++)
    {
      g_autoptr (GSubprocess) child = start_child ("runner", fixture->path);
      g_autoptr (GDataInputStream) lines = lines_of (child);
      g_autofree char *rest = NULL;
      guint n_heard = 0;

      while (n_heard < 3 + round)
        {
          g_autofree char *line = hear (lines);

          g_assert_nonnull (line);
          n_heard++;
        }
      end_child (child);
      while ((rest = hear (lines)) != NULL)
        {
          n_heard++;
          g_clear_pointer (&rest, g_free);
        }
      n_steps += n_heard;
      assert_explained (fixture->path, n_steps);
    }

  g_object_unref (fixture->store);
  fixture->store = dub_store_new (fixture->path);
  g_assert_true (open_store (fixture->store, &error));
  g_assert_no_error (error);
}

#define ADD(path, function) \
  g_test_add ("/store/processes/" path, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--role"))
    return play_role (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);
  program = g_file_read_link ("/proc/self/exe", NULL);

  ADD ("watch", test_watch);
  ADD ("busy", test_busy);
  ADD ("open-at-once", test_open_at_once);
  ADD ("kill", test_kill);

  return g_test_run ();
}
