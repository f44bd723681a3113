/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-accounts-private.h"

#include <glib/gi18n-lib.h>

#include "dub-account-private.h"
#include "dub-workflow-error.h"

/* A token on its way: into a new account, or into one that is there. */
typedef struct
{
  DubAccountRecord *record; /* of a new account */
  DubAccount *account;      /* one that is there */
  char *token;
  DubServiceClient *client;
  GError *problem;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->record, dub_account_record_free);
  g_clear_object (&entry->account);
  g_clear_object (&entry->client);
  g_clear_pointer (&entry->token, dub_keyring_token_free);
  g_clear_error (&entry->problem);
  g_free (entry);
}

/* Stored before it is told: who opens the store then finds it so. */
static void
on_current_stored (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  Entry *entry = g_task_get_task_data (task);
  DubAccount *account = dub_accounts_find (self, entry->record->id);

  /* Without it the account is there all the same, and chosen until the next start. */
  dub_store_put_setting_finish (DUB_STORE (source), result, NULL);
  if (account == NULL)
    {
      g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_ACCOUNT,
                                       _("The account was removed meanwhile."));
      return;
    }
  dub_accounts_make_current (self, account);
  g_task_return_pointer (task, g_object_ref (account), g_object_unref);
}

/* Whether that worked or not, the person is told of what came first. */
static void
on_orphan_cleared (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Entry *entry = g_task_get_task_data (task);

  dub_keyring_clear_finish (DUB_KEYRING (source), result, NULL);
  g_task_return_error (task, g_steal_pointer (&entry->problem));
}

