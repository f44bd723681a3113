/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-setup.h"

#include "dub-service-error.h"

struct _DubStudioSetup
{
  GObject parent_instance;

  /* owned */
  char *studio_dir;
  DubKeyring *keyring;
};

G_DEFINE_FINAL_TYPE (DubStudioSetup, dub_studio_setup, G_TYPE_OBJECT)

/* The task's data is the engines that grow: one stage after the other gets its key. */

static DubJobEngines *
engines_new (void)
{
  DubJobEngines *engines = g_new0 (DubJobEngines, 1);

  dub_job_engines_init (engines);
  return engines;
}

static void
engines_free (DubJobEngines *engines)
{
  dub_job_engines_clear (engines);
  g_free (engines);
}

/* @error: (transfer full) */
static void
fail (GTask  *task,
      GError *error)
{
  g_task_return_new_error (task, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE, "%s", error->message);
  g_error_free (error);
}

static void find_key (GTask *task,
                      guint  stage);

typedef struct
{
  GTask *task;
  guint stage;
} Lookup;

static void
on_key (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autofree Lookup *lookup = user_data;
  g_autoptr (GTask) task = lookup->task;
  DubJobEngines *engines = g_task_get_task_data (task);
  GError *error = NULL;
  char *key = dub_keyring_lookup_finish (DUB_KEYRING (source), result, &error);

  if (error != NULL && !g_error_matches (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_NO_KEYRING))
    {
      fail (task, error);
      return;
    }
  g_clear_error (&error);
  engines->keys[lookup->stage] = g_strdup (key);
  dub_keyring_token_free (key);
  find_key (task, lookup->stage + 1);
}

/* Of @stage, or of the next one that has another computer to ask. */
static void
find_key (GTask *task,
          guint  stage)
{
  DubStudioSetup *self = g_task_get_source_object (task);
  DubJobEngines *engines = g_task_get_task_data (task);

  for (; stage < DUB_N_STAGES; stage++)
    {
      g_autofree char *id = dub_engine_choice_dup_key_id (engines->settings->stages[stage]);
      Lookup *lookup;

      if (id == NULL)
        continue;
      lookup = g_new0 (Lookup, 1);
      lookup->task = g_object_ref (task);
      lookup->stage = stage;
      dub_keyring_lookup_async (self->keyring, id, g_task_get_cancellable (task), on_key, lookup);
      return;
    }
  g_task_return_boolean (task, TRUE);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  DubStudioSetup *self = source;
  GError *error = NULL;
  DubEngineSettings *settings = dub_engine_settings_load (self->studio_dir, &error);

  if (settings != NULL)
    g_task_return_pointer (task, settings, (GDestroyNotify) dub_engine_settings_free);
  else
    g_task_return_error (task, error);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubJobEngines *engines = g_task_get_task_data (task);
  GError *error = NULL;
  DubEngineSettings *settings = g_task_propagate_pointer (G_TASK (result), &error);

  if (settings == NULL)
    {
      fail (task, error);
      return;
    }
  dub_engine_settings_free (engines->settings);
  engines->settings = settings;
  find_key (task, 0);
}

/**
 * dub_studio_setup_load_async:
 * @self: the setup
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are known
 * @user_data: for @callback
 *
 * Reads the settings and the keys. Main thread.
 */
void
dub_studio_setup_load_async (DubStudioSetup     *self,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) loading = NULL;
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, dub_studio_setup_load_async);
  g_task_set_task_data (task, engines_new (), (GDestroyNotify) engines_free);
  loading = g_task_new (self, NULL, on_loaded, task);
  g_task_run_in_thread (loading, load_in_thread);
}

/**
 * dub_studio_setup_find_keys_async:
 * @self: the setup
 * @settings: which they are; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when their keys are known
 * @user_data: for @callback
 *
 * Reads the keys. Main thread.
 */
void
dub_studio_setup_find_keys_async (DubStudioSetup          *self,
                                  const DubEngineSettings *settings,
                                  GCancellable            *cancellable,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  DubJobEngines *engines = engines_new ();

  g_task_set_source_tag (task, dub_studio_setup_find_keys_async);
  g_task_set_task_data (task, engines, (GDestroyNotify) engines_free);
  dub_engine_settings_free (engines->settings);
  engines->settings = dub_engine_settings_copy (settings);
  find_key (task, 0);
}

/**
 * dub_studio_setup_finish:
 * @self: the setup
 * @result: what the callback got
 * @engines: engines that are initialised; they become those that were found
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE with a sentence for a person, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether they are known
 */
gboolean
dub_studio_setup_finish (DubStudioSetup *self,
                         GAsyncResult   *result,
                         DubJobEngines  *engines,
                         GError        **error)
{
  DubJobEngines *found = g_task_get_task_data (G_TASK (result));
  DubJobEngines before = *engines;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *engines = *found;
  *found = before;
  return TRUE;
}

static void
dub_studio_setup_finalize (GObject *object)
{
  DubStudioSetup *self = DUB_STUDIO_SETUP (object);

  g_free (self->studio_dir);
  g_clear_object (&self->keyring);
  G_OBJECT_CLASS (dub_studio_setup_parent_class)->finalize (object);
}

static void
dub_studio_setup_class_init (DubStudioSetupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_studio_setup_finalize;
}

static void
dub_studio_setup_init (DubStudioSetup *self)
{
}

/**
 * dub_studio_setup_new:
 * @studio_dir: the studio's directory
 * @keyring: where the keys are
 *
 * Returns: (transfer full): the setup, nothing of which is read yet
 */
DubStudioSetup *
dub_studio_setup_new (const char *studio_dir,
                      DubKeyring *keyring)
{
  DubStudioSetup *self = g_object_new (DUB_TYPE_STUDIO_SETUP, NULL);

  self->studio_dir = g_strdup (studio_dir);
  self->keyring = g_object_ref (keyring);
  return self;
}
