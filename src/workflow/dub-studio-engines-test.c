/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-engines-private.h"

#include <glib/gi18n-lib.h>

#include "dub-studio-client.h"
#include "dub-workflow-error.h"

/* An engine is tried out by the studio itself: what works here works in a dub. */



static void
on_tried (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  DubEngineVerdict *verdict = dub_studio_client_test_engine_finish (DUB_SERVICE_CLIENT (source), result, &error);

  if (verdict != NULL)
    g_task_return_pointer (task, verdict, (GDestroyNotify) dub_engine_verdict_free);
  else
    g_task_return_error (task, error);
}

static void
on_studio_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubSession *session = DUB_SESSION (source);
  GError *error = NULL;

  if (!dub_session_prepare_finish (session, result, &error))
    g_task_return_error (task, error);
  else
    dub_studio_client_test_engine_async (dub_session_get_client (session), g_task_get_task_data (task),
                                         g_task_get_cancellable (task), on_tried, g_object_ref (task));
}

static void
on_key_kept (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubStudioEngines *self = DUB_STUDIO_ENGINES (source);
  DubSession *session = dub_accounts_get_session (self->accounts, DUB_STUDIO_ACCOUNT_ID);
  GError *error = NULL;

  if (!dub_studio_engines_keep_finish (self, result, &error))
    g_task_return_error (task, error);
  /* A second studio over the same directory would keep the one that makes dubs from starting. */
  else if (session == NULL || !dub_queue_get_working (self->queue))
    g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                     _("Another Dubroom, in a window or a terminal, makes the dubs now. Test the engine there, or when "
                                       "it has ended."));
  else
    dub_session_prepare_async (session, g_task_get_cancellable (task), on_studio_ready, g_object_ref (task));
}

/**
 * dub_studio_engines_test_async:
 * @stage: the step
 * @choice: what shall do it
 * @key: (nullable): for its server: the studio takes it from the keyring, so that it is stored
 *
 * Has the studio ask the engine for a little work. Errors: %DUB_ERROR_ENGINE, %DUB_SERVICE_ERROR_KEYRING,
 * %DUB_WORKFLOW_ERROR_NOT_NOW, and whatever is wrong with the engine, a sentence.
 */
void
dub_studio_engines_test_async (DubStudioEngines      *self,
                               DubStage               stage,
                               const DubEngineChoice *choice,
                               const char            *key,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  g_autoptr (GTask) task = NULL;
  DubEngineTest *test;
  GError *error = NULL;

  g_return_if_fail (DUB_IS_STUDIO_ENGINES (self) && stage < DUB_N_STAGES && choice != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_studio_engines_test_async);
  if (!dub_engine_choice_check (choice, stage, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  test = dub_engine_test_new ();
  test->stage = stage;
  dub_engine_choice_free (test->choice);
  test->choice = dub_engine_choice_copy (choice);
  g_task_set_task_data (task, test, (GDestroyNotify) dub_engine_test_free);
  dub_studio_engines_keep_async (self, choice, key, cancellable, on_key_kept, g_steal_pointer (&task));
}

/**
 * dub_studio_engines_test_finish:
 * @languages: (out) (optional) (transfer full) (nullable): codes of the languages that it said it serves
 *
 * Returns: (transfer full) (nullable): what the engine can do, a sentence
 */
char *
dub_studio_engines_test_finish (DubStudioEngines  *self,
                                GAsyncResult      *result,
                                GStrv             *languages,
                                GError           **error)
{
  g_autoptr (DubEngineVerdict) verdict = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  verdict = g_task_propagate_pointer (G_TASK (result), error);
  if (verdict == NULL)
    return NULL;
  if (languages != NULL)
    *languages = g_steal_pointer (&verdict->languages);
  return g_steal_pointer (&verdict->message);
}