static void
on_account_stored (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  Entry *entry = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dub_store_put_account_finish (DUB_STORE (source), result, &entry->problem))
    {
      /* Nobody would ever find it again. */
      dub_keyring_clear_async (self->keyring, entry->record->id, NULL, on_orphan_cleared, g_steal_pointer (&task));
      return;
    }
  if (dub_accounts_find (self, entry->record->id) == NULL)
    dub_accounts_add (self, entry->record);
  if (!dub_session_set_token (dub_accounts_get_session (self, entry->record->id), entry->token, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  dub_store_put_setting_async (self->store, DUB_CURRENT_ACCOUNT_KEY, entry->record->id, NULL, on_current_stored, g_object_ref (task));
}

static void
on_token_kept (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  Entry *entry = g_task_get_task_data (task);
  DubSession *session;
  GError *error = NULL;

  if (!dub_keyring_store_finish (DUB_KEYRING (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (entry->record != NULL)
    {
      dub_store_put_account_async (self->store, entry->record, NULL, on_account_stored, g_steal_pointer (&task));
      return;
    }
  session = dub_accounts_get_session (self, dub_account_get_id (entry->account));
  if (session != NULL && !dub_session_set_token (session, entry->token, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_token_checked (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  Entry *entry = g_task_get_task_data (task);
  g_autofree char *name = NULL;
  GError *error = NULL;
  const char *id;

  name = dub_service_client_check_finish (DUB_SERVICE_CLIENT (source), result, NULL, &error);
  if (name == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (entry->record != NULL && entry->record->name == NULL)
    entry->record->name = g_strdup (*name != '\0' ? name : _("Service account"));

  id = entry->record != NULL ? entry->record->id : dub_account_get_id (entry->account);
  dub_keyring_store_async (self->keyring, id,
                           entry->record != NULL ? entry->record->name : dub_account_get_name (entry->account), entry->token,
                           g_task_get_cancellable (task), on_token_kept, g_object_ref (task));
}

static void
check_token (DubAccounts *self,
             GTask       *task,
             const char  *base_url)
{
  Entry *entry = g_task_get_task_data (task);
  g_autoptr (DubRateLimiter) limiter = dub_rate_limiter_new (self->interval_ms);
  GError *error = NULL;

  entry->client = dub_service_client_new (base_url, limiter);
  g_object_set (entry->client, "log", self->log, NULL);
  if (!dub_service_client_set_token (entry->client, entry->token, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  dub_service_client_check_async (entry->client, g_task_get_cancellable (task), on_token_checked, g_object_ref (task));
}

/**
 * dub_accounts_add_service_async:
 * @name: (nullable): a name of the person's own
 * @token: the access token
 * @base_url: (nullable): where the service is; %NULL for its own address
 *
 * Asks the service whether @token is good, keeps it in the keyring and nowhere else, then stores the account and makes it
 * the current one. Errors: #DubServiceError, #DubStoreError.
 */
void
dub_accounts_add_service_async (DubAccounts         *self,
                                const char          *name,
                                const char          *token,
                                const char          *base_url,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Entry *entry;

  g_return_if_fail (DUB_IS_ACCOUNTS (self) && token != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_accounts_add_service_async);
  entry = g_new0 (Entry, 1);
  g_task_set_task_data (task, entry, entry_free);
  entry->token = g_strdup (token);
  entry->record = dub_account_record_new ();
  entry->record->id = g_uuid_string_random ();
  entry->record->kind = DUB_ACCOUNT_KIND_SERVICE;
  entry->record->name = name != NULL && *name != '\0' ? g_strdup (name) : NULL;
  entry->record->base_url = g_strdup (base_url != NULL && *base_url != '\0' ? base_url : DUB_SERVICE_BASE_URL);
  entry->record->created = g_get_real_time () / 1000;
  check_token (self, task, entry->record->base_url);
}

/**
 * dub_accounts_add_service_finish:
 *
 * Returns: (transfer none) (nullable): the new account
 */
DubAccount *
dub_accounts_add_service_finish (DubAccounts   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_autoptr (DubAccount) account = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  account = g_task_propagate_pointer (G_TASK (result), error);
  /* The list holds it. */
  return account;
}

/**
 * dub_accounts_replace_token_async:
 * @account: an account of the service
 * @token: its new access token
 *
 * Like dub_accounts_add_service_async() for an account that is there; its queue goes on by itself.
 */
void
dub_accounts_replace_token_async (DubAccounts         *self,
                                  DubAccount          *account,
                                  const char          *token,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Entry *entry;

  g_return_if_fail (DUB_IS_ACCOUNTS (self) && DUB_IS_ACCOUNT (account) && token != NULL);
  g_return_if_fail (!dub_account_is_studio (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_accounts_replace_token_async);
  entry = g_new0 (Entry, 1);
  g_task_set_task_data (task, entry, entry_free);
  entry->token = g_strdup (token);
  entry->account = g_object_ref (account);
  check_token (self, task, dub_account_get_base_url (account));
}

/**
 * dub_accounts_replace_token_finish:
 *
 * Returns: whether the account has the new token; else it keeps the old one
 */
gboolean
dub_accounts_replace_token_finish (DubAccounts   *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_accounts_try_again:
 * @account: one that rests
 *
 * Reads the token of @account anew and asks the service whether it is good. If so, its queue goes on: what was not permitted
 * is tried once more, and refused again if it still is not.
 */
void
dub_accounts_try_again (DubAccounts *self,
                        DubAccount  *account)
{
  DubSession *session;

  g_return_if_fail (DUB_IS_ACCOUNTS (self) && DUB_IS_ACCOUNT (account));

  session = dub_accounts_get_session (self, dub_account_get_id (account));
  if (session != NULL)
    dub_session_try_again (session);
}

static void
on_token_cleared (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  DubAccount *account = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean cleared = dub_keyring_clear_finish (DUB_KEYRING (source), result, &error);

  dub_accounts_take_away (self, account);
  /* The account is gone all the same; the person is told of the token that stayed behind. */
  if (cleared)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_account_removed (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  DubAccount *account = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dub_store_remove_account_finish (DUB_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  dub_keyring_clear_async (self->keyring, dub_account_get_id (account), NULL, on_token_cleared, g_steal_pointer (&task));
}

/**
 * dub_accounts_remove_async:
 * @account: an account of the service without dubs under way
 *
 * Removes the account, then its token from the keyring. Its finished dubs stay in the queue's list.
 */
void
dub_accounts_remove_async (DubAccounts         *self,
                           DubAccount          *account,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DUB_IS_ACCOUNTS (self) && DUB_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_accounts_remove_async);
  if (dub_account_is_studio (account))
    {
      g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                       _("The built-in studio is a part of Dubroom and cannot be removed."));
      return;
    }
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  dub_store_remove_account_async (self->store, dub_account_get_id (account), cancellable, on_account_removed,
                                  g_steal_pointer (&task));
}

/**
 * dub_accounts_remove_finish:
 *
 * Returns: whether the account and its token are gone; else the error tells which of them stayed
 */
gboolean
dub_accounts_remove_finish (DubAccounts   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
