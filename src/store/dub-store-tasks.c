/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

#include <glib/gi18n-lib.h>

#include "dub-names.h"
#include "dub-notices.h"

/* What adding one task is about, beside the record. */
typedef struct
{
  GPtrArray *tasks;
  GPtrArray *scripts; /* NULL, or of the same length, with NULL for none */
  gint64 now;
} NewTasks;

static void
new_tasks_free (NewTasks *new_tasks)
{
  g_ptr_array_unref (new_tasks->tasks);
  g_clear_pointer (&new_tasks->scripts, g_ptr_array_unref);
  g_free (new_tasks);
}

static void
clear_script (gpointer script)
{
  if (script != NULL)
    g_object_unref (script);
}

static NewTasks *
new_tasks_new (GPtrArray *tasks,
               GPtrArray *scripts)
{
  NewTasks *new_tasks = g_new0 (NewTasks, 1);

  new_tasks->tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  for (guint i = 0; i < tasks->len; i++)
    g_ptr_array_add (new_tasks->tasks, dub_task_record_copy (g_ptr_array_index (tasks, i)));
  if (scripts == NULL)
    return new_tasks;

  new_tasks->scripts = g_ptr_array_new_with_free_func (clear_script);
  for (guint i = 0; i < scripts->len; i++)
    {
      DubScript *script = g_ptr_array_index (scripts, i);

      g_ptr_array_add (new_tasks->scripts, script != NULL ? dub_store_copy_script (script) : NULL);
    }
  return new_tasks;
}

static gboolean
check_account (DubConnection  *connection,
               const char     *account_id,
               GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  gboolean found = FALSE;

  select = dub_connection_prepare (connection, "SELECT 1 FROM accounts WHERE id = ?1 AND removed IS NULL", error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_text (select, 1, account_id);
  if (!dub_store_find (select, &found, error))
    return FALSE;
  if (found)
    return TRUE;
  g_set_error_literal (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND,
                       _("The account for this dub is not there any more. Nothing was sent: choose another account."));
  return FALSE;
}

/* Returns: (transfer full) (nullable): the identity of the video, for which a consent is stored */
static char *
check_consent (DubConnection  *connection,
               gint64          video,
               GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  gboolean found = FALSE;

  select = dub_connection_prepare (connection,
                                   "SELECT videos.identity, videos.title, consents.agreed FROM videos"
                                   " LEFT JOIN consents ON consents.identity = videos.identity"
                                   " AND consents.notice_version = ?2 WHERE videos.id = ?1",
                                   error);
  if (select == NULL)
    return NULL;
  dub_statement_bind_int (select, 1, video);
  dub_statement_bind_text (select, 2, dub_notice_get_version (DUB_NOTICE_CONSENT));
  if (!dub_store_find (select, &found, error))
    return NULL;
  if (!found)
    {
      g_set_error_literal (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND,
                           _("The video for this dub is not there any more. Nothing was sent: add the video again."));
      return NULL;
    }
  if (dub_statement_is_null (select, 2))
    {
      g_autofree char *title = dub_store_dup_text (select, 1);

      g_set_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NO_CONSENT,
                   /* Translators: %s is the title of a video */
                   _("You have not agreed to the terms for “%s” yet. Nothing was sent: agree, then try again."),
                   title != NULL ? title : "");
      return NULL;
    }
  return g_strdup (dub_statement_get_text (select, 0));
}

typedef struct
{
  DubStatement *select;
  GError *error;
} NameSearch;

static gboolean
is_name_taken (const char *name,
               gpointer    user_data)
{
  NameSearch *search = user_data;
  gboolean found = FALSE;

  dub_statement_reset (search->select);
  dub_statement_bind_text (search->select, 2, name);
  return dub_store_find (search->select, &found, &search->error) && found;
}

