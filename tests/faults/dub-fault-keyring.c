/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-keyring.h"

#include <string.h>

/* A keyring in the place of the real one, which spends a tenth of a second on its password in each process. It is a
 * directory, and has a file for each account. */

#define DIRECTORY "DUBROOM_FAULT_KEYS"

struct _DubKeyring
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (DubKeyring, dub_keyring, G_TYPE_OBJECT)

static void
dub_keyring_class_init (DubKeyringClass *klass)
{
}

static void
dub_keyring_init (DubKeyring *self)
{
}

DubKeyring *
dub_keyring_new (void)
{
  return g_object_new (DUB_TYPE_KEYRING, NULL);
}

static char *
path_of (const char *account_id)
{
  return g_build_filename (g_getenv (DIRECTORY), account_id, NULL);
}

void
dub_keyring_store_async (DubKeyring         *self,
                         const char         *account_id,
                         const char         *label,
                         const char         *token,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = path_of (account_id);
  GError *error = NULL;

  if (g_file_set_contents (path, token, -1, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

gboolean
dub_keyring_store_finish (DubKeyring   *self,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
dub_keyring_lookup_async (DubKeyring         *self,
                          const char         *account_id,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = path_of (account_id);
  char *token = NULL;

  g_file_get_contents (path, &token, NULL, NULL);
  g_task_return_pointer (task, token, g_free);
}

char *
dub_keyring_lookup_finish (DubKeyring   *self,
                           GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dub_keyring_clear_async (DubKeyring         *self,
                         const char         *account_id,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

gboolean
dub_keyring_clear_finish (DubKeyring   *self,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
dub_keyring_token_free (char *token)
{
  g_free (token);
}
