/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-engines-private.h"

#include <glib/gi18n-lib.h>

/**
 * DubStudioEngines:
 *
 * The engines of the built-in studio: read and written off the main thread, and told to whoever goes by them.
 */

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DubStudioEngines, dub_studio_engines, G_TYPE_OBJECT)

static void
dub_studio_engines_finalize (GObject *object)
{
  DubStudioEngines *self = DUB_STUDIO_ENGINES (object);

  g_free (self->studio_dir);
  g_free (self->problem);
  g_clear_object (&self->keyring);
  g_clear_object (&self->accounts);
  g_clear_object (&self->queue);
  g_clear_pointer (&self->settings, dub_engine_settings_free);
  g_mutex_clear (&self->file);
  G_OBJECT_CLASS (dub_studio_engines_parent_class)->finalize (object);
}

static void
dub_studio_engines_class_init (DubStudioEnginesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_studio_engines_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
dub_studio_engines_init (DubStudioEngines *self)
{
  self->settings = dub_engine_settings_new ();
  g_mutex_init (&self->file);
}

DubStudioEngines *
dub_studio_engines_new (const char  *studio_dir,
                        DubKeyring  *keyring,
                        DubAccounts *accounts,
                        DubQueue    *queue)
{
  DubStudioEngines *self = g_object_new (DUB_TYPE_STUDIO_ENGINES, NULL);

  self->studio_dir = g_strdup (studio_dir);
  g_set_object (&self->keyring, keyring);
  g_set_object (&self->accounts, accounts);
  g_set_object (&self->queue, queue);
  return self;
}

/**
 * dub_studio_engines_get_settings:
 *
 * Returns: (transfer none): what is chosen
 */
const DubEngineSettings *
dub_studio_engines_get_settings (DubStudioEngines *self)
{
  g_return_val_if_fail (DUB_IS_STUDIO_ENGINES (self), NULL);
  return self->settings;
}

/**
 * dub_studio_engines_get_problem:
 *
 * Returns: (transfer none) (nullable): why what is stored cannot be used
 */
const char *
dub_studio_engines_get_problem (DubStudioEngines *self)
{
  g_return_val_if_fail (DUB_IS_STUDIO_ENGINES (self), NULL);
  return self->problem;
}

static void
take (DubStudioEngines  *self,
      DubEngineSettings *settings,
      const char        *problem)
{
  g_clear_pointer (&self->settings, dub_engine_settings_free);
  self->settings = settings;
  g_set_str (&self->problem, problem);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* {Reading} */

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      studio_dir,
                GCancellable *cancellable)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&DUB_STUDIO_ENGINES (source)->file);
  GError *error = NULL;
  DubEngineSettings *settings = dub_engine_settings_load (studio_dir, &error);

  if (settings != NULL)
    g_task_return_pointer (task, settings, (GDestroyNotify) dub_engine_settings_free);
  else
    g_task_return_error (task, error);
}

/**
 * dub_studio_engines_load_async:
 *
 * Reads what is stored.
 */
void
dub_studio_engines_load_async (DubStudioEngines    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DUB_IS_STUDIO_ENGINES (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_studio_engines_load_async);
  g_task_set_task_data (task, g_strdup (self->studio_dir), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * dub_studio_engines_load_finish:
 *
 * What cannot be used is kept as the problem, and all is shown as built in until something is chosen.
 *
 * Returns: whether it was read, and can be used
 */
gboolean
dub_studio_engines_load_finish (DubStudioEngines  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_autoptr (GError) failure = NULL;
  DubEngineSettings *settings;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  settings = g_task_propagate_pointer (G_TASK (result), &failure);
  if (settings != NULL)
    {
      take (self, settings, NULL);
      return TRUE;
    }
  if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    take (self, dub_engine_settings_new (), failure->message);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* {Choosing} */

typedef struct
{
  char *studio_dir;
  DubStage stage;
  DubEngineChoice *choice;
} Choosing;

static void
choosing_free (gpointer data)
{
  Choosing *choosing = data;

  g_free (choosing->studio_dir);
  dub_engine_choice_free (choosing->choice);
  g_free (choosing);
}

/* Another program may have chosen for another step: that is kept. What cannot be read is chosen anew. */
static void
choose_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&DUB_STUDIO_ENGINES (source)->file);
  Choosing *choosing = data;
  g_autoptr (DubEngineSettings) settings = dub_engine_settings_load (choosing->studio_dir, NULL);
  GError *error = NULL;

  if (settings == NULL)
    settings = dub_engine_settings_new ();
  dub_engine_choice_free (settings->stages[choosing->stage]);
  settings->stages[choosing->stage] = dub_engine_choice_copy (choosing->choice);
  if (dub_engine_settings_save (settings, choosing->studio_dir, &error))
    g_task_return_pointer (task, g_steal_pointer (&settings), (GDestroyNotify) dub_engine_settings_free);
  else
    g_task_return_error (task, error);
}

static void
on_key_kept (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dub_studio_engines_keep_finish (DUB_STUDIO_ENGINES (source), result, &error))
    g_task_run_in_thread (task, choose_in_thread);
  else
    g_task_return_error (task, error);
}

/**
 * dub_studio_engines_choose_async:
 * @stage: the step
 * @choice: what shall do it
 * @key: (nullable): for its server
 *
 * Stores the key, then the choice.
 */
void
dub_studio_engines_choose_async (DubStudioEngines      *self,
                                 DubStage               stage,
                                 const DubEngineChoice *choice,
                                 const char            *key,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               user_data)
{
  g_autoptr (GTask) task = NULL;
  Choosing *choosing;
  GError *error = NULL;

  g_return_if_fail (DUB_IS_STUDIO_ENGINES (self) && stage < DUB_N_STAGES && choice != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_studio_engines_choose_async);
  if (!dub_engine_choice_check (choice, stage, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  choosing = g_new0 (Choosing, 1);
  choosing->studio_dir = g_strdup (self->studio_dir);
  choosing->stage = stage;
  choosing->choice = dub_engine_choice_copy (choice);
  g_task_set_task_data (task, choosing, choosing_free);
  dub_studio_engines_keep_async (self, choice, choice->kind != DUB_ENGINE_BUILT_IN ? key : NULL, cancellable, on_key_kept,
                                 g_steal_pointer (&task));
}

/**
 * dub_studio_engines_choose_finish:
 *
 * Returns: whether it is stored
 */
gboolean
dub_studio_engines_choose_finish (DubStudioEngines  *self,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  DubEngineSettings *settings;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  settings = g_task_propagate_pointer (G_TASK (result), error);
  if (settings == NULL)
    return FALSE;
  take (self, settings, NULL);
  return TRUE;
}
