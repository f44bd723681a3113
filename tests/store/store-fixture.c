/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include <sqlite3.h>

void
store_fixture_set_up (StoreFixture *fixture,
                      gconstpointer data)
{
  fixture->dir = dub_test_make_dir ();
  fixture->path = g_build_filename (fixture->dir, "dubroom.db", NULL);
  fixture->store = dub_store_new (fixture->path);
}

void
store_fixture_tear_down (StoreFixture *fixture,
                         gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_free (fixture->path);
  dub_test_remove_dir (fixture->dir);
}

gboolean
open_store (DubStore  *store,
            GError   **error)
{
  AWAIT (dub_store_open_async (store, NULL, dub_test_keep_result, &slot));
  return dub_store_open_finish (store, result, error);
}

gboolean
put_account (DubStore               *store,
             const DubAccountRecord *account,
             GError                **error)
{
  AWAIT (dub_store_put_account_async (store, account, NULL, dub_test_keep_result, &slot));
  return dub_store_put_account_finish (store, result, error);
}

DubTaskRecord *
task_at (GPtrArray *tasks,
         guint      index)
{
  g_assert_cmpuint (index, <, tasks->len);
  return g_ptr_array_index (tasks, index);
}

void
reopen (StoreFixture *fixture)
{
  dub_store_close (fixture->store);
  g_object_unref (fixture->store);
  fixture->store = dub_store_new (fixture->path);
}

gint64
put_video (DubStore   *store,
           const char *uri,
           const char *identity,
           const char *title)
{
  DubVideoRecord video = { .uri = (char *) uri, .identity = (char *) identity, .title = (char *) title };
  g_autoptr (GError) error = NULL;
  gint64 id;

  AWAIT (dub_store_put_video_async (store, &video, NULL, dub_test_keep_result, &slot));
  id = dub_store_put_video_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

void
agree (DubStore   *store,
       const char *identity)
{
  const char *const identities[] = { identity, NULL };
  g_autoptr (GError) error = NULL;

  AWAIT (dub_store_put_consents_async (store, identities, dub_notice_get_version (DUB_NOTICE_CONSENT), NULL,
                                       dub_test_keep_result, &slot));
  g_assert_true (dub_store_put_consents_finish (store, result, &error));
  g_assert_no_error (error);
}

gint64
put_agreed_video (DubStore *store)
{
  gint64 id = put_video (store, "file:///home/ada/coat.mp4", FIRST_IDENTITY, "Autumn coat");

  agree (store, FIRST_IDENTITY);
  return id;
}

DubTaskRecord *
make_task (gint64      video,
           const char *name)
{
  DubTaskRecord *task = dub_task_record_new ();

  task->account_id = g_strdup ("studio");
  task->video = video;
  task->language = g_strdup ("de");
  task->round = 1;
  task->name = g_strdup (name);
  return task;
}

GPtrArray *
add_tasks (DubStore   *store,
           GPtrArray  *tasks,
           GPtrArray  *scripts,
           GError    **error)
{
  AWAIT (dub_store_add_tasks_async (store, tasks, scripts, NULL, dub_test_keep_result, &slot));
  return dub_store_add_tasks_finish (store, result, error);
}

GPtrArray *
add_named (DubStore *store,
           gint64    video,
           ...)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  g_autoptr (GError) error = NULL;
  GPtrArray *stored;
  const char *name;
  va_list names;

  va_start (names, video);
  while ((name = va_arg (names, const char *)) != NULL)
    g_ptr_array_add (tasks, make_task (video, name));
  va_end (names);

  stored = add_tasks (store, tasks, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stored->len, ==, tasks->len);
  return stored;
}

GPtrArray *
list_tasks (DubStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *tasks;

  AWAIT (dub_store_list_tasks_async (store, NULL, dub_test_keep_result, &slot));
  tasks = dub_store_list_tasks_finish (store, result, &error);
  g_assert_no_error (error);
  return tasks;
}

gboolean
transition (DubStore           *store,
            GPtrArray          *tasks,
            const DubTaskState *from,
            GError            **error)
{
  AWAIT (dub_store_transition_async (store, tasks, from, 0, NULL, dub_test_keep_result, &slot));
  return dub_store_transition_finish (store, result, error);
}

void
step (DubStore      *store,
      DubTaskRecord *task,
      DubTaskState   to)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  DubTaskState from = task->state;

  task->state = to;
  g_ptr_array_add (tasks, task);
  transition (store, tasks, &from, &error);
  g_assert_no_error (error);
}

GPtrArray *
list_transitions (DubStore *store,
                  gint64    task)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *transitions;

  AWAIT (dub_store_list_transitions_async (store, task, NULL, dub_test_keep_result, &slot));
  transitions = dub_store_list_transitions_finish (store, result, &error);
  g_assert_no_error (error);
  return transitions;
}

static sqlite3 *
open_file (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

char *
query_file (const char *path,
            const char *sql)
{
  sqlite3 *db = open_file (path);
  GString *joined = g_string_new (NULL);
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? "," : "", sqlite3_column_text (stmt, 0));
  g_assert_cmpint (sqlite3_finalize (stmt), ==, SQLITE_OK);
  sqlite3_close (db);
  return g_string_free_and_steal (joined);
}

gboolean
change_file (const char *path,
             const char *sql)
{
  sqlite3 *db = open_file (path);
  int rc = sqlite3_exec (db, sql, NULL, NULL, NULL);

  sqlite3_close (db);
  return rc == SQLITE_OK;
}