/* Those added before in the same transaction are seen too. */
static gboolean
make_name_unique (DubConnection  *connection,
                  DubTaskRecord  *task,
                  GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  g_autofree char *name = NULL;
  NameSearch search = { NULL, NULL };

  select = dub_connection_prepare (connection,
                                   "SELECT 1 FROM tasks WHERE account = ?1 AND name = ?2 UNION ALL"
                                   " SELECT 1 FROM spent_names WHERE account = ?1 AND name = ?2",
                                   error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_text (select, 1, task->account_id);
  search.select = select;
  name = dub_name_unique (task->name, is_name_taken, &search);
  if (search.error != NULL)
    {
      g_propagate_error (error, search.error);
      return FALSE;
    }
  g_set_str (&task->name, name);
  return TRUE;
}

static gboolean
insert_task (DubConnection  *connection,
             DubTaskRecord  *task,
             const char     *identity,
             GError        **error)
{
  g_autoptr (DubStatement) insert = NULL;

  insert = dub_connection_prepare (connection,
                                   "INSERT INTO tasks (account, video, identity, notice_version, language, round, name,"
                                   " subtitles, lipsync, state, batch, publish_url, remote_task, remote_video,"
                                   " preview_url, message, return_code, request_id, created, changed, submitted,"
                                   " finished) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
                                   " ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
                                   error);
  if (insert == NULL)
    return FALSE;
  dub_statement_bind_text (insert, 1, task->account_id);
  dub_statement_bind_int (insert, 2, task->video);
  dub_statement_bind_text (insert, 3, identity);
  dub_statement_bind_text (insert, 4, dub_notice_get_version (DUB_NOTICE_CONSENT));
  dub_statement_bind_text (insert, 5, task->language);
  dub_statement_bind_int (insert, 6, task->round);
  dub_statement_bind_text (insert, 7, task->name);
  dub_statement_bind_int (insert, 8, task->subtitles ? 1 : 0);
  dub_statement_bind_int (insert, 9, task->lipsync ? 1 : 0);
  dub_statement_bind_text (insert, 10, dub_task_state_to_string (task->state));
  dub_statement_bind_text (insert, 11, task->batch);
  dub_statement_bind_text (insert, 12, task->publish_url);
  dub_statement_bind_text (insert, 13, task->remote_task);
  dub_statement_bind_text (insert, 14, task->remote_video);
  dub_statement_bind_text (insert, 15, task->preview_url);
  dub_statement_bind_text (insert, 16, task->message);
  dub_statement_bind_int (insert, 17, task->return_code);
  dub_statement_bind_text (insert, 18, task->request_id);
  dub_statement_bind_int (insert, 19, task->created);
  dub_statement_bind_int (insert, 20, task->changed);
  dub_statement_bind_int (insert, 21, task->submitted);
  dub_statement_bind_int (insert, 22, task->finished);
  if (!dub_statement_run (insert, error))
    return FALSE;
  task->id = dub_connection_last_row_id (connection);
  task->place = task->id;
  return TRUE;
}

static gboolean
check_new_task (const DubTaskRecord  *task,
                GError              **error)
{
  if (!dub_name_check (task->name, error))
    return FALSE;
  if (task->state == DUB_TASK_WAITING)
    return TRUE;
  g_set_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED,
               /* Translators: %s is the name of a dub */
               _("“%s” was not added, because it is not a new dub. Nothing was sent: add it again."), task->name);
  return FALSE;
}

gboolean
dub_store_insert_task (DubConnection  *connection,
                       DubTaskRecord  *task,
                       DubScript      *script,
                       gint64          now,
                       GError        **error)
{
  g_autofree char *identity = NULL;

  if (!check_new_task (task, error) || !check_account (connection, task->account_id, error))
    return FALSE;
  identity = check_consent (connection, task->video, error);
  if (identity == NULL || !make_name_unique (connection, task, error))
    return FALSE;

  if (task->created == 0)
    task->created = now;
  if (task->changed == 0)
    task->changed = task->created;
  return insert_task (connection, task, identity, error) &&
         dub_store_write_transition (connection, task, task->state, task->changed, error) &&
         (script == NULL || dub_store_write_script (connection, task->id, DUB_SCRIPT_GIVEN, script, error));
}

static gboolean
add_tasks (DubConnection  *connection,
           gpointer        job_data,
           gpointer       *result,
           GError        **error)
{
  NewTasks *new_tasks = job_data;

  for (guint i = 0; i < new_tasks->tasks->len; i++)
    {
      DubTaskRecord *task = g_ptr_array_index (new_tasks->tasks, i);
      DubScript *script = new_tasks->scripts != NULL ? g_ptr_array_index (new_tasks->scripts, i) : NULL;

      if (!dub_store_insert_task (connection, task, script, new_tasks->now, error))
        return FALSE;
    }
  *result = g_ptr_array_ref (new_tasks->tasks);
  return TRUE;
}

