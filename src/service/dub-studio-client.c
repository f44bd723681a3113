/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-client.h"

#include "dub-service-client-private.h"
#include "dub-studio-codec.h"

/**
 * dub_studio_client_cancel_async:
 * @client: a client of the studio
 * @task_id: a task
 * @cancellable: (nullable): a cancellable; it cannot call back what was sent
 * @callback: called when the answer is there
 * @user_data: data for @callback
 *
 * Asks the studio to give up a task.
 */
void
dub_studio_client_cancel_async (DubServiceClient   *client,
                                const char         *task_id,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  DubServiceCall *call;

  g_return_if_fail (DUB_IS_SERVICE_CLIENT (client));

  call = dub_service_call_new (client, DUB_ENDPOINT_STUDIO_CANCEL, (DubServiceDecode) dub_codec_decode_granted, g_free,
                               cancellable, callback, user_data);
  dub_service_client_post (client, call, DUB_PATH_STUDIO_CANCEL, dub_codec_encode_cancel (task_id));
}

/**
 * dub_studio_client_cancel_finish:
 * @client: a client of the studio
 * @result: the result
 * @error: a #DubServiceError (%DUB_SERVICE_ERROR_PARAMETERS: it is finished already, or not known), or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the task was cancelled
 */
gboolean
dub_studio_client_cancel_finish (DubServiceClient *client,
                                 GAsyncResult     *result,
                                 GError          **error)
{
  g_autofree char *granted = dub_service_call_finish (client, result, DUB_ENDPOINT_STUDIO_CANCEL, NULL, error);

  return granted != NULL;
}

/**
 * dub_studio_client_rehearse_async:
 * @client: a client of the studio
 * @wish: what is to be heard; not needed any more when this returns
 * @cancellable: (nullable): a cancellable
 * @callback: called when the answer is there
 * @user_data: data for @callback
 *
 * Asks the studio to speak a segment as it would in a dub.
 */
void
dub_studio_client_rehearse_async (DubServiceClient       *client,
                                  const DubRehearsalWish *wish,
                                  GCancellable           *cancellable,
                                  GAsyncReadyCallback     callback,
                                  gpointer                user_data)
{
  DubServiceCall *call;

  g_return_if_fail (DUB_IS_SERVICE_CLIENT (client));

  call = dub_service_call_new (client, DUB_ENDPOINT_STUDIO_REHEARSE, (DubServiceDecode) dub_codec_decode_rehearsal,
                               (GDestroyNotify) dub_rehearsal_free, cancellable, callback, user_data);
  dub_service_client_post (client, call, DUB_PATH_STUDIO_REHEARSE, dub_codec_encode_rehearsal_wish (wish));
}

/**
 * dub_studio_client_rehearse_finish:
 * @client: a client of the studio
 * @result: the result
 * @error: a #DubServiceError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what is to be heard
 */
DubRehearsal *
dub_studio_client_rehearse_finish (DubServiceClient *client,
                                   GAsyncResult     *result,
                                   GError          **error)
{
  return dub_service_call_finish (client, result, DUB_ENDPOINT_STUDIO_REHEARSE, NULL, error);
}

/**
 * dub_studio_client_test_engine_async:
 * @client: a client of the studio
 * @test: the engine; not needed any more when this returns
 * @cancellable: (nullable): a cancellable
 * @callback: called when the answer is there
 * @user_data: data for @callback
 *
 * Asks the studio to try an engine out.
 */
void
dub_studio_client_test_engine_async (DubServiceClient    *client,
                                     const DubEngineTest *test,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  DubServiceCall *call;

  g_return_if_fail (DUB_IS_SERVICE_CLIENT (client));

  call = dub_service_call_new (client, DUB_ENDPOINT_STUDIO_TEST_ENGINE,
                               (DubServiceDecode) dub_codec_decode_engine_verdict,
                               (GDestroyNotify) dub_engine_verdict_free, cancellable, callback, user_data);
  dub_service_client_post (client, call, DUB_PATH_STUDIO_TEST_ENGINE, dub_codec_encode_engine_test (test));
}

/**
 * dub_studio_client_test_engine_finish:
 * @client: a client of the studio
 * @result: the result
 * @error: a #DubServiceError whose fault has the sentence on what is wrong with the engine, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was found of an engine that works
 */
DubEngineVerdict *
dub_studio_client_test_engine_finish (DubServiceClient *client,
                                      GAsyncResult     *result,
                                      GError          **error)
{
  return dub_service_call_finish (client, result, DUB_ENDPOINT_STUDIO_TEST_ENGINE, NULL, error);
}
