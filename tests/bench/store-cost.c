/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-store-cost DIRECTORY: what calls of the store cost, in microseconds, a line for each: a word, then a number for each
 * repetition. "transition" and "raw" take turns: the same two statements, on a file of the same tables, by SQLite alone. */

#include <sqlite3.h>

#include "store-fill.h"

#define N_TASKS       40
#define N_ADDITIONS   15
#define TASKS_ADDED   100
#define TASKS_LISTED  10000
#define N_LISTINGS    9

typedef struct
{
  sqlite3 *db;
  sqlite3_stmt *update;
  sqlite3_stmt *insert;
} Raw;

static void
raw_execute (Raw        *raw,
             const char *sql)
{
  g_assert_cmpint (sqlite3_exec (raw->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
raw_open (Raw        *raw,
          const char *path)
{
  g_assert_cmpint (sqlite3_open_v2 (path, &raw->db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  raw_execute (raw, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                    "PRAGMA busy_timeout = 5000");
  g_assert_cmpint (sqlite3_prepare_v2 (raw->db,
                                       "UPDATE tasks SET state = ?2, batch = ?3, publish_url = ?3, remote_task = ?3,"
                                       " remote_video = ?3, preview_url = ?3, message = ?3, return_code = 0,"
                                       " request_id = ?3, changed = ?4, submitted = 0, finished = 0 WHERE id = ?1",
                                       -1, &raw->update, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (raw->db,
                                       "INSERT INTO transitions (task, from_state, to_state, moment, return_code, message,"
                                       " request_id) VALUES (?1, ?2, ?3, ?4, 0, NULL, NULL)",
                                       -1, &raw->insert, NULL),
                   ==, SQLITE_OK);
}

static void
raw_close (Raw *raw)
{
  sqlite3_finalize (raw->update);
  sqlite3_finalize (raw->insert);
  g_assert_cmpint (sqlite3_close (raw->db), ==, SQLITE_OK);
}

static void
raw_step (Raw          *raw,
          gint64        task,
          DubTaskState  from,
          DubTaskState  to)
{
  gint64 now = g_get_real_time () / G_TIME_SPAN_MILLISECOND;

  raw_execute (raw, "BEGIN IMMEDIATE");
  sqlite3_bind_int64 (raw->update, 1, task);
  sqlite3_bind_text (raw->update, 2, dub_task_state_to_string (to), -1, SQLITE_STATIC);
  sqlite3_bind_int64 (raw->update, 4, now);
  g_assert_cmpint (sqlite3_step (raw->update), ==, SQLITE_DONE);
  g_assert_cmpint (sqlite3_changes (raw->db), ==, 1);
  sqlite3_reset (raw->update);

  sqlite3_bind_int64 (raw->insert, 1, task);
  sqlite3_bind_text (raw->insert, 2, dub_task_state_to_string (from), -1, SQLITE_STATIC);
  sqlite3_bind_text (raw->insert, 3, dub_task_state_to_string (to), -1, SQLITE_STATIC);
  sqlite3_bind_int64 (raw->insert, 4, now);
  g_assert_cmpint (sqlite3_step (raw->insert), ==, SQLITE_DONE);
  sqlite3_reset (raw->insert);
  raw_execute (raw, "COMMIT");
}

static void
print_times (const char *word,
             GArray     *times)
{
  g_print ("%s", word);
  for (guint i = 0; i < times->len; i++)
    g_print (" %" G_GINT64_FORMAT, g_array_index (times, gint64, i));
  g_print ("\n");
}

static void
note (GArray *times,
      gint64  begun)
{
  gint64 taken = g_get_monotonic_time () - begun;

  g_array_append_val (times, taken);
}

/* Alternately, so that a slow moment of the disk meets both. */
static void
measure_transitions (DubStore  *store,
                     GPtrArray *tasks,
                     Raw       *raw)
{
  static const DubTaskState way[] = { DUB_TASK_PUBLISHING, DUB_TASK_SUBMITTING, DUB_TASK_SUBMITTED, DUB_TASK_PROCESSING,
                                      DUB_TASK_SUCCEEDED };
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) theirs = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    for (guint j = 0; j < tasks->len; j++)
      {
        DubTaskRecord *task = task_at (tasks, j);
        DubTaskState from = task->state;
        gint64 begun = g_get_monotonic_time ();

        step (store, task, way[i]);
        note (ours, begun);
        begun = g_get_monotonic_time ();
        raw_step (raw, task->id, from, way[i]);
        note (theirs, begun);
      }
  print_times ("transition", ours);
  print_times ("raw", theirs);
}

static GPtrArray *
make_tasks (gint64 video,
            guint  round)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);

  for (guint i = 0; i < TASKS_ADDED; i++)
    {
      g_autofree char *name = g_strdup_printf ("Winter coat %u %u", round, i);

      g_ptr_array_add (tasks, make_task (video, name));
    }
  return tasks;
}

static void
measure_additions (DubStore *store)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 video = put_agreed_video (store);

  for (guint i = 0; i < N_ADDITIONS; i++)
    {
      g_autoptr (GPtrArray) tasks = make_tasks (video, i);
      g_autoptr (GPtrArray) stored = NULL;
      g_autoptr (GError) error = NULL;
      gint64 begun = g_get_monotonic_time ();

      stored = add_tasks (store, tasks, NULL, &error);
      g_assert_no_error (error);
      note (times, begun);
    }
  print_times ("add", times);
}

static void
measure_listings (DubStore *store)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < N_LISTINGS; i++)
    {
      gint64 begun = g_get_monotonic_time ();
      g_autoptr (GPtrArray) tasks = list_tasks (store);

      note (times, begun);
      g_assert_cmpuint (tasks->len, ==, TASKS_LISTED);
    }
  print_times ("list", times);
}

static DubStore *
open_in (const char *directory,
         const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  return dub_store_new (path);
}

/* A file with the same tables and tasks, made by the store and then left to SQLite. */
static void
open_peer (Raw        *raw,
           const char *directory)
{
  g_autoptr (DubStore) store = open_in (directory, "raw.db");
  g_autoptr (GPtrArray) tasks = store_fill_add (store, directory, 0, N_TASKS);
  g_autofree char *path = g_build_filename (directory, "raw.db", NULL);

  dub_store_close (store);
  raw_open (raw, path);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (DubStore) store = NULL, full = NULL;
  g_autoptr (GPtrArray) tasks = NULL, many = NULL;
  Raw raw = { NULL };

  if (argc != 2)
    g_error ("usage: bench-store-cost DIRECTORY");
  open_peer (&raw, argv[1]);
  store = open_in (argv[1], "store.db");
  tasks = store_fill_add (store, argv[1], 0, N_TASKS);
  measure_transitions (store, tasks, &raw);
  raw_close (&raw);
  measure_additions (store);

  full = open_in (argv[1], "full.db");
  many = store_fill_add (full, argv[1], 0, TASKS_LISTED);
  measure_listings (full);
  return 0;
}