static gpointer
read_task (DubStatement  *statement,
           GError       **error)
{
  g_autoptr (DubTaskRecord) task = dub_task_record_new ();

  task->id = dub_statement_get_int (statement, 0);
  task->account_id = dub_store_dup_text (statement, 1);
  task->video = dub_statement_get_int (statement, 2);
  task->language = dub_store_dup_text (statement, 3);
  task->round = (int) dub_statement_get_int (statement, 4);
  task->name = dub_store_dup_text (statement, 5);
  task->subtitles = dub_statement_get_int (statement, 6) != 0;
  task->lipsync = dub_statement_get_int (statement, 7) != 0;
  if (!dub_store_get_state (statement, 8, &task->state, error))
    return NULL;
  task->batch = dub_store_dup_text (statement, 9);
  task->publish_url = dub_store_dup_text (statement, 10);
  task->remote_task = dub_store_dup_text (statement, 11);
  task->remote_video = dub_store_dup_text (statement, 12);
  task->preview_url = dub_store_dup_text (statement, 13);
  task->message = dub_store_dup_text (statement, 14);
  task->return_code = dub_statement_get_int (statement, 15);
  task->request_id = dub_store_dup_text (statement, 16);
  task->created = dub_statement_get_int (statement, 17);
  task->changed = dub_statement_get_int (statement, 18);
  task->submitted = dub_statement_get_int (statement, 19);
  task->finished = dub_statement_get_int (statement, 20);
  task->place = dub_statement_get_int (statement, 21);
  return g_steal_pointer (&task);
}

#define SELECT_TASKS                                                                                       \
  "SELECT id, account, video, language, round, name, subtitles, lipsync, state, batch,"                    \
  " publish_url, remote_task, remote_video, preview_url, message, return_code, request_id,"                \
  " created, changed, submitted, finished, coalesce (place, id) FROM tasks"

DubTaskRecord *
dub_store_find_task (DubConnection  *connection,
                     gint64          id,
                     GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  gboolean found = FALSE;

  select = dub_connection_prepare (connection, SELECT_TASKS " WHERE id = ?1", error);
  if (select == NULL)
    return NULL;
  dub_statement_bind_int (select, 1, id);
  if (!dub_store_find (select, &found, error) || !found)
    return NULL;
  return read_task (select, error);
}

static gboolean
list_tasks (DubConnection  *connection,
            gpointer        job_data,
            gpointer       *result,
            GError        **error)
{
  g_autoptr (DubStatement) select = NULL;

  select = dub_connection_prepare (connection, SELECT_TASKS " ORDER BY id", error);
  if (select == NULL)
    return FALSE;
  *result = dub_store_read_all (select, read_task, (GDestroyNotify) dub_task_record_free, error);
  return *result != NULL;
}

