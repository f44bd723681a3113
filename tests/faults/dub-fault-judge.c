/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fault-judge.h"

#include "dub-task-state.h"

#include <sqlite3.h>
#include <string.h>

/* Looks at what is on the disk, by SQLite alone, and at what the service has. */

static void G_GNUC_PRINTF (2, 3)
wrong (GPtrArray  *wrongs,
       const char *format,
       ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (wrongs, g_strdup_vprintf (format, args));
  va_end (args);
}

static sqlite3 *
open_database (const DubFaultEvidence *evidence)
{
  g_autofree char *path = g_build_filename (evidence->dir, "dubroom.db", NULL);
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    g_clear_pointer (&db, sqlite3_close);
  else
    sqlite3_busy_timeout (db, 5000);
  return db;
}

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql,
         const char *text)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  if (text != NULL)
    sqlite3_bind_text (statement, 1, text, -1, SQLITE_TRANSIENT);
  return statement;
}

static gint64
count (sqlite3    *db,
       const char *sql,
       const char *text)
{
  sqlite3_stmt *statement = prepare (db, sql, text);
  gint64 n = sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : -1;

  sqlite3_finalize (statement);
  return n;
}

static gint64
count_sendings (sqlite3    *db,
                const char *name)
{
  return count (db,
                "SELECT count(*) FROM transitions JOIN tasks ON tasks.id = transitions.task"
                " WHERE tasks.name = ?1 AND to_state = 'submitting'",
                name);
}

void
dub_fault_judge_create (const DubFaultEvidence *evidence,
                        const DubFakeRequest   *request,
                        GPtrArray              *wrongs)
{
  sqlite3 *db = open_database (evidence);

  if (db == NULL)
    {
      wrong (wrongs, "a create came, and there is no store");
      return;
    }
  for (char **name = request->video_names; *name != NULL; name++)
    if (count_sendings (db, *name) < dub_fake_service_count_creates (evidence->service, *name))
      wrong (wrongs, "“%s” was sent before it was stored that it is being sent", *name);
  sqlite3_close (db);
}

