/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-rehearsal.h"

#include <glib/gi18n-lib.h>

#include "dub-accounts-private.h"
#include "dub-service-error.h"
#include "dub-studio-client.h"

/* In the words of the studio, which are meant for a person: those around them speak of a service's parameters. */
static GError *
make_plain (GError *error)
{
  const DubServiceFault *fault = dub_service_error_get_fault (error);
  GError *plain;

  if (!g_error_matches (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_PARAMETERS) || fault->service_message == NULL)
    return error;
  plain = g_error_new_literal (DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_STUDIO, fault->service_message);
  g_error_free (error);
  return plain;
}

static void
on_rehearsed (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  DubRehearsal *rehearsal = dub_studio_client_rehearse_finish (DUB_SERVICE_CLIENT (source), result, &error);

  if (rehearsal != NULL)
    g_task_return_pointer (task, rehearsal, (GDestroyNotify) dub_rehearsal_free);
  else
    g_task_return_error (task, make_plain (error));
}

static void
on_prepared (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubSession *session = DUB_SESSION (source);
  GError *error = NULL;

  if (!dub_session_prepare_finish (session, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  dub_studio_client_rehearse_async (dub_session_get_client (session), g_task_get_task_data (task),
                                    g_task_get_cancellable (task), on_rehearsed, g_object_ref (task));
}

/**
 * dub_workflow_rehearse_async:
 * @self: an open workflow
 * @wish: what is to be heard; not needed any more when this returns
 * @cancellable: (nullable): a cancellable
 * @callback: called when it was spoken
 * @user_data: data for @callback
 *
 * Has a segment spoken.
 */
void
dub_workflow_rehearse_async (DubWorkflow            *self,
                             const DubRehearsalWish *wish,
                             GCancellable           *cancellable,
                             GAsyncReadyCallback     callback,
                             gpointer                user_data)
{
  g_autoptr (GTask) task = NULL;
  DubSession *session;

  g_return_if_fail (DUB_IS_WORKFLOW (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_workflow_rehearse_async);
  g_task_set_task_data (task, dub_rehearsal_wish_copy (wish), (GDestroyNotify) dub_rehearsal_wish_free);
  session = dub_accounts_get_session (dub_workflow_get_accounts (self), DUB_STUDIO_ACCOUNT_ID);
  /* A second studio over the same directory would keep the one that makes dubs from starting. */
  if (session == NULL || !dub_queue_get_working (dub_workflow_get_queue (self)))
    g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                     _("Another Dubroom, in a window or a terminal, makes the dubs now. Listen there, or when "
                                       "it has ended."));
  else
    dub_session_prepare_async (session, cancellable, on_prepared, g_steal_pointer (&task));
}

/**
 * dub_workflow_rehearse_finish:
 * @self: a workflow
 * @result: the result
 * @error: %DUB_WORKFLOW_ERROR_STUDIO with the studio's words, %DUB_WORKFLOW_ERROR_NOT_NOW, a #DubServiceError, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): how it sounds
 */
DubRehearsal *
dub_workflow_rehearse_finish (DubWorkflow  *self,
                              GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_warmed_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubRehearsal) rehearsal = dub_workflow_rehearse_finish (DUB_WORKFLOW (source), result, &error);

  if (rehearsal == NULL)
    g_info ("the voice was not loaded beforehand: %s", error->message);
}

/**
 * dub_workflow_prepare_to_rehearse:
 * @self: an open workflow
 * @language: code of the language that will be spoken
 *
 * Starts the studio and its voice.
 */
void
dub_workflow_prepare_to_rehearse (DubWorkflow *self,
                                  const char  *language)
{
  DubRehearsalWish wish = { (char *) "1", (char *) language, 0, 0, 0 };

  dub_workflow_rehearse_async (self, &wish, NULL, on_warmed_up, NULL);
}