/* One that is not there is removed already. */
static gboolean
check_removable (DubConnection  *connection,
                 gint64          id,
                 GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  g_autofree char *name = NULL;
  DubTaskState state = DUB_TASK_WAITING;
  gboolean found = FALSE;

  select = dub_connection_prepare (connection, "SELECT state, name FROM tasks WHERE id = ?1", error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_int (select, 1, id);
  if (!dub_store_find (select, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  if (!dub_store_get_state (select, 0, &state, error))
    return FALSE;
  if (dub_task_state_is_final (state))
    return TRUE;
  name = dub_store_dup_text (select, 1);
  g_set_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_CONFLICT,
               /* Translators: %s is the name of a dub */
               _("“%s” is still under way, so nothing was removed. Wait until it is done, or cancel it first."), name);
  return FALSE;
}

static const char *const remove_sql[] = {
  "INSERT OR IGNORE INTO spent_names (account, name)"
  " SELECT account, name FROM tasks WHERE id = ?1 AND EXISTS"
  " (SELECT 1 FROM transitions WHERE task = ?1 AND to_state = 'submitting')",
  "DELETE FROM tasks WHERE id = ?1",
};

static gboolean
remove_task (DubConnection  *connection,
             gint64          id,
             GError        **error)
{
  if (!check_removable (connection, id, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (remove_sql); i++)
    {
      g_autoptr (DubStatement) statement = dub_connection_prepare (connection, remove_sql[i], error);

      if (statement == NULL)
        return FALSE;
      dub_statement_bind_int (statement, 1, id);
      if (!dub_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
remove_tasks (DubConnection  *connection,
              gpointer        job_data,
              gpointer       *result,
              GError        **error)
{
  GArray *ids = job_data;

  for (guint i = 0; i < ids->len; i++)
    if (!remove_task (connection, g_array_index (ids, gint64, i), error))
      return FALSE;
  return TRUE;
}

/**
 * dub_store_add_tasks_async:
 * @self: a store
 * @tasks: (element-type DubTaskRecord): the tasks, copied, all waiting; their ids are not looked at, and times of 0
 *   become now
 * @scripts: (nullable) (element-type DubScript): their own scripts, copied, of the same length; %NULL for none
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when they are on the disk
 * @user_data: for @callback
 *
 * Adds tasks with their scripts and their first transition, all or none. Each needs a stored consent to the current
 * text for the bytes of its video; this is the last gate before something can be sent. A name that the account
 * has, or had when something was sent, gets a number.
 */
void
dub_store_add_tasks_async (DubStore            *self,
                           GPtrArray           *tasks,
                           GPtrArray           *scripts,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  NewTasks *new_tasks;

  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (tasks != NULL);
  g_return_if_fail (scripts == NULL || scripts->len == tasks->len);

  new_tasks = new_tasks_new (tasks, scripts);
  new_tasks->now = dub_store_now ();
  dub_store_run (self, dub_store_add_tasks_async, add_tasks, new_tasks, (GDestroyNotify) new_tasks_free,
                 (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * dub_store_add_tasks_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location: %DUB_STORE_ERROR_NO_CONSENT, %DUB_STORE_ERROR_NOT_FOUND for an account or a video that is
 *   not there, %DUB_ERROR_NAME for a name that the service would refuse, …
 *
 * Returns: (transfer full) (element-type DubTaskRecord) (nullable): the tasks as stored, with ids and names
 */
GPtrArray *
dub_store_add_tasks_finish (DubStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return dub_store_finish_pointer (self, result, dub_store_add_tasks_async, error);
}

/**
 * dub_store_list_tasks_async:
 * @self: a store
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when done
 * @user_data: for @callback
 *
 * Lists all tasks, those of removed accounts too, the oldest first.
 */
void
dub_store_list_tasks_async (DubStore            *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));

  dub_store_run (self, dub_store_list_tasks_async, list_tasks, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                 cancellable, callback, user_data);
}

/**
 * dub_store_list_tasks_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: (transfer full) (element-type DubTaskRecord) (nullable): the tasks
 */
GPtrArray *
dub_store_list_tasks_finish (DubStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dub_store_finish_pointer (self, result, dub_store_list_tasks_async, error);
}

/**
 * dub_store_remove_tasks_async:
 * @self: a store
 * @ids: (array length=n_ids): row ids; those that are not there are passed over
 * @n_ids: how many
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when they are gone from the disk
 * @user_data: for @callback
 *
 * Forgets finished tasks with their transitions and scripts, all or none. The names of those that may have reached the
 * service stay taken.
 */
void
dub_store_remove_tasks_async (DubStore            *self,
                              const gint64        *ids,
                              guint                n_ids,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GArray *copy;

  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (ids != NULL || n_ids == 0);

  copy = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_ids);
  if (n_ids > 0)
    g_array_append_vals (copy, ids, n_ids);
  dub_store_run (self, dub_store_remove_tasks_async, remove_tasks, copy, (GDestroyNotify) g_array_unref, NULL,
                 cancellable, callback, user_data);
}

/**
 * dub_store_remove_tasks_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location: %DUB_STORE_ERROR_CONFLICT where one is still under way, …
 *
 * Returns: whether they are forgotten
 */
gboolean
dub_store_remove_tasks_finish (DubStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return dub_store_finish_boolean (self, result, dub_store_remove_tasks_async, error);
}