static void
judge_soundness (sqlite3   *db,
                 GPtrArray *wrongs)
{
  sqlite3_stmt *statement = prepare (db, "PRAGMA integrity_check", NULL);

  if (sqlite3_step (statement) != SQLITE_ROW || strcmp ((const char *) sqlite3_column_text (statement, 0), "ok") != 0)
    wrong (wrongs, "the database is not sound: %s", (const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  statement = prepare (db, "PRAGMA foreign_key_check", NULL);
  if (sqlite3_step (statement) == SQLITE_ROW)
    wrong (wrongs, "a row of %s refers to nothing", (const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
}

static gboolean
is_step (const char *from,
         const char *to)
{
  DubTaskState a = DUB_TASK_WAITING;
  DubTaskState b = DUB_TASK_WAITING;

  if (!dub_task_state_from_string (from, &a) || !dub_task_state_from_string (to, &b))
    return FALSE;
  if (a == b)
    return a == DUB_TASK_SUBMITTED || a == DUB_TASK_PROCESSING || a == DUB_TASK_DROPPED;
  return dub_task_state_may_follow (a, b);
}

/* The rows of a dub's history, each beginning where the one before ended. */
static void
judge_history (const DubFaultEvidence *evidence,
               sqlite3                *db,
               const char             *name,
               const char             *state,
               GPtrArray              *wrongs)
{
  sqlite3_stmt *statement = prepare (db,
                                     "SELECT from_state, to_state FROM transitions JOIN tasks ON tasks.id ="
                                     " transitions.task WHERE tasks.name = ?1 ORDER BY transitions.id",
                                     name);
  g_autofree char *last = g_strdup ("waiting");

  for (guint i = 0; sqlite3_step (statement) == SQLITE_ROW; i++)
    {
      const char *from = (const char *) sqlite3_column_text (statement, 0);
      const char *to = (const char *) sqlite3_column_text (statement, 1);
      gboolean birth = i == 0 && g_str_equal (from, "waiting") && g_str_equal (to, "waiting");

      if (!g_str_equal (from, last) || (!birth && !is_step (from, to)))
        wrong (wrongs, "the history of “%s” goes from %s to %s after %s", name, from, to, last);
      if (!evidence->plan->studio && g_str_equal (from, "unconfirmed") && g_str_equal (to, "waiting"))
        wrong (wrongs, "“%s” was to be sent again by itself though its fate was unknown", name);
      g_set_str (&last, to);
    }
  sqlite3_finalize (statement);
  if (!g_str_equal (last, state))
    wrong (wrongs, "“%s” is %s, and its history ends with %s", name, state, last);
}

typedef struct
{
  const char *name;
  const char *state;
  const char *message;
  gint64 code;
  const char *remote_video;
} Row;

static void
judge_words (const Row *row,
             GPtrArray *wrongs)
{
  static const char *const needy[] = { "failed", "rejected", "unconfirmed", NULL };

  if (g_strv_contains (needy, row->state) && (row->message == NULL || *row->message == '\0') && row->code == 0)
    wrong (wrongs, "“%s” is %s, and nothing says why", row->name, row->state);
}

/* What the service has made must be told as such. */
static void
judge_accepted (const DubFaultEvidence *evidence,
                const Row              *row,
                const char             *task_id,
                GPtrArray              *wrongs)
{
  static const char *const sent[] = { "submitted", "processing", "succeeded", "failed", "unconfirmed", "dropped", NULL };
  g_autofree char *video = g_strdup_printf ("fake-video-%s", task_id + strlen ("fake-task-"));
  gboolean fails = dub_fault_plan_fails (evidence->plan, row->name);

  /* The studio's go back to waiting when an answer was lost, to be asked for again by their keys, and the person may cancel
   * them then: what the studio has made of them is left unused. */
  if (evidence->plan->studio && g_str_equal (row->state, "cancelled"))
    return;
  if (!g_strv_contains (sent, row->state))
    wrong (wrongs, "the service has made “%s”, which is %s", row->name, row->state);
  else if (!fails && !g_str_equal (row->state, "succeeded") && !g_str_equal (row->state, "dropped"))
    wrong (wrongs, "“%s” is ready there, and %s here", row->name, row->state);
  else if (fails && g_str_equal (row->state, "succeeded"))
    wrong (wrongs, "“%s” has failed there, and succeeded here", row->name);
  if (g_str_equal (row->state, "succeeded") && g_strcmp0 (row->remote_video, video) != 0)
    wrong (wrongs, "“%s” is %s there, and was taken to be %s", row->name, video,
           row->remote_video != NULL ? row->remote_video : "none");
}

/* A dub is refused for what it is itself, or because the service once said so to whatever was sent. */
static void
judge_refused (const DubFaultEvidence *evidence,
               const Row              *row,
               GPtrArray              *wrongs)
{
  const GArray *faults = evidence->plan->faults;

  if (!g_str_equal (row->state, "rejected") || dub_fault_plan_refuses (evidence->plan, row->name))
    return;
  for (guint i = 0; i < faults->len; i++)
    if (g_array_index (faults, DubFault, i).kind == DUB_FAULT_BAD_BATCH ||
        g_array_index (faults, DubFault, i).kind == DUB_FAULT_UNKNOWN_REFUSAL)
      return;
  wrong (wrongs, "“%s” was refused for another’s sake", row->name);
}

static void
judge_row (const DubFaultEvidence *evidence,
           sqlite3                *db,
           const Row              *row,
           GPtrArray              *wrongs)
{
  static const char *const unsettled[] = { "waiting", "publishing", "submitting", "submitted", "processing", NULL };
  const char *task_id = dub_fake_service_get_task_id (evidence->service, row->name);

  judge_words (row, wrongs);
  judge_refused (evidence, row, wrongs);
  judge_history (evidence, db, row->name, row->state, wrongs);
  if (g_strv_contains (unsettled, row->state))
    wrong (wrongs, "“%s” is still %s", row->name, row->state);
  if (count_sendings (db, row->name) < dub_fake_service_count_creates (evidence->service, row->name))
    wrong (wrongs, "“%s” was sent oftener than its history tells", row->name);
  if (task_id != NULL)
    judge_accepted (evidence, row, task_id, wrongs);
  else if (g_str_equal (row->state, "succeeded"))
    wrong (wrongs, "“%s” succeeded here, and the service has never had it", row->name);
}

static void
judge_rows (const DubFaultEvidence *evidence,
            sqlite3                *db,
            GPtrArray              *wrongs)
{
  sqlite3_stmt *statement = prepare (db, "SELECT name, state, message, return_code, remote_video FROM tasks", NULL);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      Row row = {
        (const char *) sqlite3_column_text (statement, 0), (const char *) sqlite3_column_text (statement, 1),
        (const char *) sqlite3_column_text (statement, 2), sqlite3_column_int64 (statement, 3),
        (const char *) sqlite3_column_text (statement, 4),
      };

      judge_row (evidence, db, &row, wrongs);
    }
  sqlite3_finalize (statement);
}

/* None is lost, none is made twice, none comes from nowhere. */
static void
judge_dubs (const DubFaultEvidence *evidence,
            sqlite3                *db,
            GPtrArray              *wrongs)
{
  GHashTableIter iter;
  gpointer value;
  guint n_promised = 0;
  guint n_all = 0;

  g_hash_table_iter_init (&iter, evidence->dubs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const DubFaultDub *dub = value;
      gboolean stored = count (db, "SELECT count(*) FROM tasks WHERE name = ?1", dub->name) == 1;

      n_all++;
      n_promised += dub->promised ? 1 : 0;
      if (!stored && !dub->removed)
        wrong (wrongs, "“%s” is lost", dub->name);
      if (dub_fake_service_count_tasks (evidence->service, dub->name) > 1)
        wrong (wrongs, "“%s” was made %u times", dub->name, dub_fake_service_count_tasks (evidence->service, dub->name));
    }
  if (n_all > n_promised + evidence->n_retries)
    wrong (wrongs, "%u dubs were wished for and %u tried again, and there are %u", n_promised, evidence->n_retries, n_all);
}

static void
judge_bytes (const DubFaultEvidence *evidence,
             GPtrArray              *wrongs)
{
  g_autoptr (GDir) dir = g_dir_open (evidence->dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (evidence->dir, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      if (g_file_get_contents (path, &bytes, &length, NULL) &&
          memmem (bytes, length, DUB_FAKE_TOKEN, strlen (DUB_FAKE_TOKEN)) != NULL)
        wrong (wrongs, "the token is in the file %s", name);
    }
}

void
dub_fault_judge_end (const DubFaultEvidence *evidence,
                     GPtrArray              *wrongs)
{
  GPtrArray *violations = dub_fake_service_get_violations (evidence->service);
  sqlite3 *db;

  /* First, since SQLite tidies the files up. */
  judge_bytes (evidence, wrongs);
  db = open_database (evidence);
  for (guint i = 0; i < violations->len; i++)
    wrong (wrongs, "the contract: %s", (const char *) violations->pdata[i]);
  if (db == NULL)
    {
      wrong (wrongs, "there is no store");
      return;
    }
  judge_soundness (db, wrongs);
  judge_rows (evidence, db, wrongs);
  judge_dubs (evidence, db, wrongs);
  sqlite3_close (db);
}
