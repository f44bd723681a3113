/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

typedef struct
{
  char *key;
  char *value;
} Setting;

static void
setting_free (Setting *setting)
{
  g_free (setting->key);
  g_free (setting->value);
  g_free (setting);
}

static gboolean
put_setting (DubConnection  *connection,
             gpointer        job_data,
             gpointer       *result,
             GError        **error)
{
  Setting *setting = job_data;
  g_autoptr (DubStatement) statement = NULL;

  if (setting->value == NULL)
    statement = dub_connection_prepare (connection, "DELETE FROM settings WHERE key = ?1", error);
  else
    statement = dub_connection_prepare (connection,
                                        "INSERT INTO settings (key, value) VALUES (?1, ?2)"
                                        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                                        error);
  if (statement == NULL)
    return FALSE;
  dub_statement_bind_text (statement, 1, setting->key);
  if (setting->value != NULL)
    dub_statement_bind_text (statement, 2, setting->value);
  return dub_statement_run (statement, error);
}

static gboolean
get_setting (DubConnection  *connection,
             gpointer        key,
             gpointer       *result,
             GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  gboolean found = FALSE;

  select = dub_connection_prepare (connection, "SELECT value FROM settings WHERE key = ?1", error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_text (select, 1, key);
  if (!dub_store_find (select, &found, error))
    return FALSE;
  if (found)
    *result = dub_store_dup_text (select, 0);
  return TRUE;
}

/**
 * dub_store_put_setting_async:
 * @self: a store
 * @key: its name
 * @value: (nullable): its value; %NULL unsets it
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when it is on the disk
 * @user_data: for @callback
 *
 * Stores a small value that belongs to the data.
 */
void
dub_store_put_setting_async (DubStore            *self,
                             const char          *key,
                             const char          *value,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Setting *setting;

  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (key != NULL);

  setting = g_new0 (Setting, 1);
  setting->key = g_strdup (key);
  setting->value = g_strdup (value);
  dub_store_run (self, dub_store_put_setting_async, put_setting, setting, (GDestroyNotify) setting_free, NULL,
                 cancellable, callback, user_data);
}

/**
 * dub_store_put_setting_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: whether it is stored
 */
gboolean
dub_store_put_setting_finish (DubStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dub_store_finish_boolean (self, result, dub_store_put_setting_async, error);
}

/**
 * dub_store_get_setting_async:
 * @self: a store
 * @key: its name
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads what dub_store_put_setting_async() stored.
 */
void
dub_store_get_setting_async (DubStore            *self,
                             const char          *key,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (key != NULL);

  dub_store_run (self, dub_store_get_setting_async, get_setting, g_strdup (key), g_free, g_free, cancellable,
                 callback, user_data);
}

/**
 * dub_store_get_setting_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: (transfer full) (nullable): the value; %NULL without an error where it is not set
 */
char *
dub_store_get_setting_finish (DubStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dub_store_finish_pointer (self, result, dub_store_get_setting_async, error);
}
