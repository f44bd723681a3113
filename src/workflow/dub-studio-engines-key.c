/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-engines-private.h"

#include <glib/gi18n-lib.h>


/* The keys of the engines, in the keyring. A key belongs to a server: see dub_engine_choice_dup_key_id(). */

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dub_keyring_store_finish (DUB_KEYRING (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dub_studio_engines_keep_async (DubStudioEngines      *self,
                               const DubEngineChoice *choice,
                               const char            *key,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *id = NULL, *host = NULL, *label = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, dub_studio_engines_keep_async);
  if (key == NULL || *key == '\0')
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!dub_engine_choice_check_key (choice, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  id = dub_engine_choice_dup_key_id (choice);
  host = dub_engine_choice_dup_host (choice);
  /* Translators: what the keyring says of it; %s is a server */
  label = g_strdup_printf (_("Key of the engine at %s"), host);
  dub_keyring_store_async (self->keyring, id, label, key, cancellable, on_kept, g_steal_pointer (&task));
}

gboolean
dub_studio_engines_keep_finish (DubStudioEngines  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *key = dub_keyring_lookup_finish (DUB_KEYRING (source), result, &error);
  gboolean has = key != NULL;

  g_clear_pointer (&key, dub_keyring_token_free);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, has);
}

/**
 * dub_studio_engines_has_key_async:
 * @choice: an engine
 *
 * Asks the keyring. Errors: %DUB_SERVICE_ERROR_KEYRING.
 */
void
dub_studio_engines_has_key_async (DubStudioEngines      *self,
                                  const DubEngineChoice *choice,
                                  GCancellable          *cancellable,
                                  GAsyncReadyCallback    callback,
                                  gpointer               user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *id = NULL;

  g_return_if_fail (DUB_IS_STUDIO_ENGINES (self) && choice != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_studio_engines_has_key_async);
  id = dub_engine_choice_dup_key_id (choice);
  if (id == NULL)
    g_task_return_boolean (task, FALSE);
  else
    dub_keyring_lookup_async (self->keyring, id, cancellable, on_looked_up, g_steal_pointer (&task));
}

/**
 * dub_studio_engines_has_key_finish:
 *
 * Returns: whether there is one; %FALSE with an error where the keyring does not tell
 */
gboolean
dub_studio_engines_has_key_finish (DubStudioEngines  *self,
                                   GAsyncResult      *result,
                                   GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dub_keyring_clear_finish (DUB_KEYRING (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * dub_studio_engines_forget_key_async:
 * @choice: an engine
 *
 * Removes the key of its server from the keyring, for all steps that are done there. Errors: %DUB_SERVICE_ERROR_KEYRING.
 */
void
dub_studio_engines_forget_key_async (DubStudioEngines      *self,
                                     const DubEngineChoice *choice,
                                     GCancellable          *cancellable,
                                     GAsyncReadyCallback    callback,
                                     gpointer               user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *id = NULL;

  g_return_if_fail (DUB_IS_STUDIO_ENGINES (self) && choice != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_studio_engines_forget_key_async);
  id = dub_engine_choice_dup_key_id (choice);
  if (id == NULL)
    g_task_return_boolean (task, TRUE);
  else
    dub_keyring_clear_async (self->keyring, id, cancellable, on_cleared, g_steal_pointer (&task));
}

/**
 * dub_studio_engines_forget_key_finish:
 *
 * Returns: whether there is none any more
 */
gboolean
dub_studio_engines_forget_key_finish (DubStudioEngines  *self,
                                      GAsyncResult      *result,
                                      GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
