/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-keyring.h"
#include "dub-deadline.h"
#include "dub-service-error.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#define LIMIT_MS (30 * 1000)

struct _DubKeyring
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (DubKeyring, dub_keyring, G_TYPE_OBJECT)

/* Changing the name or the attribute would lose the tokens that people have stored. */
static const SecretSchema schema = {
  .name = "io.github.dubroom.Dubroom.Token",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "account", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

typedef struct
{
  GHashTable *attributes;
  DubDeadline *deadline;
} Access;

static void
access_free (Access *self)
{
  g_hash_table_unref (self->attributes);
  dub_deadline_free (self->deadline);
  g_free (self);
}

static void
dub_keyring_class_init (DubKeyringClass *klass)
{
}

static void
dub_keyring_init (DubKeyring *self)
{
}

/**
 * dub_keyring_new:
 *
 * Makes the place where tokens are kept. It belongs to the thread that made it; nothing is opened yet.
 *
 * Returns: (transfer full): the keyring
 */
DubKeyring *
dub_keyring_new (void)
{
  return g_object_new (DUB_TYPE_KEYRING, NULL);
}

static GTask *
begin (DubKeyring         *self,
       const char         *account_id,
       gpointer            tag,
       GCancellable       *cancellable,
       GAsyncReadyCallback callback,
       gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Access *access = g_new0 (Access, 1);

  access->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (access->attributes, g_strdup ("account"), g_strdup (account_id));
  access->deadline = dub_deadline_new (LIMIT_MS, cancellable);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, access, (GDestroyNotify) access_free);
  return task;
}

static gboolean
is_missing (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_EXEC_FAILED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER);
}

