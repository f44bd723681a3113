/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

/* The names that an account has used up. */

typedef struct
{
  char *account_id;
  GStrv names;
} Spending;

static void
spending_free (Spending *spending)
{
  g_free (spending->account_id);
  g_strfreev (spending->names);
  g_free (spending);
}

static gboolean
spend_names (DubConnection  *connection,
             gpointer        job_data,
             gpointer       *result,
             GError        **error)
{
  Spending *spending = job_data;
  g_autoptr (DubStatement) insert = NULL;

  insert = dub_connection_prepare (connection,
                                   "INSERT OR IGNORE INTO spent_names (account, name)"
                                   " SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM accounts WHERE id = ?1)",
                                   error);
  if (insert == NULL)
    return FALSE;
  for (guint i = 0; spending->names[i] != NULL; i++)
    {
      dub_statement_bind_text (insert, 1, spending->account_id);
      dub_statement_bind_text (insert, 2, spending->names[i]);
      if (!dub_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * dub_store_spend_names_async:
 * @self: a store
 * @account_id: an account; of one that is not there nothing is stored
 * @names: names that its dubs have, wherever they were made
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when they are on the disk
 * @user_data: for @callback
 *
 * From now on no new task of the account gets one of @names: it could not be told from that dub in the service's list.
 */
void
dub_store_spend_names_async (DubStore            *self,
                             const char          *account_id,
                             const char *const   *names,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Spending *spending;

  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (account_id != NULL && names != NULL);

  spending = g_new0 (Spending, 1);
  spending->account_id = g_strdup (account_id);
  spending->names = g_strdupv ((GStrv) names);
  dub_store_run (self, dub_store_spend_names_async, spend_names, spending, (GDestroyNotify) spending_free, NULL, cancellable,
                 callback, user_data);
}

/**
 * dub_store_spend_names_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: whether they are spent
 */
gboolean
dub_store_spend_names_finish (DubStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dub_store_finish_boolean (self, result, dub_store_spend_names_async, error);
}
