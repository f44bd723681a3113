/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

#include <glib/gi18n-lib.h>

static const char *const kinds[] = {
  [DUB_ACCOUNT_KIND_STUDIO] = "studio",
  [DUB_ACCOUNT_KIND_SERVICE] = "service",
};

static gpointer
read_account (DubStatement  *statement,
              GError       **error)
{
  DubAccountRecord *account = dub_account_record_new ();

  account->id = dub_store_dup_text (statement, 0);
  account->kind = g_strcmp0 (dub_statement_get_text (statement, 1), kinds[DUB_ACCOUNT_KIND_STUDIO]) == 0
                    ? DUB_ACCOUNT_KIND_STUDIO
                    : DUB_ACCOUNT_KIND_SERVICE;
  account->name = dub_store_dup_text (statement, 2);
  account->base_url = dub_store_dup_text (statement, 3);
  account->created = dub_statement_get_int (statement, 4);
  return account;
}

static gboolean
list_accounts (DubConnection  *connection,
               gpointer        job_data,
               gpointer       *result,
               GError        **error)
{
  g_autoptr (DubStatement) select = NULL;

  select = dub_connection_prepare (connection,
                                   "SELECT id, kind, name, base_url, created FROM accounts WHERE removed IS NULL"
                                   " ORDER BY kind = 'studio' DESC, created, id",
                                   error);
  if (select == NULL)
    return FALSE;
  *result = dub_store_read_all (select, read_account, (GDestroyNotify) dub_account_record_free, error);
  return *result != NULL;
}

static gboolean
put_account (DubConnection  *connection,
             gpointer        job_data,
             gpointer       *result,
             GError        **error)
{
  DubAccountRecord *account = job_data;
  g_autoptr (DubStatement) upsert = NULL;

  upsert = dub_connection_prepare (connection,
                                   "INSERT INTO accounts (id, kind, name, base_url, created)"
                                   " VALUES (?1, ?2, ?3, ?4, ?5)"
                                   " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name,"
                                   " base_url = excluded.base_url, removed = NULL",
                                   error);
  if (upsert == NULL)
    return FALSE;
  dub_statement_bind_text (upsert, 1, account->id);
  dub_statement_bind_text (upsert, 2, (guint) account->kind < G_N_ELEMENTS (kinds) ? kinds[account->kind] : NULL);
  dub_statement_bind_text (upsert, 3, account->name);
  dub_statement_bind_text (upsert, 4, account->base_url);
  dub_statement_bind_int (upsert, 5, account->created > 0 ? account->created : dub_store_now ());
  return dub_statement_run (upsert, error);
}

static gboolean
has_tasks_under_way (DubConnection  *connection,
                     const char     *account_id,
                     gboolean       *under_way,
                     GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  DubTaskState state = DUB_TASK_WAITING;
  gboolean found = FALSE;

  *under_way = FALSE;
  select = dub_connection_prepare (connection, "SELECT DISTINCT state FROM tasks WHERE account = ?1", error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_text (select, 1, account_id);
  while (dub_store_find (select, &found, error))
    {
      if (!found)
        return TRUE;
      if (!dub_store_get_state (select, 0, &state, error))
        return FALSE;
      *under_way |= !dub_task_state_is_final (state);
    }
  return FALSE;
}

static gboolean
remove_account (DubConnection  *connection,
                gpointer        account_id,
                gpointer       *result,
                GError        **error)
{
  g_autoptr (DubStatement) update = NULL;
  gboolean under_way = FALSE;

  if (!has_tasks_under_way (connection, account_id, &under_way, error))
    return FALSE;
  if (under_way)
    {
      g_set_error_literal (error, DUB_STORE_ERROR, DUB_STORE_ERROR_CONFLICT,
                           _("The account still has dubs under way, so it was not removed. "
                             "Wait until they are done, or cancel them first."));
      return FALSE;
    }

  update = dub_connection_prepare (connection,
                                   "UPDATE accounts SET removed = ?2 WHERE id = ?1 AND removed IS NULL", error);
  if (update == NULL)
    return FALSE;
  dub_statement_bind_text (update, 1, account_id);
  dub_statement_bind_int (update, 2, dub_store_now ());
  if (!dub_statement_run (update, error))
    return FALSE;
  if (dub_connection_changes (connection) > 0)
    return TRUE;
  g_set_error_literal (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND,
                       _("The account is not there any more: it was removed already. Nothing was changed."));
  return FALSE;
}

/**
 * dub_store_list_accounts_async:
 * @self: a store
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when done
 * @user_data: for @callback
 *
 * Lists the accounts that are not removed: the built-in studio, then the others in the order of their making.
 */
void
dub_store_list_accounts_async (DubStore            *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));

  dub_store_run (self, dub_store_list_accounts_async, list_accounts, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                 cancellable, callback, user_data);
}

/**
 * dub_store_list_accounts_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: (transfer full) (element-type DubAccountRecord) (nullable): the accounts
 */
GPtrArray *
dub_store_list_accounts_finish (DubStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return dub_store_finish_pointer (self, result, dub_store_list_accounts_async, error);
}

/**
 * dub_store_put_account_async:
 * @self: a store
 * @account: the account, copied; where its time of creation is 0, it is now
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when it is on the disk
 * @user_data: for @callback
 *
 * Adds an account, or changes the one of the same id; one that was removed comes back.
 */
void
dub_store_put_account_async (DubStore               *self,
                             const DubAccountRecord *account,
                             GCancellable           *cancellable,
                             GAsyncReadyCallback     callback,
                             gpointer                user_data)
{
  DubAccountRecord *copy;

  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (account != NULL);

  copy = g_memdup2 (account, sizeof *account);
  copy->id = g_strdup (account->id);
  copy->name = g_strdup (account->name);
  copy->base_url = g_strdup (account->base_url);
  dub_store_run (self, dub_store_put_account_async, put_account, copy, (GDestroyNotify) dub_account_record_free, NULL,
                 cancellable, callback, user_data);
}

/**
 * dub_store_put_account_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: whether it is stored
 */
gboolean
dub_store_put_account_finish (DubStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dub_store_finish_boolean (self, result, dub_store_put_account_async, error);
}

/**
 * dub_store_remove_account_async:
 * @self: a store
 * @account_id: its id; the built-in studio cannot be removed
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when it is on the disk
 * @user_data: for @callback
 *
 * Takes an account off the list. Its finished tasks stay. Its token is not kept here, and not removed.
 */
void
dub_store_remove_account_async (DubStore            *self,
                                const char          *account_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (account_id != NULL);

  if (g_str_equal (account_id, DUB_STUDIO_ACCOUNT_ID))
    {
      g_task_report_new_error (self, callback, user_data, dub_store_remove_account_async, DUB_STORE_ERROR,
                               DUB_STORE_ERROR_FAILED,
                               _("The built-in studio is part of Dubroom and cannot be removed. Nothing was changed."));
      return;
    }
  dub_store_run (self, dub_store_remove_account_async, remove_account, g_strdup (account_id), g_free, NULL,
                 cancellable, callback, user_data);
}

/**
 * dub_store_remove_account_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location: %DUB_STORE_ERROR_CONFLICT while tasks are under way, %DUB_STORE_ERROR_NOT_FOUND, …
 *
 * Returns: whether it is removed
 */
gboolean
dub_store_remove_account_finish (DubStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return dub_store_finish_boolean (self, result, dub_store_remove_account_async, error);
}