static gboolean
is_without_bus (const GError *error)
{
  return error->domain == G_SPAWN_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static DubServiceError
code_of (Access       *access,
         const GError *error)
{
  if (error == NULL || dub_deadline_has_passed (access->deadline))
    return DUB_SERVICE_ERROR_KEYRING;
  return is_missing (error) || is_without_bus (error) ? DUB_SERVICE_ERROR_NO_KEYRING : DUB_SERVICE_ERROR_KEYRING;
}

static const char *
sentence_for (Access       *access,
              const GError *error)
{
  if (dub_deadline_has_passed (access->deadline) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY))
    return _("The keyring did not answer; it may be waiting for its password. Nothing was changed. "
             "Unlock it, then try again.");
  if (error == NULL || g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return _("The keyring is locked and was not unlocked. Nothing was changed. Unlock it with its password, then try "
             "again.");
  if (is_missing (error))
    return _("There is no keyring on this computer, and access tokens are kept nowhere else. Nothing was changed. "
             "Install a keyring, such as GNOME Keyring or KWallet, then try again.");
  if (is_without_bus (error))
    return _("The keyring cannot be reached, because there is no desktop session. Nothing was changed. Start Dubroom "
             "from a desktop session, then try again.");
  return _("The keyring refused access. Nothing was changed. Look at it in the desktop’s password program, then try "
           "again.");
}

/* Takes @task and @error; without an error the keyring did nothing because nobody let it. */
static void
fail (GTask  *task,
      GError *error)
{
  Access *access = g_task_get_task_data (task);

  if (dub_deadline_was_cancelled (access->deadline))
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was stopped."));
  else
    g_task_return_error (task,
                         dub_service_error_new (code_of (access, error), NULL, sentence_for (access, error)));
  if (error != NULL)
    g_info ("keyring: %s", error->message);
  g_clear_error (&error);
  g_object_unref (task);
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (!secret_password_store_finish (result, &error))
    {
      fail (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/**
 * dub_keyring_store_async:
 * @self: the keyring
 * @account_id: the account
 * @label: what the person sees in the desktop's password program
 * @token: the token
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is stored
 * @user_data: data for @callback
 *
 * Keeps the token of an account, in place of an earlier one.
 */
void
dub_keyring_store_async (DubKeyring         *self,
                         const char         *account_id,
                         const char         *label,
                         const char         *token,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  GTask *task;
  Access *access;

  g_return_if_fail (DUB_IS_KEYRING (self));
  g_return_if_fail (account_id != NULL && label != NULL && token != NULL);

  task = begin (self, account_id, dub_keyring_store_async, cancellable, callback, user_data);
  access = g_task_get_task_data (task);
  secret_password_storev (&schema, access->attributes, SECRET_COLLECTION_DEFAULT, label, token,
                          dub_deadline_get_cancellable (access->deadline), on_stored, task);
}

/**
 * dub_keyring_store_finish:
 * @self: the keyring
 * @result: the result
 * @error: %DUB_SERVICE_ERROR_KEYRING, %DUB_SERVICE_ERROR_NO_KEYRING, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it is stored
 */
gboolean
dub_keyring_store_finish (DubKeyring   *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dub_keyring_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
is_locked (GList *items)
{
  for (GList *item = items; item != NULL; item = item->next)
    {
      if (SECRET_IS_ITEM (item->data) && secret_item_get_locked (item->data))
        return TRUE;
    }
  return FALSE;
}

static void
on_searched (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autolist (GObject) items = secret_password_search_finish (result, &error);

  if (error != NULL || is_locked (items))
    {
      fail (task, error);
      return;
    }
  if (g_task_get_source_tag (task) == dub_keyring_clear_async)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_pointer (task, NULL, NULL);
  g_object_unref (task);
}

/* A keyring that stays locked gives and removes nothing without saying so. */
static void
look_for_locked (GTask *task)
{
  Access *access = g_task_get_task_data (task);

  secret_password_searchv (&schema, access->attributes, SECRET_SEARCH_NONE,
                           dub_deadline_get_cancellable (access->deadline), on_searched, task);
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  char *token = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    {
      fail (task, error);
      return;
    }
  if (token == NULL)
    {
      look_for_locked (task);
      return;
    }
  g_task_return_pointer (task, token, (GDestroyNotify) secret_password_free);
  g_object_unref (task);
}

/**
 * dub_keyring_lookup_async:
 * @self: the keyring
 * @account_id: the account
 * @cancellable: (nullable): a cancellable
 * @callback: called when the answer is there
 * @user_data: data for @callback
 *
 * Asks for the token of an account. The desktop may ask the person for the keyring's password.
 */
void
dub_keyring_lookup_async (DubKeyring         *self,
                          const char         *account_id,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task;
  Access *access;

  g_return_if_fail (DUB_IS_KEYRING (self));
  g_return_if_fail (account_id != NULL);

  task = begin (self, account_id, dub_keyring_lookup_async, cancellable, callback, user_data);
  access = g_task_get_task_data (task);
  secret_password_lookupv (&schema, access->attributes, dub_deadline_get_cancellable (access->deadline), on_looked_up,
                           task);
}

/**
 * dub_keyring_lookup_finish:
 * @self: the keyring
 * @result: the result
 * @error: %DUB_SERVICE_ERROR_KEYRING, %DUB_SERVICE_ERROR_NO_KEYRING, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the token, to be freed with dub_keyring_token_free(); %NULL without an error
 *   where there is none
 */
char *
dub_keyring_lookup_finish (DubKeyring   *self,
                           GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dub_keyring_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (!secret_password_clear_finish (result, &error))
    {
      if (error != NULL)
        fail (task, error);
      else
        look_for_locked (task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/**
 * dub_keyring_clear_async:
 * @self: the keyring
 * @account_id: the account
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @user_data: data for @callback
 *
 * Removes the token of an account.
 */
void
dub_keyring_clear_async (DubKeyring         *self,
                         const char         *account_id,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  GTask *task;
  Access *access;

  g_return_if_fail (DUB_IS_KEYRING (self));
  g_return_if_fail (account_id != NULL);

  task = begin (self, account_id, dub_keyring_clear_async, cancellable, callback, user_data);
  access = g_task_get_task_data (task);
  secret_password_clearv (&schema, access->attributes, dub_deadline_get_cancellable (access->deadline), on_cleared,
                          task);
}

/**
 * dub_keyring_clear_finish:
 * @self: the keyring
 * @result: the result
 * @error: %DUB_SERVICE_ERROR_KEYRING, %DUB_SERVICE_ERROR_NO_KEYRING, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether there is none any more, also where there was none
 */
gboolean
dub_keyring_clear_finish (DubKeyring   *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dub_keyring_clear_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_keyring_token_free:
 * @token: (transfer full) (nullable): a token of dub_keyring_lookup_finish()
 *
 * Wipes and frees a token.
 */
void
dub_keyring_token_free (char *token)
{
  secret_password_free (token);
}
